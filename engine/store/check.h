// Store::check(): everything a store holds, looked at once more. Stock tools find the same faults
// in git and log; the rest is what only we can read.
//
// Use      Under the store's lock. Faults go to the request; nothing is thrown for what is found.
// Order    Both repositories first, by our own reading of their packs: nothing else is looked at when
//          an index is broken. Then frames that wait, keys, log, history against log, payloads
//          against vault, accounts, catalogue against everything.
#pragma once
#include "store/checking.h"
#include "store/parts.h"

namespace vermilion::store {

// Where faults go, how many things were looked at, and of what part.
class CheckReport {
 public:
  explicit CheckReport(const CheckRequest& request) : request_(request) {}
  void begin(const std::string& part);
  void count(std::size_t things = 1);
  void fault(const std::string& where, const std::string& what) const {
    request_.fault(where, what);
  }
  // Runs one part; what it throws becomes a fault at `where`.
  void part(const std::string& where, const std::function<void()>& run);
  [[nodiscard]] std::size_t checked() const { return checked_; }
  // A sink whose places lie below `folder`: "evidence.git/".
  [[nodiscard]] Fault below(const std::string& folder) const;
  // Nothing: everything is looked at.
  [[nodiscard]] const std::optional<Checked>& since() const { return request_.since; }

 private:
  void tell() const;

  const CheckRequest& request_;
  std::string part_;
  std::size_t before_ = 0;  // checked when the part began
  std::size_t checked_ = 0;
};

[[nodiscard]] CheckResult check_store(Parts& parts, const CheckRequest& request);

// Of the log what came after `since`, and that what came before is still its beginning.
void check_new_entries(Parts& parts, CheckReport& report);
// Commits, tags and drafts: signed by the store, and main agrees with the log act by act.
void check_history(Parts& parts, CheckReport& report);
// Sealed payloads, their wrapped keys, and the keys that wrap those.
void check_payloads(Parts& parts, CheckReport& report);
// Every row of the catalogue against a projection made anew.
void check_catalogue(Parts& parts, CheckReport& report);

}  // namespace vermilion::store
