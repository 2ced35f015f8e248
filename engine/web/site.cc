#include "web/site.h"

#include <algorithm>
#include <iostream>

#include "service/agency.h"
#include "service/passwords.h"
#include "web/answer.h"
#include "web/files.h"
#include "web/gate.h"
#include "web/multipart.h"
#include "web/routes.h"

namespace vermilion::web {
namespace {

constexpr std::chrono::seconds kPatience{10};

const Error& no_page() {
  static const Error error(Failure::not_found, "no-page",
                           {"沒有這一頁；請由上方選單或首頁重新進入",
                            "there is no such page; start again from the menu above"});
  return error;
}

std::size_t most_upload(const std::vector<std::string>& path) {
  const auto* route = find_route("POST", path).route;
  return route ? route->upload_bytes : 0;
}

std::optional<MultipartForm> form_from(const Head& head, const std::vector<std::string>& path,
                                       const Bytes& body) {
  const auto type = head.field("content-type");
  if (head.is_multipart()) {
    return most_upload(path) > 0 ? parse_multipart(std::string(type), body) : MultipartForm();
  }
  if (!type.starts_with("application/x-www-form-urlencoded")) return MultipartForm();
  auto fields = parse_form(body);
  return fields ? std::optional(MultipartForm{std::move(*fields), {}}) : std::nullopt;
}

std::optional<Request> request_from(const Head& head, const Bytes& body,
                                    const std::string& address) {
  const auto mark = head.target.find('?');
  auto path = parse_path(head.target.substr(0, mark));
  auto query = parse_form(mark == std::string::npos ? "" : head.target.substr(mark + 1));
  if (!path || !query) return std::nullopt;
  auto form = form_from(head, *path, body);
  if (!form) return std::nullopt;
  Request request;
  request.method = head.method == "POST" ? "POST" : "GET";
  request.path = std::move(*path);
  request.query = std::move(*query);
  request.form = std::move(form->fields);
  request.uploads = std::move(form->uploads);
  request.cookies = parse_cookies(head.field("cookie"));
  request.host = head.field("host");
  request.origin = head.field("origin");
  request.fetch_site = head.field("sec-fetch-site");
  request.if_none_match = head.field("if-none-match");
  const auto accept = head.field("accept");
  request.wants_json = accept.find("json") != std::string_view::npos &&
                       accept.find("text/html") == std::string_view::npos;
  request.address = address;
  return request;
}

std::optional<Response> asset_response(const Request& request) {
  const auto path = request.path.size() == 2 ? "/assets/" + request.path[1] : "";
  const auto found = std::find_if(assets().begin(), assets().end(),
                                  [&](const auto& asset) { return asset.path == path; });
  if (found == assets().end()) return std::nullopt;
  Response response;
  const auto tag = "\"" + std::string(found->path.substr(found->path.rfind('/') + 1)) + "\"";
  response.fields = {{"Cache-Control", "public, max-age=31536000, immutable"}, {"ETag", tag}};
  response.type = found->type;
  response.status = request.if_none_match == tag ? 304 : 200;
  if (response.status == 200) response.body = found->bytes;
  return response;
}

// The page that says what went wrong, around it the frame as the person knows it.
Response problem_page(Visit& visit, const Error& error) {
  const bool missing = error.failure() == Failure::not_found;
  return visit.page("problem/problem", missing ? "找不到" : "無法完成", {{"missing", missing}},
                    &error);
}

Response plain(int status, const std::string& zh, const std::string& en) {
  return refusal_response(status, zh + "\n" + en);
}

// Where not even the frame of a page can be made: the store does not open.
Response without_store(const Error& error) {
  std::cerr << "web: " << error.code() << ": " << error.said().en << std::endl;
  return plain(status_of(error.failure()), error.said().zh, error.said().en);
}

Response unexpected(const std::exception& error) {
  std::cerr << "web: " << error.what() << std::endl;
  return plain(
      500, "系統發生未預期的錯誤；請通知系統管理人員，並查看動作是否已完成",
      "something unexpected went wrong; tell an administrator and look whether the act was done");
}

Response not_here(Visit& visit, bool path_known) {
  auto response = problem_page(visit, no_page());
  if (path_known) {
    response.status = 405;
    response.fields.emplace_back("Allow", visit.request.method == "POST" ? "GET, HEAD" : "POST");
  }
  return response;
}

// Nothing is done in the name of a locked session; what its owner was typing is kept for him.
Response locked_or_unknown(Visit& visit) {
  const auto& request = visit.request;
  const auto locked = locked_session_of(request, visit.site().sessions);
  if (!locked) return sign_in_first(request);
  bool kept = false;
  if (request.method == "POST") {
    require_own_form(request, locked);
    kept = visit.site().held.keep(locked->account, request);
  }
  return sign_in_first(request, kept ? "kept" : "locked");
}

// Who came by the agency's account stays while that account is linked and its way is open. Nothing: it may go on.
std::optional<Response> agency_first(Visit& visit) {
  const auto& session = *visit.session;
  if (service::link_stands(visit.context(), session.account, session.way, session.link))
    return std::nullopt;
  visit.site().sessions.end(session.id);
  return sign_in_first(visit.request);
}

// What he sent waits while he shows anew who he is.
Response again_first(Visit& visit) {
  visit.site().held.keep(visit.session->account, visit.request);
  return redirect("/login/again");
}

// With a password that has to be changed, or was changed elsewhere since, a session reaches nothing else. Nothing: it may go on.
std::optional<Response> password_first(Visit& visit, Access access) {
  if (!visit.session->way.empty()) return agency_first(visit);
  const auto state = service::password_state(visit.context(), visit.session->account);
  if (state.mark != visit.session->password_mark) {
    visit.site().sessions.end(visit.session->id);
    return sign_in_first(visit.request);
  }
  visit.change_first = state.change;
  if (state.change.empty() || access == Access::limited) return std::nullopt;
  if (visit.request.wants_json) {
    throw Error(Failure::forbidden, "password-change-needed",
                {"請先變更密碼，才能使用其他功能", "change your password before anything else"});
  }
  return redirect("/account/password");
}

Response handled(Visit& visit) {
  const auto& request = visit.request;
  if (!request.path.empty() && request.path[0] == "assets") {
    if (auto asset = asset_response(request); asset && request.method == "GET") return *asset;
  }
  auto found = find_route(request.method, request.path);
  if (found.route && found.route->access != Access::anyone && !visit.session)
    return locked_or_unknown(visit);
  if (visit.session) {
    const auto access = found.route ? found.route->access : Access::signed_in;
    if (access != Access::anyone)
      if (auto elsewhere = password_first(visit, access)) return *elsewhere;
  }
  if (!found.route) return not_here(visit, found.path_known);
  if (request.method == "POST") {
    require_own_form(request, visit.session);
    if (visit.session) visit.site().held.drop(visit.session->account, request.path);
  }
  require_route(visit, *found.route);
  visit.captured = std::move(found.captured);
  try {
    return found.route->handler(visit);
  } catch (const SignInAgain&) {
    return again_first(visit);
  } catch (service::SignatureAwaited& awaited) {
    return visit.sign_in_browser(std::move(awaited));
  }
}

// A person disabled since he signed in is nobody now.
Response answer_visit(Visit& visit) {
  try {
    return handled(visit);
  } catch (const Error& error) {
    if (error.code() == "purpose-needed" && visit.request.method == "GET" &&
        !visit.request.wants_json)
      return ask_purpose(visit, error);
    if (error.code() != "login-failed" || !visit.session) return problem_page(visit, error);
    visit.site().sessions.end(visit.session->id);
    return sign_in_first(visit.request);
  }
}

}  // namespace

void HeavyPlaces::take() {
  std::unique_lock hold(mutex_);
  if (!changed_.wait_for(hold, kPatience, [this] { return free_ > 0; })) {
    throw Error(Failure::unavailable, "busy",
                {"系統忙碌中，請稍候一分鐘再試", "the server is busy; try again in a minute"});
  }
  --free_;
}

void HeavyPlaces::leave() {
  const std::lock_guard hold(mutex_);
  ++free_;
  changed_.notify_one();
}

bool Site::may_upload(const Head& head) {
  const auto path = parse_path(head.target.substr(0, head.target.find('?')));
  if (!path || head.length > most_upload(*path)) return false;
  Request request;
  request.cookies = parse_cookies(head.field("cookie"));
  return session_of(request, sessions).has_value();
}

Response Site::answer(const Head& head, const Bytes& body, const std::string& address) {
  try {
    const auto request = request_from(head, body, address);
    if (!request) return plain(400, "網址或表單無法辨識", "the address or the form cannot be read");
    Visit visit(*this, *request, session_of(*request, sessions));
    return answer_visit(visit);
  } catch (const Error& error) {
    return without_store(error);
  } catch (const std::exception& error) {
    return unexpected(error);
  }
}

}  // namespace vermilion::web
