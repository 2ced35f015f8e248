// A second factor: a code from the person's device, or one of eight recovery codes when the device is lost.
//
// Rule     Each code counts once, as do those of earlier steps; a recovery code is gone when used.
// Threads  Pure functions over the store's keys.
// Errors   invalid "bad-code-secret", "wrong-code".
// Source   RFC 6238 section 5.2.
#pragma once
#include "identity/login_secrets.h"

namespace vermilion::identity {

struct FreshFactor {
  SecondFactor factor;
  std::vector<std::string> recovery_codes;  // shown once
};

// "otpauth://totp/…": what the device reads, as a QR code.
[[nodiscard]] std::string factor_uri(const std::string& organisation, const std::string& account,
                                     const std::string& secret_base32);
// `code` shows that the device has the secret.
[[nodiscard]] FreshFactor make_factor(const store::Store& store, const std::string& account,
                                      const std::string& secret_base32, const std::string& code,
                                      Instant now);
// The factor after this code was used; nothing when it does not count.
[[nodiscard]] std::optional<SecondFactor> use_code(const store::Store& store,
                                                   const std::string& account,
                                                   const SecondFactor& factor,
                                                   const std::string& code, Instant now);

}  // namespace vermilion::identity
