// The steps of a disposal: proposal, approval, execution, certificate. What prepare finds in order is
// looked at again under the writer's lock.
#include <fmt/format.h>

#include <set>

#include "base/error.h"
#include "base/text.h"
#include "evidence/commitment.h"
#include "identity/rules.h"
#include "retention/requirements.h"

namespace vermilion::retention {
namespace {

using model::SignerFields;

constexpr const char* kDestruction = "destruction";
constexpr const char* kWitness = "witness";

Date today(const store::Store& store, Instant now) {
  return date_at(now, store.settings().time_zone);
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

std::string require_reason(const std::string& reason) {
  if (!trim(reason).empty()) return require_text(reason, "撤回理由");
  throw Error(Failure::invalid, "reason-missing",
              {"撤回要說明理由（--reason）", "a withdrawal needs a reason (--reason)"});
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
      identity::prepare(store, model::Statement{kDestruction, "銷毀", subject, executor}, act,
                        std::move(decide)),
      identity::prepare(store, model::Statement{kWitness, "監毀", subject, witness}, act,
                        [](const store::Now&, store::Changes&) -> std::string {
                          throw Bug("a witness signs with the executor, never alone");
                        })};
  pair.executor.fixed_name = name(1, kDestruction);
  pair.witness.fixed_name = name(2, kWitness);
  return pair;
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
      store, model::Statement{"disposal-proposal", "擬案銷毀", disposal_subject(disposal), signer},
      act, [=, &store](const store::Now& now, store::Changes& changes) {
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
      store, model::Statement{"disposal-approval", "核准銷毀", std::move(subject), signer}, act,
      [=, &store](const store::Now& now, store::Changes&) {
        require_approval(facts, now.evidence, require_disposal(now.evidence, id), approval_number,
                         signer, today(store, now.at));
        return disposal_folder(id);
      });
}

identity::Prepared prepare_withdrawal(store::Store& store, const std::string& id,
                                      const std::string& reason, const SignerFields& signer,
                                      const store::Act& act) {
  const auto disposal = require_disposal(store.evidence(), id);
  require_withdrawable(disposal);
  auto subject = disposal_subject(disposal);
  subject["reason"] = require_reason(reason);
  return identity::prepare(store,
                           model::Statement{"withdrawal", "撤回銷毀案", std::move(subject), signer},
                           act, [id](const store::Now& now, store::Changes&) {
                             require_withdrawable(require_disposal(now.evidence, id));
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
