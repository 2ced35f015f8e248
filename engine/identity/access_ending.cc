// What an approved access review ends, and the statement that it has ended.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "identity/access_review.h"
#include "identity/authorisation.h"
#include "identity/delegation.h"
#include "identity/engagement.h"
#include "identity/people.h"

namespace vermilion::identity {
namespace {

bool is_open_on(const model::Person& person, Date day) { return !model::is_barred(person, day); }

model::RoleInterval* listed_role(model::Person& person, const AccessRow& row) {
  const auto found = std::find_if(person.roles.begin(), person.roles.end(), [&](const auto& held) {
    return held.role == row.what && held.unit == row.unit && held.from == row.from &&
           held.granted_by == row.by && (!held.to || !row.to || *held.to <= *row.to);
  });
  return found == person.roles.end() ? nullptr : &*found;
}

bool role_stands(model::Person person, const AccessRow& row, Date last_day) {
  const auto* held = listed_role(person, row);
  return held && (!held->to || last_day < *held->to);
}

bool delegation_stands(const store::Snapshot& evidence, const AccessRow& row, Date day) {
  for (const auto& one : delegations_by(evidence, row.account))
    if (one.id == row.what) return !one.ended && day <= one.to;
  return false;
}

template <typename Allowed>
bool allowed_stands(const std::vector<Allowed>& all, const AccessRow& row, Date day) {
  return std::any_of(all.begin(), all.end(), [&](const Allowed& one) {
    return one.id == row.what && !one.ended && day <= one.to;
  });
}

bool key_stands(const model::Person& person, const AccessRow& row, Instant now) {
  return std::any_of(person.certificates.begin(), person.certificates.end(), [&](const auto& key) {
    return key.sha256 == row.what && !key.revoked && now < key.not_after;
  });
}

void require_all_ended(store::Store& store, const store::Snapshot& evidence,
                       const AccessReview& review, Instant now) {
  if (review.stage != AccessStage::approved) {
    throw Error(Failure::conflict, "access-review-stage",
                {fmt::format("這次審查現在「{}」，沒有要執行的", stage_label(review.stage)),
                 fmt::format("this review is '{}'; there is nothing to carry out",
                             stage_name(review.stage))});
  }
  const auto standing = standing_rows(store, evidence, review, now);
  if (standing.empty()) return;
  throw Error(
      Failure::conflict, "rights-standing",
      {fmt::format("還有 {} 列尚未結束（第 {} 列起）", standing.size(), standing.front()),
       fmt::format("{} rows still stand, from row {} on", standing.size(), standing.front())});
}

}  // namespace

bool still_stands(const store::Snapshot& evidence, const AccessRow& row,
                  const AccessDecision& decision, Instant now, Date day) {
  const auto person = find_person(evidence, row.account);
  if (!person) return false;
  if (row.kind == "account") return is_open_on(*person, day);
  // Of who has no account any more nobody acts for him.
  if (row.kind == "delegation")
    return is_open_on(*person, day) && delegation_stands(evidence, row, day);
  if (row.kind == "key") return key_stands(*person, row, now);
  if (row.kind == "authorisation") return allowed_stands(all_authorisations(evidence), row, day);
  if (row.kind == "audit") return allowed_stands(all_engagements(evidence), row, day);
  const Date yesterday(std::chrono::sys_days(day) - std::chrono::days(1));
  return role_stands(*person, row, std::max(decision.until.value_or(yesterday), yesterday));
}

std::vector<std::size_t> ending_rows(const AccessReview& review) {
  std::vector<std::size_t> rows;
  for (const auto& [row, decision] : review.decisions)
    if (ends_something(decision)) rows.push_back(row);
  return rows;
}

std::vector<std::size_t> standing_rows(store::Store& store, const store::Snapshot& evidence,
                                       const AccessReview& review, Instant now) {
  const auto day = date_at(now, store.settings().time_zone);
  std::vector<std::size_t> standing;
  for (const auto row : ending_rows(review)) {
    if (still_stands(evidence, review.rows.at(row - 1), review.decisions.at(row), now, day))
      standing.push_back(row);
  }
  return standing;
}

store::Receipt end_listed_role(store::Store& store, const AccessRow& row, Date last_day,
                               store::Act act) {
  if (const auto clash = evidence::duty_clash(evidence::Duty::grantor, {act.actor},
                                              evidence::Duty::grantee, {row.account}))
    throw Error(Failure::forbidden, clash->code, clash->said);
  act.decide = [&](const store::Now& now, store::Changes& changes) {
    auto person = require_person(now.evidence, row.account);
    if (auto* held = listed_role(person, row)) held->to = last_day;
    changes.put(model::person_path(person.account), canonical(model::to_json(person)));
  };
  return store.commit(act);
}

Prepared prepare_completion(store::Store& store, const std::string& id,
                            const model::SignerFields& signer, const store::Act& act) {
  const auto evidence = store.evidence();
  const auto review = require_access_review(evidence, id);
  require_all_ended(store, evidence, review, store.clock().now());
  const Json subject = {{"type", kAccessReview},
                        {"id", id},
                        {"list", review.list},
                        {"decided", evidence::content_digest(decided_bytes(review))},
                        {"rows", ending_rows(review)}};
  return prepare(store, model::Statement{"notification", "執行完畢", subject, signer}, act,
                 [id, &store](const store::Now& now, store::Changes&) {
                   require_all_ended(store, now.evidence, require_access_review(now.evidence, id),
                                     now.at);
                   return access_review_folder(id);
                 });
}

}  // namespace vermilion::identity
