#include "service/statement_rights.h"

#include "identity/access_review.h"
#include "identity/audit_copies.h"
#include "identity/lifecycle.h"

namespace vermilion::service {
namespace {

std::vector<std::string> rights_in_access_review(const std::string& kind) {
  if (kind == "review") return {identity::kReviewRight};
  if (kind == "submission") return {identity::kProposeRight};
  if (kind == "approval") return {identity::kApproveRight};
  return {"role.grant"};
}

bool is_authorisation(const model::Statement& s) {
  const auto type = string_or_empty(s.subject, "type");
  return type == "audit" || type == "opening";
}

std::string right_to_change(const model::Statement& s) {
  const auto change = string_or_empty(s.subject, "change");
  if (change == "leave") return "person.leave";
  return change == "close" ? "person.disable" : identity::kAuthoriseRight;
}

}  // namespace

std::vector<std::string> rights_of(const model::Statement& s) {
  if (string_or_empty(s.subject, "type") == identity::kAccessReview)
    return rights_in_access_review(s.kind);
  if (identity::is_copy_erased(s)) return {"audit.approve"};
  if (s.kind == "submission") return {"document.submit"};
  if (s.kind == "review")
    return {string_or_empty(s.subject, "decision") == "return" ? "document.return"
                                                               : "document.review"};
  if (s.kind == "countersignature") return {"document.countersign"};
  if (string_or_empty(s.subject, "type") == "account") return {right_to_change(s)};
  if (s.kind == "approval") return {"document.approve"};
  if (s.kind == "publication")
    return {string_or_empty(s.subject, "type") == "form" ? "form.publish" : "document.publish"};
  if (s.kind == "import") return {"document.import"};
  if (s.kind == "certificate")
    return s.subject.contains("renews") ? std::vector<std::string>()
                                        : std::vector<std::string>{"certificate.issue"};
  if (s.kind == "authorisation" || (s.kind == "withdrawal" && is_authorisation(s)))
    return {string_or_empty(s.subject, "type") == "audit" ? "audit.approve"
                                                          : "classified.authorise"};
  if (s.kind == "delegation") return s.subject.value("rights", std::vector<std::string>());
  if (s.kind == "withdrawal" && string_or_empty(s.subject, "type") == "document")
    return {"document.withdraw"};
  if (s.kind == "withdrawal" && string_or_empty(s.subject, "type") == "seal")
    return {"certificate.issue"};
  if (s.kind == "withdrawal" && string_or_empty(s.subject, "type") == "certificate" &&
      string_or_empty(s.subject, "account") != s.signer.account)
    return {"certificate.issue"};
  if (s.kind == "withdrawal" && string_or_empty(s.subject, "type") == "disposal")
    return {"disposal.propose"};
  if (s.kind == "hold") return {"hold.place"};
  if (s.kind == "release") return {"hold.release"};
  if (s.kind == "disposal-proposal") return {"disposal.propose"};
  if (s.kind == "disposal-approval") return {"disposal.approve"};
  if (s.kind == "acknowledgement") return {"store.maintain"};
  if (s.kind == "destruction") return {"disposal.execute"};
  if (s.kind == "witness") return {"disposal.witness"};
  return {};
}

}  // namespace vermilion::service
