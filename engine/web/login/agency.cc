// To the agency's sign-in service and back; and once more before a signature.
#include "service/agency.h"

#include "web/gate.h"
#include "web/login/agency_waits.h"
#include "web/login/passkey.h"
#include "web/login/session.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

constexpr std::chrono::minutes kLongestWait{10};
constexpr std::size_t kMostWaits = 1000;

// A page rather than a redirect: it came by a link of another site, and our own cookie only goes where our own pages lead.
Response go_on(Visit& visit, const std::string& next) {
  auto response = visit.page("login/go-on", "已登入", {{"next", next}});
  response.fields.emplace_back("Refresh", "0; url=" + next);
  return response;
}

Response to_agency(Visit& visit, const std::string& next, const std::string& again) {
  auto& site = visit.site();
  service::Context context(site.disk, site.clock, site.store, nobody_yet(visit));
  const auto start = service::begin_oidc(context, again);
  const auto token = random_token();
  site.agency.keep({start.wait, next, again.empty() ? "" : visit.session->id, token});
  auto response = redirect(start.url);
  response.fields.push_back(set_lax_cookie(kAgencyCookie, token));
  return response;
}

Response refused(Visit& visit, const std::string& next, const Error& error) {
  visit.session.reset();
  const auto problem = told_of_password(
      error, "sign-in-failed", {"登入失敗，請確認後再試", "sign-in failed; check and try again"});
  auto response = login_form(visit, next, &problem);
  response.fields.push_back(clear_cookie(kAgencyCookie));
  return response;
}

// The session that went out to be proved anew. It is found by what was kept, for its cookie did not come along.
Response proved_anew(Visit& visit, const AgencyWait& went, const service::AgencyProof& proof) {
  if (!visit.site().sessions.prove(went.session, proof.proved)) return redirect("/login");
  return go_on(visit, visit.site().held.find(proof.account) ? "/held" : went.next);
}

Response entered(Visit& visit, const AgencyWait& went, const service::AgencyProof& proof) {
  const bool held = visit.site().held.find(proof.account).has_value();
  auto response = go_on(visit, held ? "/held" : went.next);
  for (auto& field : enter(visit, proof.account, went.next, &proof).fields)
    if (field.first == "Set-Cookie") response.fields.push_back(std::move(field));
  response.fields.push_back(clear_cookie(kAgencyCookie));
  return response;
}

[[noreturn]] void not_afresh() {
  throw Error(
      Failure::forbidden, "sign-in-again",
      {"請先重新登入機關帳號，再簽署", "sign in again with your agency account, then sign"});
}

Response again_page(Visit& visit, const std::string& next, const Error* problem) {
  return visit.page("login/again", "再次確認身分", {{"next", next}}, problem);
}

}  // namespace

void AgencyWaits::keep(AgencyWait wait) {
  wait.began = clock_.now();
  auto all = waits_.lock();
  std::erase_if(*all,
                [&](const auto& other) { return wait.began - other.second.began > kLongestWait; });
  if (all->size() >= kMostWaits) {
    all->erase(std::min_element(all->begin(), all->end(), [](const auto& a, const auto& b) {
      return a.second.began < b.second.began;
    }));
  }
  all->insert_or_assign(wait.wait.state, std::move(wait));
}

std::optional<AgencyWait> AgencyWaits::take(const std::string& state, const std::string& token) {
  auto all = waits_.lock();
  const auto found = all->find(state);
  if (found == all->end() || !same_secret(found->second.token, token)) return std::nullopt;
  auto wait = std::move(found->second);
  all->erase(found);
  if (clock_.now() - wait.began > kLongestWait) return std::nullopt;
  return wait;
}

Response go_to_agency(Visit& visit) {
  return to_agency(visit, safe_next(visit.request.asked("next")), "");
}

Response come_from_agency(Visit& visit) {
  auto& site = visit.site();
  const auto went = site.agency.take(visit.request.asked("state"), agency_token_of(visit.request));
  if (!went) {
    return refused(visit, "/",
                   Error(Failure::forbidden, "sign-in-not-begun",
                         {"這次登入不是由這個瀏覽器開始的，或已逾時、已用過；請重新登入",
                          "this sign-in was not begun in this browser, is too old, or was used "
                          "already; sign in again"}));
  }
  try {
    service::Context context(site.disk, site.clock, site.store, nobody_yet(visit));
    const auto proof = service::finish_oidc(
        context, went->wait, {visit.request.asked("code"), visit.request.asked("iss")});
    return went->session.empty() ? entered(visit, *went, proof) : proved_anew(visit, *went, proof);
  } catch (const Error& error) {
    return refused(visit, went->next, error);
  }
}

Response show_again(Visit& visit) {
  const auto next = safe_next(visit.request.asked("next"));
  if (visit.session->way == "oidc") return to_agency(visit, next, visit.session->account);
  if (visit.session->way == "directory") return again_page(visit, next, nullptr);
  return redirect(next);
}

Response prove_again(Visit& visit) {
  const auto next = safe_next(visit.request.field("next"));
  try {
    prove_by_directory_password(visit);
  } catch (const Error& error) {
    const auto problem =
        told_of_password(error, "wrong-password",
                         {"密碼不正確；連續錯誤會鎖定帳號",
                          "the password is wrong; repeated failures lock the account"});
    return again_page(visit, next, &problem);
  }
  return redirect(visit.site().held.find(visit.session->account) ? "/held" : next);
}

void prove_by_directory_password(Visit& visit) {
  auto& site = visit.site();
  service::Context context(site.disk, site.clock, site.store, nobody_yet(visit));
  const auto proof =
      service::prove_by_directory(context, visit.session->account, visit.session->directory_name,
                                  visit.request.field("password"));
  (void)site.sessions.prove(visit.session->id, proof.proved);
}

// Each signature by a key in the browser needs a proof of its own: one given at the agency's service is used up by it.
void prove_for_signature(Visit& visit, const std::string& purpose) {
  if (visit.session->way == "directory") return prove_by_directory_password(visit);
  if (visit.session->way == "oidc") {
    if (!visit.proved_afresh()) not_afresh();
    (void)visit.site().sessions.prove(visit.session->id, std::nullopt);
    return;
  }
  prove_afresh(visit, purpose);
}

}  // namespace vermilion::web
