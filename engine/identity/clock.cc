#include "identity/clock.h"

#include <fmt/format.h>

#include "base/date.h"
#include "base/error.h"
#include "base/text.h"

namespace vermilion::identity {
namespace {

constexpr const char* kType = "clock";
constexpr const char* kKind = "acknowledgement";

[[noreturn]] void no_step() {
  throw Error(
      Failure::conflict, "no-clock-step",
      {"沒有待確認的時鐘異常，或最近一次已是另一筆；status 會列出序號",
       "no step of the clock is open, or the last one is another; 'status' tells its index"});
}

store::LogRow require_step(const store::Store& store, std::uint64_t step) {
  store::LogFilter filter;
  filter.clock_steps = true;
  filter.limit = 1;
  const auto rows = store.catalogue().log(filter);
  if (rows.empty() || rows.front().index != step || store::open_step(store.catalogue()) != step)
    no_step();
  return rows.front();
}

std::string require_reason(const std::string& reason) {
  if (!trim(reason).empty()) return require_text(reason, "reason");
  throw Error(Failure::invalid, "clock-reason",
              {"請寫明時鐘為何跳動、現在的時間如何查證",
               "state why the clock stepped and how its time was checked"});
}

}  // namespace

bool is_clock_acknowledgement(const model::Statement& statement) {
  return statement.kind == kKind && string_or_empty(statement.subject, "type") == kType;
}

void require_clock(const store::Now& now, const model::Statement& statement) {
  if (!now.clock_step || is_clock_acknowledgement(statement)) return;
  throw Error(
      Failure::conflict, "clock-step",
      {fmt::format("主機時鐘曾經跳動或誤差過大（日誌第 {0} "
                   "筆），確認前不受理簽署；請系統管理人員校時後執行 "
                   "clock acknowledge {0}",
                   *now.clock_step),
       fmt::format(
           "the machine's clock stepped or went adrift (log entry {0}) and nothing is signed until "
           "an administrator has set it right and run 'clock acknowledge {0}'",
           *now.clock_step)});
}

Prepared prepare_clock_acknowledgement(store::Store& store, std::uint64_t step,
                                       const std::string& reason, const model::SignerFields& signer,
                                       store::Act act) {
  const auto row = require_step(store, step);
  act.kind = kKind;
  act.subject = store::clock_subject(step);
  act.message = fmt::format("{} {}", kKind, act.subject);
  const Json subject = {{"type", kType},
                        {"step", step},
                        {"clock", row.clock},
                        {"entry_at", rfc3339(row.at)},
                        {"reason", require_reason(reason)}};
  return prepare(store, {kKind, "確認時鐘", subject, signer}, std::move(act),
                 [step](const store::Now& now, store::Changes&) {
                   if (now.clock_step != step) no_step();
                   return fmt::format("clock/{}", step);
                 });
}

}  // namespace vermilion::identity
