#include "web/visit.h"

#include <fmt/format.h>

#include "base/uri.h"
#include "service/agency.h"
#include "service/backups.h"
#include "service/keys.h"
#include "service/notices.h"
#include "web/files.h"
#include "web/pages.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

struct Place {
  const char* path;
  const char* zh;
  const char* en;
};

// Shown to whoever may ask for the route of that path.
constexpr Place kPlaces[] = {{"/", "待辦", "To do"},
                             {"/documents", "文件", "Documents"},
                             {"/records", "紀錄", "Records"},
                             {"/search", "搜尋", "Search"},
                             {"/people", "人員", "People"},
                             {"/delegations", "代理", "Delegations"},
                             {"/retention", "保存與銷毀", "Retention"},
                             {"/access-reviews", "權限審查", "Access"},
                             {"/review", "管理審查", "Review"},
                             {"/audits", "稽核", "Audits"},
                             {"/rights", "權限", "Rights"},
                             {"/verify", "驗證", "Verify"}};

std::string asset_path(std::string_view role) {
  for (const auto& asset : assets()) {
    if (asset.role == role) return std::string(asset.path);
  }
  throw Bug("no such asset");
}

// The caller gets his answer meanwhile: how long a mail takes must tell nothing.
void tell_owner(Site& site, const std::string& account) {
  site.errands.add([&site, account] {
    service::Caller caller;
    caller.from = "notice";
    service::Context context(site.disk, site.clock, site.store, caller);
    service::tell_of_lock(context, site.ways, account);
  });
}

}  // namespace

int status_of(Failure failure) noexcept {
  switch (failure) {
    case Failure::not_found:
      return 404;
    case Failure::conflict:
      return 409;
    case Failure::invalid:
      return 422;
    case Failure::forbidden:
      return 403;
    case Failure::unavailable:
      return 503;
    case Failure::corrupt:
      return 500;
  }
  return 500;
}

Json problem_json(const Error& error) {
  if (error.code() == "login-failed") {
    return {{"code", error.code()},
            {"zh",
             "簽章通行短語不正確、憑證已不能使用，或因連續錯誤而暫時鎖定；沒有簽署任何內容，請重新"
             "輸入"},
            {"en",
             "The signing passphrase is wrong, the certificate can no longer be used, or too many "
             "failures have locked the account for a while. Nothing was signed; try again."}};
  }
  return {{"code", error.code()}, {"zh", error.said().zh}, {"en", error.said().en}};
}

Response json_response(const Json& answer) {
  Response response;
  response.type = "application/json";
  response.body = canonical(answer);
  return response;
}

Response problem_response(const Error& error) {
  auto response = json_response({{"type", "urn:vermilion:problem:" + error.code()},
                                 {"title", error.said().zh},
                                 {"detail", error.said().en},
                                 {"code", error.code()},
                                 {"failure", failure_name(error.failure())}});
  response.status = status_of(error.failure());
  response.type = "application/problem+json";
  return response;
}

service::Caller Visit::caller() const {
  service::Caller caller;
  caller.credentials.account = session ? session->account : "";
  caller.from = "web:" + request.address;
  caller.signed_in = session.has_value();
  if (session) caller.closed_roles = session->closed_roles;
  caller.on_lock = [&site = site_](const std::string& account) { tell_owner(site, account); };
  caller.outside = &site_.ways;
  caller.purpose = request.asked("purpose");
  return caller;
}

service::Context& Visit::context() {
  if (!context_) {
    context_ = std::make_unique<service::Context>(site_.disk, site_.clock, site_.store, caller());
  }
  return *context_;
}

void Visit::look_at(const std::string& date) {
  if (date.empty()) return;
  auto asking = caller();
  asking.at = parse_date(date);
  context_ = std::make_unique<service::Context>(site_.disk, site_.clock, site_.store, asking);
}

