// One connection from its handshake to its end: reads requests under limits and deadlines, and sends what the application answers.
//
// Idea     A body is read whole, or the connection ends: the bytes that follow a request are never taken for another one.
// Threads  Within one worker.
// Errors   None leave it: a peer that goes away, breaks the protocol or is too slow ends the connection.
#pragma once
#include <Poco/Net/Context.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/StreamSocket.h>

#include <atomic>
#include <functional>

#include "web/chunks.h"
#include "web/message.h"
#include "web/server.h"
#include "web/watchdog.h"

namespace vermilion::web {

// Must not throw. `body` as it came; `address` of the client.
struct Application {
  std::function<Response(const Head& head, const Bytes& body, const std::string& address)> answer;
  std::function<bool(const Head& head)> may_upload;  // asked before a body over body_bytes is read
};

struct Surroundings {
  const ServeLimits& limits;
  const Clock& clock;
  Poco::Net::Context::Ptr tls;
  Watchdog& watchdog;
  const Application& application;
  const std::atomic<bool>& stopping;
};

class Connection {
 public:
  Connection(Poco::Net::StreamSocket socket, std::string address, const Surroundings& around);
  void serve();

 private:
  enum class Next { again, end };
  [[nodiscard]] Next serve_one(bool first);
  [[nodiscard]] std::optional<Head> read_head(bool first);
  // Nothing: refused and answered, or the peer went away.
  [[nodiscard]] std::optional<Bytes> read_body(const Head& head);
  [[nodiscard]] std::optional<Bytes> read_chunks();
  [[nodiscard]] bool receive();  // more into arrived_; false at the end
  void send(const Bytes& bytes);
  void refuse(const Refusal& refusal);

  Surroundings around_;
  std::string address_;
  Poco::Net::StreamSocket plain_;
  Watchdog::Watch watch_;
  Poco::Net::SecureStreamSocket secure_;
  Bytes arrived_;
};

}  // namespace vermilion::web
