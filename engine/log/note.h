// C2SP signed notes and log checkpoints.
//
// Shape    Note text, an empty line, then "— <key name> <base64(key id | signature)>" lines. A
// checkpoint's text is
//          origin, decimal tree size, base64 root, each ended by a newline.
//          Verifier key: <name>+<8 hex digits>+<base64(0x01 | Ed25519 public key)>.
// Source   c2sp.org/signed-note, c2sp.org/tlog-checkpoint; docs-src/formats/log.md.
#pragma once
#include <string>
#include <string_view>

#include "crypto/key.h"
#include "log/merkle.h"

namespace vermilion::log {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root;
};

[[nodiscard]] std::string checkpoint_text(const Checkpoint& checkpoint);
[[nodiscard]] std::string sign_note(const std::string& text, const std::string& key_name,
                                    const crypto::PrivateKey& ed25519);
[[nodiscard]] std::string verifier_key(const std::string& key_name,
                                       const crypto::PublicKey& ed25519);

// The note's text if a line signed by the verifier key verifies; throws corrupt ("note-unsigned")
// otherwise and invalid ("bad-note") for text that is no note.
[[nodiscard]] std::string open_note(std::string_view note, std::string_view verifier_key);
[[nodiscard]] Checkpoint parse_checkpoint(
    std::string_view text);  // throws invalid "bad-checkpoint"

}  // namespace vermilion::log
