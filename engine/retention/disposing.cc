// The steps of a disposal: proposal, approval, execution, certificate. What prepare finds in order is
// looked at again under the writer's lock.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "evidence/commitment.h"
#include "identity/rules.h"
#include "retention/batch.h"

namespace vermilion::retention {
namespace {

using model::SignerFields;

constexpr const char* kDestruction = "destruction";
constexpr const char* kWitness = "witness";

Date today(const store::Store& store, Instant now) {
  return date_at(now, store.settings().time_zone);
}

std::vector<std::string> ids_of(const Disposal& disposal) {
  std::vector<std::string> ids;
  for (const auto& record : disposal.records) ids.push_back(record.id);
  return ids;
}

[[noreturn]] void refuse(const RecordFacts& facts, const Obstacle& why) {
  throw Error(why.code == "held" ? Failure::forbidden : Failure::conflict, why.code,
              {facts.number + "：" + why.said.zh, facts.number + ": " + why.said.en});
}

// Due, complete and not held, each of them.
void require_destroyable(const store::Snapshot& evidence, const std::vector<RecordFacts>& records,
                         Date day) {
  const RetentionRules rules(evidence);
  const auto holds = all_holds(evidence);
  for (const auto& facts : records) {
    const auto why = obstacle(facts, rules.require(facts.retention), holds, day);
    if (why) refuse(facts, *why);
  }
}

// What was proposed is what stands there.
void require_unchanged(const Disposal& disposal, const std::vector<RecordFacts>& records) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto& proposed = disposal.records.at(i);
    if (records[i].id == proposed.id && records[i].manifest == proposed.manifest) continue;
    throw Error(
        Failure::conflict, "record-changed",
        {fmt::format("紀錄 {} 在擬案之後已有變動；請另擬一案", proposed.number),
         fmt::format("record {} changed after it was proposed; propose it anew", proposed.number)});
  }
}

void require_stage(const Disposal& disposal, Stage stage) {
  static const Said kWaits[] = {{"等候核准", "it waits for its approval"},
                                {"等候執行與監毀", "it waits for executor and witness"},
                                {"等候銷毀證明", "it waits for its certificate"},
                                {"已辦結", "it is finished"}};
  if (disposal.stage == stage) return;
  const auto& waits = kWaits[std::size_t(disposal.stage)];
  throw Error(Failure::conflict, "disposal-stage",
              {fmt::format("銷毀案目前為「{}」，{}", stage_label(disposal.stage), waits.zh),
               fmt::format("the disposal is {}; {}", stage_name(disposal.stage), waits.en)});
}

void require_different(std::vector<Participant> all, const std::vector<Participant>& more) {
  all.insert(all.end(), more.begin(), more.end());
  const auto clash = first_clash(all);
  if (!clash) return;
  throw Error(Failure::forbidden, clash->code,
              {fmt::format("{}（{}）", clash->said.zh, clash->person),
               fmt::format("{} ({})", clash->said.en, clash->person)});
}

Participant as(evidence::Duty duty, const SignerFields& signer) {
  return {duty, evidence::persons_of(signer)};
}

void require_free(const store::Snapshot& evidence, const std::vector<RecordFacts>& records) {
  for (const auto& disposal : all_disposals(evidence)) {
    const auto taken = ids_of(disposal);
    for (const auto& facts : records) {
      if (std::find(taken.begin(), taken.end(), facts.id) == taken.end()) continue;
      throw Error(Failure::conflict, "record-in-batch",
                  {fmt::format("{} 已在銷毀案 {}（{}）中", facts.number, disposal.id,
                               stage_label(disposal.stage)),
                   fmt::format("{} is in disposal {} ({}) already", facts.number, disposal.id,
                               stage_name(disposal.stage))});
    }
  }
}

void require_track(const RetentionRules& rules, const std::vector<RecordFacts>& records,
                   bool archive) {
  for (const auto& facts : records) {
    if (archive || !rules.require(facts.retention).archive) continue;
    throw Error(
        Failure::conflict, "archive-track",
        {facts.number + " 屬檔案，須以檔案銷毀案辦理（--archive），並經檔案主管機關核准",
         facts.number + " belongs to the archives: propose it on their track (--archive), which "
                        "needs the archives authority's approval"});
  }
}

void require_proposable(const store::Snapshot& evidence, const std::vector<RecordFacts>& records,
                        bool archive, Date day) {
  require_free(evidence, records);
  require_track(RetentionRules(evidence), records, archive);
  require_destroyable(evidence, records, day);
}

