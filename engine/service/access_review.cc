// The steps of an access review, and what others show of it.
#include "service/access_review.h"

#include <algorithm>

#include "base/error.h"
#include "base/ulid.h"
#include "identity/access_review.h"

namespace vermilion::service {
namespace {

using identity::AccessReview;

// What is no id is not logged: anything may have been typed there.
std::string review_named(const std::string& id) {
  const std::string kind = identity::kAccessReview;
  return is_ulid(id) ? kind + " " + id : kind;
}

Json receipt_of(Context& context, const std::string& id, const store::Receipt& receipt) {
  const auto review = identity::require_access_review(context.store().evidence(), id);
  return {{"id", id},
          {"stage", identity::stage_name(review.stage)},
          {"act", receipt.act},
          {"log_index", receipt.log_index}};
}

// One signed step: its log entry is of the statement's kind.
Json signed_step(
    Context& context, const std::string& kind, const std::string& named, const std::string& right,
    const std::function<identity::Prepared(const std::string& id, const model::SignerFields& signer,
                                           const store::Act& act)>& prepare) {
  Json answer;
  const auto id = access_review_id(context, named);
  recorded(context, kind, review_named(id), [&] {
    const auto signer = context.acting(right);
    const auto prepared = prepare(id, signer, context.act(kind, review_named(id)));
    answer = receipt_of(context, id, sign_and_commit(context, prepared));
  });
  return answer;
}

Json opened_json(Context& context, const identity::OpenedReview& opened) {
  const auto review = identity::require_access_review(context.store().evidence(), opened.id);
  return {{"id", opened.id},
          {"label", identity::period_label(review.period)},
          {"from", iso_date(review.period.from)},
          {"to", iso_date(review.period.to)},
          {"due", iso_date(review.due)},
          {"stage", identity::stage_name(review.stage)},
          {"rows", review.rows.size()},
          {"act", opened.receipt.act},
          {"log_index", opened.receipt.log_index}};
}

Json unopened_json(Context& context, const identity::AccessPeriod& period) {
  const auto due = identity::review_due(period, identity::access_rules(context.store().evidence()));
  return {{"label", identity::period_label(period)},
          {"due", iso_date(due)},
          {"stage", "unopened"},
          {"overdue", due < context.today()}};
}

}  // namespace

std::string access_review_id(Context& context, const std::string& id) {
  return id.empty() ? identity::newest_access_review(context.store().evidence()) : id;
}

Json open_access_review(Context& context) {
  Json answer;
  recorded(context, identity::kAccessReview, identity::kAccessReview, [&] {
    context.require_right(identity::kProposeRight);
    answer = opened_json(context, identity::open_access_review(
                                      context.store(), context.act(identity::kAccessReview, "")));
  });
  return answer;
}

void open_due_access_review(Context& context) {
  if (!identity::period_to_review(context.store())) return;
  auto act = context.act(identity::kAccessReview, "");
  act.actor = "system";
  (void)identity::open_access_review(context.store(), act);
}

Json access_review_status(Context& context) {
  const auto open = identity::open_access_reviews(context.store().evidence());
  if (open.empty()) {
    const auto period = identity::period_to_review(context.store());
    return period ? unopened_json(context, *period) : Json(nullptr);
  }
  const auto& review = open.front();
  return {{"id", review.id},
          {"label", identity::period_label(review.period)},
          {"due", iso_date(review.due)},
          {"stage", identity::stage_name(review.stage)},
          {"overdue", identity::is_overdue(review, context.today())}};
}

Json decide_access_rows(Context& context, const std::string& named,
                        const std::vector<RowDecision>& wanted) {
  return signed_step(
      context, "review", named, identity::kReviewRight,
      [&](const std::string& id, const auto& signer, const auto& act) {
        std::vector<identity::AccessDecision> decisions;
        for (const auto& one : wanted) {
          decisions.push_back(
              {one.row, identity::parse_verdict(one.decision), one.reason,
               one.until.empty() ? std::nullopt : std::optional(parse_date(one.until))});
        }
        return identity::prepare_decisions(context.store(), id, decisions, signer, act);
      });
}

Json propose_improvements(Context& context, const std::string& named,
                          const std::vector<std::string>& proposals) {
  return signed_step(context, "submission", named, identity::kProposeRight,
                     [&](const std::string& id, const auto& signer, const auto& act) {
                       return identity::prepare_proposals(context.store(), id, proposals, signer,
                                                          act);
                     });
}

Json approve_access_review(Context& context, const std::string& named) {
  return signed_step(context, "approval", named, identity::kApproveRight,
                     [&](const std::string& id, const auto& signer, const auto& act) {
                       return identity::prepare_access_approval(context.store(), id, signer, act);
                     });
}

}  // namespace vermilion::service
