// A printed table of contents is a run of lines that end in a page number, never falling, most of
// which come again as headings. All of that must hold: a table of numbers looks much the same.
#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "markup/import_parts.h"

namespace vermilion::markup {
namespace {

struct Entry {
  std::string words;  // label and title without white space and leaders
  int page = 0;
};

bool is_leader(char32_t c) { return c == '.' || c == U'…' || c == U'．' || c == U'·' || c == U'‧'; }
bool is_page_digit(char32_t c) { return c >= '0' && c <= '9'; }

std::string without_space(std::u32string_view text) {
  std::u32string result;
  for (const char32_t c : text) {
    if (!is_space(c)) result += c;
  }
  return utf8(result);
}

std::optional<Entry> entry_of(const Line& line) {
  if (!is_page_digit(static_cast<unsigned char>(line.text.back()))) return std::nullopt;
  auto text = code_points(line.text);
  std::size_t end = text.size();
  while (end > 0 && is_page_digit(text[end - 1])) --end;
  const auto digits = text.size() - end;
  if (digits == 0 || digits > 4) return std::nullopt;
  const int page = std::stoi(utf8(std::u32string_view(text).substr(end)));
  int leaders = 0;
  bool tab = false;
  while (end > 0 && (is_leader(text[end - 1]) || is_space(text[end - 1]))) {
    --end;
    leaders += is_leader(text[end]) ? 1 : 0;
    tab = tab || text[end] == '\t';
  }
  const auto label = read_label(line.text, Place::heading);
  const bool led = leaders >= 3;
  if (!led && !(tab && label && label->depth <= 3)) return std::nullopt;
  return Entry{without_space(std::u32string_view(text).substr(0, end)), page};
}

struct Run {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<Entry> entries;
};

// The first run of at least three entries whose pages do not fall.
std::optional<Run> longest_run(const std::vector<Line>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Run run{i, i, {}};
    while (run.end < lines.size()) {
      const auto entry = entry_of(lines[run.end]);
      if (!entry || (!run.entries.empty() && entry->page < run.entries.back().page)) break;
      run.entries.push_back(*entry);
      ++run.end;
    }
    if (run.entries.size() >= 3) return run;
    if (run.end > i) i = run.end - 1;
  }
  return std::nullopt;
}

bool comes_again(const Run& run, const std::vector<Line>& lines) {
  std::set<std::string> later;
  for (std::size_t i = run.end; i < lines.size(); ++i) {
    later.insert(without_space(code_points(lines[i].text)));
  }
  std::size_t found = 0;
  for (const auto& entry : run.entries) found += later.contains(entry.words) ? 1 : 0;
  return found * 2 >= run.entries.size();
}

bool names_contents(const Line& line) {
  const auto words = without_space(code_points(line.text));
  return words == "目錄" || words == "目次";
}

}  // namespace

void drop_contents(std::vector<Line>& lines, std::vector<ImportNote>& notes) {
  auto run = longest_run(lines);
  if (!run || !comes_again(*run, lines)) return;
  if (run->begin > 0 && names_contents(lines[run->begin - 1])) --run->begin;
  for (auto i = run->begin; i < run->end; ++i) {
    notes.push_back({lines[i].number, fmt::format("略去目錄：{}", lines[i].text),
                     fmt::format("contents line left out: {}", lines[i].text)});
  }
  const auto at = [&](std::size_t i) { return lines.begin() + static_cast<std::ptrdiff_t>(i); };
  if (run->end < lines.size()) lines[run->end].blank_before = true;
  lines.erase(at(run->begin), at(run->end));
}

}  // namespace vermilion::markup
