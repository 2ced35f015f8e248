// Shuts a socket whose deadline has passed, whatever its worker is waiting for: a read, a handshake, a peer that takes nothing.
//
// Why      A time limit of the socket counts each read; a client that sends a byte now and then never meets it. TLS reads a whole
//          record before it returns, so the worker cannot look at the time itself.
// Idea     A Watch holds a descriptor of its own: the TLS socket closes its own while its connection still ends, and the next
//          connection may have that number at once.
// Threads  Any. A Watch belongs to the thread of its connection.
// Errors   Poco::IOException when there is no descriptor left; nothing else is thrown.
#pragma once
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace vermilion::web {

class Watchdog {
 public:
  using Time = std::chrono::steady_clock::time_point;

  class Watch {
   public:
    Watch(Watchdog& dog, int socket);  // not closed by us
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;
    ~Watch();
    // From now on: so long for what comes next.
    void allow(std::chrono::milliseconds time);

   private:
    Watchdog& dog_;
    int socket_;  // a duplicate, closed by us
  };

  Watchdog();
  ~Watchdog();

  enum class Way { reading, both };
  // Ends every connection, those still to come too: reading only, so that an answer under way still goes out, or both ways.
  void shut_all(Way way);

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<int, Time> deadlines_;
  std::optional<Way> shut_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace vermilion::web
