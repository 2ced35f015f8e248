// Accepts connections and gives each to a worker; counts them by address.
//
// Threads  One accepts, `workers` serve, the watchdog watches: all started here. The rest of the class is for one thread.
// Errors   The constructor throws as Server::start().
#pragma once
#include <Poco/Net/ServerSocket.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#include "web/connection.h"

namespace vermilion::web {

class Connections {
 public:
  Connections(const std::string& listen, const ServeLimits& limits, const Clock& clock,
              Poco::Net::Context::Ptr tls, Application application);
  ~Connections();

  [[nodiscard]] std::string address() const;  // "127.0.0.1:8443"
  bool stop(std::chrono::milliseconds grace);

 private:
  struct Arrival {
    Poco::Net::StreamSocket socket;
    std::string address;
  };
  void accept_all();
  void accept_one();
  void work();
  [[nodiscard]] std::optional<Arrival> next();
  void leave(const std::string& address);
  void begin_stop();

  const ServeLimits limits_;
  const Clock& clock_;
  Poco::Net::Context::Ptr tls_;
  const Application application_;
  Poco::Net::ServerSocket listening_;
  Watchdog watchdog_;
  std::atomic<bool> stopping_ = false;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Arrival> queue_;
  std::map<std::string, unsigned> held_;  // connections by address, queued and served
  unsigned serving_ = 0;

  std::vector<std::thread> workers_;
  std::thread acceptor_;
};

}  // namespace vermilion::web
