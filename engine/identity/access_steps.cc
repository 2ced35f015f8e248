// The steps of an access review: the list, decisions, proposals, approval. What prepare finds in order is looked at again under the
// writer's lock.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "evidence/commitment.h"
#include "identity/access_review.h"
#include "identity/people.h"

namespace vermilion::identity {
namespace {

using evidence::Refusal;

[[noreturn]] void bad_decision(const char* code, std::size_t row, const char* zh, const char* en) {
  throw Error(Failure::invalid, code,
              {fmt::format("第 {} 列：{}", row, zh), fmt::format("row {}: {}", row, en)});
}

std::string stated(const std::string& words, std::size_t row, bool needed) {
  if (!trim(words).empty()) return require_text(words, "理由");
  if (needed)
    bad_decision("reason-missing", row, "請寫明理由（調整、撤銷，或保留有標記的列）",
                 "state the reason (for a change, a revocation, or keeping what is flagged)");
  return "";
}

// A change is an earlier last day; anything else is a revocation and a new grant.
void require_until(const AccessRow& row, const AccessDecision& decision, Date day) {
  const bool change = decision.verdict == AccessVerdict::change;
  const bool shortens =
      decision.until && day <= *decision.until && (!row.to || *decision.until < *row.to);
  if (change ? row.kind == "role" && shortens : !decision.until) return;
  bad_decision("bad-until", decision.row,
               "調整是訂一個較早的角色迄日（今天以後）；其他情形請保留或撤銷",
               "a change sets an earlier last day, from today on, for a role; keep or revoke the "
               "rest");
}

const AccessRow& row_named(const AccessReview& review, std::size_t row) {
  if (row >= 1 && row <= review.rows.size()) return review.rows[row - 1];
  bad_decision("no-such-row", row, "名單沒有這一列", "the list has no such row");
}

std::vector<AccessDecision> sound(const AccessReview& review,
                                  const std::vector<AccessDecision>& wanted, Date day) {
  std::map<std::size_t, AccessDecision> sound;
  for (auto decision : wanted) {
    const auto& row = row_named(review, decision.row);
    decision.reason =
        stated(decision.reason, decision.row, ends_something(decision) || !row.flags.empty());
    require_until(row, decision, day);
    if (!sound.emplace(decision.row, decision).second)
      bad_decision("row-twice", decision.row, "決定了兩次", "is decided twice");
  }
  if (sound.empty()) {
    throw Error(Failure::invalid, "no-decisions",
                {"沒有決定任何一列；未決定的列不會被撤銷",
                 "no row is decided; what is not decided is never revoked"});
  }
  std::vector<AccessDecision> decisions;
  for (auto& [row, decision] : sound) decisions.push_back(std::move(decision));
  return decisions;
}

void require_stage(const AccessReview& review, std::initializer_list<AccessStage> allowed) {
  if (std::find(allowed.begin(), allowed.end(), review.stage) != allowed.end()) return;
  throw Error(
      Failure::conflict, "access-review-stage",
      {fmt::format("這次審查現在「{}」，尚有 {} 列未決定，不能做這一步", stage_label(review.stage),
                   review.rows.size() - review.decisions.size()),
       fmt::format("this review is '{}' with {} rows undecided; the step does not come now",
                   stage_name(review.stage), review.rows.size() - review.decisions.size())});
}

void require_may_decide(const store::Snapshot& evidence, const AccessReview& review,
                        const std::vector<AccessDecision>& decisions,
                        const model::SignerFields& signer, Date day) {
  require_stage(review, {AccessStage::deciding, AccessStage::decided, AccessStage::proposed});
  const auto reviewing = reviewing_on(evidence, day);
  for (const auto& decision : decisions) {
    const auto refusal =
        cannot_decide(row_named(review, decision.row), evidence::persons_of(signer), reviewing);
    if (refusal) evidence::refuse(*refusal);
  }
}

Json review_subject(const AccessReview& review) {
  return {{"type", kAccessReview}, {"id", review.id}, {"list", review.list}};
}

std::string decided_digest(const AccessReview& review) {
  return evidence::content_digest(decided_bytes(review));
}

Json decided_subject(const AccessReview& review) {
  auto subject = review_subject(review);
  subject["decided"] = decided_digest(review);
  return subject;
}

Json decisions_json(const std::vector<AccessDecision>& decisions) {
  Json list = Json::array();
  for (const auto& d : decisions) {
    list.push_back({{"row", d.row},
                    {"decision", verdict_name(d.verdict)},
                    {"reason", d.reason},
                    {"until", d.until ? Json(iso_date(*d.until)) : Json(nullptr)}});
  }
  return list;
}

// What was signed is about what stands still.
void require_unchanged(bool unchanged) {
  if (unchanged) return;
  throw Error(Failure::conflict, "access-review-changed",
              {"準備之後又有新的決定或建議；請重新看過再簽",
               "rows were decided or proposals made anew meanwhile; look again, then sign"});
}

void require_other_person(const AccessReview& review, const model::SignerFields& approver) {
  const auto* proposal = last_statement(review, "submission");
  const auto clash = evidence::duty_clash(
      evidence::Duty::access_proposer, evidence::persons_of(proposal->statement.signer),
      evidence::Duty::access_approver, evidence::persons_of(approver));
  if (clash) throw Error(Failure::forbidden, clash->code, clash->said);
}

std::string statement_digest(const AccessReview& review, const char* kind) {
  return evidence::content_digest(model::statement_bytes(last_statement(review, kind)->statement));
}

bool is_reviewed(const store::Snapshot& evidence, const AccessPeriod& period) {
  const auto newest = newest_access_review(evidence);
  return !newest.empty() && require_access_review(evidence, newest).period.to >= period.to;
}

void require_unreviewed(const store::Snapshot& evidence, const AccessPeriod& period) {
  if (!is_reviewed(evidence, period)) return;
  throw Error(Failure::conflict, "access-review-exists",
              {period_label(period) + "的審查已經開始；access-review list 列出所有審查",
               "the review of that period is open already; 'access-review list' shows it"});
}

}  // namespace

std::optional<AccessPeriod> period_to_review(store::Store& store) {
  const auto evidence = store.evidence();
  const auto& settings = store.settings();
  const auto today = date_at(store.clock().now(), settings.time_zone);
  const auto period = last_access_period(today, access_rules(evidence).months);
  if (period.to < date_at(parse_instant(settings.created), settings.time_zone)) return std::nullopt;
  return is_reviewed(evidence, period) ? std::nullopt : std::optional(period);
}

OpenedReview open_access_review(store::Store& store, store::Act act) {
  const auto evidence = store.evidence();
  const auto rules = access_rules(evidence);
  const auto now = store.clock().now();
  const auto day = date_at(now, store.settings().time_zone);
  const auto period = last_access_period(day, rules.months);
  require_unreviewed(evidence, period);
  if (!period_to_review(store)) {
    throw Error(Failure::conflict, "access-review-not-due",
                {period_label(period) + "在本資料庫建立之前已結束；待本期結束後再開始審查",
                 "that period was over before the store was made; the next review comes when the "
                 "present one ends"});
  }
  AccessReview review;
  review.id = evidence::fresh_ulid(now);
  review.period = period;
  review.due = review_due(period, rules);
  review.made = {evidence.commit()->hex(), store.log().checkpoint().size, now};
  review.rows = gather_access(store, review.made);
  assign_reviewers(store, evidence, day, review.rows);
  act.subject = std::string(kAccessReview) + " " + review.id;
  act.message = act.kind + " " + act.subject;
  act.decide = [&](const store::Now& then, store::Changes& changes) {
    require_unreviewed(then.evidence, period);
    changes.put(access_review_folder(review.id) + "/list.json", list_bytes(review));
  };
  return {review.id, store.commit(act)};
}

std::optional<Refusal> cannot_decide(const AccessRow& row, const evidence::Persons& persons,
                                     const std::set<std::string>& reviewing) {
  if (const auto clash = evidence::duty_clash(evidence::Duty::access_reviewer, persons,
                                              evidence::Duty::access_holder, holders_of(row)))
    return Refusal{Failure::forbidden, clash->code, clash->said};
  const auto named = [&](const std::set<std::string>& among) {
    return std::find_if(row.reviewers.begin(), row.reviewers.end(),
                        [&](const std::string& account) { return among.contains(account); });
  };
  const auto active = named(reviewing);
  if (named(persons) != row.reviewers.end() || active == row.reviewers.end()) return std::nullopt;
  return Refusal{
      Failure::forbidden,
      "not-the-reviewer",
      {"這一列由「" + *active + "」審查", "this row is for '" + *active + "' to decide"}};
}

Prepared prepare_decisions(store::Store& store, const std::string& id,
                           const std::vector<AccessDecision>& wanted,
                           const model::SignerFields& signer, const store::Act& act) {
  const auto evidence = store.evidence();
  const auto review = require_access_review(evidence, id);
  const auto zone = store.settings().time_zone;
  const auto today = date_at(store.clock().now(), zone);
  const auto decisions = sound(review, wanted, today);
  require_may_decide(evidence, review, decisions, signer, today);
  auto subject = review_subject(review);
  subject["decisions"] = decisions_json(decisions);
  return prepare(store, model::Statement{"review", "存取權限審查", std::move(subject), signer}, act,
                 [=](const store::Now& now, store::Changes&) {
                   require_may_decide(now.evidence, require_access_review(now.evidence, id),
                                      decisions, signer, date_at(now.at, zone));
                   return access_review_folder(id);
                 });
}

Prepared prepare_proposals(store::Store& store, const std::string& id,
                           const std::vector<std::string>& proposals,
                           const model::SignerFields& signer, const store::Act& act) {
  const auto review = require_access_review(store.evidence(), id);
  require_stage(review, {AccessStage::decided, AccessStage::proposed});
  auto subject = decided_subject(review);
  subject["proposals"] = Json::array();
  for (const auto& proposal : proposals)
    if (!trim(proposal).empty())
      subject["proposals"].push_back(require_text(trim(proposal), "改善建議"));
  if (subject["proposals"].empty()) {
    throw Error(Failure::invalid, "no-proposals",
                {"請提出具體改善建議；沒有可改善之處也請寫明",
                 "propose what is to be improved, or say that there is nothing"});
  }
  const auto decided = require_string(subject, "decided");
  return prepare(store, model::Statement{"submission", "改善建議", std::move(subject), signer}, act,
                 [=](const store::Now& now, store::Changes& changes) {
                   const auto present = require_access_review(now.evidence, id);
                   require_stage(present, {AccessStage::decided, AccessStage::proposed});
                   require_unchanged(decided_digest(present) == decided);
                   changes.put(access_review_folder(id) + "/decided.json", decided_bytes(present));
                   return access_review_folder(id);
                 });
}

Prepared prepare_access_approval(store::Store& store, const std::string& id,
                                 const model::SignerFields& signer, const store::Act& act) {
  const auto review = require_access_review(store.evidence(), id);
  require_stage(review, {AccessStage::proposed});
  require_other_person(review, signer);
  auto subject = decided_subject(review);
  const auto proposal = statement_digest(review, "submission");
  subject["proposal"] = proposal;
  const auto decided = require_string(subject, "decided");
  return prepare(store, model::Statement{"approval", "核准", std::move(subject), signer}, act,
                 [=](const store::Now& now, store::Changes&) {
                   const auto present = require_access_review(now.evidence, id);
                   require_stage(present, {AccessStage::proposed});
                   require_other_person(present, signer);
                   require_unchanged(decided_digest(present) == decided &&
                                     statement_digest(present, "submission") == proposal);
                   return access_review_folder(id);
                 });
}

}  // namespace vermilion::identity
