// A request as a page sees it, and what a page answers.
//
// Text     Names and values are UTF-8, decoded; a form or query that does not decode to text is refused before a page sees it.
// Threads  Values.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace vermilion::web {

using Fields = std::map<std::string, std::string>;  // the first of equal names counts

// A file that a form brought.
struct Upload {
  std::string name;  // as the browser tells it
  Bytes bytes;
};

struct Request {
  std::string method;             // GET or POST; HEAD is answered as GET without its body
  std::vector<std::string> path;  // decoded segments: {"documents", "ISMS-01-002"}
  Fields query;
  Fields form;
  std::map<std::string, Upload> uploads;  // by field, of a multipart form
  Fields cookies;
  std::string host;
  std::string origin;      // "" when the client sent none
  std::string fetch_site;  // Sec-Fetch-Site, or ""
  std::string if_none_match;
  bool wants_json = false;  // Accept asks for JSON rather than HTML
  std::string address;      // of the client: "192.0.2.7"

  // The field of the form or query, or "".
  [[nodiscard]] std::string field(const std::string& name) const;
  [[nodiscard]] std::string asked(const std::string& name) const;
};

enum class Script { none, own };  // own: scripts of this site may run on the page

struct Response {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  Bytes body;
  Script script = Script::none;
  std::vector<std::pair<std::string, std::string>> fields;  // beside the ones every answer has
};

[[nodiscard]] Response redirect(const std::string& path);  // 303
// A file to look at or keep. `name` may be Chinese.
[[nodiscard]] Response file(const std::string& type, const std::string& name, Bytes bytes);

// "a=1&b=%E4%B8%AD": nothing when it is not well formed, not UTF-8, or has more than `most` members.
[[nodiscard]] std::optional<Fields> parse_form(std::string_view text, std::size_t most = 200);
[[nodiscard]] Fields parse_cookies(std::string_view field);
// The segments of a path, decoded; nothing for "..", ".", empty segments, encoded slashes or bytes that are no text.
[[nodiscard]] std::optional<std::vector<std::string>> parse_path(std::string_view path);

}  // namespace vermilion::web
