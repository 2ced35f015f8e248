// What a log says to a witness and a witness answers: add-checkpoint requests and cosignatures.
//
// Shape    Request: "old <size>", a line for each hash of the consistency proof, an empty line, the signed checkpoint.
//          Cosignature: a signature line of type 4 whose bytes are key id, 8 bytes of POSIX time (big-endian) and an Ed25519 signature
//          over "cosignature/v1", "time <time>" and the checkpoint's text.
// Threads  Pure functions.
// Errors   invalid "bad-note", "bad-verifier-key".
// Source   c2sp.org/tlog-witness, c2sp.org/tlog-cosignature.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "log/merkle.h"

namespace vermilion::log {

[[nodiscard]] std::string add_checkpoint_body(std::uint64_t old_size,
                                              const std::vector<Hash>& consistency,
                                              std::string_view note);

struct Cosignature {
  Instant at;
  std::string line;  // as it came, ended by its newline
};
// The cosignature of that witness among signature lines, if it verifies over the checkpoint's text; what others signed is passed over.
[[nodiscard]] std::optional<Cosignature> find_cosignature(std::string_view lines,
                                                          std::string_view checkpoint_text,
                                                          std::string_view verifier_key);

// The name in a verifier key.
[[nodiscard]] std::string witness_name(std::string_view verifier_key);

}  // namespace vermilion::log
