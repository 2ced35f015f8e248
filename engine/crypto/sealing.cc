#include "crypto/sealing.h"

#include <fmt/format.h>

#include <optional>

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
constexpr std::size_t kUsualHeader = 400;
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

// The header's bytes, read off the front; nothing verified but the shape.
Bytes read_header(const Source& sealed) {
  std::size_t length = 0;
  const auto prefix = sealed(kLengthSize);
  for (const char c : prefix) length = length << 8 | static_cast<unsigned char>(c);
  if (prefix.size() == kLengthSize && length <= kHeaderLimit) {
    auto header = sealed(length);
    if (header.size() == length) return header;
  }
  seal_broken("表頭長度不符", "the header's length does not fit");
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

// Hands each piece of `size` bytes on, and whether it is the last; an empty source has one, empty piece.
template <typename Take>
void each_piece(const Source& source, Bytes first, std::size_t size, const Take& take) {
  std::uint32_t counter = 0;
  for (bool last = false; !last; ++counter) {
    VERMILION_ASSERT(counter < UINT32_MAX);
    auto next = source(size);
    last = next.empty();
    take(first, counter, last);
    first = std::move(next);
  }
}

// Salt and content as they come, told apart and put into the commitment.
class Unsalted {
 public:
  explicit Unsalted(const Sink& content) : content_(content) {}
  void take(std::string_view plain) {
    if (!code_) {
      if (plain.size() < kSalt) seal_broken("缺少鹽值", "the salt is missing");
      salt_ = plain.substr(0, kSalt);
      code_.emplace(salt_);
      plain.remove_prefix(kSalt);
    }
    code_->add(plain);
    content_(plain);
  }
  [[nodiscard]] Bytes commitment() { return code_->finish(); }
  [[nodiscard]] const Bytes& salt() const { return salt_; }

 private:
  const Sink& content_;
  Bytes salt_;
  std::optional<HmacSha256> code_;
};

Json with_prefix(const Json& header, const Bytes& prefix) {
  VERMILION_ASSERT(header.is_object() && !header.contains("prefix"));
  Json whole = header;
  whole["prefix"] = hex(prefix);
  return whole;
}

}  // namespace

Bytes commitment_of(std::string_view salt, std::string_view content) {
  return hmac_sha256(salt, content);
}

Sealed seal_stream(const Json& header, const Source& content, std::string_view chosen_salt,
                   const Sink& out) {
  VERMILION_ASSERT(chosen_salt.empty() || chosen_salt.size() == kSalt);
  const Bytes drawn = random_bytes(kPrefix + kKeySize + kSalt);
  const Bytes prefix = drawn.substr(0, kPrefix);
  const Bytes head = canonical(with_prefix(header, prefix));
  VERMILION_ASSERT(head.size() <= kHeaderLimit);
  out(big_endian(static_cast<std::uint32_t>(head.size())) + head);

  Sealed sealed{{}, drawn.substr(kPrefix, kKeySize), {}};
  const Bytes salt = chosen_salt.empty() ? drawn.substr(kPrefix + kKeySize) : Bytes(chosen_salt);
  const Bytes associated = sha256(head);
  HmacSha256 code(salt);
  Gcm cipher(sealed.key);
  Bytes segment;
  each_piece(content, salt + content(kSegment - kSalt), kSegment,
             [&](const Bytes& plain, std::uint32_t counter, bool last) {
               code.add(std::string_view(plain).substr(counter == 0 ? kSalt : 0));
               segment.clear();
               cipher.seal(nonce(prefix, counter, last), associated, plain, segment);
               out(segment);
             });
  sealed.commitment = code.finish();
  return sealed;
}

Opened open_stream(const Source& sealed, std::string_view key, const Sink& content) {
  const Bytes head = read_header(sealed);
  Opened opened{parse_header(head), {}, {}, {}};
  const Bytes prefix = nonce_prefix(opened.header);
  const Bytes associated = sha256(head);
  Gcm cipher(key);
  Unsalted unsalted(content);
  Bytes plain;
  constexpr auto kSealedSegment = kSegment + kTagSize;
  each_piece(sealed, sealed(kSealedSegment), kSealedSegment,
             [&](const Bytes& segment, std::uint32_t counter, bool last) {
               plain.clear();
               if (!cipher.open(nonce(prefix, counter, last), associated, segment, plain)) {
                 seal_broken(
                     fmt::format("第 {} 段不符", counter + 1),
                     fmt::format("segment {} is changed, missing or not the last", counter + 1));
               }
               unsalted.take(plain);
             });
  opened.commitment = unsalted.commitment();
  opened.salt = unsalted.salt();
  return opened;
}

Sealed seal(const Json& header, std::string_view content, std::string_view salt) {
  Bytes bytes;
  bytes.reserve(content.size() + (content.size() / kSegment + 1) * kTagSize + kUsualHeader);
  auto sealed = seal_stream(header, source_of(content), salt, sink_to(bytes));
  sealed.bytes = std::move(bytes);
  return sealed;
}

Opened open_sealed(std::string_view sealed, std::string_view key) {
  Bytes content;
  content.reserve(sealed.size());
  auto opened = open_stream(source_of(sealed), key, sink_to(content));
  opened.content = std::move(content);
  return opened;
}

Json sealed_header(std::string_view sealed) {
  return parse_header(read_header(source_of(sealed)));
}

}  // namespace vermilion::crypto
