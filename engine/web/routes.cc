#include "web/routes.h"

namespace vermilion::web {

const std::vector<Route>& routes() {
  constexpr auto anyone = Access::anyone;
  constexpr auto limited = Access::limited;
  constexpr auto person = Access::signed_in;
  static const std::vector<Route> all = {
      {"GET", "/login", anyone, show_login},
      {"POST", "/login", anyone, log_in},
      {"POST", "/logout", limited, log_out},
      {"GET", "/account/password", limited, show_password},
      {"POST", "/account/password", limited, change_password},
      {"GET", "/account/second-factor", person, show_second_factor},
      {"POST", "/account/second-factor", person, change_second_factor},
      {"GET", "/held", person, show_held},
      {"GET", "/authority/crl", anyone, authority_crl},
      {"GET", "/authority/chain.pem", anyone, authority_chain},
      {"GET", "/", person, show_home},
      {"GET", "/documents", person, list_documents},
      {"GET", "/documents/{id}", person, show_document},
      {"GET", "/documents/{id}/pdf", person, document_pdf},
      {"GET", "/documents/{id}/diff", person, show_diff},
      {"GET", "/documents/{id}/review", person, show_round},
      {"POST", "/documents/{id}/review", person, take_step},
      {"GET", "/documents/{id}/review.pdf", person, review_pdf},
      {"GET", "/agreements/{form}", person, show_agreement},
      {"POST", "/agreements/{form}", person, sign_agreement},
      {"GET", "/agreements/{form}/receipt/{id}", person, show_receipt},
      {"GET", "/records", person, list_records},
      {"GET", "/records/{id}", person, show_record},
      {"GET", "/records/{id}/pdf", person, record_pdf},
      {"POST", "/records/{id}/sign", person, sign_record},
      {"GET", "/search", person, show_search},
      {"GET", "/retention", person, show_retention},
      {"POST", "/retention", person, propose_disposal},
      {"GET", "/retention/{id}", person, show_disposal},
      {"POST", "/retention/{id}/approve", person, approve_disposal},
      {"POST", "/retention/{id}/withdraw", person, withdraw_disposal},
      {"POST", "/retention/{id}/execute", person, execute_disposal},
      {"GET", "/retention/{id}/pdf", person, disposal_pdf},
      {"GET", "/review", person, show_pack},
      {"GET", "/review/pdf", person, pack_pdf},
      {"GET", "/key", person, show_key},
      {"POST", "/key", person, ask_for_key},
      {"POST", "/key/withdrawal", person, take_back_key},
      {"GET", "/key/requests", person, list_key_requests},
      {"GET", "/key/requests/{account}", person, show_key_request},
      {"POST", "/key/requests/{account}", person, confirm_key_request},
      {"POST", "/key/requests/{account}/refusal", person, refuse_key_request},
      {"GET", "/sign/{id}", person, show_signing},
      {"POST", "/sign/{id}", person, sign_awaited},
      {"GET", "/verify", person, show_verify},
      {"POST", "/verify", person, run_verify},
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
