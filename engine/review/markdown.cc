#include "review/markdown.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unicode/uchar.h>

#include "base/text.h"

namespace vermilion::review {
namespace {

bool has_no_form(char32_t c) {
  const auto point = static_cast<UChar32>(c);
  const auto kind = u_charType(point);
  return kind == U_CONTROL_CHAR || kind == U_FORMAT_CHAR || kind == U_SURROGATE ||
         u_hasBinaryProperty(point, UCHAR_VARIATION_SELECTOR);
}

bool is_mark(char32_t c) {
  return std::u32string_view(U"\\`*_[]<>|&~#!$^{}").find(c) != std::u32string_view::npos;
}

}  // namespace

std::string words(std::string_view text) {
  std::u32string result;
  for (const char32_t c : code_points(trim(text))) {
    const bool line_end = c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029;
    if (line_end) {
      if (!result.ends_with(U' ')) result += U' ';
    } else if (has_no_form(c)) {
      result += code_points(fmt::format("〔U+{:04X}〕", static_cast<unsigned>(c)));
    } else {
      if (is_mark(c)) result += U'\\';
      result += c;
    }
  }
  return utf8(result);
}

std::string words_of(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return words(value.get<std::string>());
  if (value.is_number()) return number_text(value.get<double>());
  if (value.is_boolean()) return value.get<bool>() ? "是" : "否";
  Row parts;
  for (const Json& member : value) parts.push_back(words_of(member));
  return fmt::format("{}", fmt::join(parts, "、"));
}

std::string words_of(const Json& object, const char* key) {
  const auto member = object.is_object() ? object.find(key) : object.end();
  return member == object.end() ? "" : words_of(*member);
}

std::string number_text(double value) { return fmt::format("{}", value == 0 ? 0.0 : value); }

void Markdown::heading(int level, const std::string& text) {
  text_ += std::string(static_cast<size_t>(level), '#') + " " + text + "\n\n";
}

void Markdown::paragraph(const std::string& text) { text_ += text + "\n\n"; }

void Markdown::quote(const std::string& text) { text_ += "> " + text + "\n\n"; }

void Markdown::table(const Row& header, const std::vector<Row>& rows) {
  const auto line = [](const Row& cells) {
    return fmt::format("| {} |\n", fmt::join(cells, " | "));
  };
  text_ += line(header) + line(Row(header.size(), "---"));
  for (const Row& row : rows) text_ += line(row);
  text_ += "\n";
}

void Markdown::fence(const std::string& info, const std::string& body) {
  text_ += "```" + info + "\n" + body + "```\n\n";
}

}  // namespace vermilion::review
