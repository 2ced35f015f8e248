#include "evidence/revision.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/date.h"
#include "crypto/digest.h"
#include "model/members.h"

namespace vermilion::evidence {
namespace {

using model::Publication;

bool is_return(const FiledStatement& filed) {
  return filed.statement.kind == "review" &&
         string_or_empty(filed.statement.subject, "decision") == "return";
}

std::string unit_of(const FiledStatement& filed) {
  return string_or_empty(filed.statement.subject, "unit");
}

Refusal forbidden(std::string code, Said said) {
  return {Failure::forbidden, std::move(code), std::move(said)};
}

Refusal conflict(std::string code, Said said) {
  return {Failure::conflict, std::move(code), std::move(said)};
}

std::optional<Refusal> changed_since_submission(const Round& round, const RevisionDigests& now) {
  if (!round.submission) {
    return conflict("not-submitted",
                    {"這個版次尚未送審，請先由文件擁有者送審（document submit）",
                     "this revision has not been submitted; submit it first (document submit)"});
  }
  if (digests_of(round.submission->statement.subject) != now) {
    return conflict(
        "draft-changed",
        {"草案在送審後已變更，原審查失效；請重新送審",
         "the draft changed after it was submitted, so its review is void; submit it again"});
  }
  return std::nullopt;
}

std::optional<Duty> duty_of(const std::string& kind) {
  if (kind == "approval") return Duty::approver;
  if (kind == "countersignature") return Duty::countersigner;
  if (kind == "review") return Duty::reviewer;
  return std::nullopt;
}

std::optional<Refusal> missing_units(const Round& round) {
  const auto missing = missing_countersignatures(round);
  if (missing.empty()) return std::nullopt;
  return conflict("countersignature-missing",
                  {fmt::format("尚缺會簽：{}；請先完成會簽", fmt::join(missing, "、")),
                   fmt::format("countersignature missing: {}; have it countersigned first",
                               fmt::join(missing, ", "))});
}

// One by an author, however it came there, is none.
bool is_reviewed(const Round& round) {
  return std::any_of(round.reviews.begin(), round.reviews.end(), [&](const auto& filed) {
    return !duty_clash(Duty::author, round.authors, Duty::reviewer,
                       persons_of(filed.statement.signer));
  });
}

// What an approval rests on, and so a publication.
std::optional<Refusal> incomplete(const Round& round) {
  if (auto missing = missing_units(round)) return missing;
  if (is_reviewed(round)) return std::nullopt;
  return conflict("review-missing",
                  {"尚未審查；請先由撰稿人以外的人審查（document review）",
                   "not reviewed yet; have somebody who is not an author review it first "
                   "(document review)"});
}

bool effective_by(const Publication& p, Date day) { return p.effective <= day; }

}  // namespace

RevisionDigests digests_of(const Json& subject) {
  return {string_or_empty(subject, "draft"), string_or_empty(subject, "content"),
          string_or_empty(subject, "metadata"), string_or_empty(subject, "pdf"),
          model::member_or(subject, "files", std::map<std::string, std::string>())};
}

Round current_round(const std::vector<FiledStatement>& statements) {
  Round round;
  for (const auto& filed : statements) {
    const auto& statement = filed.statement;
    if (statement.kind == "submission") {
      round = Round{};
      round.submission = filed;
      const auto authors =
          model::member_or(statement.subject, "authors", std::vector<std::string>());
      round.authors = Persons(authors.begin(), authors.end());
      round.authors.merge(persons_of(statement.signer));
      round.countersign_units =
          model::member_or(statement.subject, "countersign", std::vector<std::string>());
      continue;
    }
    if (!round.submission ||
        digests_of(statement.subject) != digests_of(round.submission->statement.subject)) {
      continue;
    }
    if (is_return(filed)) {
      round = Round{};
      round.returned = filed;
    } else if (statement.kind == "review") {
      round.reviews.push_back(filed);
    } else if (statement.kind == "countersignature") {
      round.countersignatures.push_back(filed);
    } else if (statement.kind == "approval") {
      round.approval = filed;
    }
  }
  return round;
}

std::string content_digest(std::string_view bytes) { return crypto::digest_text(bytes); }

std::vector<std::string> missing_countersignatures(const Round& round) {
  std::vector<std::string> missing;
  for (const auto& unit : round.countersign_units) {
    const bool there = std::any_of(round.countersignatures.begin(), round.countersignatures.end(),
                                   [&](const auto& filed) { return unit_of(filed) == unit; });
    if (!there) missing.push_back(unit);
  }
  return missing;
}

void refuse(const Refusal& refusal) { throw Error(refusal.failure, refusal.code, refusal.said); }

std::optional<Refusal> cannot_sign(const std::string& kind, const Round& round,
                                   const model::SignerFields& signer, const RevisionDigests& now) {
  if (kind == "submission") {
    if (round.submission && digests_of(round.submission->statement.subject) == now) {
      return conflict("already-submitted",
                      {"這份草案已送審，內容沒有變更", "this very draft is already submitted"});
    }
    return std::nullopt;
  }
  if (auto changed = changed_since_submission(round, now)) return changed;
  if (const auto duty = duty_of(kind)) {
    if (const auto clash = duty_clash(Duty::author, round.authors, *duty, persons_of(signer))) {
      return forbidden(clash->code, clash->said);
    }
  }
  if (kind == "approval") {
    if (round.approval)
      return conflict("already-approved", {"這個版次已核准", "this revision is already approved"});
    return incomplete(round);
  }
  return std::nullopt;
}

std::optional<Refusal> cannot_publish(const Round& round, const RevisionDigests& now,
                                      Date effective, const std::string& zone) {
  if (auto changed = changed_since_submission(round, now)) return changed;
  if (auto missing = incomplete(round)) return missing;
  if (!round.approval) {
    return conflict("not-approved", {"這個版次尚未核准，不能發布",
                                     "this revision is not approved; it cannot be published"});
  }
  const Date approved = date_at(round.approval->statement.at, zone);
  if (effective < approved) {
    return Refusal{
        Failure::invalid,
        "effective-before-approval",
        {fmt::format("生效日 {} 早於核准日 {}；請改用核准日當天或之後的日期", roc_date(effective),
                     roc_date(approved)),
         fmt::format("effective date {} is before the approval of {}; choose that day or later",
                     iso_date(effective), iso_date(approved))}};
  }
  return std::nullopt;
}

const char* state_name(State state) noexcept {
  switch (state) {
    case State::draft:
      return "draft";
    case State::in_review:
      return "in_review";
    case State::approved:
      return "approved";
    case State::in_force:
      return "in_force";
    case State::superseded:
      return "superseded";
    case State::withdrawn:
      return "withdrawn";
  }
  return "draft";
}

const char* state_label(State state) noexcept {
  switch (state) {
    case State::draft:
      return "草案";
    case State::in_review:
      return "審查中";
    case State::approved:
      return "已核准";
    case State::in_force:
      return "現行";
    case State::superseded:
      return "已被取代";
    case State::withdrawn:
      return "廢止";
  }
  return "草案";
}

std::optional<model::Version> in_force_on(Date day, const std::vector<Publication>& publications,
                                          const std::optional<Withdrawal>& withdrawal) {
  if (withdrawal && withdrawal->effective <= day) return std::nullopt;
  const Publication* best = nullptr;
  for (const auto& candidate : publications) {
    if (!effective_by(candidate, day)) continue;
    if (!best || std::pair(candidate.effective, candidate.version) >
                     std::pair(best->effective, best->version)) {
      best = &candidate;
    }
  }
  return best ? std::optional(best->version) : std::nullopt;
}

State published_state(const Publication& publication, Date day,
                      const std::vector<Publication>& publications,
                      const std::optional<Withdrawal>& withdrawal) {
  if (withdrawal && withdrawal->effective <= day) return State::withdrawn;
  if (!effective_by(publication, day)) return State::approved;
  return in_force_on(day, publications, withdrawal) == publication.version ? State::in_force
                                                                           : State::superseded;
}

}  // namespace vermilion::evidence
