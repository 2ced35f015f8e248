#include "web/answer.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace vermilion::web {
namespace {

// No script at all but where a key in the browser is used, and there only files of ours; it can ask nothing of any server but by a
// form to ourselves. Nobody frames us.
constexpr const char* kPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'";
constexpr const char* kOwnScript = "; script-src 'self'";

// Referrer-Policy same-origin tells other sites as little as no-referrer, which would make browsers send "Origin: null" with our
// own forms (Fetch standard, "append a request Origin header"), and the check of Origin would be worth less.
constexpr std::pair<const char*, const char*> kAlways[] = {
    {"Strict-Transport-Security", "max-age=31536000"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
};

const char* reason(int status) {
  static const std::map<int, const char*> reasons = {{200, "OK"},
                                                     {303, "See Other"},
                                                     {304, "Not Modified"},
                                                     {400, "Bad Request"},
                                                     {403, "Forbidden"},
                                                     {404, "Not Found"},
                                                     {405, "Method Not Allowed"},
                                                     {409, "Conflict"},
                                                     {410, "Gone"},
                                                     {413, "Content Too Large"},
                                                     {417, "Expectation Failed"},
                                                     {422, "Unprocessable Content"},
                                                     {431, "Request Header Fields Too Large"},
                                                     {500, "Internal Server Error"},
                                                     {503, "Service Unavailable"}};
  const auto found = reasons.find(status);
  return found == reasons.end() ? "Answer" : found->second;
}

bool has(const Response& response, const std::string& name) {
  return std::any_of(response.fields.begin(), response.fields.end(),
                     [&](const auto& field) { return field.first == name; });
}

}  // namespace

Bytes answer_bytes(const Response& response, After after, Body body, Instant now) {
  Bytes bytes =
      fmt::format("HTTP/1.1 {} {}\r\nDate: {:%a, %d %b %Y %H:%M:%S} GMT\r\n", response.status,
                  reason(response.status), fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
  const auto add = [&](std::string_view name, std::string_view value) {
    bytes += fmt::format("{}: {}\r\n", name, value);
  };
  add("Content-Security-Policy",
      std::string(kPolicy) + (response.script == Script::own ? kOwnScript : ""));
  for (const auto& [name, value] : kAlways) {
    if (!has(response, name)) add(name, value);
  }
  for (const auto& [name, value] : response.fields) add(name, value);
  if (!has(response, "Cache-Control")) add("Cache-Control", "no-store");
  if (response.status != 304) {
    if (!response.body.empty()) add("Content-Type", response.type);
    add("Content-Length", std::to_string(response.body.size()));
  }
  if (after == After::close) add("Connection", "close");
  bytes += "\r\n";
  if (body == Body::sent && response.status != 304) bytes += response.body;
  return bytes;
}

Response refusal_response(int status, const std::string& why) {
  Response response;
  response.status = status;
  response.type = "text/plain; charset=utf-8";
  response.body = why + "\n";
  if (status == 405) response.fields.emplace_back("Allow", "GET, HEAD, POST");
  return response;
}

}  // namespace vermilion::web
