#include <fmt/format.h>

#include "base/error.h"
#include "base/text.h"
#include "base/yaml.h"
#include "markup/document.h"

namespace vermilion::markup {
namespace {

// Metadata is a screenful.
constexpr std::size_t largest_front_matter = 64 * 1024;

[[noreturn]] void refuse(const std::string& zh, const std::string& en) {
  throw Error(
      Failure::invalid, "bad-front-matter",
      {"文件開頭的中繼資料（front matter）有誤：" + zh, "the front matter is wrong: " + en});
}

// The line at `at` without its end; `at` moves to the next line.
std::string_view take_line(std::string_view text, std::size_t& at) {
  const auto end = std::min(text.find('\n', at), text.size());
  auto line = text.substr(at, end - at);
  at = std::min(end + 1, text.size());
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_fence(std::string_view line) { return line.starts_with("---") && trim(line) == "---"; }

std::string scalar(const Yaml& node, const std::string& key) {
  if (node.is_null()) return {};
  if (!node.is_text()) {
    node.refuse(fmt::format("「{}」只能是文字或文字的清單", key),
                fmt::format("“{}” must be a text or a list of texts", key));
  }
  return node.text();
}

void read_member(const YamlMember& member, FrontMatter& into) {
  if (!member.value.is_list()) {
    into.members[member.name] = scalar(member.value, member.name);
    return;
  }
  auto& list = into.lists[member.name];
  for (const Yaml& item : member.value.items()) list.push_back(scalar(item, member.name));
}

// The line above the text is the fence.
void read_members(std::string_view yaml, FrontMatter& into) {
  try {
    const Yaml map = read_yaml(yaml, 2);
    for (const auto& member : map.members()) read_member(member, into);
  } catch (const YamlError& error) {
    refuse(error.said().zh, error.said().en);
  }
}

}  // namespace

FrontMatter split_front_matter(std::string_view source) {
  FrontMatter result;
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (source.starts_with(byte_order_mark)) source.remove_prefix(byte_order_mark.size());
  std::size_t at = 0;
  if (!is_fence(take_line(source, at))) {
    result.body = source;
    return result;
  }
  const std::size_t begin = at;
  while (at < source.size()) {
    const std::size_t line_start = at;
    if (!is_fence(take_line(source, at))) continue;
    if (line_start - begin > largest_front_matter)
      refuse("超過 64 KiB", "it is larger than 64 KiB");
    read_members(source.substr(begin, line_start - begin), result);
    result.body = source.substr(at);
    return result;
  }
  refuse("缺少結尾的「---」；若首行是分隔線，請改用「***」",
         "the closing “---” is missing; if the first line is a rule, write “***”");
}

}  // namespace vermilion::markup
