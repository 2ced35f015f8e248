#include "base/yaml.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "base/text.h"

namespace vermilion {
namespace {

const Yaml kAbsent;

// All of the text as a number, or false.
template <typename Number>
bool read_number(const std::string& text, Number& number) {
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  return read.ec == std::errc() && read.ptr == end;
}

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// What YAML does not take as it is, or takes for the end of a line.
bool has_to_be_escaped(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFFFE ||
         c == 0xFFFF || c == '"' || c == '\\';
}

}  // namespace

std::string yaml_quoted(std::string_view text) {
  VERMILION_ASSERT(is_text(text));
  std::string quoted = "\"";
  for (const char32_t c : code_points(text)) {
    quoted +=
        has_to_be_escaped(c) ? fmt::format("\\u{:04X}", static_cast<std::uint32_t>(c)) : utf8(c);
  }
  return quoted + '"';
}

Yaml::Yaml() = default;
Yaml::Yaml(Kind kind, int line) : kind_(kind), line_(line) {}

void YamlMember::refuse(const std::string& zh, const std::string& en) const {
  Yaml(Yaml::Kind::null, line).refuse(zh, en);
}

void Yaml::refuse(const std::string& zh, const std::string& en) const {
  if (line_ == 0) throw YamlError({zh, en});  // of what is absent
  throw YamlError({fmt::format("第 {} 行：{}", line_, zh), fmt::format("line {}: {}", line_, en)});
}

const std::string& Yaml::text() const& {
  if (kind_ != Kind::text) refuse("應為文字", "it must be a text");
  return text_;
}

std::string Yaml::text_or(const std::string& otherwise) const { return *this ? text() : otherwise; }

std::vector<std::string> Yaml::texts() const {
  if (is_text()) return {text_};
  std::vector<std::string> all;
  for (const Yaml& item : items()) all.push_back(item.text());
  return all;
}

bool Yaml::truth() const {
  const auto said = lower_case(text());
  for (const char* word : {"true", "yes", "on"})
    if (said == word) return true;
  for (const char* word : {"false", "no", "off"})
    if (said == word) return false;
  refuse("應為 true 或 false", "it must be true or false");
}

int Yaml::whole_number() const {
  int number = 0;
  if (!read_number(text(), number)) refuse("應為整數", "it must be a whole number");
  return number;
}

double Yaml::number() const {
  double number = 0;
  if (!read_number(text(), number) || !std::isfinite(number))
    refuse("應為數字", "it must be a number");
  return number;
}

const std::vector<Yaml>& Yaml::items() const& {
  if (kind_ == Kind::text || kind_ == Kind::map) refuse("應為清單", "it must be a list");
  return items_;
}

const std::vector<YamlMember>& Yaml::members() const& {
  if (kind_ == Kind::text || kind_ == Kind::list)
    refuse("應為「名稱: 值」", "it must read “name: value”");
  return members_;
}

const Yaml& Yaml::operator[](std::string_view name) const& {
  for (const auto& member : members())
    if (member.name == name) return member.value;
  return kAbsent;
}

const Yaml& Yaml::needed(std::string_view name) const& {
  if (const Yaml& member = (*this)[name]) return member;
  refuse(fmt::format("缺少「{}」", name), fmt::format("'{}' is missing", name));
}

}  // namespace vermilion
