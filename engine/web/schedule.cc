#include "web/schedule.h"

#include <iostream>

namespace vermilion::web {
namespace {

void attempt(const std::function<void()>& job) {
  try {
    job();
  } catch (const std::exception& error) {
    std::cerr << "schedule: " << error.what() << std::endl;
  }
}

}  // namespace

Schedule::Schedule(std::function<void()> job, std::chrono::milliseconds every)
    : job_(std::move(job)), every_(every), thread_([this] { run(); }) {}

Schedule::~Schedule() {
  stop(std::chrono::milliseconds(0));
  thread_.join();
}

void Schedule::wake() {
  const std::lock_guard lock(mutex_);
  wake_ = true;
  changed_.notify_all();
}

bool Schedule::stop(std::chrono::milliseconds grace) {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
  return changed_.wait_for(lock, grace, [this] { return ended_; });
}

void Schedule::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wake_ = false;
    lock.unlock();
    attempt(job_);
    lock.lock();
    changed_.wait_for(lock, every_, [this] { return stopping_ || wake_; });
  }
  ended_ = true;
  changed_.notify_all();
}

}  // namespace vermilion::web