DisposalRecord proposed(const RecordFacts& facts, const RetentionRules& rules) {
  VERMILION_ASSERT(!facts.manifest.empty());
  const auto due = due_of(facts, rules.require(facts.retention), {});
  return {facts.id,   facts.number, facts.form,  facts.retention, facts.account,
          facts.date, *due.due,     due.because, facts.manifest};
}

std::vector<std::string> without_repetition(const std::vector<std::string>& ids) {
  const std::set<std::string> unique(ids.begin(), ids.end());
  if (unique.empty()) {
    throw Error(Failure::invalid, "no-records",
                {"銷毀案沒有紀錄；retention due 列出到期者",
                 "the batch is empty; 'retention due' lists what is due"});
  }
  return {unique.begin(), unique.end()};
}

std::string require_method(const std::string& method) {
  if (!trim(method).empty()) return require_text(method, "銷毀方法");
  throw Error(Failure::invalid, "no-method",
              {"請寫明銷毀方法，例如 消除電子檔", "state how it is destroyed, such as 消除電子檔"});
}

model::Statement statement_of(store::Store& store, const char* kind, const char* meaning,
                              Json subject, const SignerFields& signer) {
  model::Statement statement;
  statement.kind = kind;
  statement.meaning = meaning;
  statement.subject = std::move(subject);
  statement.signer = signer;
  statement.policy = identity::policy_of(store.evidence());
  return statement;
}

// A batch on track archive that has no number yet is approved once more, with it.
void require_approvable(const Disposal& disposal, const std::string& number) {
  const bool number_follows = disposal.stage == Stage::approved && disposal.archive &&
                              disposal.approval_number.empty() && !number.empty();
  if (!number_follows) require_stage(disposal, Stage::proposed);
}

void require_approval_number(const Disposal& disposal) {
  if (!disposal.archive || !disposal.approval_number.empty()) return;
  throw Error(Failure::forbidden, "approval-number-missing",
              {"檔案須有檔案主管機關的核准文號才能銷毀；請由核准人補登文號",
               "files of the archives need the archives authority's approval number; let the "
               "approver enter it first"});
}

// Everything that must hold at approval and execution, on that state and day.
std::vector<RecordFacts> require_executable(const FactsOf& facts, const store::Snapshot& evidence,
                                            const Disposal& disposal, Date day) {
  auto records = facts(evidence, ids_of(disposal));
  require_unchanged(disposal, records);
  require_track(RetentionRules(evidence), records, disposal.archive);
  require_destroyable(evidence, records, day);
  return records;
}

void require_approval(const FactsOf& facts, const store::Snapshot& evidence,
                      const Disposal& disposal, const std::string& number,
                      const SignerFields& signer, Date day) {
  require_approvable(disposal, number);
  require_different(participants(disposal), {as(evidence::Duty::disposal_approver, signer)});
  (void)require_executable(facts, evidence, disposal, day);
}

std::vector<RecordFacts> require_execution(const FactsOf& facts, const store::Snapshot& evidence,
                                           const Disposal& disposal, const SignerFields& executor,
                                           const SignerFields& witness, Date day) {
  require_stage(disposal, Stage::approved);
  require_different(participants(disposal),
                    {as(evidence::Duty::executor, executor), as(evidence::Duty::witness, witness)});
  require_approval_number(disposal);
  return require_executable(facts, evidence, disposal, day);
}

using Decide = std::function<std::string(const store::Now&, store::Changes&)>;

// Executor and witness of one subject. The executor's statement carries the decision.
PreparedPair prepare_pair(store::Store& store, const Disposal& disposal, const Json& subject,
                          const SignerFields& executor, const SignerFields& witness,
                          const store::Act& act, Decide decide) {
  const auto name = [next = disposal.statements.size()](std::size_t more, const char* kind) {
    return fmt::format("{:02}-{}", next + more, kind);
  };
  PreparedPair pair{
      identity::prepare(store, statement_of(store, kDestruction, "銷毀", subject, executor), act,
                        std::move(decide)),
      identity::prepare(store, statement_of(store, kWitness, "監毀", subject, witness), act,
                        [](const store::Now&, store::Changes&) -> std::string {
                          throw Bug("a witness signs with the executor, never alone");
                        })};
  pair.executor.fixed_name = name(1, kDestruction);
  pair.witness.fixed_name = name(2, kWitness);
  return pair;
}

void require_certificate(const store::Store& store, const Disposal& disposal,
                         const Json& certificate) {
  const auto holders = certificate.find("holders");
  const bool fits =
      holders != certificate.end() && certificate == certificate_json(store, disposal, *holders);
  if (fits) return;
  throw Error(Failure::conflict, "certificate-mismatch",
              {"銷毀證明與銷毀案不符，請重新產生",
               "the certificate does not fit the disposal; make it anew"});
}

