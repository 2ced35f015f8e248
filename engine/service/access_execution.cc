// Ending what an approved access review revoked, row by row. Each act names the review and the row.
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/ulid.h"
#include "identity/access_review.h"
#include "identity/enrolment.h"
#include "service/access_review.h"
#include "service/audit_access.h"
#include "service/certificates.h"
#include "service/classified.h"
#include "service/delegations.h"

namespace vermilion::service {
namespace {

using identity::AccessDecision;
using identity::AccessReview;
using identity::AccessRow;

class Execution {
 public:
  Execution(Context& context, const AccessReview& review) : context_(context), review_(review) {}

  // Rows that ended; what is not the caller's to end stays.
  std::vector<std::size_t> run() {
    std::vector<std::size_t> ended;
    for (const auto row : standing()) {
      if (!may_end_row(context_, review_.rows[row - 1])) continue;
      end(row);
      ended.push_back(row);
    }
    return ended;
  }

  std::vector<std::size_t> standing() {
    auto& store = context_.store();
    return identity::standing_rows(store, store.evidence(), review_, store.clock().now());
  }

 private:
  [[nodiscard]] std::string link(std::size_t row) const {
    return fmt::format("{} {} row {}", identity::kAccessReview, review_.id, row);
  }

  [[nodiscard]] store::Act act_on(const char* kind, std::size_t row) const {
    return context_.act(kind,
                        fmt::format("account {} {}", review_.rows[row - 1].account, link(row)));
  }

  void end(std::size_t number) {
    const auto& row = review_.rows[number - 1];
    if (row.kind == "role") return end_role(number);
    if (row.kind == "account") return end_account(number);
    if (row.kind == "delegation") return (void)end_delegation(context_, row.what, link(number));
    if (row.kind == "authorisation")
      return (void)end_authorisation(context_, row.what, link(number));
    if (row.kind == "audit") return (void)end_audit(context_, row.what, link(number));
    (void)revoke_certificate(context_, row.account, row.what, "cessation", link(number));
  }

  void end_role(std::size_t number) {
    const Date yesterday(std::chrono::sys_days(context_.today()) - std::chrono::days(1));
    const auto until = review_.decisions.at(number).until.value_or(yesterday);
    (void)identity::end_listed_role(context_.store(), review_.rows[number - 1],
                                    std::max(until, yesterday), act_on("role", number));
  }

  // The one place where an account is closed because a review says so.
  void end_account(std::size_t number) {
    (void)identity::disable_person(context_.store(), review_.rows[number - 1].account,
                                   context_.today(), act_on("person", number));
  }

  Context& context_;
  const AccessReview& review_;
};

}  // namespace

bool may_end_row(Context& context, const AccessRow& row) {
  const bool own = row.account == context.actor();
  if (row.kind == "role") return !own && context.may("role.grant");
  if (row.kind == "account") return !own && context.may("person.disable");
  if (row.kind == "key") return own || context.may("certificate.issue");
  if (row.kind == "authorisation")
    return !context.rules()
                .role_with(context.session().person, "classified.authorise", context.today(),
                           row.unit)
                .empty();
  if (row.kind == "audit") return context.may("audit.approve");
  return own;
}

Json execute_access_review(Context& context, const std::string& named) {
  Json answer;
  const auto id = access_review_id(context, named);
  constexpr const char* kind = "notification";
  const auto subject = std::string(identity::kAccessReview) + (is_ulid(id) ? " " + id : "");
  recorded(context, kind, subject, [&] {
    const auto review = identity::require_access_review(context.store().evidence(), id);
    Execution execution(context, review);
    std::vector<std::size_t> ended;
    if (review.stage == identity::AccessStage::approved) ended = execution.run();
    const auto left = execution.standing();
    if (ended.empty()) context.require_right("role.grant");
    answer = {{"id", id},
              {"stage", identity::stage_name(review.stage)},
              {"ended", ended},
              {"left", left}};
    if (review.stage == identity::AccessStage::approved && !left.empty()) return;
    if (!context.may("role.grant")) return;
    const auto receipt = sign_and_commit(
        context, identity::prepare_completion(context.store(), id, context.acting("role.grant"),
                                              context.act(kind, subject)));
    answer["stage"] = identity::stage_name(identity::AccessStage::done);
    answer["act"] = receipt.act;
    answer["log_index"] = receipt.log_index;
  });
  return answer;
}

}  // namespace vermilion::service
