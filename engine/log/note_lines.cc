#include "log/note_lines.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "crypto/digest.h"

namespace vermilion::log {
namespace {

constexpr std::string_view kDash = "\u2014 ";
constexpr std::size_t kMaxSignatures = 100;

[[noreturn]] void bad_verifier() {
  throw Error(Failure::invalid, "bad-verifier-key",
              {"驗證金鑰的格式不正確，應為「名稱+八位十六進位+base64」",
               "the verifier key is malformed; it should read name+8 hex digits+base64"});
}

SignatureLine parse_signature(std::string_view line) {
  if (!line.starts_with(kDash)) bad_note("signature line");
  line.remove_prefix(kDash.size());
  const auto space = line.find(' ');
  if (space == line.npos) bad_note("signature line");
  const std::string name(line.substr(0, space));
  const auto bytes = from_base64(line.substr(space + 1));
  if (!is_key_name(name) || !bytes || bytes->size() <= kIdSize) bad_note("signature line");
  return {name, *bytes};
}

}  // namespace

[[noreturn]] void bad_note(const std::string& what) {
  throw Error(Failure::invalid, "bad-note",
              {"簽署文件的格式不正確（" + what + "）", "this is not a signed note (" + what + ")"});
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

Bytes key_id(const std::string& name, char type, std::string_view raw_key) {
  return crypto::sha256(name + "\n" + type + Bytes(raw_key)).substr(0, kIdSize);
}

std::string verifier_text(const std::string& name, char type, const crypto::PublicKey& key) {
  if (!is_key_name(name)) bad_verifier();
  const auto raw = key.raw_ed25519();
  return name + "+" + hex(key_id(name, type, raw)) + "+" + base64(type + raw);
}

// Base64 may hold '+' too, so the first two separate the parts.
Verifier parse_verifier(std::string_view text, char type) {
  const auto first = text.find('+');
  const auto second = first == text.npos ? first : text.find('+', first + 1);
  if (second == text.npos) bad_verifier();
  const std::string name(text.substr(0, first));
  const auto id = from_hex(text.substr(first + 1, second - first - 1));
  const auto key = from_base64(text.substr(second + 1));
  if (!is_key_name(name) || !id || !key || key->size() != 33 || key->front() != type)
    bad_verifier();
  if (*id != key_id(name, type, key->substr(1))) bad_verifier();
  return {name, *id, crypto::PublicKey::from_raw_ed25519(key->substr(1))};
}

std::string signature_line(const std::string& name, std::string_view bytes) {
  return std::string(kDash) + name + " " + base64(bytes) + "\n";
}

std::vector<SignatureLine> parse_signatures(std::string_view lines) {
  std::vector<SignatureLine> signatures;
  while (!lines.empty()) {
    const auto end = lines.find('\n');
    if (end == lines.npos || signatures.size() == kMaxSignatures) bad_note("signatures");
    signatures.push_back(parse_signature(lines.substr(0, end)));
    lines.remove_prefix(end + 1);
  }
  return signatures;
}

}  // namespace vermilion::log
