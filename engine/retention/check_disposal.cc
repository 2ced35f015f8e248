// The verifier's look at one disposal: what was refused when it was signed must not stand there.
#include <fmt/format.h>

#include "base/error.h"
#include "retention/batch.h"

namespace vermilion::retention {
namespace {

class DisposalCheck {
 public:
  DisposalCheck(store::Store& store, const FactsOf& facts, const Disposal& disposal,
                const Fault& fault)
      : store_(store),
        evidence_(store.evidence()),
        facts_(facts),
        disposal_(disposal),
        fault_(fault),
        folder_(disposal_folder(disposal.id)) {}

  void run() {
    check_order();
    check_duties();
    for (const auto& filed : disposal_.statements) check_subject(filed);
    for (const auto& filed : disposal_.statements) check_grounds(filed);
    if (disposal_.stage == Stage::done && has_executed()) check_certificate();
  }

 private:
  void check_order();
  void check_duties();
  void check_subject(const evidence::FiledStatement& filed);
  void check_grounds(const evidence::FiledStatement& filed);
  void check_record(const store::Snapshot& before, const RecordFacts& facts, Date day,
                    const std::string& where);
  void check_certificate();

  [[nodiscard]] bool fits(const Json& subject, const char* key, const std::string& file) const;
  // Without these steps, of which check_order tells, there is nothing to compare a certificate with.
  [[nodiscard]] bool has_executed() const {
    return find_step(disposal_, "disposal-approval") &&
           find_step(disposal_, "destruction", stage_name(Stage::executing)) &&
           find_step(disposal_, "witness", stage_name(Stage::executing));
  }
  [[nodiscard]] std::string place(const evidence::FiledStatement& filed) const {
    return folder_ + "/" + filed.name + ".statement.json";
  }

  store::Store& store_;
  const store::Snapshot evidence_;
  const FactsOf& facts_;
  const Disposal& disposal_;
  const Fault& fault_;
  const std::string folder_;
};

// What may follow what: "" begins; a second approval brings the approval number.
bool may_follow(const std::string& before, const std::string& next) {
  if (before.empty()) return next == "disposal-proposal";
  if (before == "disposal-proposal") return next == "disposal-approval" || next == "withdrawal";
  if (before == "disposal-approval")
    return next == "disposal-approval" || next == "destruction executing" || next == "withdrawal";
  if (before == "destruction executing") return next == "witness executing";
  if (before == "witness executing") return next == "destruction done";
  return before == "destruction done" && next == "witness done";
}

void DisposalCheck::check_order() {
  std::string before;
  for (const auto& filed : disposal_.statements) {
    const auto stage = string_or_empty(filed.statement.subject, "stage");
    const auto next = filed.statement.kind + (stage.empty() ? "" : " " + stage);
    if (!may_follow(before, next))
      fault_(place(filed), {"不應出現於此階段", "does not belong at this stage"});
    before = next;
  }
  if (before.starts_with("destruction"))
    fault_(folder_, {"缺少監毀人的聲明", "the witness's statement is missing"});
  const bool executed = disposal_.stage >= Stage::executing;
  if (executed && disposal_.archive && disposal_.approval_number.empty())
    fault_(folder_, {"檔案銷毀案缺少核准文號", "a batch of the archives without approval number"});
}

void DisposalCheck::check_duties() {
  if (const auto clash = first_clash(participants(disposal_)))
    fault_(folder_, {fmt::format("{}（{}）", clash->said.zh, clash->person),
                     fmt::format("{} ({})", clash->said.en, clash->person)});
}

// The digest that the subject states is that of the file; a subject without it states nothing.
bool DisposalCheck::fits(const Json& subject, const char* key, const std::string& file) const {
  const auto stated = string_or_empty(subject, key);
  if (stated.empty()) return true;
  const auto bytes = evidence_.read(folder_ + "/" + file);
  return bytes && evidence::content_digest(*bytes) == stated;
}

void DisposalCheck::check_subject(const evidence::FiledStatement& filed) {
  const auto& subject = filed.statement.subject;
  const auto stage = string_or_empty(subject, "stage");
  const bool complete = string_or_empty(subject, "id") == disposal_.id &&
                        subject.contains("batch") &&
                        subject.contains("payloads") == (stage == stage_name(Stage::executing)) &&
                        subject.contains("certificate") == (stage == stage_name(Stage::done)) &&
                        subject.contains("pdf") == (stage == stage_name(Stage::done));
  const bool same =
      fits(subject, "batch", "batch.json") && fits(subject, "payloads", "payloads.json") &&
      fits(subject, "certificate", "certificate.json") && fits(subject, "pdf", "certificate.pdf");
  if (!complete || !same)
    fault_(place(filed),
           {"聲明與銷毀案的檔案不符", "the statement does not fit the files of the disposal"});
}

// Before the certificate, and but for a withdrawal: each step rests on records that could be destroyed as the evidence stood then.
void DisposalCheck::check_grounds(const evidence::FiledStatement& filed) {
  if (string_or_empty(filed.statement.subject, "stage") == stage_name(Stage::done) ||
      filed.statement.kind == "withdrawal")
    return;
  const auto history = store_.catalogue().history(place(filed));
  if (history.size() != 1)
    return fault_(place(filed), {"聲明曾遭更動", "the statement was changed after it was filed"});
  const auto& act = history.front().act;
  const auto before = store_.evidence_of(store_.evidence_of(act.commit).describe().parents.at(0));
  const auto day = date_at(act.at, store_.settings().time_zone);
  std::vector<std::string> ids;
  for (const auto& record : disposal_.records) ids.push_back(record.id);
  try {
    for (const auto& facts : facts_(before, ids)) check_record(before, facts, day, place(filed));
  } catch (const Error& error) {
    fault_(place(filed), error.said());
  }
}

void DisposalCheck::check_record(const store::Snapshot& before, const RecordFacts& facts, Date day,
                                 const std::string& where) {
  const RetentionRules rules(before);
  const auto why = obstacle(facts, rules.require(facts.retention), all_holds(before), day);
  if (why) fault_(where, {facts.number + "：" + why->said.zh, facts.number + ": " + why->said.en});
  for (const auto& record : disposal_.records) {
    if (record.id == facts.id && record.manifest != facts.manifest)
      fault_(where, {facts.number + "：與擬案時的紀錄不符",
                     facts.number + ": is not the record that was proposed"});
  }
}

void DisposalCheck::check_certificate() {
  const auto where = folder_ + "/certificate.json";
  if (!disposal_.certificate) return fault_(where, {"檔案遺失", "missing"});
  const Json holders = disposal_.certificate->value("holders", Json::array());
  const Json copies = disposal_.certificate->value("recovery_copies", Json::object());
  if (*disposal_.certificate != certificate_json(store_, disposal_, holders, copies))
    fault_(where, {"銷毀證明與銷毀案不符", "the certificate does not fit the disposal"});
}

}  // namespace

void check_disposal(store::Store& store, const FactsOf& facts, const Disposal& disposal,
                    const Fault& fault) {
  DisposalCheck(store, facts, disposal, fault).run();
}

}  // namespace vermilion::retention
