// The Merkle tree of RFC 6962/9162 as arithmetic: hashes, roots, inclusion and consistency proofs.
//
// Shape    A Hash is 32 raw bytes. Proofs are lists of hashes, leaf side first.
// Threads  Pure functions.
// Errors   Proofs for positions that are not in the tree throw invalid ("bad-log-position"); a
// proof that does not hold
//          is the answer false.
// Source   RFC 6962 section 2.1, RFC 9162 section 2.1.
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace vermilion::log {

using Hash = Bytes;

[[nodiscard]] Hash leaf_hash(std::string_view entry);
[[nodiscard]] Hash node_hash(std::string_view left, std::string_view right);
[[nodiscard]] Hash empty_root();

// Gives the hash of the complete subtree `index` of 2^level leaves (level 0: leaves), as tiles hold
// them.
using ReadHash = std::function<Hash(unsigned level, std::uint64_t index)>;

[[nodiscard]] Hash root_hash(std::uint64_t size, const ReadHash& read);
[[nodiscard]] std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size,
                                                const ReadHash& read);
[[nodiscard]] std::vector<Hash> consistency_proof(std::uint64_t old_size, std::uint64_t size,
                                                  const ReadHash& read);

// `leaf` is the leaf's hash, not the entry.
[[nodiscard]] bool inclusion_holds(std::string_view leaf, std::uint64_t index, std::uint64_t size,
                                   const std::vector<Hash>& proof, std::string_view root);
[[nodiscard]] bool consistency_holds(std::uint64_t old_size, std::uint64_t size,
                                     std::string_view old_root, std::string_view root,
                                     const std::vector<Hash>& proof);

}  // namespace vermilion::log
