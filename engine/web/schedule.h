// What the server does of itself, once a day or so: a job on a thread of its own, looked at again and again.
//
// Idea     The job itself knows whether it is due, by the store's clock; here is only the waiting, by the steady one.
// Errors   What the job throws goes to standard error, one line; the next look comes all the same.
// Threads  Any; the job runs on the schedule's thread alone.
#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace vermilion::web {

class Schedule {
 public:
  // Runs the job at once, and then every `every`.
  Schedule(std::function<void()> job, std::chrono::milliseconds every);
  Schedule(const Schedule&) = delete;
  Schedule& operator=(const Schedule&) = delete;
  ~Schedule();  // waits for the job

  // The next look comes now.
  void wake();
  // No more looks; false if the job still runs after `grace`.
  bool stop(std::chrono::milliseconds grace);

 private:
  void run();

  const std::function<void()> job_;
  const std::chrono::milliseconds every_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool wake_ = false;
  bool stopping_ = false;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace vermilion::web
