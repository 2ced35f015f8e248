// The application behind the guard: from a request to the page that answers it.
//
// Order    path, route, session, then for POST: Origin and Sec-Fetch-Site, then the token of the form; then the page. What a page
//          throws becomes a page (or problem+json, when asked for) that says what to do; anything unexpected becomes a 500 and a
//          line on standard error.
// Threads  answer() from any; every request opens the store for itself.
#pragma once
#include <memory>
#include <semaphore>

#include "web/delays.h"
#include "web/head.h"
#include "web/message.h"
#include "web/server.h"
#include "web/sessions.h"

namespace vermilion::web {

// What all requests share.
struct Site {
  Disk& disk;
  const Clock& clock;
  Path store;
  Sessions sessions;
  Delays delays;
  // Argon2 takes 64 MiB and a third of a second at a time, verification all of a core: two of them at once.
  std::counting_semaphore<2> heavy{2};

  Site(Disk& disk_used, const Clock& clock_used, Path path, std::chrono::milliseconds failed_login)
      : disk(disk_used),
        clock(clock_used),
        store(std::move(path)),
        sessions(clock_used),
        delays(clock_used, failed_login) {}

  [[nodiscard]] Response answer(const Head& head, const Bytes& body, const std::string& address);
};

// Holds one of the places for heavy work; throws unavailable "busy" after 10 seconds.
class HeavyWork {
 public:
  explicit HeavyWork(Site& site);
  HeavyWork(const HeavyWork&) = delete;
  HeavyWork& operator=(const HeavyWork&) = delete;
  ~HeavyWork() { site_.heavy.release(); }

 private:
  Site& site_;
};

}  // namespace vermilion::web
