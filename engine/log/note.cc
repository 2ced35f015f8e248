#include "log/note.h"

#include <charconv>

#include "base/error.h"
#include "log/note_lines.h"

namespace vermilion::log {
namespace {

[[noreturn]] void bad_checkpoint() {
  throw Error(Failure::invalid, "bad-checkpoint",
              {"日誌檢查點的格式不正確", "this is not a checkpoint of a log"});
}

std::string_view take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == rest.npos) bad_checkpoint();
  const auto line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

std::uint64_t parse_size(std::string_view digits) {
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  if (error != std::errc() || std::to_string(size) != digits) bad_checkpoint();
  return size;
}

}  // namespace

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         base64(checkpoint.root) + "\n";
}

std::string verifier_key(const std::string& key_name, const crypto::PublicKey& ed25519) {
  return verifier_text(key_name, kEd25519, ed25519);
}

std::string sign_note(const std::string& text, const std::string& key_name,
                      const crypto::PrivateKey& ed25519) {
  if (!is_note_text(text)) bad_note("text");
  if (!is_key_name(key_name)) bad_note("key name");
  const auto id = key_id(key_name, kEd25519, ed25519.public_key().raw_ed25519());
  return text + "\n" + signature_line(key_name, id + ed25519.sign(text));
}

std::string open_note(std::string_view note, std::string_view verifier_key) {
  const auto verifier = parse_verifier(verifier_key, kEd25519);
  const auto blank = note.rfind("\n\n");
  if (blank == note.npos) bad_note("no signatures");
  std::string text(note.substr(0, blank + 1));
  const auto signatures = parse_signatures(note.substr(blank + 2));
  if (!is_note_text(text) || signatures.empty()) bad_note("text");
  for (const auto& signature : signatures) {
    if (signature.name != verifier.name || !signature.bytes.starts_with(verifier.id)) continue;
    if (verifier.key.verifies(text, std::string_view(signature.bytes).substr(kIdSize))) return text;
    break;
  }
  throw Error(
      Failure::corrupt, "note-unsigned",
      {"文件沒有 " + verifier.name + " 的有效簽章，可能遭到竄改，請與備份或見證者的副本比對",
       "the note carries no valid signature of " + verifier.name +
           "; it may have been tampered with: compare it with a backup or a witness's copy"});
}

// Lines after the third are extensions, which this log does not write and passes over.
Checkpoint parse_checkpoint(std::string_view text) {
  Checkpoint checkpoint;
  checkpoint.origin = take_line(text);
  checkpoint.size = parse_size(take_line(text));
  const auto root = from_base64(take_line(text));
  if (checkpoint.origin.empty() || !root || root->size() != 32) bad_checkpoint();
  checkpoint.root = *root;
  for (auto rest = text; !rest.empty();) {
    if (take_line(rest).empty()) bad_checkpoint();
  }
  return checkpoint;
}

}  // namespace vermilion::log
