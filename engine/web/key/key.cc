// 我的金鑰: a key in this browser and the request for its certificate; and, for administrators, the requests of others.
#include <fmt/format.h>

#include "service/keys.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {
namespace {

constexpr const char* kRequests = "/key/requests";

void add_times(Visit& visit, Json& request) {
  request["filed_text"] = visit.when(require_string(request, "filed"));
  request["expires_text"] = visit.when(require_string(request, "expires"));
}

Response key_page(Visit& visit, const Error* problem) {
  auto data = service::own_key(visit.context());
  const auto custody = require_string(data, "custody");
  data["custody_label"] = custody_label(custody);
  data["certified"] = custody == "browser" ? data["key"] : Json("");
  data["short_certificate"] = short_digest("sha256:" + require_string(data, "certificate"));
  data["until"] = visit.when(string_or_empty(data, "not_after"));
  data["reviews"] = visit.may("certificate.issue");
  data["withdrawn"] = visit.request.asked("done") == "withdrawn";
  if (data["request"].is_object()) {
    add_times(visit, data["request"]);
    data["requested"] = data["request"]["key"];
  }
  return visit.page("key/key", "我的金鑰", data, problem, "key");
}

Response request_page(Visit& visit, const Error* problem) {
  auto data = service::show_key_request(visit.context(), visit.part("account"));
  add_times(visit, data);
  data["signs_here"] = visit.signs_here();
  return visit.page("key/request", "金鑰申請", data, problem);
}

// Nobody vouches for a key whose code he has not compared.
void require_compared(const Request& request) {
  if (request.field("compared") == "yes") return;
  throw Error(Failure::invalid, "code-not-compared",
              {"請先與申請人核對核對碼，再勾選「核對碼相同」",
               "compare the code with the holder first, then tick that it is the same"});
}

}  // namespace

Response show_key(Visit& visit) { return key_page(visit, nullptr); }

Response ask_for_key(Visit& visit) {
  try {
    (void)service::request_key(visit.context(),
                               from_base64(visit.request.field("request")).value_or(""));
  } catch (const Error& error) {
    return key_page(visit, &error);
  }
  return redirect("/key");
}

Response take_back_key(Visit& visit) {
  try {
    (void)service::drop_key(visit.context(), visit.session->account, visit.request.field("digest"));
  } catch (const Error& error) {
    return key_page(visit, &error);
  }
  return redirect("/key?done=withdrawn");
}

Response list_key_requests(Visit& visit) {
  auto requests = service::list_key_requests(visit.context());
  if (visit.request.wants_json) return json_response(requests);
  for (auto& request : requests) add_times(visit, request);
  const auto done = visit.request.asked("done");
  return visit.page(
      "key/requests", "金鑰申請",
      {{"requests", requests}, {"confirmed", done == "confirmed"}, {"refused", done == "refused"}});
}

Response show_key_request(Visit& visit) { return request_page(visit, nullptr); }

Response confirm_key_request(Visit& visit) {
  const auto next = std::string(kRequests) + "?done=confirmed";
  visit.then(next);
  try {
    require_compared(visit.request);
    (void)service::confirm_key(visit.signing(), visit.part("account"),
                               visit.request.field("digest"));
  } catch (const Error& error) {
    if (error.code() == "no-key-request") throw;
    return request_page(visit, &error);
  }
  return redirect(next);
}

Response refuse_key_request(Visit& visit) {
  (void)service::drop_key(visit.context(), visit.part("account"), visit.request.field("digest"));
  return redirect(std::string(kRequests) + "?done=refused");
}

}  // namespace vermilion::web
