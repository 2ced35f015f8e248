#include "web/message.h"

#include "base/text.h"
#include "base/uri.h"

namespace vermilion::web {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

enum class Plus { space, itself };

std::optional<std::string> decoded(std::string_view text, Plus plus) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      result += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      result += text[i] == '+' && plus == Plus::space ? ' ' : text[i];
    }
  }
  return is_text(result) ? std::optional(result) : std::nullopt;
}

std::string_view next_piece(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto piece = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return piece;
}

}  // namespace

std::string Request::field(const std::string& name) const {
  const auto found = form.find(name);
  return found == form.end() ? "" : found->second;
}

std::string Request::asked(const std::string& name) const {
  const auto found = query.find(name);
  return found == query.end() ? "" : found->second;
}

Response redirect(const std::string& path) {
  Response response;
  response.status = 303;
  response.fields.emplace_back("Location", path);
  return response;
}

Response file(const std::string& type, const std::string& name, Bytes bytes) {
  Response response;
  response.type = type;
  response.body = std::move(bytes);
  response.fields.emplace_back("Content-Disposition",
                               "inline; filename*=UTF-8''" + percent_encoded(name));
  return response;
}

std::optional<Fields> parse_form(std::string_view text, std::size_t most) {
  Fields fields;
  while (!text.empty()) {
    auto value = next_piece(text, '&');
    if (value.empty()) continue;
    const auto name = decoded(next_piece(value, '='), Plus::space);
    const auto content = decoded(value, Plus::space);
    if (!name || !content || fields.size() == most) return std::nullopt;
    fields.emplace(*name, *content);
  }
  return fields;
}

Fields parse_cookies(std::string_view field) {
  Fields cookies;
  while (!field.empty()) {
    auto value = trim(next_piece(field, ';'));
    const auto name = next_piece(value, '=');
    cookies.emplace(name, value);
  }
  return cookies;
}

std::optional<std::vector<std::string>> parse_path(std::string_view path) {
  std::vector<std::string> segments;
  if (path.empty() || path[0] != '/') return std::nullopt;
  path.remove_prefix(1);
  while (!path.empty()) {
    const bool ends = path.find('/') == std::string_view::npos;
    const auto segment = decoded(next_piece(path, '/'), Plus::itself);
    if (!segment || segment->empty() || *segment == "." || *segment == ".." ||
        segment->find('/') != std::string::npos || (!ends && path.empty()))
      return std::nullopt;
    segments.push_back(*segment);
  }
  return segments;
}

}  // namespace vermilion::web
