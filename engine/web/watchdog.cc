#include "web/watchdog.h"

#include <Poco/Exception.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace vermilion::web {
namespace {

constexpr std::chrono::milliseconds kWatchRound{100};

void shut(int socket, Watchdog::Way way) {
  ::shutdown(socket, way == Watchdog::Way::reading ? SHUT_RD : SHUT_RDWR);
}

int duplicate(int socket) {
  const int own = ::fcntl(socket, F_DUPFD_CLOEXEC, 0);
  if (own < 0) throw Poco::IOException("no descriptor to watch a connection by");
  return own;
}

}  // namespace

Watchdog::Watch::Watch(Watchdog& dog, int socket) : dog_(dog), socket_(duplicate(socket)) {
  const std::lock_guard hold(dog_.mutex_);
  dog_.deadlines_[socket_] = Time::max();
  if (dog_.shut_) shut(socket_, *dog_.shut_);
}

Watchdog::Watch::~Watch() {
  const std::lock_guard hold(dog_.mutex_);
  dog_.deadlines_.erase(socket_);
  ::close(socket_);
}

void Watchdog::Watch::allow(std::chrono::milliseconds time) {
  const std::lock_guard hold(dog_.mutex_);
  dog_.deadlines_[socket_] = std::chrono::steady_clock::now() + time;
}

Watchdog::Watchdog() : thread_([this] { run(); }) {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard hold(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Watchdog::shut_all(Way way) {
  const std::lock_guard hold(mutex_);
  shut_ = way;
  for (const auto& [socket, deadline] : deadlines_) shut(socket, way);
}

void Watchdog::run() {
  std::unique_lock hold(mutex_);
  while (!stopping_) {
    changed_.wait_for(hold, kWatchRound);
    const auto now = std::chrono::steady_clock::now();
    for (auto& [socket, deadline] : deadlines_) {
      if (deadline > now) continue;
      shut(socket, Way::both);
      deadline = Time::max();
    }
  }
}

}  // namespace vermilion::web
