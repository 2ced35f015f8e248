// What the store says of a printed page, to whoever holds it: its QR code leads here. No account is needed.
#include "service/paper.h"

#include "web/routes.h"

namespace vermilion::web {

Response show_paper(Visit& visit) {
  const service::PaperQuestion question{visit.request.asked("id"), visit.request.asked("version"),
                                        visit.request.asked("code")};
  Json data = {{"id", question.id}, {"version", question.version}, {"code", question.code}};
  if (!question.code.empty()) {
    auto answer = service::check_paper(visit.context(), question);
    const bool known = answer["known"].get<bool>();
    const auto state = string_or_empty(answer, "state");
    answer["good"] = state == "in_force" || state == "complete";
    answer["is_" + string_or_empty(answer, "kind")] = true;
    data[known ? "answer" : "unknown"] = known ? answer : Json(true);
  }
  return visit.page("paper/paper", "查核紙本", data);
}

}  // namespace vermilion::web
