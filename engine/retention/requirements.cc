#include "retention/requirements.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace vermilion::retention {
namespace {

using model::SignerFields;

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

void require_stage(const Disposal& disposal, Stage stage) {
  static const Said kWaits[] = {{"不再辦理", "it goes no further"},
                                {"等候核准", "it waits for its approval"},
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
    if (disposal.stage == Stage::withdrawn) continue;
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

void require_certificate(const store::Store& store, const Disposal& disposal,
                         const Json& certificate) {
  const auto holders = certificate.find("holders");
  const bool fits =
      holders != certificate.end() && certificate == certificate_json(store, disposal, *holders,
                                     certificate.value("recovery_copies", Json::object()));
  if (fits) return;
  throw Error(Failure::conflict, "certificate-mismatch",
              {"銷毀證明與銷毀案不符，請重新產生",
               "the certificate does not fit the disposal; make it anew"});
}

}  // namespace

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

void require_proposable(const store::Snapshot& evidence, const std::vector<RecordFacts>& records,
                        bool archive, Date day) {
  require_free(evidence, records);
  require_track(RetentionRules(evidence), records, archive);
  require_destroyable(evidence, records, day);
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

void require_withdrawable(const Disposal& disposal) {
  if (disposal.stage != Stage::approved) require_stage(disposal, Stage::proposed);
}

void require_done(const store::Store& store, const Disposal& disposal, const Json& certificate,
                  const SignerFields& executor, const SignerFields& witness) {
  require_stage(disposal, Stage::executing);
  require_different(participants(disposal),
                    {as(evidence::Duty::executor, executor), as(evidence::Duty::witness, witness)});
  require_certificate(store, disposal, certificate);
}

}  // namespace vermilion::retention
