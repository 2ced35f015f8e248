#include "crypto/sealing.h"

#include <fmt/format.h>

#include "base/error.h"
#include "crypto/cipher.h"
#include "crypto/digest.h"
#include "crypto/random.h"

namespace vermilion::crypto {
namespace {

constexpr std::size_t kSegment = 64 * 1024;
constexpr std::size_t kPrefix = 7;
constexpr std::size_t kSalt = kSaltSize;
constexpr std::size_t kLengthSize = 4;
// Real headers are under 400 bytes; the limit keeps a forged length from costing memory.
constexpr std::size_t kHeaderLimit = 64 * 1024;

[[noreturn]] void seal_broken(const std::string& zh, const std::string& en) {
  throw Error(Failure::corrupt, "seal-broken",
              {"密封內容無法驗證：" + zh + "；請由備份還原此內容，並查明何以改變",
               "the sealed content does not verify: " + en +
                   "; restore it from a backup and find out what changed it"});
}

Bytes big_endian(std::uint32_t value) {
  Bytes bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 255U);
  return bytes;
}

Bytes nonce(std::string_view prefix, std::uint32_t counter, bool last) {
  return Bytes(prefix) + big_endian(counter) + (last ? '\1' : '\0');
}

// The parts of a sealed payload as they lie; nothing verified but the shape.
struct Parts {
  std::string_view header;
  std::string_view segments;
};

Parts split(std::string_view sealed) {
  std::size_t length = 0;
  for (const char c : sealed.substr(0, kLengthSize)) {
    length = length << 8 | static_cast<unsigned char>(c);
  }
  if (sealed.size() < kLengthSize || length > kHeaderLimit ||
      length > sealed.size() - kLengthSize) {
    seal_broken("表頭長度不符", "the header's length does not fit");
  }
  return {sealed.substr(kLengthSize, length), sealed.substr(kLengthSize + length)};
}

Json parse_header(std::string_view bytes) {
  Json header;
  try {
    header = parse_canonical(bytes);
  } catch (const Error&) {
    seal_broken("表頭不是正準 JSON", "its header is not canonical JSON");
  }
  if (!header.is_object()) seal_broken("表頭不是物件", "its header is no object");
  return header;
}

Bytes nonce_prefix(const Json& header) {
  const auto text = header.find("prefix");
  const auto prefix = text != header.end() && text->is_string()
                          ? from_hex(text->get_ref<const std::string&>())
                          : std::nullopt;
  if (!prefix || prefix->size() != kPrefix)
    seal_broken("表頭缺少前綴", "its header lacks the prefix");
  return *prefix;
}

void append_segments(Gcm& cipher, std::string_view prefix, std::string_view associated,
                     std::string_view plain, Bytes& out) {
  std::uint32_t counter = 0;
  for (bool last = false; !last; ++counter) {
    VERMILION_ASSERT(counter < UINT32_MAX);
    last = plain.size() <= kSegment;
    const auto segment = plain.substr(0, kSegment);
    cipher.seal(nonce(prefix, counter, last), associated, segment, out);
    plain.remove_prefix(segment.size());
  }
}

Bytes open_segments(Gcm& cipher, std::string_view prefix, std::string_view associated,
                    std::string_view segments) {
  Bytes plain;
  plain.reserve(segments.size());
  std::uint32_t counter = 0;
  for (bool last = false; !last; ++counter) {
    last = segments.size() <= kSegment + kTagSize;
    const auto segment = segments.substr(0, kSegment + kTagSize);
    if (!cipher.open(nonce(prefix, counter, last), associated, segment, plain)) {
      seal_broken(fmt::format("第 {} 段不符", counter + 1),
                  fmt::format("segment {} is changed, missing or not the last", counter + 1));
    }
    segments.remove_prefix(segment.size());
  }
  return plain;
}

}  // namespace

Bytes commitment_of(std::string_view salt, std::string_view content) {
  return hmac_sha256(salt, content);
}

Sealed seal(const Json& header, std::string_view content, std::string_view chosen_salt) {
  VERMILION_ASSERT(header.is_object() && !header.contains("prefix"));
  VERMILION_ASSERT(chosen_salt.empty() || chosen_salt.size() == kSalt);
  const Bytes prefix = random_bytes(kPrefix);
  Json whole = header;
  whole["prefix"] = hex(prefix);
  const Bytes head = canonical(whole);
  VERMILION_ASSERT(head.size() <= kHeaderLimit);

  Sealed sealed{
      big_endian(static_cast<std::uint32_t>(head.size())) + head, random_bytes(kKeySize), {}};
  const Bytes salt = chosen_salt.empty() ? random_bytes(kSalt) : Bytes(chosen_salt);
  const auto size = kSalt + content.size();
  sealed.bytes.reserve(sealed.bytes.size() + size + (size / kSegment + 1) * kTagSize);
  Gcm cipher(sealed.key);
  append_segments(cipher, prefix, sha256(head), salt + Bytes(content), sealed.bytes);
  sealed.commitment = commitment_of(salt, content);
  return sealed;
}

Opened open_sealed(std::string_view sealed, std::string_view key) {
  const Parts parts = split(sealed);
  Opened opened{parse_header(parts.header), {}, {}};
  Gcm cipher(key);
  Bytes plain =
      open_segments(cipher, nonce_prefix(opened.header), sha256(parts.header), parts.segments);
  if (plain.size() < kSalt) seal_broken("缺少鹽值", "the salt is missing");
  const Bytes salt = plain.substr(0, kSalt);
  opened.content = plain.erase(0, kSalt);
  opened.commitment = commitment_of(salt, opened.content);
  return opened;
}

Json sealed_header(std::string_view sealed) { return parse_header(split(sealed).header); }

}  // namespace vermilion::crypto
