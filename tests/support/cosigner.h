// A witness's signature, made by the letter of c2sp.org/tlog-cosignature and not by the code under test.
#pragma once
#include <string>

#include "base/clock.h"
#include "crypto/digest.h"
#include "crypto/key.h"

struct Cosigner {
  std::string name = "witness.example/w1";
  vermilion::crypto::PrivateKey key = vermilion::crypto::PrivateKey::generate_ed25519();

  [[nodiscard]] std::string key_id() const {
    const auto raw = key.public_key().raw_ed25519();
    return vermilion::crypto::sha256(name + "\n\x04" + raw).substr(0, 4);
  }
  [[nodiscard]] std::string verifier_key() const {
    return name + "+" + vermilion::hex(key_id()) + "+" +
           vermilion::base64("\x04" + key.public_key().raw_ed25519());
  }
  [[nodiscard]] std::string cosign(const std::string& text, vermilion::Instant at) const {
    const auto time = static_cast<std::uint64_t>(at.time_since_epoch().count());
    std::string bytes = key_id();
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(time >> shift & 0xff);
    bytes += key.sign("cosignature/v1\ntime " + std::to_string(time) + "\n" + text);
    return "\u2014 " + name + " " + vermilion::base64(bytes) + "\n";
  }
};
