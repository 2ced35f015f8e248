// Looking at records: list and show. What the caller may not open does not exist for him.
#include <fmt/format.h>

#include <map>

#include "base/error.h"
#include "identity/people.h"
#include "retention/disposal.h"
#include "retention/rules.h"
#include "service/attachments.h"
#include "service/delegations.h"
#include "service/form_fields.h"
#include "service/opening.h"
#include "service/record_access.h"
#include "service/records.h"
#include "service/renditions.h"
#include "service/signed_steps.h"

namespace vermilion::service {
namespace {

using model::Record;

struct Shelf {
  Shelf(Context& asker, const store::Snapshot& then)
      : evidence(then), destroyed_(destroyed_records(asker)) {}

  [[nodiscard]] std::string state(const Record& record) const {
    if (destroyed_.contains(record.id)) return "destroyed";
    return records::record_state_name(records::state_of(evidence, record));
  }

  std::string form_title(const std::string& form) {
    auto& title = titles_[form];
    if (title.empty()) title = records::require_form(evidence, form).form.title;
    return title;
  }

  Json row(const Record& record) {
    return {{"id", record.id},
            {"form", record.form},
            {"form_title", form_title(record.form)},
            {"number", record.number},
            {"state", state(record)},
            {"account", record.account},
            {"date", iso_date(record.date)},
            {"version", record.form_version.text()},
            {"medium", record.medium == model::Medium::paper ? "paper" : "electronic"},
            {"imported", record.imported}};
  }

  const store::Snapshot evidence;

 private:
  std::set<std::string> destroyed_;
  std::map<std::string, std::string> titles_;
};

store::RecordQuery query_of(const RecordFilter& filter) {
  store::RecordQuery query;
  query.form = filter.form;
  query.account = filter.account;
  if (!filter.from.empty()) query.from = parse_date(filter.from);
  if (!filter.to.empty()) query.to = parse_date(filter.to);
  query.unfinished = filter.state == "signing";
  return query;
}

Json fields_json(const std::string& schema, const Json& values) {
  Json list = Json::array();
  for (const auto& field : fields_of(schema)) {
    if (!values.contains(field.name)) continue;
    Json one = {{"title", field.title}};
    if (field.columns.empty() || !values[field.name].is_array()) {
      one["value"] = printed(values[field.name]);
    } else {
      one["columns"] = to_json(field.columns);
      one["rows"] = values[field.name];
    }
    list.push_back(std::move(one));
  }
  return list;
}

// [{account, name}]: for whom else the caller could give that signature today.
Json principals_in_turn(Context& context, const model::SignerSlot& slot) {
  Json found = Json::array();
  if (slot.subject || !context.person()) return found;
  for (const auto& one : principals_of(context)) {
    if (one["right"] != "record.sign") continue;
    const auto principal =
        identity::require_person(context.store().evidence(), require_string(one, "account"));
    if (model::holds(principal, slot.role, context.today()))
      found.push_back({{"account", one["account"]}, {"name", one["name"]}});
  }
  return found;
}

Json next_json(Context& context, const Record& record) {
  const auto slot = records::next_slot(context.store().evidence(), record);
  if (!slot) return nullptr;
  const bool mine = slot->subject
                        ? record.account == context.actor()
                        : context.person() != nullptr &&
                              model::holds(*context.person(), slot->role, context.today());
  return {{"role", slot->role},
          {"meaning", slot->meaning},
          {"mine", mine},
          {"principals", principals_in_turn(context, *slot)}};
}

void add_retention(Context& context, const Record& record, Json& answer) {
  const auto evidence = context.store().evidence();
  const auto facts =
      record_facts(evidence, context.store().settings().time_zone, {record.id}).front();
  const auto due =
      retention::due_of(facts, retention::RetentionRules(evidence).require(record.retention),
                        retention::all_holds(evidence));
  answer["due"] = due.due ? Json(iso_date(*due.due)) : Json(nullptr);
  answer["because"] = due.because.zh;
  answer["because_en"] = due.because.en;
  answer["held"] = !due.holds.empty();
}

void add_content(Context& context, const Record& record, Json& answer) {
  const auto form =
      records::require_form_version(context.evidence(), record.form, record.form_version);
  const auto values = records::open_values(context.store(), record);
  answer["classification"] = record.classification;
  answer["retention"] = record.retention;
  answer["values"] = values;
  answer["fields"] = fields_json(form.files.schema, values);
  answer["text"] = form.files.text;
  answer["form_digest"] = record.form_digest;
  answer["signatures"] = Json::array();
  for (const auto& filed : records::open_statements(context.store(), record))
    answer["signatures"].push_back(record_step_json(context, record.signatures, filed));
  answer["attachments"] = attachments_json(context, record);
  answer["may_attach"] = may_attach(context, record);
}

Json destroyed_json(const Record& record, const retention::Disposal& disposal) {
  return {{"id", record.id},
          {"form", record.form},
          {"number", record.number},
          {"state", "destroyed"},
          {"disposal", disposal.id},
          {"certificate", disposal.certificate ? *disposal.certificate : Json(nullptr)}};
}

}  // namespace

Json list_records(Context& context, const RecordFilter& filter) {
  Shelf shelf(context, context.evidence());
  OpenRights rights(context);
  Json list = Json::array();
  for (const auto& record : shelf.evidence.records(query_of(filter))) {
    if (!rights.may_open(record)) continue;
    auto row = shelf.row(record);
    if (filter.state.empty() || row["state"] == filter.state) list.push_back(std::move(row));
  }
  return list;
}

Json show_record(Context& context, const std::string& id) {
  const auto record = require_record(context, context.evidence(), id);
  if (const auto disposal = retention::destroyed_by(context.store().evidence(), record.id)) {
    context.log("read", record_subject(record), "refused:record-destroyed");
    return destroyed_json(record, *disposal);
  }
  require_opening(context, "read", record);
  Shelf shelf(context, context.evidence());
  Json answer = shelf.row(record);
  add_content(context, record, answer);
  answer["next"] = next_json(context, record);
  answer["corrects"] = record.corrects ? Json(*record.corrects) : Json(nullptr);
  const auto correction = records::correction_of(shelf.evidence, record.id);
  answer["corrected_by"] = correction ? Json(correction->number) : Json(nullptr);
  add_retention(context, record, answer);
  context.log("read", record_subject(record) + purpose_named(context));
  return answer;
}

}  // namespace vermilion::service
