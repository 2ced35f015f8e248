// An office that files records: the nine forms are published by 孫家瑜, and whoever is named reads, files and signs.
//
//   zhou07 周致遠  staff       ren09 任書平  personnel     qian08 錢宜  secretary (and approver)
//   wu06   吳昀    owner       wang03 王品妤  auditor
#pragma once
#include "identity/delegation.h"
#include "identity/people.h"
#include "records/filing.h"
#include "records/records.h"
#include "records/registers.h"
#include "support/office.h"
#include "support/shared.h"

namespace registry {

using namespace office;
using records::FormFiles;

inline const std::vector<std::string> kForms = {
    "nda-employee",       "nda-vendor-person",         "context-strategy-table",
    "communication-plan", "metric-annual-report",      "corrective-action",
    "room-daily-log",     "management-review-minutes", "management-review-input"};

inline FormFiles form_files(const std::string& id) {
  const auto folder = std::filesystem::path(VERMILION_SOURCE_DIR) / "forms" / id;
  return {file_bytes(folder / "form.yaml"), file_bytes(folder / "schema.json"),
          file_bytes(folder / "text.md")};
}

// The same form under another version, its text changed.
inline FormFiles with_version(FormFiles files, const std::string& from, const std::string& to) {
  const auto at = files.yaml.find("version: " + from + "\n");
  files.yaml.replace(at + 9, from.size(), to);
  files.text += "\n修訂說明：第 " + to + " 版。\n";
  return files;
}

inline Json agreement_values(const std::string& name = "周致遠") {
  return {{"name", name}, {"unit", "監資處"}, {"position", "技士"}, {"start_date", "2026-11-01"}};
}

inline Json action_values(const std::string& status = "處理中") {
  return {{"source", "稽核"},
          {"nonconformity", "備份媒體未依規定異地存放"},
          {"root_cause", "交接清單未列備份媒體"},
          {"action", "修訂交接清單並辦理宣導"},
          {"owner", "吳昀"},
          {"due", "2026-12-31"},
          {"status", status}};
}

// What a person would have read: everything the record says so far.
inline Bytes rendition(const records::Rendition& r) {
  return "%PDF-1.7 " + r.form.form.title + " " + r.record.number + " " +
         std::to_string(r.statements.size()) + " " + r.values.dump();
}

class Registry : public Office {
 public:
  Registry() {
    hold("zhou07", "staff");
    hold("ren09", "personnel");
    hold("wang03", "auditor");
    hold("qian08", "secretary");
  }

  void hold(const std::string& account, const std::string& role) {
    identity::grant_role(store(), account,
                         {role, "", parse_date("2026-11-22"), std::nullopt, "init"},
                         act("role", "account " + account, "system"));
  }
  // An account of a vendor or a temporary one has a last day.
  void expire(const std::string& account, const std::string& day) {
    auto wanted = act("account-extended", "account " + account, "system");
    wanted.decide = [=](const store::Now& now, store::Changes& changes) {
      auto person = identity::require_person(now.evidence, account);
      person.expires = parse_date(day);
      identity::put_person(changes, person);
    };
    (void)store().commit(wanted);
  }
  void delegate(const std::string& principal, const std::string& to) {
    const Json subject = {{"type", "delegation"}, {"id", "01JD9V3K5W8Q2M4N6P7R9S1T0V"},
                          {"delegate", to},       {"rights", {"record.sign"}},
                          {"from", "2026-11-22"}, {"to", "2026-11-30"}};
    const auto file = [=](const store::Now&, store::Changes&) {
      return identity::delegation_folder(principal);
    };
    sign(identity::prepare(store(),
                           {"delegation",
                            "委託代理",
                            subject,
                            signer(principal),
                            identity::policy_of(store().evidence()),
                            {},
                            ""},
                           act("delegation", "delegation", principal), file),
         principal);
  }
  store::Receipt publish(const FormFiles& files) {
    return sign(records::prepare_form_publication(store(), files, signer("sun05", "controller"),
                                                  act("publication", "form", "sun05")),
                "sun05");
  }
  void publish(const std::string& id) { publish(form_files(id)); }

  [[nodiscard]] records::NewRecord blank(const std::string& form, const Json& values) {
    records::NewRecord record;
    record.form = form;
    record.values = values;
    record.date = parse_date("2026-11-22");
    record.read_digest = records::require_form(store().evidence(), form).text_digest;
    return record;
  }
  identity::Prepared prepare(const records::NewRecord& record, const std::string& account,
                             const std::string& role = "") {
    return records::prepare_record(store(), record, {rendition, {}}, signer(account, role),
                                   act("record", "", account));
  }
  // Files it and returns the record as main holds it.
  model::Record file(const records::NewRecord& record, const std::string& account,
                     const std::string& role = "") {
    const auto prepared = prepare(record, account, role);
    sign(prepared, account);
    return records::require_record(store().evidence(),
                                   require_string(prepared.statement.subject, "id"));
  }
  model::Record file_agreement(const std::string& account = "zhou07") {
    return file(blank("nda-employee", agreement_values()), account);
  }
  model::Record file_action() {
    return file(blank("corrective-action", action_values()), "wu06", "owner");
  }
  identity::Prepared prepare_next(const std::string& id, const std::string& account,
                                  const std::string& role,
                                  const std::optional<std::string>& principal = std::nullopt) {
    return records::prepare_signature(store(), id, {rendition, {}},
                                      signer(account, role, principal), act("record", "", account));
  }
  model::Record sign_next(const std::string& id, const std::string& account,
                          const std::string& role) {
    sign(prepare_next(id, account, role), account);
    return records::require_record(store().evidence(), id);
  }
  [[nodiscard]] records::RecordState state(const model::Record& record) {
    const auto evidence = store().evidence();
    return records::state_of(evidence, records::require_record(evidence, record.id));
  }

  // What the verifier says, "where: what" each.
  std::vector<std::string> faults() {
    std::vector<std::string> found;
    const auto fault = [&](const std::string& where, const Said& what) {
      found.push_back(where + ": " + what.en);
    };
    const auto all = records::all_records(store().evidence());
    for (const auto& record : all) records::check_record(store(), record, fault);
    records::check_numbers(store().evidence(), all, fault);
    records::check_forms(store().evidence(), fault);
    return found;
  }
};

}  // namespace registry
