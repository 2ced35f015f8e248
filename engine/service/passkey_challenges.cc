#include "service/passkey_challenges.h"

#include "crypto/base64url.h"
#include "crypto/digest.h"
#include "crypto/passkey.h"
#include "crypto/random.h"

namespace vermilion::service {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kRandomBytes = 16;
constexpr std::size_t kBeginBytes = kRandomBytes + 8;
constexpr std::size_t kBeginLetters = kBeginBytes / 3 * 4;  // 24 bytes are 32 letters
// Each costs an entry in the log; nobody brings so many in five minutes.
constexpr std::size_t kMostUsed = 100'000;

Bytes end_bytes(Instant end) {
  auto seconds = static_cast<std::uint64_t>(end.time_since_epoch().count());
  Bytes bytes(8, '\0');
  for (auto at = bytes.rbegin(); at != bytes.rend(); ++at, seconds >>= 8)
    *at = static_cast<char>(seconds & 0xff);
  return bytes;
}

Instant end_of(const Bytes& begin) {
  std::uint64_t seconds = 0;
  for (const char byte : begin.substr(kRandomBytes))
    seconds = seconds << 8 | static_cast<unsigned char>(byte);
  return Instant(std::chrono::seconds(seconds));
}

std::optional<Bytes> begin_of(const std::string& challenge) {
  auto letters = challenge.substr(0, kBeginLetters);
  for (auto& letter : letters) letter = letter == '-' ? '+' : letter == '_' ? '/' : letter;
  auto begin = from_base64(letters);
  if (begin && begin->size() != kBeginBytes) begin.reset();
  return begin;
}

}  // namespace

PasskeyChallenges::PasskeyChallenges(const Clock& clock)
    : clock_(clock), key_(crypto::random_bytes(kKeyBytes)) {}

std::string PasskeyChallenges::with_mac(const Bytes& begin, const std::string& purpose) const {
  return crypto::base64url(begin + crypto::hmac_sha256(key_, begin + purpose));
}

std::string PasskeyChallenges::issue(const std::string& purpose) const {
  return with_mac(crypto::random_bytes(kRandomBytes) + end_bytes(clock_.now() + lifetime), purpose);
}

bool PasskeyChallenges::take(const std::string& challenge, const std::string& purpose) {
  const auto begin = begin_of(challenge);
  if (!begin || !crypto::same_bytes(challenge, with_mac(*begin, purpose))) return false;
  const auto now = clock_.now();
  const auto end = end_of(*begin);
  // A clock that was set back makes none of them good for longer than five minutes.
  if (now >= end || end > now + lifetime) return false;
  auto used = used_.lock();
  std::erase_if(*used, [&](const auto& one) { return one.second <= now; });
  return used->size() < kMostUsed && used->emplace(challenge, end).second;
}

}  // namespace vermilion::service