service::Context& Visit::signing() {
  if (!signing_) {
    auto signer = caller();
    if (signs_elsewhere()) {
      signer.signs_elsewhere = true;
      signing_ = std::make_unique<service::Context>(site_.disk, site_.clock, site_.store, signer);
      return *signing_;
    }
    if (!proved_afresh()) throw SignInAgain{};
    signer.credentials.passphrase = request.field("passphrase");
    heavy_ = std::make_unique<HeavyWork>(site_.secrets);
    signing_ = std::make_unique<service::Context>(site_.disk, site_.clock, site_.store, signer);
    (void)signing_->session();  // a wrong passphrase counts as a failed sign-in
  }
  return *signing_;
}

bool Visit::proved_afresh() const {
  return !session || is_proved_afresh(*session, site_.clock.now());
}

bool Visit::may(const std::string& right) { return context().may(right); }

bool Visit::has_browser_key() { return session && service::own_custody(context()) == "browser"; }

bool Visit::signs_elsewhere() {
  if (!session) return false;
  const auto custody = service::own_custody(context());
  return custody == "browser" || (request.wants_json && (custody == "file" || custody == "token"));
}

bool Visit::signs_here() {
  return has_browser_key() || context().store().kept_key(session->account).has_value();
}

Response Visit::sign_in_browser(service::SignatureAwaited awaited) {
  const auto& subject = awaited.prepared.statement.subject;
  auto next = next_;
  if (const auto at = next.find("{id}"); at != std::string::npos)
    next.replace(at, 4, percent_encoded(string_or_empty(subject, "id")));
  const auto id =
      site_.awaited.keep({session->id, std::move(next), std::move(signing_), std::move(awaited)});
  return redirect("/sign/" + id);
}

std::string Visit::when(const std::string& text) {
  constexpr std::size_t date_size = 10;
  if (text.size() <= date_size) return text.empty() ? "" : short_roc_date(parse_date(text));
  const auto zone = context().store().settings().time_zone;
  const auto instant = parse_instant(text);
  const auto day = date_at(instant, zone);
  const auto minutes =
      std::chrono::duration_cast<std::chrono::minutes>(instant - start_of_day(day, zone)).count();
  return fmt::format("{} {:02}:{:02}", short_roc_date(day), minutes / 60, minutes % 60);
}

void Visit::add_frame(Json& data, const std::string& title) {
  data["page_title"] = title;
  data["style"] = asset_path("style");
  data["seal"] = asset_path("seal");
  data["engine_version"] = VERMILION_VERSION;
  data["restored"] = restored;
  data["unknown_destructions"] = service::unknown_destructions(context());
  if (!session) return;
  data["person"] = {
      {"account", session->account}, {"name", session->name}, {"unit", session->unit}};
  data["form_token"] = session->form_token;
  data["organisation"] = context().store().settings().name;
  data["browser_key"] = has_browser_key();
  data["by_oidc"] = session->way == "oidc";
  data["by_directory"] = session->way == "directory";
  data["places"] = Json::array();
  if (!change_first.empty()) return;
  const auto here = request.path.empty() ? "/" : "/" + request.path[0];
  for (const auto& place : kPlaces) {
    if (!may_ask_for(*this, "GET", place.path)) continue;
    data["places"].push_back(
        {{"path", place.path}, {"zh", place.zh}, {"en", place.en}, {"here", here == place.path}});
  }
}

Response Visit::page(const std::string& name, const std::string& title, Json data,
                     const Error* problem, const std::string& script) {
  if (problem && request.wants_json) return problem_response(*problem);
  Response response;
  if (!script.empty()) {
    response.script = Script::own;
    data["script"] = asset_path(script);
  }
  if (problem) {
    data["problem"] = problem_json(*problem);
    response.status = status_of(problem->failure());
  }
  add_frame(data, problem ? "有誤：" + title : title);
  data["content"] = fill(name, data);
  response.body = fill("shared/frame", data);
  return response;
}

}  // namespace vermilion::web
