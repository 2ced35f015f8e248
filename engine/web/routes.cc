#include "web/routes.h"

#include <fmt/format.h>

#include <algorithm>

#include "service/audit_access.h"

namespace vermilion::web {

const std::vector<Route>& routes() {
  constexpr auto anyone = Access::anyone;
  constexpr auto limited = Access::limited;
  constexpr auto person = Access::signed_in;
  constexpr auto unbound = Access::unbound;
  static const std::vector<Route> all = {
      {"GET", "/login", anyone, "", show_login},
      {"POST", "/login", anyone, "", log_in},
      {"GET", "/login/agency", anyone, "", go_to_agency},
      {"GET", "/login/agency/return", anyone, "", come_from_agency},
      {"GET", "/login/again", limited, "", show_again},
      {"POST", "/login/again", limited, "", prove_again},
      {"GET", "/login/passkey", anyone, "", show_passkey_login},
      {"POST", "/login/passkey", anyone, "", log_in_by_passkey},
      {"GET", "/login/link/{account}/{token}", anyone, "", show_password_link},
      {"POST", "/login/link/{account}/{token}", anyone, "", use_password_link},
      {"POST", "/logout", limited, "", log_out},
      {"GET", "/account/password", limited, "", show_password},
      {"POST", "/account/password", limited, "", change_password},
      {"GET", "/account/second-factor", person, "", show_second_factor},
      {"POST", "/account/second-factor", person, "", change_second_factor},
      {"GET", "/account/passkeys", person, "", show_passkeys},
      {"POST", "/account/passkeys", person, "", change_passkeys},
      {"GET", "/held", person, "", show_held},
      {"GET", "/paper", anyone, "", show_paper},
      {"GET", "/authority/crl", anyone, "", authority_crl},
      {"GET", "/authority/chain.pem", anyone, "", authority_chain},
      {"GET", "/", person, "", show_home},
      {"GET", "/documents", person, "", list_documents},
      {"GET", "/documents/{id}", person, "", show_document},
      {"GET", "/documents/{id}/pdf", person, "", document_pdf},
      {"GET", "/documents/{id}/files/{name}", person, "", document_file},
      {"POST", "/documents/{id}/files", person, "document.draft", change_files, true},
      {"GET", "/documents/{id}/diff", person, "", show_diff},
      {"GET", "/documents/{id}/diff.pdf", person, "", diff_pdf},
      {"GET", "/documents/{id}/review", person, "", show_round},
      {"POST", "/documents/{id}/review", person, "", take_step},
      {"GET", "/documents/{id}/review.pdf", person, "", review_pdf},
      {"GET", "/agreements/{form}", person, "", show_agreement},
      {"POST", "/agreements/{form}", person, "", sign_agreement},
      {"GET", "/agreements/{form}/receipt/{id}", person, "", show_receipt},
      {"GET", "/records", person, "", list_records},
      {"GET", "/records/{id}", person, "", show_record},
      {"GET", "/records/{id}/pdf", person, "", record_pdf},
      {"POST", "/records/{id}/sign", person, "", sign_record},
      {"POST", "/records/{id}/attachments", person, "", attach_file, true},
      {"GET", "/records/{id}/attachments/{part}", person, "", record_attachment},
      {"GET", "/search", person, "", show_search},
      {"GET", "/retention", person, "retention.read", show_retention},
      {"POST", "/retention", person, "disposal.propose", propose_disposal},
      {"GET", "/retention/{id}", person, "retention.read", show_disposal},
      {"POST", "/retention/{id}/approve", person, "disposal.approve", approve_disposal},
      {"POST", "/retention/{id}/withdraw", person, "disposal.propose", withdraw_disposal},
      {"POST", "/retention/{id}/execute", person, "disposal.execute", execute_disposal},
      {"GET", "/retention/{id}/pdf", person, "retention.read", disposal_pdf},
      {"GET", "/access-reviews", unbound, "", list_access_reviews},
      {"POST", "/access-reviews", unbound, "access.propose", open_access_review},
      {"GET", "/access-reviews/{id}", unbound, "", show_access_review},
      {"GET", "/access-reviews/{id}/csv", unbound, "", access_review_csv},
      {"GET", "/access-reviews/{id}/pdf", unbound, "", access_review_pdf},
      {"POST", "/access-reviews/{id}/decisions", unbound, "access.review", decide_access_rows},
      {"POST", "/access-reviews/{id}/proposals", unbound, "access.propose", propose_improvements},
      {"POST", "/access-reviews/{id}/approval", unbound, "access.approve", approve_access_review},
      {"POST", "/access-reviews/{id}/execution", unbound, "", execute_access_review},
      {"GET", "/review", person, "pack.build", show_pack},
      {"GET", "/review/pdf", person, "pack.build", pack_pdf},
      {"GET", "/people", unbound, "", show_people},
      {"POST", "/people", person, "person.add", add_person},
      {"GET", "/people/{account}", unbound, "", show_person},
      {"POST", "/people/{account}/authorisation", person, "person.authorise", change_person},
      {"POST", "/people/{account}/reopening", person, "person.authorise", change_person},
      {"POST", "/people/{account}/extension", person, "person.authorise", change_person},
      {"POST", "/people/{account}/move", person, "person.authorise", change_person},
      {"POST", "/people/{account}/departure", person, "person.leave", change_person},
      {"POST", "/people/{account}/closing", person, "person.disable", change_person},
      {"POST", "/people/{account}/roles", person, "role.grant", change_person},
      {"POST", "/people/{account}/password", person, "person.add", reset_password},
      {"POST", "/people/{account}/role-end", person, "role.grant", change_person},
      {"POST", "/people/{account}/disabling", person, "person.disable", change_person},
      {"POST", "/people/{account}/unlocking", person, "person.add", change_person},
      {"POST", "/people/{account}/second-factor", person, "person.add", change_person},
      {"POST", "/people/{account}/revocation", person, "", change_person},
      {"GET", "/delegations", unbound, "", list_delegations},
      {"POST", "/delegations", unbound, "", grant_delegation},
      {"GET", "/delegations/{id}", unbound, "", show_delegation},
      {"POST", "/delegations/{id}/ending", unbound, "", end_delegation},
      {"GET", "/key", person, "", show_key},
      {"POST", "/key", person, "", ask_for_key},
      {"POST", "/key/withdrawal", person, "", take_back_key},
      {"GET", "/key/requests", person, "certificate.issue", list_key_requests},
      {"GET", "/key/requests/{account}", person, "certificate.issue", show_key_request},
      {"POST", "/key/requests/{account}", person, "certificate.issue", confirm_key_request},
      {"POST", "/key/requests/{account}/refusal", person, "certificate.issue", refuse_key_request},
      {"GET", "/sign/{id}", person, "", show_signing},
      {"POST", "/sign/{id}", person, "", sign_awaited},
      {"GET", "/audits", person, "", show_audits},
      {"POST", "/audits", person, "audit.approve", approve_audit},
      {"GET", "/audits/{id}", person, "", show_trail},
      {"POST", "/audits/{id}/end", person, "audit.approve", end_audit},
      {"POST", "/audits/copies/{copy}/erased", person, "audit.approve", confirm_copy},
      {"GET", "/authorisations", person, "", show_authorisations},
      {"POST", "/authorisations", person, "classified.authorise", authorise_opening},
      {"POST", "/authorisations/{id}/end", person, "classified.authorise", end_authorisation},
      {"GET", "/rights", person, "", show_rights},
      {"GET", "/rights/csv", person, "", rights_csv},
      {"GET", "/verify", unbound, "", show_verify},
      {"POST", "/verify", unbound, "", run_verify},
  };
  return all;
}

Found find_route(const std::string& method, const std::vector<std::string>& path) {
  Found found;
  for (const auto& route : routes()) {
    auto captured = match(route.pattern, path);
    if (!captured) continue;
    found.path_known = true;
    if (method == route.method) {
      found.route = &route;
      found.captured = std::move(*captured);
    }
  }
  return found;
}

bool may_ask_for(Visit& visit, const std::string& method, const std::string& pattern) {
  const auto route = std::find_if(routes().begin(), routes().end(), [&](const Route& one) {
    return one.method == method && one.pattern == pattern;
  });
  if (route == routes().end()) return false;
  if (route->access == Access::unbound && visit.context().limit()) return false;
  return !*route->right || visit.may(route->right);
}

void require_route(Visit& visit, const Route& route) {
  const auto subject = fmt::format("page {} {}", route.method, route.pattern);
  if (route.access == Access::unbound && visit.context().limit())
    service::outside_scope(visit.context(), "page", subject);
  if (*route.right) service::require_right(visit.context(), route.right, "page", subject);
}

std::optional<Fields> match(const char* pattern, const std::vector<std::string>& path) {
  const auto wanted = parse_path(pattern);
  if (!wanted || wanted->size() != path.size()) return std::nullopt;
  Fields captured;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto& piece = (*wanted)[i];
    if (piece.front() == '{') {
      captured[piece.substr(1, piece.size() - 2)] = path[i];
    } else if (piece != path[i]) {
      return std::nullopt;
    }
  }
  return captured;
}

}  // namespace vermilion::web
