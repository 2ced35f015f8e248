// The web server: TLS, guard, sessions and pages over one store.
//
// Shape    One process, HTTP/1.1 over TLS 1.2 or 1.3. A thread accepts, `workers` threads each serve one connection at a time, one
//          watches deadlines. Every request opens the store anew and ends with its answer.
// Guard    A connection has a deadline for each phase (handshake, head, body, answer, idle): when it passes, a watchdog shuts the
//          socket, whatever the worker is waiting for. One address holds at most `per_address` connections; beyond `workers` serving
//          and `waiting` in the queue a connection is closed at once. What a head or body may be: web/head.h, web/chunks.h.
// Threads  start() and stop() from one thread; the rest is the server's own affair.
// Errors   start() throws invalid "bad-listen", unavailable "listen-failed" (the port is taken), "bad-certificate". After it nothing
//          is thrown: a request that fails answers so, and what broke goes to standard error, one line each.
// Source   ../shared/design/findings-stack.md §1.3; docs-src/formats/web.md.
#pragma once
#include <chrono>
#include <iosfwd>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/disk.h"
#include "web/head.h"

namespace vermilion::web {

struct ServeLimits {
  unsigned workers = 64;
  unsigned waiting = 64;
  unsigned per_address = 32;
  unsigned requests = 1000;  // on one connection
  HeadLimits head;
  std::chrono::milliseconds handshake_and_head{5'000};
  std::chrono::milliseconds body{15'000};
  std::chrono::milliseconds answer{60'000};  // for the client to take it
  std::chrono::milliseconds idle{5'000};
};

struct ServeOptions {
  Path store;
  std::string listen = "127.0.0.1:8443";  // port 0: any free one
  Path certificate;  // PEM, chain and all; both empty: a pair of our own in `tls_folder`
  Path key;
  Path
      tls_folder;  // server.pem and server-key.pem (0600): P-256, for localhost and 127.0.0.1, made when missing or expired
  ServeLimits limits;
};

class Server {
 public:
  Server(Disk& disk, const Clock& clock, ServeOptions options);
  ~Server();  // stops

  void start();
  // "https://127.0.0.1:8443"; after start().
  [[nodiscard]] std::string url() const;
  // No more connections; idle ones end, requests being answered may take `grace` longer. False if one still works after that: its
  // thread is joined by the destructor.
  bool stop(std::chrono::milliseconds grace = std::chrono::milliseconds(800));

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// The command: prints the URL on one line when ready, serves until SIGTERM or SIGINT, ends within a second. Returns the exit code.
int serve(const ServeOptions& options, std::ostream& out);

}  // namespace vermilion::web
