#include "web/connections.h"

#include <Poco/Exception.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SocketAddress.h>

#include <csignal>

#include "base/error.h"

namespace vermilion::web {
namespace {

constexpr std::chrono::milliseconds kAcceptRound{100};
constexpr int kBacklog = 128;

Poco::Net::ServerSocket listen_at(const std::string& listen) {
  Poco::Net::SocketAddress address;
  try {
    address = Poco::Net::SocketAddress(listen);
  } catch (const Poco::Exception&) {
    throw Error(Failure::invalid, "bad-listen",
                {"--listen 要寫成 位址:埠，例如 127.0.0.1:8443：" + listen,
                 "--listen is ADDRESS:PORT, such as 127.0.0.1:8443: " + listen});
  }
  try {
    Poco::Net::ServerSocket socket;
    socket.bind(address, true, false);  // not SO_REUSEPORT: two servers would share the port
    socket.listen(kBacklog);
    return socket;
  } catch (const Poco::Exception& error) {
    throw Error(Failure::unavailable, "listen-failed",
                {"無法在 " + listen + " 等候連線（埠可能已被使用）；請換一個埠或先停止占用者",
                 "cannot listen at " + listen +
                     " (the port may be taken); choose another or stop "
                     "whoever has it: " +
                     error.displayText()});
  }
}

}  // namespace

Connections::Connections(const std::string& listen, const ServeLimits& limits, const Clock& clock,
                         Poco::Net::Context::Ptr tls, Application application)
    : limits_(limits),
      clock_(clock),
      tls_(std::move(tls)),
      application_(std::move(application)),
      listening_(listen_at(listen)) {
  std::signal(SIGPIPE, SIG_IGN);  // TLS writes with write(2)
  for (unsigned i = 0; i < limits_.workers; ++i) workers_.emplace_back([this] { work(); });
  acceptor_ = std::thread([this] { accept_all(); });
}

Connections::~Connections() {
  begin_stop();
  watchdog_.shut_all(Watchdog::Way::both);
  for (auto& worker : workers_) worker.join();
}

std::string Connections::address() const { return listening_.address().toString(); }

void Connections::accept_all() {
  while (!stopping_) {
    try {
      if (listening_.poll(Poco::Timespan(0, 1000 * kAcceptRound.count()),
                          Poco::Net::Socket::SELECT_READ))
        accept_one();
    } catch (const Poco::Exception&) {
      std::this_thread::sleep_for(kAcceptRound);  // out of descriptors: those held will end
    }
  }
  listening_.close();
}

void Connections::accept_one() {
  Poco::Net::SocketAddress from;
  auto socket = listening_.acceptConnection(from);
  const auto address = from.host().toString();
  const std::lock_guard hold(mutex_);
  const bool full = serving_ + queue_.size() >= limits_.workers + limits_.waiting;
  if (full || held_[address] >= limits_.per_address) {
    if (held_[address] == 0) held_.erase(address);
    return;  // closes it
  }
  ++held_[address];
  queue_.push_back({std::move(socket), address});
  changed_.notify_one();
}

std::optional<Connections::Arrival> Connections::next() {
  std::unique_lock hold(mutex_);
  changed_.wait(hold, [this] { return stopping_ || !queue_.empty(); });
  if (stopping_) return std::nullopt;
  auto arrival = std::move(queue_.front());
  queue_.pop_front();
  ++serving_;
  return arrival;
}

void Connections::leave(const std::string& address) {
  const std::lock_guard hold(mutex_);
  if (--held_[address] == 0) held_.erase(address);
  --serving_;
  changed_.notify_all();
}

void Connections::work() {
  while (auto arrival = next()) {
    try {
      const Surroundings around{limits_, clock_, tls_, watchdog_, application_, stopping_};
      Connection(std::move(arrival->socket), arrival->address, around).serve();
    } catch (const std::exception&) {
      // No connection came of it; the worker lives on.
    }
    leave(arrival->address);
  }
}

void Connections::begin_stop() {
  {
    const std::lock_guard hold(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (acceptor_.joinable()) acceptor_.join();
}

bool Connections::stop(std::chrono::milliseconds grace) {
  begin_stop();
  watchdog_.shut_all(Watchdog::Way::reading);
  std::unique_lock hold(mutex_);
  return changed_.wait_for(hold, grace, [this] { return serving_ == 0; });
}

}  // namespace vermilion::web
