// A value that can be reached only while its lock is held.
//
//   Guarded<std::map<Id, Session>> sessions;
//   sessions.lock()->erase(id);
#pragma once
#include <mutex>
#include <utility>

namespace vermilion {

template <typename T>
class Guarded {
 public:
  template <typename... Args>
  explicit Guarded(Args&&... args) : value_(std::forward<Args>(args)...) {}

  class Lock {
   public:
    explicit Lock(Guarded& owner) : hold_(owner.mutex_), value_(owner.value_) {}
    T* operator->() noexcept { return &value_; }
    T& operator*() noexcept { return value_; }

   private:
    std::unique_lock<std::mutex> hold_;
    T& value_;
  };

  [[nodiscard]] Lock lock() { return Lock(*this); }

 private:
  std::mutex mutex_;
  T value_;
};

}  // namespace vermilion
