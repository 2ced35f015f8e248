// Passkeys (WebAuthn): what a browser says when one is made and when one is used, judged.
//
// Shape    `client_data` is the JSON that the browser wrote, `data` the authenticator data as bytes, `key` a SubjectPublicKeyInfo. Keys are
//          ES256 (P-256) or RS256 (RSA of 2048 bits, which is what many a PC's own chip makes; for signing in only). Attestation is not asked
//          for: who made the device is neither shown nor believed.
// Rule     Type, challenge and origin of the client data; the site's digest, user present and user verified; the signature over both;
//          and a counter that only grows, where the device counts at all.
// Threads  Pure functions.
// Errors   A refusal is an answer. Nothing is thrown for bytes from outside, however broken.
// Source   W3C WebAuthn Level 2, sections 5.8.1, 6.1, 7.1 and 7.2; docs-src/adr/0015-passkeys.md.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.h"

namespace vermilion::crypto {

// What is expected of the browser.
struct PasskeyCeremony {
  std::string origin;     // "https://isms.example.gov.tw:8443"
  std::string site;       // the relying party: "isms.example.gov.tw"
  std::string challenge;  // base64url
};

struct PasskeyKey {
  Bytes id;
  Bytes key;
  std::uint32_t counter = 0;  // 0: the device does not count
};

struct PasskeyCreation {
  Bytes client_data;
  Bytes data;
};
struct PasskeyAnswer {
  Bytes client_data;
  Bytes data;
  Bytes signature;
};

enum class PasskeyVerdict {
  good,
  bad_client_data,
  wrong_type,
  wrong_challenge,
  wrong_origin,
  bad_data,  // cut off, too long, or a key of another kind
  wrong_site,
  not_present,
  not_verified,
  wrong_signature,
  counter_went_back,
};

struct PasskeyMade {
  PasskeyVerdict verdict;
  PasskeyKey passkey;  // when good
};
[[nodiscard]] PasskeyMade check_creation(const PasskeyCeremony& asked, const PasskeyCreation& made);

struct PasskeyUsed {
  PasskeyVerdict verdict;
  std::uint32_t counter = 0;  // as the device says; when good, or when only the counter is wrong
};
[[nodiscard]] PasskeyUsed check_answer(const PasskeyCeremony& asked, const PasskeyKey& passkey,
                                       const PasskeyAnswer& answer);

// The challenge that the client data repeat, unproved: whoever gave it out knows it again.
[[nodiscard]] std::optional<std::string> challenge_in(std::string_view client_data);

}  // namespace vermilion::crypto
