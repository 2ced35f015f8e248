// What waits for the person who signed in.
#include <fmt/format.h>

#include "service/access_review.h"
#include "service/audit_copies.h"
#include "service/clock.h"
#include "service/overdue.h"
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
                           {"key-request", "金鑰", "key to make sure of"},
                           {"access-decision", "審查", "rows of an access review"},
                           {"access-proposal", "建議", "proposals for an access review"},
                           {"access-approval", "核准", "access review to approve"},
                           {"access-execution", "撤銷", "rights to end"}};

// An access review that was not approved in time, told to those who can bring it on.
void add_overdue_review(Visit& visit, Json& list) {
  if (!visit.may("access.propose") && !visit.may("access.approve")) return;
  const auto status = service::access_review_status(visit.context());
  if (status.is_null() || !status["overdue"].get<bool>()) return;
  list.push_back({{"zh", fmt::format("{}存取權限審查已逾 {} 的期限",
                                     require_string(status, "label"),
                                     visit.when(require_string(status, "due")))},
                  {"en", "The access review is overdue."}});
}

// To the auditor and to who approved the audit, also once it is over.
void add_open_copies(Visit& visit, Json& list) {
  const auto open = service::own_open_copies(visit.context());
  if (open == 0) return;
  list.push_back({{"zh", fmt::format("稽核複本尚有 {} 份未確認消除；見「稽核」", open)},
                  {"en", "Copies taken for an audit are not confirmed to be erased: see Audits."}});
}

// What somebody has to see to: a review that is late; for administrators the checkpoint of a day that is missing, a step of the clock.
Json alarms(Visit& visit) {
  Json list = Json::array();
  add_overdue_review(visit, list);
  add_open_copies(visit, list);
  if (visit.may("store.backup") || visit.may("store.maintain"))
    for (auto& duty : service::overdue_duties(visit.context())) list.push_back(std::move(duty));
  if (!visit.may("store.maintain")) return list;
  const auto step = service::clock_step(visit.context());
  if (!step.is_null()) {
    list.push_back({{"zh", fmt::format("主機時鐘曾經跳動或誤差過大，現在不受理簽署；校時後請執行 "
                                       "vermilion clock acknowledge {}",
                                       step.get<std::uint64_t>())},
                    {"en",
                     "The machine's clock stepped or went adrift and nothing is signed: set it "
                     "right, then acknowledge "
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
  if (visit.request.wants_json) {
    return json_response({{"account", visit.session->account},
                          {"form_token", visit.session->form_token},
                          {"waiting", waiting}});
  }
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
