// Names, keys and signature lines of signed notes, for the files of this layer that sign or check one.
//
// Errors   invalid "bad-note", "bad-verifier-key".
// Source   c2sp.org/signed-note.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "crypto/key.h"

namespace vermilion::log {

// Signature types: a note's own, and a witness's.
constexpr char kEd25519 = 1;
constexpr char kCosignature = 4;
constexpr std::size_t kIdSize = 4;

struct Verifier {
  std::string name;
  Bytes id;
  crypto::PublicKey key;
};

struct SignatureLine {
  std::string name;
  Bytes bytes;  // key id, then the signature
};

[[noreturn]] void bad_note(const std::string& what);
[[nodiscard]] bool is_key_name(const std::string& name);
[[nodiscard]] bool is_note_text(std::string_view text);
[[nodiscard]] Bytes key_id(const std::string& name, char type, std::string_view raw_key);
[[nodiscard]] std::string verifier_text(const std::string& name, char type,
                                        const crypto::PublicKey& key);
[[nodiscard]] Verifier parse_verifier(std::string_view text, char type);
[[nodiscard]] std::string signature_line(const std::string& name, std::string_view bytes);
// Lines each ended by a newline; at most 100.
[[nodiscard]] std::vector<SignatureLine> parse_signatures(std::string_view lines);

}  // namespace vermilion::log
