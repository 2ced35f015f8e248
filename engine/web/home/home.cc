// What waits for the person who signed in.
#include <fmt/format.h>

#include "service/clock.h"
#include "service/records.h"
#include "service/witness.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

struct Deed {
  const char* what;
  const char* zh;
  const char* en;
};
constexpr Deed kDeeds[] = {{"agreement", "簽署", "agreement to sign"},
                           {"record", "填報", "record to sign"},
                           {"review", "審查", "review"},
                           {"countersignature", "會簽", "countersignature"},
                           {"approval", "核准", "approval"},
                           {"publication", "發行", "publication"},
                           {"disposal-approval", "核銷", "disposal to approve"},
                           {"disposal-execution", "銷毀", "destruction to carry out"},
                           {"account", "核准", "account to authorise"},
                           {"key-request", "金鑰", "key to make sure of"}};

// What an administrator has to see to: the checkpoint of a day that is missing, a step of the clock.
Json alarms(Visit& visit) {
  Json list = Json::array();
  if (!visit.may("store.maintain")) return list;
  const auto step = service::clock_step(visit.context());
  if (!step.is_null()) {
    list.push_back(
        {{"zh", fmt::format(
                    "主機時鐘曾經跳動，現在不受理簽署；校時後請執行 vermilion clock acknowledge {}",
                    step.get<std::uint64_t>())},
         {"en",
          "The machine's clock stepped and nothing is signed: set it right, then acknowledge "
          "it."}});
  }
  const auto alarm = service::checkpoint_alarm(visit.context());
  if (!alarm.is_null()) {
    list.push_back(
        {{"zh", fmt::format("已有 {} 日沒有存證的日誌查核點；請查明後執行 vermilion log witness",
                            alarm["missed"].get<std::int64_t>())},
         {"en",
          "Days without a witnessed checkpoint of the log: find out why, then run log witness."}});
  }
  return list;
}

}  // namespace

Response show_home(Visit& visit) {
  auto waiting = service::waiting_for(visit.context());
  for (auto& item : waiting) {
    for (const auto& deed : kDeeds) {
      if (string_or_empty(item, "what") != deed.what) continue;
      item["what_label"] = deed.zh;
      item["what_en"] = deed.en;
    }
    item["since_text"] = visit.when(string_or_empty(item, "since"));
  }
  if (!waiting.empty()) waiting.front()["first"] = waiting.back()["last"] = true;
  return visit.page("home/home", "等我處理", {{"waiting", waiting}, {"alarms", alarms(visit)}});
}

}  // namespace vermilion::web
