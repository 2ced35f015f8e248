// The application behind the guard: from a request to the page that answers it.
//
// Order    path, route, session (a locked one keeps the form and leads to the sign-in, a password that has to be changed leads to that), then for POST: Origin and Sec-Fetch-Site, then the token of the form; then the page. What a page
//          throws becomes a page (or problem+json, when asked for) that says what to do; anything unexpected becomes a 500 and a
//          line on standard error.
// Threads  answer() from any; every request opens the store for itself, beside the site that keeps it open.
#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>

#include "service/context.h"
#include "service/passkey_challenges.h"
#include "service/witness.h"
#include "web/errands.h"
#include "web/head.h"
#include "web/held.h"
#include "web/login/agency_waits.h"
#include "web/message.h"
#include "web/server.h"
#include "web/sessions.h"
#include "web/sign/awaited.h"

namespace vermilion::web {

// A few places for what takes a whole core. A mutex and a condition rather than std::counting_semaphore, which can sleep for ever in GCC 12 (bug 104928).
class HeavyPlaces {
 public:
  explicit HeavyPlaces(int places) : free_(places) {}
  void take();  // throws unavailable "busy" after 10 seconds
  void leave();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int free_;
};

// What all requests share.
struct Site {
  Disk& disk;
  const Clock& clock;
  Path store;
  Sessions sessions;
  HeldForms held;
  AwaitedSignatures awaited;
  AgencyWaits agency;
  service::PasskeyChallenges challenges;
  // Argon2 takes 64 MiB and a third of a second at a time: two at once. Verification and the review pack take seconds: one, in a
  // place of its own, so that nobody's sign-in waits for it.
  HeavyPlaces secrets{2};
  HeavyPlaces whole_store{1};
  HeavyPlaces pdf_checks{
      2};  // up to 1 GiB and 20 s each, if somebody brings what was made for that
  // Keeps the store's writer, which all requests share, from one request to the next.
  service::Context kept_open;
  service::Outside ways;
  Errands errands;  // last: what they work with outlives them

  Site(Disk& disk_used, const Clock& clock_used, Path path, service::Outside ways_out)
      : disk(disk_used),
        clock(clock_used),
        store(std::move(path)),
        sessions(clock_used),
        held(clock_used),
        awaited(clock_used),
        agency(clock_used),
        challenges(clock_used),
        kept_open(disk, clock, store, service::Caller()),
        ways(std::move(ways_out)) {}

  [[nodiscard]] Response answer(const Head& head, const Bytes& body, const std::string& address);
  // Whether that page takes so much, and somebody is signed in there: nobody else fills our memory.
  [[nodiscard]] bool may_upload(const Head& head);
};

// Holds one of the places.
class HeavyWork {
 public:
  explicit HeavyWork(HeavyPlaces& places) : places_(places) { places_.take(); }
  HeavyWork(const HeavyWork&) = delete;
  HeavyWork& operator=(const HeavyWork&) = delete;
  ~HeavyWork() { places_.leave(); }

 private:
  HeavyPlaces& places_;
};

}  // namespace vermilion::web
