#include "crypto/sealing.h"

#include "base/error.h"
#include "crypto/digest.h"
#include "refused.h"

using namespace vermilion;
using namespace vermilion::crypto;

namespace {

constexpr std::size_t kSegment = 64 * 1024;
constexpr std::size_t kSealedSegment = kSegment + 16;

Json header() {
  return {{"format", "vermilion-sealed-1"},
          {"store", "01JD0000000000000000000000"},
          {"record", "01JD1111111111111111111111"},
          {"version", "1"},
          {"part", "content"},
          {"compression", "none"}};
}

std::string text_of(std::size_t size) {
  std::string text;
  while (text.size() < size) text += "資訊安全保密切結書。";
  return text.substr(0, size);
}

std::size_t header_size(const Bytes& sealed) {
  std::size_t size = 0;
  for (const char c : sealed.substr(0, 4)) size = size << 8 | static_cast<unsigned char>(c);
  return 4 + size;
}

std::string refusal(const Bytes& sealed, const Bytes& key) {
  return code_of([&] { (void)open_sealed(sealed, key); });
}

}  // namespace

TEST_CASE("what is sealed opens again, whatever its size against the segments", "[crypto]") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kSegment - 33, kSegment - 32,
                                 kSegment - 31, kSegment, 2 * kSegment - 32, 3 * kSegment + 5}) {
    INFO(size);
    const auto content = text_of(size);
    const auto sealed = seal(header(), content);
    const auto opened = open_sealed(sealed.bytes, sealed.key);
    CHECK((opened.content == content));
    CHECK(opened.commitment == sealed.commitment);
    CHECK(opened.header["part"] == "content");
    const auto segments = (size + 32 + kSegment - 1) / kSegment;
    CHECK(sealed.bytes.size() == header_size(sealed.bytes) + size + 32 + 16 * segments);
  }
}

TEST_CASE("the bytes follow the format: length, canonical header, segments under STREAM nonces",
          "[crypto]") {
  const auto sealed = seal(header(), "密");
  const auto head = sealed.bytes.substr(4, header_size(sealed.bytes) - 4);
  CHECK(canonical(parse_canonical(head)) == head);
  CHECK(parse_canonical(head)["prefix"].get<std::string>().size() == 14);
  CHECK(sealed.key.size() == kKeySize);
  // A secret is nonce | ciphertext | tag of the same cipher: with the format's nonce and additional
  // data in front, the only segment opens as one, and begins with the salt.
  const auto prefix = from_hex(parse_canonical(head)["prefix"].get<std::string>()).value();
  const auto nonce = prefix + Bytes(4, '\0') + '\1';
  const auto plain = decrypt_secret(sealed.key, sha256(head),
                                    nonce + sealed.bytes.substr(header_size(sealed.bytes)));
  CHECK(plain.substr(32) == "密");
  CHECK(sealed.commitment == hmac_sha256(plain.substr(0, 32), "密"));
}

TEST_CASE("nothing repeats: two seals of one content share neither key, prefix nor commitment",
          "[crypto]") {
  const auto one = seal(header(), "同意書");
  const auto two = seal(header(), "同意書");
  CHECK(one.key != two.key);
  CHECK(one.commitment != two.commitment);
  CHECK(sealed_header(one.bytes)["prefix"] != sealed_header(two.bytes)["prefix"]);
  CHECK(one.bytes.find("同意書") == one.bytes.npos);
}

TEST_CASE("a sealed payload that was cut, reordered, extended or changed is refused", "[crypto]") {
  const auto sealed = seal(header(), text_of(3 * kSegment));
  const auto head = header_size(sealed.bytes);
  const auto segment = [&](std::size_t i) {
    return sealed.bytes.substr(head + i * kSealedSegment, kSealedSegment);
  };
  const auto front = sealed.bytes.substr(0, head);
  const auto broken = "seal-broken/corrupt";

  SECTION("the last segment missing") {
    CHECK(refusal(front + segment(0) + segment(1) + segment(2), sealed.key) == broken);
  }
  SECTION("all segments missing") { CHECK(refusal(front, sealed.key) == broken); }
  SECTION("a middle segment missing") {
    CHECK(refusal(front + segment(0) + segment(2) + segment(3), sealed.key) == broken);
  }
  SECTION("two segments exchanged") {
    CHECK(refusal(front + segment(1) + segment(0) + segment(2) + segment(3), sealed.key) == broken);
  }
  SECTION("a segment repeated after the last") {
    CHECK(refusal(sealed.bytes + segment(3), sealed.key) == broken);
  }
  SECTION("a foreign segment after the last") {
    CHECK(refusal(sealed.bytes + Bytes(40, 'x'), sealed.key) == broken);
  }
  SECTION("the last byte cut") {
    CHECK(refusal(sealed.bytes.substr(0, sealed.bytes.size() - 1), sealed.key) == broken);
  }
  SECTION("one bit flipped, anywhere") {
    for (std::size_t at = 0; at < sealed.bytes.size(); at += at < head + 20 ? 1 : 7919) {
      INFO(at);
      Bytes flipped = sealed.bytes;
      flipped[at] = static_cast<char>(flipped[at] ^ 1);
      CHECK(refusal(flipped, sealed.key) == broken);
    }
  }
  SECTION("another payload's key") {
    CHECK(refusal(sealed.bytes, seal(header(), "").key) == broken);
  }
  SECTION("another payload's header") {
    const auto other = seal(header(), "");
    CHECK(refusal(other.bytes.substr(0, header_size(other.bytes)) + sealed.bytes.substr(head),
                  sealed.key) == broken);
  }
}

