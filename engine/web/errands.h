// Small jobs that no answer waits for, such as a mail: one after the other on a thread of their own.
//
// Why      An answer that took longer because a mail was sent would tell that the account exists.
// Limits   100 wait; further ones are dropped, with a line on standard error, as are those that wait when the server ends.
// Threads  add() from any.
#pragma once
#include <deque>
#include <functional>

#include "base/guarded.h"
#include "web/schedule.h"

namespace vermilion::web {

class Errands {
 public:
  Errands();
  void add(std::function<void()> errand);
  // No more are begun; false if one is still under way after `grace`.
  bool stop(std::chrono::milliseconds grace) { return schedule_.stop(grace); }

 private:
  void run();

  Guarded<std::deque<std::function<void()>>> waiting_;
  Schedule schedule_;
};

}  // namespace vermilion::web
