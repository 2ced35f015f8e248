// An access review as it lies on main and as it is told.
#include "samples.h"

namespace samples {
namespace {

using namespace vermilion;

Json role_row() {
  return {{"kind", "role"},           {"account", "zhou07"},     {"what", "countersigner"},
          {"unit", "政風室"},         {"rights", Json::array()}, {"detail", ""},
          {"from", "2026-07-01"},     {"to", nullptr},           {"by", "hsu01"},
          {"flags", Texts{"leaver"}}, {"last_sign_in", nullptr}, {"reviewers", Texts{"wang03"}}};
}

Json account_row() {
  return with(role_row(), {{"kind", "account"},
                           {"what", ""},
                           {"unit", ""},
                           {"by", ""},
                           {"flags", Texts{"idle"}},
                           {"last_sign_in", "2026-08-01T01:00:00Z"}});
}

Json delegation_row() {
  return with(role_row(), {{"kind", "delegation"},
                           {"what", kUlid},
                           {"unit", ""},
                           {"rights", Texts{"document.approve"}},
                           {"detail", "qian08"},
                           {"to", "2027-01-31"},
                           {"by", "zhou07"}});
}

Json decided() {
  return {{"row", 3},
          {"decision", "change"},
          {"reason", "計畫於二月結束"},
          {"until", "2027-02-28"},
          {"by", "wang03"},
          {"statement", "01-review"}};
}

Json summary() {
  return {{"id", kUlid},
          {"label", "115年下半年"},
          {"from", "2026-07-01"},
          {"to", "2026-12-31"},
          {"due", "2027-01-31"},
          {"stage", "deciding"},
          {"stage_label", "逐列審查中"},
          {"overdue", false},
          {"rows", 3},
          {"undecided", 2},
          {"mine", 1}};
}

Json shown_row(const Json& row, const Json& decision) {
  return with(row, {{"row", 1},
                    {"kind_label", "角色"},
                    {"what_label", "會簽"},
                    {"name", "周致遠"},
                    {"holder_unit", "監資處"},
                    {"flag_labels", Texts{"離職"}},
                    {"mine", true},
                    {"decision", decision}});
}

Json told() {
  auto decision = decided();
  decision.erase("row");
  decision["label"] = "調整";
  decision["stands"] = true;
  decision["yours"] = false;
  const Json signature = {{"name", "01-review"},         {"kind", "review"},
                          {"meaning", "存取權限審查"},   {"account", "wang03"},
                          {"signer", "王品妤"},          {"role", "maintainer"},
                          {"at", "2027-01-05T01:00:00Z"}};
  return with(summary(),
              {{"whole", true},
               {"list", {shown_row(role_row(), decision), shown_row(account_row(), nullptr)}},
               {"proposals", Texts{"單位異動時同日收回角色"}},
               {"signatures", Json::array({signature})}});
}

}  // namespace

std::vector<Sample> access_reviews() {
  const Json list = {{"format", "vermilion-access-review-1"},
                     {"id", kUlid},
                     {"from", "2026-07-01"},
                     {"to", "2026-12-31"},
                     {"due", "2027-01-31"},
                     {"commit", kCommit},
                     {"log_size", 40},
                     {"made", "2027-01-04T01:00:00Z"},
                     {"rows", {account_row(), role_row(), delegation_row()}}};
  auto kept = decided();
  kept["decision"] = "keep";
  kept["until"] = nullptr;
  const Json decisions = {{"format", "vermilion-access-review-1"},
                          {"id", kUlid},
                          {"list", digest('1')},
                          {"decisions", {kept, decided()}}};
  return {{"access-review", "a list", list, {}},
          {"access-decisions", "a decided list", decisions, {}},
          {"access-review-list", "one", Json::array({summary()}), {}},
          {"access-review-show", "one", told(), {}}};
}

std::vector<Sample> access_statements() {
  const Json subject = {{"type", "access-review"}, {"id", kUlid}, {"list", digest('1')}};
  const auto signed_by = [&](const std::string& kind, const Json& more) {
    return Sample{"statement",
                  kind + " of an access review",
                  parse_canonical(model::statement_bytes(statement(kind, with(subject, more)))),
                  {}};
  };
  auto decision = decided();
  decision.erase("by");
  decision.erase("statement");
  return {
      signed_by("review", {{"decisions", Json::array({decision})}}),
      signed_by("submission", {{"decided", digest('2')}, {"proposals", Texts{"清查久未使用帳號"}}}),
      signed_by("approval", {{"decided", digest('2')}, {"proposal", digest('3')}}),
      signed_by("notification", {{"decided", digest('2')}, {"rows", {3, 5}}})};
}

}  // namespace samples
