#include "service/record_access.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "identity/people.h"

namespace vermilion::service {
namespace {

using model::Record;

bool signed_by(const Record& record, const std::string& account) {
  return std::any_of(record.signatures.begin(), record.signatures.end(), [&](const auto& one) {
    return one.account == account || one.on_behalf_of == account;
  });
}

bool holds_any(const model::Person& person, const std::vector<std::string>& roles, Date day) {
  return std::any_of(roles.begin(), roles.end(),
                     [&](const std::string& role) { return model::holds(person, role, day); });
}

[[noreturn]] void no_record() {
  throw Error(Failure::not_found, "no-record",
              {"找不到這筆紀錄；record list 列出您可開啟的紀錄",
               "no such record; 'record list' shows those you may open"});
}

std::optional<Date> day_of(const std::optional<Instant>& at, const std::string& zone) {
  return at ? std::optional(date_at(*at, zone)) : std::nullopt;
}

std::optional<Instant> completed_at(const Record& record) {
  if (!model::is_complete(record) || record.signatures.empty()) return std::nullopt;
  return record.signatures.back().at;
}

// A correction, or a later record of the same form, takes its place; an agreement only gives way to one of the same person.
std::optional<Date> superseded_on(const store::Snapshot& evidence, const Record& record,
                                  const std::vector<Record>& all, const std::string& zone) {
  const bool personal = records::require_form(evidence, record.form).form.kind == "agreement";
  for (const auto& later : all) {
    if (later.form != record.form || (personal && later.account != record.account)) continue;
    if (later.date > record.date || later.corrects == record.id) return date_at(later.filed, zone);
  }
  return std::nullopt;
}

retention::RecordFacts facts_of(const store::Snapshot& evidence, const Record& record,
                                const std::vector<Record>& all, const std::string& zone) {
  retention::RecordFacts facts;
  facts.id = record.id;
  facts.number = record.number;
  facts.form = record.form;
  facts.retention = record.retention;
  facts.account = record.account;
  facts.date = record.date;
  facts.completed = day_of(completed_at(record), zone);
  facts.superseded = superseded_on(evidence, record, all, zone);
  if (const auto person = identity::find_person(evidence, record.account))
    facts.employment_end = person->disabled;
  for (const auto& part : record.parts) facts.payloads.push_back(part.payload);
  facts.manifest = crypto::digest_text(
      evidence.require(model::record_folder(record.sequence) + "/manifest.json"));
  return facts;
}

}  // namespace

bool may_open(Context& context, const Record& record) {
  const auto* person = context.person();
  if (!person || (person->disabled && *person->disabled <= context.today())) return false;
  if (record.account == person->account || signed_by(record, person->account)) return true;
  const auto evidence = context.store().evidence();
  if (const auto slot = records::next_slot(evidence, record))
    if (model::holds(*person, slot->role, context.today())) return true;
  const auto form = records::require_form(evidence, record.form);
  return holds_any(*person, form.form.readers, context.today());
}

Record require_record(Context& context, const store::Snapshot& evidence,
                      const std::string& id_or_number) {
  const auto record = records::find_record(evidence, id_or_number);
  if (!record || !may_open(context, *record)) no_record();
  return *record;
}

void record_destroyed(const Record& record, const retention::Disposal& disposal) {
  throw Error(
      Failure::not_found, "record-destroyed",
      {fmt::format("紀錄 {} 已依銷毀案 {} 銷毀，內容不復存在；disposal show {} 有銷毀證明",
                   record.number, disposal.id, disposal.id),
       fmt::format(
           "record {} was destroyed by disposal {} and cannot be opened; 'disposal show {}' "
           "has the certificate",
           record.number, disposal.id, disposal.id)});
}

Record require_content(Context& context, const std::string& id_or_number) {
  const auto record = require_record(context, context.evidence(), id_or_number);
  if (const auto disposal = retention::destroyed_by(context.store().evidence(), record.id))
    record_destroyed(record, *disposal);
  return record;
}

std::string record_subject(const Record& record) {
  return "record " + record.id + " " + record.form;
}

std::vector<retention::RecordFacts> record_facts(const store::Snapshot& evidence,
                                                 const std::string& zone,
                                                 const std::vector<std::string>& ids) {
  const auto all = records::all_records(evidence);
  std::vector<retention::RecordFacts> facts;
  for (const auto& id : ids)
    facts.push_back(facts_of(evidence, records::require_record(evidence, id), all, zone));
  return facts;
}

std::vector<retention::RecordFacts> all_record_facts(const store::Snapshot& evidence,
                                                     const std::string& zone) {
  const auto all = records::all_records(evidence);
  std::vector<retention::RecordFacts> facts;
  for (const auto& record : all) facts.push_back(facts_of(evidence, record, all, zone));
  return facts;
}

}  // namespace vermilion::service
