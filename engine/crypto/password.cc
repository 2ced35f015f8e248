#include "crypto/password.h"

#include <argon2.h>
#include <fmt/format.h>
#include <sys/mman.h>

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

// In huge pages where the system gives them: in small ones the page faults of a key's 64 MiB cost more than its Argon2.
int map_memory(std::uint8_t** memory, std::size_t size) {
  void* const mapped =
      mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return ARGON2_MEMORY_ALLOCATION_ERROR;
  madvise(mapped, size, MADV_HUGEPAGE);  // advice: refused, the pages are small
  *memory = static_cast<std::uint8_t*>(mapped);
  return ARGON2_OK;
}

void unmap_memory(std::uint8_t* memory, std::size_t size) { munmap(memory, size); }

std::uint8_t* bytes_of(std::string_view text) {  // Argon2 reads them, but takes no pointer to const
  return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
}

std::uint32_t length_of(std::string_view text) { return static_cast<std::uint32_t>(text.size()); }

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
  argon2_context cost{};
  cost.out = reinterpret_cast<std::uint8_t*>(key.data());
  cost.outlen = length_of(key);
  cost.pwd = bytes_of(passphrase);
  cost.pwdlen = length_of(passphrase);
  cost.salt = bytes_of(salt);
  cost.saltlen = length_of(salt);
  cost.t_cost = kKeyPasses;
  cost.m_cost = kKeyKib;
  cost.lanes = cost.threads = kLanes;
  cost.version = ARGON2_VERSION_NUMBER;
  cost.allocate_cbk = map_memory;
  cost.free_cbk = unmap_memory;
  check_argon2(argon2id_ctx(&cost));
  return key;
}

}  // namespace vermilion::crypto
