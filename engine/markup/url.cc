#include "markup/url.h"

#include <fmt/format.h>

#include <algorithm>

#include "markup/source.h"

namespace vermilion::markup {

bool is_allowed_url(std::string_view url) {
  // Browsers drop control characters and take "\" for "/"; "//host" leaves the site without saying
  // how.
  const auto odd = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7F' || c == '\\';
  };
  if (url.empty() || std::any_of(url.begin(), url.end(), odd) || url.starts_with("//"))
    return false;
  const auto colon = url.find(':');
  if (colon == url.npos || url.find_first_of("/?#") < colon) return true;
  std::string scheme(url.substr(0, colon));
  for (auto& c : scheme) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return scheme == "http" || scheme == "https" || scheme == "mailto";
}

void require_url(std::string_view url, int line) {
  if (is_allowed_url(url)) return;
  refuse_line(
      "bad-url", line,
      fmt::format("連結「{}」不能使用；只接受 http、https、mailto、站內路徑與 #錨點",
                  url.substr(0, 80)),
      fmt::format("the link “{}” is not accepted; use http, https, mailto, a path or #anchor",
                  url.substr(0, 80)));
}

}  // namespace vermilion::markup
