#include "identity/second_factor.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/uri.h"
#include "crypto/digest.h"
#include "crypto/one_time_code.h"
#include "crypto/random.h"
#include "crypto/sealing.h"

namespace vermilion::identity {
namespace {

constexpr const char* kFactorKey = "second-factor";
constexpr const char* kRecoveryKey = "recovery-codes";
constexpr int kRecoveryCodes = 8;
constexpr int kRecoveryGroups = 3;  // 15 characters, over 70 bits
constexpr std::size_t kFactorSecretSize = 20;

std::string factor_context(const std::string& account) { return "second-factor/" + account; }

std::string recovery_digest(const store::Store& store, const std::string& account,
                            const std::string& code) {
  return hex(crypto::hmac_sha256(store.derived_key(kRecoveryKey), account + "/" + code));
}

}  // namespace

std::string factor_uri(const std::string& organisation, const std::string& account,
                       const std::string& secret_base32) {
  return fmt::format("otpauth://totp/{}?secret={}&issuer={}", account, secret_base32,
                     percent_encoded(organisation));
}

FreshFactor make_factor(const store::Store& store, const std::string& account,
                        const std::string& secret_base32, const std::string& code, Instant now) {
  const auto secret = crypto::from_base32(secret_base32);
  if (!secret || secret->size() != kFactorSecretSize) {
    throw Error(Failure::invalid, "bad-code-secret",
                {"驗證碼金鑰不完整，請重新開始設定", "the secret is not whole; begin again"});
  }
  const auto step = crypto::code_step(*secret, code, now);
  if (!step) {
    throw Error(Failure::invalid, "wrong-code",
                {"驗證碼不符，請確認裝置時間正確後，輸入下一組驗證碼",
                 "the code does not fit; check the time on the device and enter the next one"});
  }
  FreshFactor fresh;
  fresh.factor.secret =
      crypto::encrypt_secret(store.derived_key(kFactorKey), factor_context(account), *secret);
  fresh.factor.last_step = *step;
  for (int i = 0; i < kRecoveryCodes; ++i) {
    fresh.recovery_codes.push_back(crypto::random_passphrase(kRecoveryGroups));
    fresh.factor.recovery.push_back(recovery_digest(store, account, fresh.recovery_codes.back()));
  }
  return fresh;
}

std::optional<SecondFactor> use_code(const store::Store& store, const std::string& account,
                                     const SecondFactor& factor, const std::string& code,
                                     Instant now) {
  auto used = factor;
  const auto secret =
      crypto::decrypt_secret(store.derived_key(kFactorKey), factor_context(account), factor.secret);
  const auto step = crypto::code_step(secret, code, now);
  if (step && *step > factor.last_step) {
    used.last_step = *step;
    return used;
  }
  const auto found =
      std::find(used.recovery.begin(), used.recovery.end(), recovery_digest(store, account, code));
  if (found == used.recovery.end()) return std::nullopt;
  used.recovery.erase(found);
  return used;
}

}  // namespace vermilion::identity