TEST_CASE(
    "a full last segment cannot be told from a middle one by its length, and still must be last",
    "[crypto]") {
  const auto sealed = seal(header(), text_of(2 * kSegment - 32));
  CHECK(open_sealed(sealed.bytes, sealed.key).content.size() == 2 * kSegment - 32);
  CHECK(refusal(sealed.bytes.substr(0, sealed.bytes.size() - kSealedSegment), sealed.key) ==
        "seal-broken/corrupt");
}

TEST_CASE("the header can be read without the key, and junk has none", "[crypto]") {
  const auto sealed = seal(header(), "內容");
  CHECK(sealed_header(sealed.bytes)["record"] == "01JD1111111111111111111111");
  for (const Bytes& junk :
       {Bytes(), Bytes("\0\0", 2), Bytes("\xff\xff\xff\xff{}", 6), Bytes("\0\0\0\2[]", 6),
        Bytes("\0\0\0\2{ }", 7), Bytes("\0\0\0\3{}", 6)}) {
    CHECK(code_of([&] { (void)sealed_header(junk); }) == "seal-broken/corrupt");
  }
}

TEST_CASE("the key wrap gives the value of RFC 3394 section 4.6", "[crypto]") {
  const auto wrapping =
      from_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f").value();
  const auto key =
      from_hex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f").value();
  const auto wrapped = wrap_key(wrapping, key);
  CHECK(hex(wrapped) ==
        "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21");
  CHECK(unwrap_key(wrapping, wrapped) == key);
}

TEST_CASE("a wrapped key opens only under its own wrapping key and unchanged", "[crypto]") {
  const Bytes generation_2025(32, '\x25');
  const Bytes generation_2026(32, '\x26');
  const auto wrapped = wrap_key(generation_2025, Bytes(32, 'k'));
  CHECK(code_of([&] { (void)unwrap_key(generation_2026, wrapped); }) == "key-broken/corrupt");
  CHECK(code_of([&] { (void)unwrap_key(generation_2025, wrapped.substr(1)); }) ==
        "key-broken/corrupt");
  CHECK(code_of([&] { (void)unwrap_key(generation_2025, wrapped + "x"); }) == "key-broken/corrupt");
  for (std::size_t at = 0; at < wrapped.size(); ++at) {
    Bytes flipped = wrapped;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x40);
    CHECK(code_of([&] { (void)unwrap_key(generation_2025, flipped); }) == "key-broken/corrupt");
  }
}

TEST_CASE("a secret opens only with its key and in its context", "[crypto]") {
  const Bytes key(32, 's');
  const auto bytes = encrypt_secret(key, "person-key/lin01", "私鑰");
  CHECK(decrypt_secret(key, "person-key/lin01", bytes) == "私鑰");
  CHECK(encrypt_secret(key, "person-key/lin01", "私鑰") != bytes);
  CHECK(bytes.size() == 12 + std::string("私鑰").size() + 16);
  CHECK(decrypt_secret(key, "", encrypt_secret(key, "", "")).empty());
  const auto broken = "secret-broken/corrupt";
  CHECK(code_of([&] { (void)decrypt_secret(key, "person-key/chen01", bytes); }) == broken);
  CHECK(code_of([&] { (void)decrypt_secret(Bytes(32, 't'), "person-key/lin01", bytes); }) ==
        broken);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CHECK(code_of([&] { (void)decrypt_secret(key, "person-key/lin01", bytes.substr(0, size)); }) ==
          broken);
  }
}
