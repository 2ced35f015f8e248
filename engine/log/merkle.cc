#include "log/merkle.h"

#include <bit>

#include "base/error.h"
#include "crypto/digest.h"

namespace vermilion::log {
namespace {

constexpr std::size_t kHashSize = 32;

// The largest power of two below n, for n > 1: where RFC 6962 splits n leaves.
std::uint64_t split(std::uint64_t n) { return std::bit_floor(n - 1); }

// MTH of RFC 6962 over the leaves [begin, end). Begins of ranges that arise from splitting are
// multiples of the size of each complete subtree in them.
Hash range_hash(std::uint64_t begin, std::uint64_t end, const ReadHash& read) {
  const auto size = end - begin;
  if (std::has_single_bit(size)) {
    const auto level = static_cast<unsigned>(std::countr_zero(size));
    return read(level, begin >> level);
  }
  const auto middle = begin + split(size);
  return node_hash(range_hash(begin, middle, read), range_hash(middle, end, read));
}

// PATH of RFC 6962 for `index` among the leaves [begin, end).
void add_path(std::uint64_t index, std::uint64_t begin, std::uint64_t end, const ReadHash& read,
              std::vector<Hash>& proof) {
  if (end - begin == 1) return;
  const auto middle = begin + split(end - begin);
  if (index < middle) {
    add_path(index, begin, middle, read, proof);
    proof.push_back(range_hash(middle, end, read));
  } else {
    add_path(index, middle, end, read, proof);
    proof.push_back(range_hash(begin, middle, read));
  }
}

// SUBPROOF of RFC 6962: that the first `old_size` leaves head [begin, end). `known`: the verifier
// holds the hash of the whole range already.
void add_subproof(std::uint64_t old_size, std::uint64_t begin, std::uint64_t end, bool known,
                  const ReadHash& read, std::vector<Hash>& proof) {
  if (old_size == end) {
    if (!known) proof.push_back(range_hash(begin, end, read));
    return;
  }
  const auto middle = begin + split(end - begin);
  if (old_size <= middle) {
    add_subproof(old_size, begin, middle, known, read, proof);
    proof.push_back(range_hash(middle, end, read));
  } else {
    add_subproof(old_size, middle, end, false, read, proof);
    proof.push_back(range_hash(begin, middle, read));
  }
}

bool are_hashes(const std::vector<Hash>& proof) {
  for (const auto& hash : proof) {
    if (hash.size() != kHashSize) return false;
  }
  return true;
}

void require_position(bool good) {
  if (good) return;
  throw Error(Failure::invalid, "bad-log-position",
              {"紀錄序號超出日誌範圍，請查明序號與日誌大小",
               "the position is outside the log; check it against the log's size"});
}

}  // namespace

Hash leaf_hash(std::string_view entry) {
  crypto::Sha256 digest;
  digest.add(std::string_view("\0", 1));
  digest.add(entry);
  return digest.finish();
}

Hash node_hash(std::string_view left, std::string_view right) {
  crypto::Sha256 digest;
  digest.add("\1");
  digest.add(left);
  digest.add(right);
  return digest.finish();
}

Hash empty_root() { return crypto::sha256(""); }

Hash root_hash(std::uint64_t size, const ReadHash& read) {
  return size == 0 ? empty_root() : range_hash(0, size, read);
}

std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size, const ReadHash& read) {
  require_position(index < size);
  std::vector<Hash> proof;
  add_path(index, 0, size, read, proof);
  return proof;
}

std::vector<Hash> consistency_proof(std::uint64_t old_size, std::uint64_t size,
                                    const ReadHash& read) {
  require_position(old_size <= size);
  std::vector<Hash> proof;
  if (old_size > 0 && old_size < size) add_subproof(old_size, 0, size, true, read, proof);
  return proof;
}

// RFC 9162 section 2.1.3.2.
bool inclusion_holds(std::string_view leaf, std::uint64_t index, std::uint64_t size,
                     const std::vector<Hash>& proof, std::string_view root) {
  if (index >= size || leaf.size() != kHashSize || !are_hashes(proof)) return false;
  auto fn = index;
  auto sn = size - 1;
  Hash hash(leaf);
  for (const auto& sibling : proof) {
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      hash = node_hash(sibling, hash);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && hash == root;
}

// RFC 9162 section 2.1.4.2; every tree extends the empty one, which needs no proof.
bool consistency_holds(std::uint64_t old_size, std::uint64_t size, std::string_view old_root,
                       std::string_view root, const std::vector<Hash>& proof) {
  if (old_size > size || root.size() != kHashSize || !are_hashes(proof)) return false;
  if (old_size == 0) return proof.empty() && old_root == empty_root();
  if (old_size == size) return proof.empty() && old_root == root;
  std::vector<Hash> path = proof;
  if (std::has_single_bit(old_size)) path.insert(path.begin(), Hash(old_root));
  if (path.empty()) return false;
  const auto shift = std::countr_one(old_size - 1);
  auto fn = (old_size - 1) >> shift;
  auto sn = (size - 1) >> shift;
  Hash old_hash = path.front();
  Hash new_hash = path.front();
  for (std::size_t i = 1; i < path.size(); ++i) {
    if (sn == 0) return false;
    if ((fn & 1U) != 0 || fn == sn) {
      old_hash = node_hash(path[i], old_hash);
      new_hash = node_hash(path[i], new_hash);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1;
        sn >>= 1;
      }
    } else {
      new_hash = node_hash(new_hash, path[i]);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && old_hash == old_root && new_hash == root;
}

}  // namespace vermilion::log
