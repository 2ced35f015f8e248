#include "cli/far_site.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "base/text.h"

namespace vermilion::cli {
namespace {

constexpr int kSeeOther = 303;
constexpr int kFirstFailure = 400;
constexpr std::size_t kMostDownload = 64U << 20;
constexpr const char* kLoginCookie = "__Host-vermilion-login";

Error senseless(const std::string& what) {
  return {Failure::unavailable,
          "server-answer",
          {"伺服器的回答無法理解（" + what + "）；請確認網址是 vermilion 的網頁，且版本相同",
           "the server's answer makes no sense (" + what +
               "); is it a vermilion of the same version?"}};
}

bool same_name(std::string one, const std::string& lower) {
  std::transform(one.begin(), one.end(), one.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return one == lower;
}

Failure failure_from(const std::string& name) {
  constexpr std::array kAll = {Failure::not_found, Failure::conflict,    Failure::invalid,
                               Failure::forbidden, Failure::unavailable, Failure::corrupt};
  for (const auto failure : kAll)
    if (name == failure_name(failure)) return failure;
  throw senseless("failure");
}

Json json_of(const Bytes& body) {
  try {
    return parse_json(body);
  } catch (const Error&) {
    throw senseless("no JSON");
  }
}

[[noreturn]] void throw_problem(const service::WebAnswer& answer) {
  const auto problem = json_of(answer.body);
  if (!problem.is_object()) throw senseless("no problem");
  const auto code = printable(string_or_empty(problem, "code"));
  throw Error(failure_from(string_or_empty(problem, "failure")), code,
              {printable(string_or_empty(problem, "title")),
               printable(string_or_empty(problem, "detail"))});
}

// The server says the same to everybody who fails, so this is said to everybody: passkeys are for browsers, and who has them without
// a device for codes is not let in by his password (service/passkeys.h).
Error with_passkey_advice(const Error& error) {
  return {error.failure(),
          error.code(),
          {error.said().zh +
               "。有通行金鑰的帳號不能只憑密碼登入，這裡也不能使用通行金鑰：請先以「person "
               "second-factor enrol」登記驗證碼裝置並提供驗證碼，或改用網頁",
           error.said().en +
               ". An account with passkeys does not sign in by password alone, and passkeys do not "
               "work here: enrol a device for codes ('person second-factor enrol') and give its "
               "code, or use the web pages"}};
}

Bytes bytes_in(const Json& answer, const char* member) {
  const auto bytes = from_base64(string_or_empty(answer, member));
  if (!bytes) throw senseless(member);
  return *bytes;
}

service::PdfToSign pdf_in(const Json& answer) {
  const auto hole = answer.value("hole", std::vector<std::size_t>());
  if (hole.size() != 2) throw senseless("hole");
  return {bytes_in(answer, "pdf"), hole[0], hole[1]};
}

bool misleads(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200E || c == 0x200F ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string printable(const std::string& text) {
  auto points = code_points(text);
  std::replace_if(points.begin(), points.end(), misleads, U'\uFFFD');
  return utf8(points);
}

FarSite::FarSite(service::Ask ask, std::string server, std::string authorities)
    : ask_(std::move(ask)), server_(std::move(server)), authorities_(std::move(authorities)) {
  while (server_.ends_with('/')) server_.pop_back();
}

// The server ends it by itself after 15 minutes if this does not reach it.
FarSite::~FarSite() {
  if (form_token_.empty()) return;
  try {
    (void)sent({"logout"}, {});
  } catch (const std::exception&) {
  }
}

void FarSite::sign_in(const std::string& account, const std::string& password,
                      const std::string& code) {
  service::WebRequest form;
  form.path = {"login"};
  (void)ask(form);  // sets the cookie whose token the form brings back
  form_token_ = cookies_[kLoginCookie];
  if (form_token_.empty()) throw senseless("no sign-in");
  try {
    (void)sent({"login"}, {{"account", account}, {"password", password}, {"code", code}});
    form_token_ = require_string(get({}), "form_token");
  } catch (const Error& error) {
    form_token_.clear();
    if (error.code() == "sign-in-failed") throw with_passkey_advice(error);
    throw;
  }
}

Json FarSite::waiting() { return get({}).value("waiting", Json::array()); }

Json FarSite::get(const WebPath& path) {
  service::WebRequest request;
  request.path = path;
  return json_of(ask(std::move(request)).body);
}

Bytes FarSite::download(const WebPath& path, const Form& query) {
  service::WebRequest request;
  request.path = path;
  request.query = query;
  request.most_bytes = kMostDownload;
  return ask(std::move(request)).body;
}

void FarSite::post(const WebPath& path, Form form) { (void)sent(path, std::move(form)); }

FarStatement FarSite::begin(const WebPath& path, Form form) {
  const auto place = sent(path, std::move(form));
  constexpr std::string_view kSign = "/sign/";
  if (!place.starts_with(kSign)) {
    throw Error(Failure::conflict, "signed-on-server",
                {"伺服器沒有要求簽署；您的金鑰可能由伺服器保管，或這件事已完成，請在網頁查看",
                 "the server asked for no signature: your key may be in its custody, or it was "
                 "done already; look at the page"});
  }
  const auto id = place.substr(kSign.size());
  const auto answer = json_of(download({"sign", id}, {}));
  return {id,
          require_string(answer, "statement"),
          pdf_in(answer),
          {bytes_in(answer, "certificate"), bytes_in(answer, "issuer")}};
}

void FarSite::finish(const FarStatement& awaited, const Bytes& cms, const Bytes& pdf_cms,
                     const std::string& password) {
  post({"sign", awaited.id},
       {{"cms", base64(cms)}, {"pdf_cms", base64(pdf_cms)}, {"password", password}});
}

service::WebAnswer FarSite::ask(service::WebRequest request) {
  request.server = server_;
  request.authorities = authorities_;
  for (const auto& [name, value] : cookies_)
    request.cookies += (request.cookies.empty() ? "" : "; ") + name + "=" + value;
  auto answer = ask_(request);
  if (answer.status >= kFirstFailure) throw_problem(answer);
  keep_cookies(answer);
  return answer;
}

std::string FarSite::sent(const WebPath& path, Form form) {
  service::WebRequest request;
  request.path = path;
  request.form = std::move(form);
  request.form["form_token"] = form_token_;
  const auto answer = ask(std::move(request));
  for (const auto& [name, value] : answer.fields) {
    if (answer.status == kSeeOther && same_name(name, "location")) return value;
  }
  throw senseless("no way on");
}

void FarSite::keep_cookies(const service::WebAnswer& answer) {
  for (const auto& [name, value] : answer.fields) {
    if (!same_name(name, "set-cookie")) continue;
    const auto cookie = value.substr(0, value.find(';'));
    const auto equals = std::min(cookie.find('='), cookie.size());
    const auto content = equals < cookie.size() ? cookie.substr(equals + 1) : "";
    cookies_[cookie.substr(0, equals)] = content;
    if (content.empty()) cookies_.erase(cookie.substr(0, equals));
  }
}

}  // namespace vermilion::cli
