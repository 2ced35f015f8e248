#include "identity/login_lock.h"

#include <algorithm>

namespace vermilion::identity {
namespace {

// The index after which attempts count; 0 without an unlock.
std::uint64_t last_unlock(const store::Catalogue& catalogue, const std::string& account) {
  store::LogFilter filter;
  filter.kind = kUnlockKind;
  filter.subject_prefix = "account " + account;
  std::uint64_t last = 0;
  for (const auto& row : catalogue.log(filter)) {
    if (row.outcome == "done" && row.subject == filter.subject_prefix) last = row.index + 1;
  }
  return last;
}

}  // namespace

LoginLock login_lock(const store::Catalogue& catalogue, const std::string& account, Instant now,
                     const LoginRules& rules) {
  store::LogFilter filter;
  filter.kind = kLoginKind;
  filter.actor = account;
  filter.limit = rules.failures;
  auto rows = catalogue.log(filter);
  std::reverse(rows.begin(), rows.end());
  LoginLock state;
  if (rows.empty() || rows.front().outcome == "done") return state;
  const auto from = last_unlock(catalogue, account);
  Instant after = now;
  for (const auto& row : rows) {
    if (row.index < from || after - row.at > rules.lock) return state;
    if (row.outcome == kLocksOutcome) {
      // Whoever unlocked, or waited, begins anew.
      if (&row == &rows.front() && now < row.at + rules.lock)
        state = {true, row.at + rules.lock, 0};
      return state;
    }
    if (row.outcome != kFailedOutcome) return state;
    ++state.failures;
    after = row.at;
  }
  return state;
}

}  // namespace vermilion::identity
