// A log entry as bytes, and the trailers that tie a commit to it.
//
// Shape    Canonical JSON {index, nonce (32 hex digits), at, kind, actor, from, subject, outcome,
//          commit (absent when there is none), clock (clock_step.h),
//          ntp {synchronised, offset_us, error_us} (absent where the kernel does not tell)}. A commit message is a first line, an empty line and the
//          trailers Act, Actor, Subject, Log-Index.
// Errors   require_act_fields throws invalid ("bad-act"): a field with a control character,
//          ill-formed UTF-8, or an entry of 64 KiB and more. parse_entry throws corrupt
//          ("log-entry-broken").
// Source   architecture sections 2 and 4; docs-src/formats/log.md.
#pragma once
#include <optional>
#include <string>

#include "base/clock_quality.h"
#include "git/object.h"
#include "store/act.h"
#include "store/catalogue.h"
#include "store/clock_step.h"

namespace vermilion::store {

void require_act_fields(const Act& act);

struct EntryStamp {
  std::uint64_t index = 0;
  Instant at;
  ClockState clock = ClockState::system;
  std::optional<git::ObjectId> commit;
  std::optional<ClockQuality> quality = {};
};
[[nodiscard]] Bytes entry_bytes(const Act& act, const EntryStamp& stamp);
// "log: entry 7", as faults name it.
[[nodiscard]] std::string entry_place(std::uint64_t index);
[[nodiscard]] LogRow parse_entry(std::uint64_t index, std::string_view bytes);
// What an entry says of how well the clock was kept.
[[nodiscard]] std::optional<ClockQuality> entry_quality(std::string_view bytes);

struct Trailers {
  std::string act;
  std::string actor;
  std::string subject;
  std::uint64_t log_index = 0;
};
[[nodiscard]] std::string with_trailers(const std::string& first_line, const Trailers& trailers);
// Nothing unless the message ends in exactly the four trailers.
[[nodiscard]] std::optional<Trailers> parse_trailers(std::string_view message);

}  // namespace vermilion::store
