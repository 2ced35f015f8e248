// A device with passkeys, as far as tests need one: it makes authenticator data and signs them, honestly or not.
//
// Source   W3C WebAuthn Level 2, sections 6.1 and 6.5.1.1; RFC 8152 section 13.1.1 (COSE keys).
#pragma once
#include <string>

#include "base/json.h"
#include "crypto/digest.h"
#include "crypto/key.h"
#include "crypto/passkey.h"

namespace authenticator {

using namespace vermilion;

inline constexpr char kPresent = 0x01;
inline constexpr char kVerified = 0x04;
inline constexpr char kHasKey = 0x40;

inline Bytes big_endian(std::uint32_t value) {
  Bytes bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

// {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}; a P-256 SPKI ends in the two.
inline Bytes cose_key(const Bytes& spki) {
  const auto point = spki.substr(spki.size() - 64);
  return Bytes("\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20", 10) + point.substr(0, 32) +
         Bytes("\x22\x58\x20", 3) + point.substr(32);
}

inline Bytes client_data(const std::string& type, const crypto::PasskeyCeremony& asked) {
  return Json{{"type", type},
              {"challenge", asked.challenge},
              {"origin", asked.origin},
              {"crossOrigin", false}}
      .dump();
}

struct Device {
  crypto::PrivateKey key = crypto::PrivateKey::generate_p256();
  Bytes id = Bytes("\0\xff passkey one", 14);
  std::uint32_t counter = 1;
  char flags = kPresent | kVerified;

  [[nodiscard]] Bytes data(const std::string& site) const {
    return crypto::sha256(site) + flags + big_endian(counter);
  }
  [[nodiscard]] Bytes attested(const std::string& site) const {
    auto bytes = data(site);
    bytes[32] = static_cast<char>(bytes[32] | kHasKey);
    return bytes + Bytes(16, '\0') + big_endian(static_cast<std::uint32_t>(id.size())).substr(2) +
           id + cose_key(key.public_key().spki());
  }
  [[nodiscard]] crypto::PasskeyCreation creates(const crypto::PasskeyCeremony& asked) const {
    return {client_data("webauthn.create", asked), attested(asked.site)};
  }
  [[nodiscard]] crypto::PasskeyAnswer answers(const crypto::PasskeyCeremony& asked) const {
    return answers(client_data("webauthn.get", asked), data(asked.site));
  }
  [[nodiscard]] crypto::PasskeyAnswer answers(const Bytes& client, const Bytes& bytes) const {
    return {client, bytes, key.sign(bytes + crypto::sha256(client))};
  }
};

}  // namespace authenticator
