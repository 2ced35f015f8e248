// What waits for a signature made in a browser: in memory, for 15 minutes, for one session, for one use.
//
// Shape    Named by 32 random bytes as 64 hexadecimal digits. A restart, or the end of the session, forgets it; nothing was stored.
// Bounds   3 for a session (a fourth takes the place of its oldest), 1000 in all; then unavailable "busy".
// Threads  Any. Each is used by one thread at a time: who takes it has it alone.
// Errors   not_found "prepared-gone": never there, another session's, used or over; all alike.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/guarded.h"
#include "service/signing.h"

namespace vermilion::web {

struct Awaited {
  std::string session;                        // id of the session it was prepared in
  std::string next;                           // where to go once it is signed
  std::unique_ptr<service::Context> context;  // what `what` refers to
  service::SignatureAwaited what;
};

// What the page shows of it.
struct AwaitedView {
  model::Statement statement;
  Bytes bytes;
  identity::PdfToSign pdf;  // signed beside it; may be empty
  Instant expires;
};

class AwaitedSignatures {
 public:
  static constexpr std::size_t most_of_session = 3;
  static constexpr std::size_t most = 1000;

  explicit AwaitedSignatures(const Clock& clock) : clock_(clock) {}

  [[nodiscard]] std::string keep(Awaited awaited);
  [[nodiscard]] AwaitedView view(const std::string& id, const std::string& session);
  // Out of the store for good, whatever comes of it.
  [[nodiscard]] Awaited take(const std::string& id, const std::string& session);
  [[nodiscard]] std::size_t count() { return all_.lock()->size(); }

 private:
  using All = std::map<std::string, Awaited>;
  [[nodiscard]] All::iterator find(All& all, const std::string& id, const std::string& session);
  void forget_old(All& all) const;

  const Clock& clock_;
  Guarded<All> all_;
};

}  // namespace vermilion::web
