#include "retention/disposal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/ulid.h"
#include "model/members.h"
#include "retention/batch.h"

namespace vermilion::retention {
namespace {

constexpr const char* kDisposalFormat = "vermilion-disposal-1";
constexpr std::array kStageNames = {"withdrawn", "proposed", "approved", "executing", "done"};
constexpr std::array kStageLabels = {"已撤回", "擬案", "已核准", "銷毀中", "已銷毀"};

Json listed_record_json(const DisposalRecord& record) {
  return {{"id", record.id},
          {"number", record.number},
          {"form", record.form},
          {"retention", record.retention},
          {"account", record.account},
          {"date", iso_date(record.date)},
          {"due", iso_date(record.due)},
          {"because", {{"zh", record.because.zh}, {"en", record.because.en}}},
          {"manifest", record.manifest}};
}

DisposalRecord record_of(const Json& value) {
  const Json because = model::member_or(value, "because", Json::object());
  return {.id = require_string(value, "id"),
          .number = require_string(value, "number"),
          .form = require_string(value, "form"),
          .retention = require_string(value, "retention"),
          .account = require_string(value, "account"),
          .date = parse_date(require_string(value, "date")),
          .due = parse_date(require_string(value, "due")),
          .because = {require_string(because, "zh"), require_string(because, "en")},
          .manifest = require_string(value, "manifest")};
}

Stage stage_of(const Disposal& disposal) {
  if (find_step(disposal, "withdrawal")) return Stage::withdrawn;
  if (find_step(disposal, "destruction", "done")) return Stage::done;
  if (find_step(disposal, "destruction", "executing")) return Stage::executing;
  return find_step(disposal, "disposal-approval") ? Stage::approved : Stage::proposed;
}

std::string approval_number_of(const Disposal& disposal) {
  const auto* approval = find_step(disposal, "disposal-approval");
  return approval ? string_or_empty(approval->statement.subject, "approval_number") : "";
}

Disposal read_disposal(const store::Snapshot& evidence, const std::string& id) {
  const auto folder = disposal_folder(id);
  auto disposal = batch_of(evidence.require(folder + "/batch.json"));
  disposal.statements = identity::filed_statements(evidence, folder);
  disposal.stage = stage_of(disposal);
  disposal.approval_number = approval_number_of(disposal);
  if (const auto bytes = evidence.read(folder + "/certificate.json"))
    disposal.certificate = parse_json(*bytes);
  return disposal;
}

std::optional<evidence::Duty> duty_of(const std::string& kind) {
  if (kind == "disposal-proposal") return evidence::Duty::proposer;
  if (kind == "disposal-approval") return evidence::Duty::disposal_approver;
  if (kind == "destruction") return evidence::Duty::executor;
  if (kind == "witness") return evidence::Duty::witness;
  return std::nullopt;
}

}  // namespace

const char* stage_name(Stage stage) noexcept { return kStageNames[std::size_t(stage)]; }
const char* stage_label(Stage stage) noexcept { return kStageLabels[std::size_t(stage)]; }

std::string disposal_folder(const std::string& id) { return "disposals/" + id; }

Bytes batch_bytes(const Disposal& disposal) {
  Json records = Json::array();
  for (const auto& record : disposal.records) records.push_back(listed_record_json(record));
  return canonical({{"format", kDisposalFormat},
                    {"id", disposal.id},
                    {"track", disposal.archive ? "archive" : "internal"},
                    {"method", disposal.method},
                    {"records", records},
                    {"proposed", rfc3339(disposal.proposed)}});
}

Disposal batch_of(const Bytes& bytes) {
  const Json value = parse_canonical(bytes);
  Disposal disposal;
  disposal.id = require_string(value, "id");
  disposal.archive = require_string(value, "track") == "archive";
  disposal.method = require_string(value, "method");
  disposal.proposed = parse_instant(require_string(value, "proposed"));
  disposal.batch = evidence::content_digest(bytes);
  const Json records = model::member_or(value, "records", Json::array());
  for (const auto& record : records) disposal.records.push_back(record_of(record));
  return disposal;
}

Json disposal_subject(const Disposal& disposal) {
  return {{"type", "disposal"}, {"id", disposal.id}, {"batch", disposal.batch}};
}

Bytes payloads_bytes(const std::vector<RecordFacts>& facts) {
  Json all = Json::array();
  Json records = Json::object();
  for (const auto& record : facts) {
    records[record.id] = record.payloads;
    for (const auto& payload : record.payloads) all.push_back(payload);
  }
  return canonical({{"payloads", all}, {"records", records}});
}

const evidence::FiledStatement* find_step(const Disposal& disposal, const std::string& kind,
                                          const std::string& stage) {
  const evidence::FiledStatement* found = nullptr;
  for (const auto& filed : disposal.statements) {
    if (filed.statement.kind == kind && string_or_empty(filed.statement.subject, "stage") == stage)
      found = &filed;
  }
  return found;
}

std::vector<Participant> participants(const Disposal& disposal) {
  std::vector<Participant> all;
  for (const auto& [name, statement] : disposal.statements) {
    if (const auto duty = duty_of(statement.kind))
      all.push_back({*duty, evidence::persons_of(statement.signer)});
  }
  return all;
}

std::optional<evidence::DutyClash> first_clash(const std::vector<Participant>& participants) {
  for (const auto& one : participants) {
    for (const auto& other : participants) {
      auto clash = evidence::duty_clash(one.duty, one.persons, other.duty, other.persons);
      if (clash) return clash;
    }
  }
  return std::nullopt;
}

std::vector<Disposal> all_disposals(const store::Snapshot& evidence) {
  std::vector<Disposal> disposals;
  for (const auto& entry : evidence.list("disposals"))
    disposals.push_back(read_disposal(evidence, entry.name));
  return disposals;
}

Disposal require_disposal(const store::Snapshot& evidence, const std::string& id) {
  if (is_ulid(id) && evidence.read(disposal_folder(id) + "/batch.json"))
    return read_disposal(evidence, id);
  throw Error(Failure::not_found, "no-disposal",
              {"沒有這件銷毀案：" + id + "；disposal list 列出所有銷毀案",
               "there is no such disposal: " + id + "; 'disposal list' lists them"});
}

std::optional<Disposal> destroyed_by(const store::Snapshot& evidence, const std::string& record) {
  for (auto& disposal : all_disposals(evidence)) {
    if (disposal.stage < Stage::executing) continue;
    for (const auto& one : disposal.records) {
      if (one.id == record) return std::move(disposal);
    }
  }
  return std::nullopt;
}

std::vector<Condemned> condemned(const store::Snapshot& evidence, const Disposal& disposal) {
  const Json listed =
      parse_canonical(evidence.require(disposal_folder(disposal.id) + "/payloads.json"));
  std::vector<Condemned> all;
  for (const auto& record : disposal.records) {
    all.push_back({record.id, record.number,
                   listed.at("records").at(record.id).get<std::vector<std::string>>()});
  }
  return all;
}

}  // namespace vermilion::retention
