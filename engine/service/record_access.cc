#include "service/record_access.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/ulid.h"
#include "crypto/digest.h"
#include "identity/delegation.h"
#include "identity/people.h"

namespace vermilion::service {
namespace {

using model::Record;

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

// What takes a record's place.
class Succession {
 public:
  explicit Succession(const store::Snapshot& evidence) : evidence_(evidence) {}

  // The records that this one corrects, one behind the other.
  [[nodiscard]] std::vector<std::string> corrects(const Record& record) const {
    std::vector<std::string> ids;
    for (auto earlier = record.corrects; earlier;) {
      ids.push_back(*earlier);
      earlier = records::require_record(evidence_, *earlier).corrects;
    }
    return ids;
  }

  [[nodiscard]] std::optional<Record> correction(const Record& record) const {
    return records::correction_of(evidence_, record.id);
  }

  // The next record by date of the same form (of the same person, if it is an agreement).
  [[nodiscard]] std::optional<Record> next(const Record& record) {
    store::RecordQuery later;
    later.form = record.form;
    if (is_agreement(record.form)) later.account = record.account;
    later.from = std::chrono::sys_days(record.date) + std::chrono::days(1);
    later.by_date = true;
    later.limit = 1;
    auto found = evidence_.records(later);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
  }

 private:
  bool is_agreement(const std::string& form) {
    const auto known = agreements_.find(form);
    if (known != agreements_.end()) return known->second;
    return agreements_[form] = records::require_form(evidence_, form).form.kind == "agreement";
  }

  store::Snapshot evidence_;
  std::map<std::string, bool> agreements_;
};

retention::RecordFacts facts_of(const store::Snapshot& evidence, const Record& record,
                                Succession& succession, const std::string& zone) {
  retention::RecordFacts facts;
  facts.id = record.id;
  facts.number = record.number;
  facts.form = record.form;
  facts.retention = record.retention;
  facts.account = record.account;
  facts.date = record.date;
  facts.completed = day_of(completed_at(record), zone);
  const auto correction = succession.correction(record);
  if (const auto next = correction ? correction : succession.next(record))
    facts.superseded = date_at(next->filed, zone);
  if (const auto person = identity::find_person(evidence, record.account))
    facts.employment_end = person->last_day;
  if (!record.imported) facts.not_before = date_at(record.filed, zone);
  facts.closed = correction.has_value();
  facts.corrects = succession.corrects(record);
  for (const auto& part : record.parts) facts.payloads.push_back(part.payload);
  facts.manifest = crypto::digest_text(
      evidence.require(model::record_folder(record.sequence) + "/manifest.json"));
  return facts;
}

}  // namespace

OpenRights::OpenRights(Context& context)
    : context_(context), evidence_(context.store().evidence()) {}

const std::vector<std::string>& OpenRights::readers_of(const Record& record) {
  const auto key = record.form + " " + record.form_version.text();
  const auto known = readers_.find(key);
  if (known != readers_.end()) return known->second;
  auto& readers = readers_[key];
  const auto then = records::require_form_version(evidence_, record.form, record.form_version);
  const auto now = records::require_form(evidence_, record.form);
  for (const auto& role : then.form.readers) {
    const auto& still = now.form.readers;
    if (std::find(still.begin(), still.end(), role) != still.end()) readers.push_back(role);
  }
  return readers;
}

bool OpenRights::his_turn(const model::Person& person, const Record& record) const {
  if (model::is_complete(record)) return false;
  const auto slot = records::next_slot(evidence_, record);
  if (!slot || slot->subject) return false;
  const auto persons = identity::all_persons(evidence_);
  return std::any_of(persons.begin(), persons.end(), [&](const model::Person& holder) {
    const bool acts = holder.account == person.account ||
                      identity::find_delegation(evidence_, holder.account, person.account,
                                                "record.sign", context_.today());
    return model::holds(holder, slot->role, context_.today()) && acts;
  });
}

bool OpenRights::takes_part(const Record& record) {
  const auto* person = context_.person();
  if (!person) return false;
  return records::concerns(record, person->account) ||
         (!context_.limit() && his_turn(*person, record));
}

bool OpenRights::may_open(const Record& shown) {
  const auto* person = context_.person();
  if (!person || !model::is_active(*person, context_.today())) return false;
  const auto record = context_.looks_back() ? records::require_record(evidence_, shown.id) : shown;
  if (takes_part(record)) return true;
  if (const auto* limit = context_.limit()) return limit->covers_record(record.form, record.date);
  return holds_any(*person, readers_of(record), context_.today());
}

std::set<std::string> destroyed_records(Context& context) {
  std::set<std::string> ids;
  for (const auto& disposal : retention::all_disposals(context.store().evidence())) {
    if (disposal.stage != retention::Stage::executing && disposal.stage != retention::Stage::done)
      continue;
    for (const auto& record : disposal.records) ids.insert(record.id);
  }
  return ids;
}

Record require_record(Context& context, const store::Snapshot& evidence,
                      const std::string& id_or_number) {
  const auto record = records::find_record(evidence, id_or_number);
  if (record && OpenRights(context).may_open(*record)) return *record;
  // That somebody tried is an entry, whether or not there is such a record; of what he typed nothing.
  if (!context.local()) context.log("read", "record", "refused:no-record");
  no_record();
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

std::string named_record(Context& context, const std::string& id_or_number) {
  const auto evidence = context.store().evidence();
  return is_ulid(id_or_number) ? records::require_record(evidence, id_or_number).id
                               : require_record(context, evidence, id_or_number).id;
}

std::string record_subject(const Record& record) {
  return "record " + record.id + " " + record.form;
}

std::vector<retention::RecordFacts> record_facts(const store::Snapshot& evidence,
                                                 const std::string& zone,
                                                 const std::vector<std::string>& ids) {
  Succession succession(evidence);
  std::vector<retention::RecordFacts> facts;
  for (const auto& id : ids)
    facts.push_back(facts_of(evidence, records::require_record(evidence, id), succession, zone));
  return facts;
}

std::vector<retention::RecordFacts> facts_asked(const store::Snapshot& evidence,
                                                const std::string& zone,
                                                const store::RecordQuery& query) {
  Succession succession(evidence);
  std::vector<retention::RecordFacts> facts;
  for (const auto& record : evidence.records(query))
    facts.push_back(facts_of(evidence, record, succession, zone));
  return facts;
}

}  // namespace vermilion::service
