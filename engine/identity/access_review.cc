#include "identity/access_review.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/ulid.h"
#include "model/members.h"

namespace vermilion::identity {
namespace {

constexpr const char* kReviewFormat = "vermilion-access-review-1";
constexpr const char* kReviewsFolder = "access-reviews";
constexpr std::array kStageNames = {"deciding", "decided", "proposed", "approved", "done"};
constexpr std::array kStageLabels = {"逐列審查中", "待提改善建議", "待核准", "待執行", "已完成"};
constexpr std::array kVerdictNames = {"keep", "change", "revoke"};
constexpr std::array kVerdictLabels = {"保留", "調整", "撤銷"};

Json until_json(const AccessDecision& decision) {
  return decision.until ? Json(iso_date(*decision.until)) : Json(nullptr);
}

AccessDecision decision_of(const Json& value, const evidence::FiledStatement& filed) {
  AccessDecision decision;
  decision.row = model::member_or(value, "row", std::size_t(0));
  decision.verdict = parse_verdict(require_string(value, "decision"));
  decision.reason = require_string(value, "reason");
  if (const auto until = string_or_empty(value, "until"); !until.empty())
    decision.until = parse_date(until);
  decision.by = filed.statement.signer.account;
  decision.statement = filed.name;
  return decision;
}

AccessReview review_of(const Bytes& bytes) {
  const Json value = parse_canonical(bytes);
  AccessReview review;
  review.id = require_string(value, "id");
  review.period = {parse_date(require_string(value, "from")),
                   parse_date(require_string(value, "to"))};
  review.due = parse_date(require_string(value, "due"));
  review.made = {require_string(value, "commit"),
                 model::member_or(value, "log_size", std::uint64_t(0)),
                 parse_instant(require_string(value, "made"))};
  review.list = evidence::content_digest(bytes);
  const auto rows = model::member_or(value, "rows", Json(Json::array()));
  for (const auto& row : rows) review.rows.push_back(access_row_from(row));
  return review;
}

// A proposal rests on the decisions as they stood; a later one of them takes it away.
AccessStage stage_of(const AccessReview& review) {
  if (last_statement(review, "notification")) return AccessStage::done;
  if (last_statement(review, "approval")) {
    const bool ends = std::any_of(review.decisions.begin(), review.decisions.end(),
                                  [](const auto& one) { return ends_something(one.second); });
    return ends ? AccessStage::approved : AccessStage::done;
  }
  if (review.decisions.size() < review.rows.size()) return AccessStage::deciding;
  const auto* proposal = last_statement(review, "submission");
  const bool stands = proposal && string_or_empty(proposal->statement.subject, "decided") ==
                                      evidence::content_digest(decided_bytes(review));
  return stands ? AccessStage::proposed : AccessStage::decided;
}

AccessReview read_review(const store::Snapshot& evidence, const std::string& id) {
  const auto folder = access_review_folder(id);
  auto review = review_of(evidence.require(folder + "/list.json"));
  review.statements = filed_statements(evidence, folder);
  read_statements(review);
  return review;
}

}  // namespace

const char* stage_name(AccessStage stage) noexcept { return kStageNames[std::size_t(stage)]; }
const char* stage_label(AccessStage stage) noexcept { return kStageLabels[std::size_t(stage)]; }
const char* verdict_name(AccessVerdict verdict) noexcept {
  return kVerdictNames[std::size_t(verdict)];
}
const char* verdict_label(AccessVerdict verdict) noexcept {
  return kVerdictLabels[std::size_t(verdict)];
}

AccessVerdict parse_verdict(const std::string& name) {
  const auto found = std::find(kVerdictNames.begin(), kVerdictNames.end(), name);
  if (found != kVerdictNames.end()) return AccessVerdict(found - kVerdictNames.begin());
  throw Error(Failure::invalid, "bad-decision",
              {"決定須為 keep（保留）、change（調整）或 revoke（撤銷）",
               "a decision is keep, change or revoke"});
}

std::string access_review_folder(const std::string& id) {
  return std::string(kReviewsFolder) + "/" + id;
}

Bytes list_bytes(const AccessReview& review) {
  Json rows = Json::array();
  for (const auto& row : review.rows) rows.push_back(to_json(row));
  return canonical({{"format", kReviewFormat},
                    {"id", review.id},
                    {"from", iso_date(review.period.from)},
                    {"to", iso_date(review.period.to)},
                    {"due", iso_date(review.due)},
                    {"commit", review.made.commit},
                    {"log_size", review.made.log_size},
                    {"made", rfc3339(review.made.at)},
                    {"rows", std::move(rows)}});
}

Bytes decided_bytes(const AccessReview& review) {
  Json decisions = Json::array();
  for (const auto& [row, decision] : review.decisions) {
    decisions.push_back({{"row", row},
                         {"decision", verdict_name(decision.verdict)},
                         {"reason", decision.reason},
                         {"until", until_json(decision)},
                         {"by", decision.by},
                         {"statement", decision.statement}});
  }
  return canonical({{"format", kReviewFormat},
                    {"id", review.id},
                    {"list", review.list},
                    {"decisions", std::move(decisions)}});
}

void read_statements(AccessReview& review) {
  review.decisions.clear();
  review.proposals.clear();
  for (const auto& filed : review.statements) {
    if (filed.statement.kind != "review") continue;
    const auto decisions =
        model::member_or(filed.statement.subject, "decisions", Json(Json::array()));
    for (const auto& one : decisions) {
      const auto decision = decision_of(one, filed);
      review.decisions.insert_or_assign(decision.row, decision);
    }
  }
  review.stage = stage_of(review);
  const auto* proposal = last_statement(review, "submission");
  if (proposal && review.stage >= AccessStage::proposed)
    review.proposals =
        model::member_or(proposal->statement.subject, "proposals", std::vector<std::string>());
}

const evidence::FiledStatement* last_statement(const AccessReview& review,
                                               const std::string& kind) {
  const auto found = std::find_if(review.statements.rbegin(), review.statements.rend(),
                                  [&](const auto& filed) { return filed.statement.kind == kind; });
  return found == review.statements.rend() ? nullptr : &*found;
}

bool ends_something(const AccessDecision& decision) {
  return decision.verdict != AccessVerdict::keep;
}

bool is_overdue(const AccessReview& review, Date today) {
  return review.stage < AccessStage::approved && review.due < today;
}

std::string newest_access_review(const store::Snapshot& evidence) {
  const auto all = evidence.list(kReviewsFolder);
  return all.empty() ? "" : all.back().name;
}

std::vector<AccessReview> all_access_reviews(const store::Snapshot& evidence) {
  std::vector<AccessReview> reviews;
  for (const auto& entry : evidence.list(kReviewsFolder))
    reviews.push_back(read_review(evidence, entry.name));
  return reviews;
}

std::vector<AccessReview> open_access_reviews(const store::Snapshot& evidence) {
  std::vector<AccessReview> reviews;
  for (const auto& entry : evidence.list(kReviewsFolder)) {
    const auto files = evidence.list(access_review_folder(entry.name));
    const bool done = std::any_of(files.begin(), files.end(), [](const auto& file) {
      return file.name.ends_with("-notification.statement.json");
    });
    if (done) continue;
    auto review = read_review(evidence, entry.name);
    if (review.stage != AccessStage::done) reviews.push_back(std::move(review));
  }
  return reviews;
}

AccessReview require_access_review(const store::Snapshot& evidence, const std::string& id) {
  if (is_ulid(id) && evidence.read(access_review_folder(id) + "/list.json"))
    return read_review(evidence, id);
  throw Error(Failure::not_found, "no-access-review",
              {"沒有這次存取權限審查：" + id + "；access-review list 列出所有審查",
               "there is no such access review: " + id + "; 'access-review list' lists them"});
}

}  // namespace vermilion::identity
