#include "crypto/password.h"

#include <argon2.h>
#include <fmt/format.h>

#include <array>
#include <atomic>

#include "base/error.h"
#include "crypto/random.h"

namespace vermilion::crypto {
namespace {

constexpr std::uint32_t kLoginPasses = 2;
constexpr std::uint32_t kLoginKib = 19 * 1024;
constexpr std::uint32_t kKeyPasses = 3;
constexpr std::uint32_t kKeyKib = 64 * 1024;
constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kPasswordSaltSize = 16;
constexpr std::size_t kHashSize = 32;

std::atomic<std::uint64_t> runs{0};

void check_argon2(int result) {
  if (result == ARGON2_OK) return;
  throw Error(Failure::unavailable, "argon2-failed",
              {"通行碼運算失敗，多半是記憶體不足；請釋出記憶體後重試",
               fmt::format("Argon2 failed ({}); free some memory and retry",
                           argon2_error_message(result))});
}

}  // namespace

std::string hash_password(std::string_view password) {
  ++runs;
  const Bytes salt = random_bytes(kPasswordSaltSize);
  std::array<char, 128> encoded{};
  check_argon2(argon2id_hash_encoded(kLoginPasses, kLoginKib, kLanes, password.data(),
                                     password.size(), salt.data(), salt.size(), kHashSize,
                                     encoded.data(), encoded.size()));
  return encoded.data();
}

bool password_matches(std::string_view password, const std::string& hash) {
  ++runs;
  const int result = argon2id_verify(hash.c_str(), password.data(), password.size());
  // Lack of memory says nothing about the password; all else, a damaged hash too, is no match.
  if (result == ARGON2_MEMORY_ALLOCATION_ERROR) check_argon2(result);
  return result == ARGON2_OK;
}

std::uint64_t argon2_runs() noexcept { return runs; }

Bytes key_from_passphrase(std::string_view passphrase, std::string_view salt) {
  VERMILION_ASSERT(salt.size() == kPasswordSaltSize);
  ++runs;
  Bytes key(kHashSize, '\0');
  check_argon2(argon2id_hash_raw(kKeyPasses, kKeyKib, kLanes, passphrase.data(), passphrase.size(),
                                 salt.data(), salt.size(), key.data(), key.size()));
  return key;
}

}  // namespace vermilion::crypto
