// The daily checkpoint: committed, copied and shown to witnesses, so that a log rolled back, or shown in two versions, is found out.
//
// Shape    One act of kind "checkpoint" on "log <size>": log/checkpoint (the signed note, with the cosignatures that came),
//          log/witness.json {day, size, witnesses: [{name, size}]} and log/disk.json (service/disk_use.h). Its outcome is "done" when
//          every copy that vermilion.yaml asks for was made, else "failed:checkpoint-copy".
// Day      By the store's time zone. A day without a "done" is missed.
// Errors   A copy that fails is told in the answer, not thrown.
// Source   architecture section 4; c2sp.org/tlog-witness; docs-src/formats/log.md.
#pragma once
#include <functional>
#include <string>

#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

constexpr const char* kCheckpoint = "log/checkpoint";  // on main, and in the store's folder

struct HttpAnswer {
  int status = 0;
  Bytes body;
};

struct HttpAsk {
  std::string method;  // "GET", "POST"
  std::string url;
  Bytes body = {};
  std::string type = {};           // of the body
  std::string authorization = {};  // "Basic …"
  Path authorities = {};  // PEM that the other side's certificate must go back to; "": the system's
};

// The ways out of this machine; web has them.
struct Outside {
  // No redirect is followed. Throws unavailable "post-failed".
  std::function<HttpAnswer(const HttpAsk& ask)> fetch = {};
  // Hands a mail to the command's standard input; throws unavailable "mail-failed".
  std::function<void(const std::string& command, const Bytes& mail)> mail = {};
  // What the command prints when it reads that; throws unavailable "command-failed".
  std::function<Bytes(const std::string& command, const Bytes& input)> filter = {};
};

// {day, size, ok, copies: [{to, ok, code}]}. A person needs the right store.maintain; console and schedule do not.
[[nodiscard]] Json witness_log(Context& context, const Outside& outside);
// Today's has not been made, and none was tried in the last hour.
[[nodiscard]] bool witness_is_due(Context& context);
// {last, missed}: the last good day (or null) and how many days before today lack one since; null when all is well, and for a store
// of which no checkpoint was ever asked.
[[nodiscard]] Json checkpoint_alarm(Context& context);

}  // namespace vermilion::service
