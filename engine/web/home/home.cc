// What waits for the person who signed in.
#include "service/records.h"
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
                           {"disposal-execution", "銷毀", "destruction to carry out"}};

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
  return visit.page("home/home", "等我處理", {{"waiting", waiting}});
}

}  // namespace vermilion::web