void require_done(const store::Store& store, const Disposal& disposal, const Json& certificate,
                  const SignerFields& executor, const SignerFields& witness) {
  require_stage(disposal, Stage::executing);
  require_different(participants(disposal),
                    {as(evidence::Duty::executor, executor), as(evidence::Duty::witness, witness)});
  require_certificate(store, disposal, certificate);
}

}  // namespace

identity::Prepared prepare_proposal(store::Store& store, const FactsOf& facts,
                                    const std::vector<std::string>& ids, const std::string& method,
                                    bool archive, const SignerFields& signer,
                                    const store::Act& act) {
  const auto evidence = store.evidence();
  const auto wanted = without_repetition(ids);
  const auto records = facts(evidence, wanted);
  Disposal disposal;
  disposal.method = require_method(method);
  disposal.proposed = store.clock().now();
  require_proposable(evidence, records, archive, today(store, disposal.proposed));
  disposal.id = evidence::fresh_ulid(disposal.proposed);
  disposal.archive = archive;
  const RetentionRules rules(evidence);
  for (const auto& one : records) disposal.records.push_back(proposed(one, rules));
  const auto bytes = batch_bytes(disposal);
  disposal.batch = evidence::content_digest(bytes);
  return identity::prepare(
      store,
      statement_of(store, "disposal-proposal", "擬案銷毀", disposal_subject(disposal), signer), act,
      [=, &store](const store::Now& now, store::Changes& changes) {
        const auto present = facts(now.evidence, wanted);
        require_unchanged(disposal, present);
        require_proposable(now.evidence, present, archive, today(store, now.at));
        changes.put(disposal_folder(disposal.id) + "/batch.json", bytes);
        return disposal_folder(disposal.id);
      });
}

identity::Prepared prepare_approval(store::Store& store, const FactsOf& facts,
                                    const std::string& id, const std::string& approval_number,
                                    const SignerFields& signer, const store::Act& act) {
  const auto evidence = store.evidence();
  const auto disposal = require_disposal(evidence, id);
  require_approval(facts, evidence, disposal, approval_number, signer,
                   today(store, store.clock().now()));
  auto subject = disposal_subject(disposal);
  if (!approval_number.empty())
    subject["approval_number"] = require_text(approval_number, "核准文號");
  return identity::prepare(
      store, statement_of(store, "disposal-approval", "核准銷毀", std::move(subject), signer), act,
      [=, &store](const store::Now& now, store::Changes&) {
        require_approval(facts, now.evidence, require_disposal(now.evidence, id), approval_number,
                         signer, today(store, now.at));
        return disposal_folder(id);
      });
}

PreparedPair prepare_execution(store::Store& store, const FactsOf& facts, const std::string& id,
                               const SignerFields& executor, const SignerFields& witness,
                               const store::Act& act) {
  const auto evidence = store.evidence();
  const auto disposal = require_disposal(evidence, id);
  const auto payloads = payloads_bytes(require_execution(
      facts, evidence, disposal, executor, witness, today(store, store.clock().now())));
  auto subject = disposal_subject(disposal);
  subject["stage"] = stage_name(Stage::executing);
  subject["payloads"] = evidence::content_digest(payloads);
  return prepare_pair(store, disposal, subject, executor, witness, act,
                      [=, &store](const store::Now& now, store::Changes& changes) {
                        const auto present = payloads_bytes(require_execution(
                            facts, now.evidence, require_disposal(now.evidence, id), executor,
                            witness, today(store, now.at)));
                        VERMILION_ASSERT(present == payloads);
                        changes.put(disposal_folder(id) + "/payloads.json", payloads);
                        return disposal_folder(id);
                      });
}

PreparedPair prepare_certificate(store::Store& store, const std::string& id,
                                 const Json& certificate, const Bytes& pdf,
                                 const SignerFields& executor, const SignerFields& witness,
                                 const store::Act& act) {
  const auto disposal = require_disposal(store.evidence(), id);
  require_done(store, disposal, certificate, executor, witness);
  const auto bytes = canonical(certificate);
  auto subject = disposal_subject(disposal);
  subject["stage"] = stage_name(Stage::done);
  subject["certificate"] = evidence::content_digest(bytes);
  subject["pdf"] = evidence::content_digest(pdf);
  return prepare_pair(store, disposal, subject, executor, witness, act,
                      [=, &store](const store::Now& now, store::Changes& changes) {
                        const auto present = require_disposal(now.evidence, id);
                        require_done(store, present, certificate, executor, witness);
                        changes.put(disposal_folder(id) + "/certificate.json", bytes);
                        changes.put(disposal_folder(id) + "/certificate.pdf", pdf);
                        return disposal_folder(id);
                      });
}

}  // namespace vermilion::retention
