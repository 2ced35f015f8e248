#include "crypto/one_time_code.h"

#include <liboath/oath.h>

#include <algorithm>
#include <cstdlib>

#include "base/error.h"
#include "base/handle.h"
#include "crypto/random.h"

namespace vermilion::crypto {
namespace {

constexpr std::size_t kCodeSecretSize = 20;
constexpr std::size_t kCodeDigits = 6;
constexpr unsigned kStepSeconds = 30;
constexpr std::size_t kNeighbours = 1;

void check_oath(int result, const char* doing) {
  if (result >= 0) return;
  throw Error(Failure::unavailable, "one-time-code-failed",
              {std::string("一次性驗證碼運算失敗，請稍後重試：") + oath_strerror(result),
               std::string(doing) + ": " + oath_strerror(result)});
}

}  // namespace

Bytes new_code_secret() { return random_bytes(kCodeSecretSize); }

std::string base32(std::string_view bytes) {
  char* text = nullptr;
  std::size_t size = 0;
  check_oath(oath_base32_encode(bytes.data(), bytes.size(), &text, &size), "writing base32");
  const Handle<char, std::free> owner(text);
  std::string result(text, size);
  result.erase(std::find(result.begin(), result.end(), '='), result.end());
  return result;
}

std::optional<Bytes> from_base32(const std::string& text) {
  char* bytes = nullptr;
  std::size_t size = 0;
  if (oath_base32_decode(text.data(), text.size(), &bytes, &size) != OATH_OK) return std::nullopt;
  const Handle<char, std::free> owner(bytes);
  return Bytes(bytes, size);
}

std::optional<std::uint64_t> code_step(std::string_view secret, const std::string& code,
                                       Instant now) {
  const bool digits =
      code.size() == kCodeDigits &&
      std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!digits) return std::nullopt;
  int offset = 0;
  const auto seconds = now.time_since_epoch().count();
  const int result = oath_totp_validate2(secret.data(), secret.size(), static_cast<time_t>(seconds),
                                         kStepSeconds, 0, kNeighbours, &offset, code.c_str());
  if (result == OATH_INVALID_OTP) return std::nullopt;
  check_oath(result, "checking a one-time code");
  return static_cast<std::uint64_t>(seconds / kStepSeconds + offset);
}

}  // namespace vermilion::crypto
