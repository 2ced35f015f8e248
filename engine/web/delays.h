// How long a sign-in has to wait after failed ones for the same account from the same address.
//
// Units    The first failure costs `base`, each further one twice as much, up to 16 times; 15 minutes without one forgive all.
// Threads  Any.
#pragma once
#include <chrono>
#include <map>
#include <string>

#include "base/clock.h"
#include "base/guarded.h"

namespace vermilion::web {

class Delays {
 public:
  Delays(const Clock& clock, std::chrono::milliseconds base) : clock_(clock), base_(base) {}

  [[nodiscard]] std::chrono::milliseconds before(const std::string& account,
                                                 const std::string& address);
  void failed(const std::string& account, const std::string& address);
  void succeeded(const std::string& account, const std::string& address);

 private:
  struct Failures {
    unsigned count = 0;
    Instant last;
  };
  using All = std::map<std::pair<std::string, std::string>, Failures>;
  void forget_old(All& all) const;

  const Clock& clock_;
  std::chrono::milliseconds base_;
  Guarded<All> failures_;
};

}  // namespace vermilion::web
