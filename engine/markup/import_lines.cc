#include <utility>

#include "base/text.h"
#include "markup/import_parts.h"

namespace vermilion::markup {
namespace {

bool ends_line(char32_t c) {
  return c == '\n' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_gap(char32_t c) { return is_space(c) || c == 0xFEFF; }

std::u32string_view stripped(std::u32string_view text) {
  while (!text.empty() && is_gap(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_gap(text.back())) text.remove_suffix(1);
  return text;
}

Line line_of(std::u32string_view raw, int number) {
  Line line;
  line.number = number;
  while (!raw.empty() && is_gap(raw.back())) raw.remove_suffix(1);
  auto text = stripped(raw);
  if (text.size() > 2 && text[0] == '-' && text[1] == ' ') {
    line.bullet = true;
    text = stripped(text.substr(2));
  }
  line.raw = utf8(raw);
  line.text = utf8(text);
  return line;
}

}  // namespace

std::vector<Line> read_lines(std::string_view text) {
  const auto points = code_points(text);
  std::vector<Line> lines;
  bool blank = true;
  int number = 1;
  for (std::size_t at = 0; at < points.size(); ++number) {
    std::size_t end = at;
    while (end < points.size() && !ends_line(points[end])) ++end;
    auto line = line_of(std::u32string_view(points).substr(at, end - at), number);
    const bool page_break = end < points.size() && points[end] == '\f';
    at = end + 1;
    if (!line.text.empty()) {
      line.blank_before = std::exchange(blank, page_break);
      lines.push_back(std::move(line));
    } else {
      blank = true;
    }
    if (end < points.size() && points[end] != '\n') --number;
  }
  return lines;
}

std::optional<Label> line_label(std::string_view text) {
  if (auto label = read_label(text, Place::text)) return label;
  constexpr std::size_t longest_annex_title = 40;
  if (!text.starts_with("附件") || length(text) > longest_annex_title || ends_sentence(text)) {
    return std::nullopt;
  }
  return read_label(text, Place::heading);
}

}  // namespace vermilion::markup
