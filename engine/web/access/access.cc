// Access reviews: the rows one has to decide, then proposals, approval and carrying out, each shown to whose turn it is.
#include <fmt/format.h>

#include <algorithm>

#include "base/uri.h"
#include "service/access_review.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

// A form has at most 200 fields (parse_form), a row three of them.
constexpr std::size_t kRowsAtOnce = 50;

void label_review(Visit& visit, Json& review) {
  review["state"] = require_string(review, "stage");
  review["state_label"] = require_string(review, "stage_label");
  review["due_text"] = visit.when(require_string(review, "due"));
  for (const char* count : {"mine", "undecided"})
    if (review[count] == 0) review[count] = nullptr;
}

// What was typed before an error stays in the row.
void label_access_row(Visit& visit, Json& row) {
  const auto number = std::to_string(row["row"].get<std::size_t>());
  row["from_text"] = visit.when(string_or_empty(row, "from"));
  row["to_text"] = visit.when(string_or_empty(row, "to"));
  row["last_text"] = visit.when(string_or_empty(row, "last_sign_in"));
  row["is_account"] = row["kind"] == "account";
  row["is_role"] = row["kind"] == "role";
  row["typed_" + visit.request.field("decision-" + number)] = true;
  row["typed_reason"] = visit.request.field("reason-" + number);
  row["typed_until"] = visit.request.field("until-" + number);
  if (row["decision"].is_object()) {
    row["decided"] = row["decision"];
    row["decided"]["until_text"] = visit.when(string_or_empty(row["decision"], "until"));
    row["decided"]["still"] = row["decision"]["stands"];
  }
  row.erase("decision");
}

// The one step that this person could take now; "" for none. With `again` he decides rows anew.
std::string step_of(Visit& visit, const Json& review, bool again) {
  const auto stage = require_string(review, "stage");
  if (review["mine"] != 0 || again) return "decide";
  const bool ready = stage == "decided" || stage == "proposed";
  if (stage == "proposed" && visit.may("access.approve")) return "approve";
  if (ready && visit.may("access.propose")) return "propose";
  if (stage != "approved") return "";
  bool own = false;
  for (const auto& row : review["list"])
    own |= row["decision"].is_object() && row["decision"]["stands"] == true &&
           row["decision"]["yours"] == true;
  return own || visit.may("role.grant") ? "execute" : "";
}

int urgency(const Json& row) {
  const bool ends = row.contains("decided") && row["decided"]["decision"] != "keep";
  return ends ? 0 : row["flags"].empty() ? 2 : 1;
}

void add_rows(Visit& visit, Json& data, bool again) {
  data["mine_rows"] = data["others"] = Json::array();
  for (auto& row : data["list"]) {
    const bool mine = row["mine"].get<bool>() && (again || row["decision"].is_null());
    const bool here = mine && data["mine_rows"].size() < kRowsAtOnce;
    data["more_rows"] = data.value("more_rows", false) || mine != here;
    data["may_again"] = data.value("may_again", false) || row["mine"].get<bool>();
    label_access_row(visit, row);
    data[here ? "mine_rows" : "others"].push_back(std::move(row));
  }
  data.erase("list");
  // First what was decided to end, then what is flagged: the head and the administrators look for those.
  std::stable_sort(data["others"].begin(), data["others"].end(),
                   [](const Json& a, const Json& b) { return urgency(a) < urgency(b); });
}

std::string review_path(Visit& visit) {
  return "/access-reviews/" + percent_encoded(visit.part("id"));
}

Response review_page(Visit& visit, const Error* problem) {
  auto data = service::show_access_review(visit.context(), visit.part("id"));
  const bool again = !visit.request.asked("again").empty();
  const auto step = step_of(visit, data, again);
  if (!step.empty()) data["step"] = data["step_" + step] = true;
  label_review(visit, data);
  add_rows(visit, data, again);
  label_signatures(visit, data["signatures"]);
  data["signs_here"] = visit.signs_here();
  data["typed_proposals"] = visit.request.field("proposals");
  data["may_again"] = data["may_again"] == true && step != "decide";
  data["command"] = command_line(
      visit, fmt::format("access-review {} {}", step.empty() ? "show" : step, visit.part("id")));
  return visit.page("access/review", "存取權限審查", data, problem);
}

Response reviews_page(Visit& visit, const Error* problem) {
  Json data;
  data["reviews"] = service::list_access_reviews(visit.context());
  for (auto& review : data["reviews"]) label_review(visit, review);
  auto status = service::access_review_status(visit.context());
  if (status.is_object() && status["stage"] == "unopened") {
    status["due_text"] = visit.when(require_string(status, "due"));
    data["unopened"] = status;
    data["may_open"] = visit.may("access.propose");
  }
  return visit.page("access/reviews", "存取權限審查", data, problem);
}

// One proposal a line.
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n')
      lines.emplace_back();
    else if (c != '\r')
      lines.back() += c;
  }
  return lines;
}

std::vector<service::RowDecision> decisions_of(Visit& visit) {
  const auto shown = service::show_access_review(visit.context(), visit.part("id"));
  std::vector<service::RowDecision> decisions;
  for (const auto& row : shown["list"]) {
    const auto number = std::to_string(row["row"].get<std::size_t>());
    const auto decision = visit.request.field("decision-" + number);
    if (decision.empty()) continue;  // what is not ticked is not decided
    decisions.push_back({row["row"].get<std::size_t>(), decision,
                         visit.request.field("reason-" + number),
                         decision == "change" ? visit.request.field("until-" + number) : ""});
  }
  return decisions;
}

Response signed_step(Visit& visit, const std::function<void(service::Context&)>& step) {
  visit.then(review_path(visit));
  try {
    step(visit.signing());
  } catch (const Error& error) {
    return review_page(visit, &error);
  }
  return redirect(review_path(visit));
}

}  // namespace

Response list_access_reviews(Visit& visit) { return reviews_page(visit, nullptr); }
Response show_access_review(Visit& visit) { return review_page(visit, nullptr); }

Response open_access_review(Visit& visit) {
  try {
    const auto opened = service::open_access_review(visit.context());
    return redirect("/access-reviews/" + percent_encoded(require_string(opened, "id")));
  } catch (const Error& error) {
    return reviews_page(visit, &error);
  }
}

Response decide_access_rows(Visit& visit) {
  return signed_step(visit, [&](service::Context& context) {
    (void)service::decide_access_rows(context, visit.part("id"), decisions_of(visit));
  });
}

Response propose_improvements(Visit& visit) {
  return signed_step(visit, [&](service::Context& context) {
    (void)service::propose_improvements(context, visit.part("id"),
                                        lines_of(visit.request.field("proposals")));
  });
}

Response approve_access_review(Visit& visit) {
  return signed_step(visit, [&](service::Context& context) {
    (void)service::approve_access_review(context, visit.part("id"));
  });
}

Response execute_access_review(Visit& visit) {
  return signed_step(visit, [&](service::Context& context) {
    (void)service::execute_access_review(context, visit.part("id"));
  });
}

Response access_review_pdf(Visit& visit) {
  auto pdf = service::access_review_pdf(visit.context(), visit.part("id"));
  return file("application/pdf", "使用者存取權限檢討表-" + visit.part("id") + ".pdf",
              std::move(pdf));
}

Response access_review_csv(Visit& visit) {
  auto csv = service::access_review_csv(visit.context(), visit.part("id"));
  return file("text/csv; charset=utf-8", "存取權限審查-" + visit.part("id") + ".csv",
              std::move(csv));
}

}  // namespace vermilion::web
