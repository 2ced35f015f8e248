#include "markup/source.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include "base/error.h"
#include "base/text.h"
#include "markup/notes.h"
#include "markup/text.h"

namespace vermilion::markup {
namespace {

constexpr int deepest_line = 64;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// The length of the list marker at `at`, or 0.
std::size_t list_marker(std::string_view line, std::size_t at) {
  std::size_t end = at;
  while (end < line.size() && end - at < 9 && line[end] >= '0' && line[end] <= '9') ++end;
  if (end < line.size() &&
      std::string_view(end > at ? ".)" : "-+*").find(line[end]) != std::string_view::npos) {
    ++end;
    if (end == line.size() || is_blank(line[end])) return end - at;
  }
  return 0;
}

bool is_rule(std::string_view line) {
  const auto rest = trim(line);
  return !rest.empty() && rest.find_first_not_of(std::string{rest[0], ' ', '\t'}) == rest.npos;
}

int nesting(std::string_view line) {
  int depth = 0;
  for (std::size_t at = 0; at < line.size();) {
    const auto marker = line[at] == '>' ? 1 : list_marker(line, at);
    if (marker == 0 && !is_blank(line[at])) break;
    depth += marker > 0 ? 1 : 0;
    at += std::max<std::size_t>(marker, 1);
  }
  return depth;
}

void guard(const std::vector<std::string>& lines, int lines_before) {
  int number = lines_before;
  for (const auto& line : lines) {
    ++number;
    if (nesting(line) > deepest_line && (line.find('>') != line.npos || !is_rule(line)))
      refuse_depth(number);
  }
}

// A noncharacter the text does not contain.
std::string free_mark(const std::string& text) {
  for (char32_t c = 0xFDD0; c <= 0xFDEF; ++c) {
    if (text.find(utf8(c)) == text.npos) return utf8(c);
  }
  throw Error(Failure::invalid, "not-text",
              {"文字含有非字元碼位（U+FDD0 至 U+FDEF），請刪除後再送",
               "the text contains noncharacters (U+FDD0 to U+FDEF); remove them"});
}

bool is_white(char32_t c) {
  return c == 0 || is_space(c) || u_charType(static_cast<UChar32>(c)) == U_SPACE_SEPARATOR;
}

// As cmark sees it: all ASCII symbols count.
bool is_punctuation(char32_t c) {
  if (c < 0x80)
    return c > ' ' && c != 0x7F && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') &&
           !(c >= 'A' && c <= 'Z');
  return u_ispunct(static_cast<UChar32>(c)) != 0;
}

bool is_word_point(char32_t c) { return !is_white(c) && !is_punctuation(c); }

char32_t point_before(std::string_view text, std::size_t at) {
  return at == 0 ? 0 : last_point(text.substr(at < 4 ? 0 : at - 4, std::min<std::size_t>(at, 4)));
}

// One run of asterisks, with the mark where the rule of flanking would misread it.
std::string marked_run(std::string_view text, std::size_t at, std::size_t end,
                       const std::string& mark) {
  const std::string run(text.substr(at, end - at));
  const char32_t before = point_before(text, at);
  const char32_t after = first_point(text.substr(end));
  if (!is_wide(before) && !is_wide(after)) return run;
  if (is_word_point(before) && is_punctuation(after)) return run + mark;
  if (is_punctuation(before) && is_word_point(after)) return mark + run;
  return run;
}

// "[^1]" with the mark before its "]": so an escaped "\[^1]" is not taken for one.
std::string marked_note(std::string_view label, const std::string& mark) {
  return "[^" + std::string(label) + mark;
}

// Whether the "]" at `at` closes a footnote label that a colon follows.
bool ends_footnote_label(std::string_view text, std::size_t at) {
  constexpr std::size_t longest_footnote_label = 64;
  if (at + 1 >= text.size() || text[at + 1] != ':') return false;
  const auto label =
      text.substr(at - std::min(at, longest_footnote_label), std::min(at, longest_footnote_label));
  const auto open = label.find_last_of("[\n");
  return open != label.npos && label.substr(open).starts_with("[^");
}

std::string marked(const std::string& text, const std::string& mark) {
  std::string result;
  result.reserve(text.size() + text.size() / 16);
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '*') {
      const auto end = std::min(text.find_first_not_of('*', i), text.size());
      result += marked_run(text, i, end, mark);
      i = end;
      continue;
    }
    if (const auto label = note_label(text, i); !label.empty()) {
      result += marked_note(label, mark);
      i += 2 + label.size();
    }
    result += text[i];
    if (text[i] == '\\' && i + 1 < text.size()) result += text[++i];  // an escaped asterisk is none
    if (text[i] == ']' && ends_footnote_label(text, i)) result += mark;
    ++i;
  }
  return result;
}

}  // namespace

void refuse_line(const char* code, int line, const std::string& zh, const std::string& en) {
  throw Error(Failure::invalid, code,
              {fmt::format("第 {} 行：{}", line, zh), fmt::format("line {}: {}", line, en)});
}

void refuse_depth(int line) {
  refuse_line("markdown-too-deep", line, "引用、清單或強調的層次過深，請減少層次",
              "quotes, lists or emphasis are nested too deeply; use fewer levels");
}

void require_size(std::size_t bytes) {
  if (bytes <= largest_text) return;
  throw Error(Failure::invalid, "markdown-too-large",
              {"文字超過 8 MiB，請分成數份文件",
               "the text is larger than 8 MiB; split it into several documents"});
}

std::string with_unix_line_ends(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      result += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      result += '\n';
    }
  }
  return result;
}

std::vector<std::string> split_lines(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    lines.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

Source prepare(std::string_view body, int lines_before) {
  require_size(body.size());
  Source source;
  source.lines_before = lines_before;
  const auto text = with_unix_line_ends(body);
  if (!is_text(text)) static_cast<void>(require_text(text, "Markdown"));  // throws, naming the byte
  guard(split_lines(text), lines_before);
  source.mark = free_mark(text);
  source.text = marked(text, source.mark);
  source.lines = split_lines(source.text);
  return source;
}

std::string unmark(std::string text, const std::string& mark) {
  if (text.find(mark) == text.npos) return text;
  std::string result;
  for (std::size_t from = 0; from < text.size();) {
    const auto end = std::min(text.find(mark, from), text.size());
    result.append(text, from, end - from);
    from = end + mark.size();
    if (from < text.size() && text[from] == ' ') ++from;
  }
  return result;
}

}  // namespace vermilion::markup
