// The challenges that passkeys answer: for one purpose, once, within five minutes.
//
// Idea     A challenge carries its own end and a MAC over that and its purpose, under a key that lives as long as this process. So whoever only
//          loads the sign-in page costs no memory and pushes nobody's challenge out; what is remembered is what came back, until its end.
// Shape    base64url of 16 random bytes | end, seconds since 1970 (8 bytes, big-endian) | HMAC-SHA-256 of these and the purpose.
// Threads  Any.
#pragma once
#include <map>
#include <string>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/guarded.h"

namespace vermilion::service {

class PasskeyChallenges {
 public:
  static constexpr std::chrono::minutes lifetime{5};

  explicit PasskeyChallenges(const Clock& clock);

  // `purpose` names the session and what the answer will be good for: "sign-in <token>", "sign <session> <statement>".
  [[nodiscard]] std::string issue(const std::string& purpose) const;
  // Whether it was given out for that purpose, is not over and never came back. From then on it is used.
  [[nodiscard]] bool take(const std::string& challenge, const std::string& purpose);

 private:
  [[nodiscard]] std::string with_mac(const Bytes& begin, const std::string& purpose) const;

  const Clock& clock_;
  Bytes key_;
  Guarded<std::map<std::string, Instant>> used_;  // until when
};

}  // namespace vermilion::service
