// What is asked often, answered from SQLite instead of walking history. A projection: rebuild makes it anew.
//
// Shape    acts: one row per commit on main, in order. paths: every version of every file. entries: one row per log entry.
//          payloads: where each sealed payload lies. records: where each record lies (store/record_index.h).
// Cost     By index: a question costs what its answer is long, not what the store is big.
// Trust    What a Store's catalogue answers has been looked up in git and log (store/verified_rows.h): a row that says something
//          else than they do is never handed out. Rows that are missing are check()'s to find.
// Threads  As its Store.
// Errors   corrupt ("row-broken") when a row's MAC does not fit its values, ("row-differs") when git or log say otherwise.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "git/object.h"

namespace vermilion::store {

struct ActRow {
  std::uint64_t sequence = 0;  // 1 for the first commit
  git::ObjectId commit;
  std::string act;             // ULID
  std::string actor;
  std::string subject;
  std::uint64_t log_index = 0;
  Instant at;
  bool behind = false;  // the clock stood before an earlier act's
};

struct PathRow {
  ActRow act;
  std::optional<git::ObjectId> blob;  // nothing: removed
};

struct LogRow {
  std::uint64_t index = 0;
  Instant at;
  std::string kind;
  std::string actor;
  std::string from;
  std::string subject;
  std::string outcome;
  std::string commit;  // hex or ""
  std::string clock;   // "system", "behind", "stepped-back", "stepped-forward": store/clock_step.h
};

struct LogFilter {
  std::optional<Instant> from;
  std::optional<Instant> to;    // exclusive
  std::string actor;            // "" any
  std::string kind;
  std::string subject_prefix;
  bool clock_steps = false;  // only entries that tell of a step
  std::size_t limit = 1000;
  // Which are kept when there are more than `limit`.
  enum class Keep { newest, oldest } keep = Keep::newest;
};

class Catalogue {
 public:
  virtual ~Catalogue() = default;
  [[nodiscard]] virtual std::vector<ActRow> acts(std::uint64_t from_sequence, std::size_t limit) const = 0;
  [[nodiscard]] virtual std::optional<ActRow> act_of(const git::ObjectId& commit) const = 0;
  // The last act at or before `at`: of acts before and after a clock that went back, the last in order.
  [[nodiscard]] virtual std::optional<ActRow> last_act(Instant at) const = 0;
  // Every version of one path, oldest first.
  [[nodiscard]] virtual std::vector<PathRow> history(const std::string& path) const = 0;
  [[nodiscard]] virtual std::vector<LogRow> log(const LogFilter& filter) const = 0;  // oldest first
};

}  // namespace vermilion::store
