// Who is on his way to the agency's sign-in service, and what he gets when he comes back: in memory only, used once.
//
// Rule     Found by the state that the service brings back, and only by the browser that holds the token set with it: a link sent to
//          somebody else signs nobody in.
// Limits   Ten minutes; 1000 at once, the oldest make room.
// Threads  Any.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/guarded.h"
#include "service/agency.h"

namespace vermilion::web {

struct AgencyWait {
  service::OidcWait wait;
  std::string next;
  std::string session;  // that is to be proved anew, or ""
  std::string token;    // in the browser's cookie
  Instant began = {};
};

class AgencyWaits {
 public:
  explicit AgencyWaits(const Clock& clock) : clock_(clock) {}

  void keep(AgencyWait wait);
  // Gone from here, whatever comes of it; nothing when it is unknown, too old, or of another browser.
  [[nodiscard]] std::optional<AgencyWait> take(const std::string& state, const std::string& token);

 private:
  const Clock& clock_;
  Guarded<std::map<std::string, AgencyWait>> waits_;
};

}  // namespace vermilion::web
