#include "log/note.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "crypto/digest.h"

namespace vermilion::log {
namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr std::size_t kIdSize = 4;
constexpr char kEd25519 = 1;  // the signature type of the note format
constexpr std::size_t kMaxSignatures = 100;

[[noreturn]] void bad_note(const std::string& what) {
  throw Error(Failure::invalid, "bad-note",
              {"簽署文件的格式不正確（" + what + "）", "this is not a signed note (" + what + ")"});
}

[[noreturn]] void bad_checkpoint() {
  throw Error(Failure::invalid, "bad-checkpoint",
              {"日誌檢查點的格式不正確", "this is not a checkpoint of a log"});
}

bool is_key_name(const std::string& name) {
  const auto text = code_points(name);
  const auto is_bad = [](char32_t c) {
    return c < 0x20 || c == U'+' || is_space(c) || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x85;
  };
  return !name.empty() && is_text(name) && std::none_of(text.begin(), text.end(), is_bad);
}

bool is_note_text(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n'; };
  return !text.empty() && text.ends_with('\n') && is_text(text) &&
         std::none_of(text.begin(), text.end(), is_control);
}

Bytes key_id(const std::string& name, std::string_view raw_key) {
  return crypto::sha256(name + "\n" + kEd25519 + Bytes(raw_key)).substr(0, kIdSize);
}

struct Verifier {
  std::string name;
  Bytes id;
  crypto::PublicKey key;
};

[[noreturn]] void bad_verifier() {
  throw Error(Failure::invalid, "bad-verifier-key",
              {"驗證金鑰的格式不正確，應為「名稱+八位十六進位+base64」",
               "the verifier key is malformed; it should read name+8 hex digits+base64"});
}

// Base64 may hold '+' too, so the first two separate the parts.
Verifier parse_verifier(std::string_view text) {
  const auto first = text.find('+');
  const auto second = first == text.npos ? first : text.find('+', first + 1);
  if (second == text.npos) bad_verifier();
  const std::string name(text.substr(0, first));
  const auto id = from_hex(text.substr(first + 1, second - first - 1));
  const auto key = from_base64(text.substr(second + 1));
  if (!is_key_name(name) || !id || !key || key->size() != 33 || key->front() != kEd25519)
    bad_verifier();
  if (*id != key_id(name, key->substr(1))) bad_verifier();
  return {name, *id, crypto::PublicKey::from_raw_ed25519(key->substr(1))};
}

struct Signature {
  std::string name;
  Bytes bytes;  // key id, then the signature
};

Signature parse_signature(std::string_view line) {
  if (!line.starts_with(kDash)) bad_note("signature line");
  line.remove_prefix(kDash.size());
  const auto space = line.find(' ');
  if (space == line.npos) bad_note("signature line");
  const std::string name(line.substr(0, space));
  const auto bytes = from_base64(line.substr(space + 1));
  if (!is_key_name(name) || !bytes || bytes->size() <= kIdSize) bad_note("signature line");
  return {name, *bytes};
}

std::vector<Signature> parse_signatures(std::string_view lines) {
  std::vector<Signature> signatures;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    if (end == lines.npos || signatures.size() == kMaxSignatures) bad_note("signatures");
    signatures.push_back(parse_signature(lines.substr(0, end)));
    lines.remove_prefix(end + 1);
  }
  return signatures;
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
  if (!is_key_name(key_name)) bad_verifier();
  const auto raw = ed25519.raw_ed25519();
  return key_name + "+" + hex(key_id(key_name, raw)) + "+" + base64(kEd25519 + raw);
}

std::string sign_note(const std::string& text, const std::string& key_name,
                      const crypto::PrivateKey& ed25519) {
  if (!is_note_text(text)) bad_note("text");
  if (!is_key_name(key_name)) bad_note("key name");
  const auto id = key_id(key_name, ed25519.public_key().raw_ed25519());
  return text + "\n" + std::string(kDash) + key_name + " " + base64(id + ed25519.sign(text)) + "\n";
}

std::string open_note(std::string_view note, std::string_view verifier_key) {
  const auto verifier = parse_verifier(verifier_key);
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
