#include "web/errands.h"

#include <iostream>

namespace vermilion::web {
namespace {

constexpr std::size_t kMostErrands = 100;
constexpr std::chrono::hours kNeverMind{1};  // add() wakes

}  // namespace

Errands::Errands() : schedule_([this] { run(); }, kNeverMind) {}

void Errands::add(std::function<void()> errand) {
  {
    auto waiting = waiting_.lock();
    if (waiting->size() >= kMostErrands) {
      std::cerr << "web: an errand was dropped, too many wait" << std::endl;
      return;
    }
    waiting->push_back(std::move(errand));
  }
  schedule_.wake();
}

void Errands::run() {
  for (;;) {
    std::function<void()> next;
    {
      auto waiting = waiting_.lock();
      if (waiting->empty()) return;
      next = std::move(waiting->front());
      waiting->pop_front();
    }
    try {
      next();
    } catch (const std::exception& error) {
      std::cerr << "web: an errand failed: " << error.what() << std::endl;
    }
  }
}

}  // namespace vermilion::web
