// When records fall due, and holds on them.
#include "service/retention.h"

#include <algorithm>

#include "base/error.h"
#include "records/forms.h"
#include "retention/disposal.h"
#include "service/record_access.h"

namespace vermilion::service {
namespace {

using retention::RecordFacts;

Json due_row(const store::Snapshot& evidence, const RecordFacts& facts, const retention::Due& due) {
  return {{"id", facts.id},
          {"form", facts.form},
          {"form_title", records::require_form(evidence, facts.form).form.title},
          {"number", facts.number},
          {"date", iso_date(facts.date)},
          {"due", due.due ? Json(iso_date(*due.due)) : Json(nullptr)},
          {"because", due.because.zh},
          {"because_en", due.because.en},
          {"held", !due.holds.empty()},
          {"retention", facts.retention}};
}

std::vector<std::string> ids_of(Context& context, const std::vector<std::string>& names) {
  std::vector<std::string> ids;
  for (const auto& name : names) ids.push_back(named_record(context, name));
  return ids;
}

Json scope_json(const retention::HoldScope& scope) {
  return {{"records", scope.records},
          {"form", scope.form},
          {"from", scope.from ? Json(iso_date(*scope.from)) : Json(nullptr)},
          {"to", scope.to ? Json(iso_date(*scope.to)) : Json(nullptr)}};
}

Json hold_json(const retention::Hold& hold) {
  return {{"id", hold.id},
          {"scope", scope_json(hold.scope)},
          {"ground", hold.ground},
          {"reason", hold.reason},
          {"requester", hold.requester},
          {"placed", rfc3339(hold.placed)},
          {"released", hold.released ? Json(rfc3339(*hold.released)) : Json(nullptr)},
          {"released_by", hold.released_by}};
}

std::optional<Date> date_or_open(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(parse_date(text));
}

bool is_due(const RecordFacts& facts, const retention::Due& due, Date day) {
  return (facts.completed || facts.closed) && due.due && *due.due <= day;
}

// Records of the class whose years may have ended: their years began so long ago, the day after the last one reckoned in.
store::RecordQuery old_enough(const retention::RetentionClass& rule, Date day) {
  store::RecordQuery query;
  query.retention = rule.id;
  const Date began = day - std::chrono::years(*rule.years);
  query.begun_by = began.ok() ? began : Date(began.year() / began.month() / std::chrono::last);
  return query;
}

// A record one may open, or one that the list of what is due shows him anyway.
model::Record explainable(Context& context, const store::Snapshot& evidence,
                          const std::string& name) {
  const auto record = records::find_record(evidence, name);
  const bool reads_list = context.may("retention.read");
  if (record && reads_list) {
    const auto facts = record_facts(evidence, zone_of(context), {record->id}).front();
    const retention::RetentionRules rules(evidence);
    const auto due =
        retention::due_of(facts, rules.require(facts.retention), retention::all_holds(evidence));
    if (is_due(facts, due, context.today())) return *record;
  }
  return require_record(context, evidence, name);
}

}  // namespace

Json retention_due(Context& context) {
  require_right(context, "retention.read", "read", "retention");
  const auto evidence = context.evidence();
  const retention::RetentionRules rules(evidence);
  const auto holds = retention::all_holds(evidence);
  const auto destroyed = destroyed_records(context);
  Json list = Json::array();
  for (const auto& rule : rules.classes()) {
    if (!rule.years) continue;
    for (const auto& facts :
         facts_asked(evidence, zone_of(context), old_enough(rule, context.day()))) {
      const auto due = retention::due_of(facts, rule, holds);
      if (!is_due(facts, due, context.day()) || destroyed.contains(facts.id)) continue;
      list.push_back(due_row(evidence, facts, due));
    }
  }
  const auto order = [](const Json& row) {
    return std::pair(row["due"].get<std::string>(), row["id"].get<std::string>());
  };
  std::sort(list.begin(), list.end(),
            [&](const Json& a, const Json& b) { return order(a) < order(b); });
  return list;
}

Json explain_retention(Context& context, const std::string& name) {
  const auto evidence = context.evidence();
  const auto record = explainable(context, evidence, name);
  const auto facts = record_facts(evidence, zone_of(context), {record.id}).front();
  const retention::RetentionRules rules(evidence);
  const auto& rule = rules.require(record.retention);
  const auto holds = retention::all_holds(evidence);
  auto answer = due_row(evidence, facts, retention::due_of(facts, rule, holds));
  answer["rule"] = {{"zh", rule.zh},
                    {"en", rule.en},
                    {"years", rule.years ? Json(*rule.years) : Json(nullptr)},
                    {"trigger", retention::trigger_name(rule.trigger)},
                    {"trigger_label", retention::trigger_label(rule.trigger)},
                    {"track", rule.archive ? "archive" : "internal"},
                    {"basis", rule.basis}};
  answer["holds"] = Json::array();
  for (const auto& hold : holds)
    if (retention::holds_record(hold, facts)) answer["holds"].push_back(hold_json(hold));
  const auto obstacle = retention::obstacle(facts, rule, holds, context.day());
  answer["obstacle"] =
      obstacle
          ? Json({{"code", obstacle->code}, {"zh", obstacle->said.zh}, {"en", obstacle->said.en}})
          : Json(nullptr);
  return answer;
}

Json retention_rules(Context& context) {
  const auto evidence = context.evidence();
  const retention::RetentionRules rules(evidence);
  Json list = Json::array();
  for (const auto& rule : rules.classes()) {
    list.push_back({{"id", rule.id},
                    {"zh", rule.zh},
                    {"en", rule.en},
                    {"years", rule.years ? Json(*rule.years) : Json(nullptr)},
                    {"trigger", retention::trigger_name(rule.trigger)},
                    {"trigger_label", retention::trigger_label(rule.trigger)},
                    {"track", rule.archive ? "archive" : "internal"},
                    {"basis", rule.basis}});
  }
  return list;
}

Json place_hold(Context& context, const HoldRequest& request) {
  Json answer;
  recorded(context, "hold", "hold", [&] {
    const auto signer = context.acting("hold.place");
    const retention::HoldScope scope{ids_of(context, request.records), request.form,
                                     date_or_open(request.from), date_or_open(request.to)};
    auto prepared = retention::prepare_hold(context.store(), scope, request.ground, request.reason,
                                            signer, context.act("hold", "hold"));
    const auto id = require_string(prepared.statement.subject, "id");
    prepared.act.subject = "hold " + id;
    prepared.act.message = "hold " + id;
    const auto receipt = sign_and_commit(context, prepared);
    answer = {{"id", id}, {"act", receipt.act}, {"log_index", receipt.log_index}};
  });
  return answer;
}

Json release_hold(Context& context, const std::string& id, const std::string& reason) {
  Json answer;
  recorded(context, "release", "hold", [&] {
    const auto signer = context.acting("hold.release");
    const auto receipt =
        sign_and_commit(context, retention::prepare_release(context.store(), id, reason, signer,
                                                            context.act("release", "hold " + id)));
    answer = {{"id", id}, {"act", receipt.act}, {"log_index", receipt.log_index}};
  });
  return answer;
}

Json list_holds(Context& context) {
  require_right(context, "retention.read", "read", "hold");
  Json list = Json::array();
  for (const auto& hold : retention::all_holds(context.evidence())) list.push_back(hold_json(hold));
  return list;
}

}  // namespace vermilion::service
