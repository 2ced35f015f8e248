// Authorisations to open what is classified: those that concern the visitor, and the form for who may give them.
#include "service/classified.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

constexpr const char* kOpenings = "/authorisations?done=yes";

Json purposes_of(Visit& visit) {
  Json purposes = Json::array();
  for (const auto& one : visit.context().rules().purposes())
    purposes.push_back({{"code", one.code},
                        {"zh", one.zh},
                        {"chosen", one.code == visit.request.field("purpose")}});
  return purposes;
}

std::string purpose_label(const Json& purposes, const Json& code) {
  for (const auto& one : purposes)
    if (one["code"] == code) return require_string(one, "zh");
  return code.get<std::string>();
}

Json authorisations_shown(Visit& visit, const Json& purposes) {
  auto list = service::list_authorisations(visit.context());
  const auto today = iso_date(visit.context().today());
  const bool gives = visit.may("classified.authorise");
  for (auto& one : list) {
    const bool past = require_string(one, "to") < today;
    one["purpose_label"] = purpose_label(purposes, one["purpose"]);
    one["from_text"] = visit.when(require_string(one, "from"));
    one["to_text"] = visit.when(require_string(one, "to"));
    one["past"] = past && one["ended"] == false;
    one["may_end"] = gives && !past && one["ended"] == false;
  }
  return list;
}

Response authorisations_page(Visit& visit, const Error* problem) {
  const auto purposes = purposes_of(visit);
  Json data = {{"authorisations", authorisations_shown(visit, purposes)},
               {"purposes", purposes},
               {"gives", visit.may("classified.authorise")},
               {"signs_here", visit.signs_here()},
               {"done", visit.request.asked("done") == "yes"},
               {"command", command_line(visit,
                                        "authorisation add ACCOUNT --document ID --for "
                                        "CODE --to DATE")}};
  add_typed(visit, data, {"account", "document", "form", "from", "to"});
  return visit.page("authorisations/authorisations", "調閱授權", std::move(data), problem);
}

}  // namespace

Response show_authorisations(Visit& visit) { return authorisations_page(visit, nullptr); }

Response authorise_opening(Visit& visit) {
  return after_deed(visit, kOpenings, authorisations_page, [&] {
    const auto& form = visit.request;
    (void)service::authorise_opening(
        visit.signing(), {form.field("account"), form.field("document"), form.field("form"),
                          form.field("purpose"), form.field("from"), form.field("to")});
  });
}

Response end_authorisation(Visit& visit) {
  return after_deed(visit, kOpenings, authorisations_page,
                    [&] { (void)service::end_authorisation(visit.signing(), visit.part("id")); });
}

}  // namespace vermilion::web
