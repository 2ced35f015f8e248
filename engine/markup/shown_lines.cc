#include "markup/shown_lines.h"

#include <fmt/format.h>

#include <algorithm>

namespace vermilion::markup {
namespace {

using Names = std::vector<std::string>;

// The heads of the tables of a clause, in order.
std::vector<Names> heads_of(const Clause& clause) {
  std::vector<Names> heads;
  for (std::size_t i = 0; i < clause.lines.size(); ++i) {
    const auto& line = clause.lines[i];
    if (!line.cells.empty() && line.head == i) heads.push_back(line.cells);
  }
  return heads;
}

bool contains(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Not where names changed places: there a row without them would say something else.
void drop_renamed(Names& before, Names& after) {
  if (before.size() != after.size()) return;
  const auto olds = before;
  const auto news = after;
  for (std::size_t c = 0; c < olds.size(); ++c) {
    if (contains(news, olds[c]) || contains(olds, news[c])) continue;
    before[c].clear();
    after[c].clear();
  }
}

bool ends_sentence(const std::string& text) {
  return text.empty() || text.ends_with("。") || text.ends_with("；");
}

std::string row_text(const Names& names, const std::vector<std::string>& cells) {
  std::string text;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    if (cells[c].empty()) continue;
    if (!ends_sentence(text)) text += "；";
    const bool named = c < names.size() && !names[c].empty();
    text += (named ? names[c] + "：" : "") + cells[c];
  }
  return text;
}

std::string head_text(const Names& names) {
  Names printed;
  std::copy_if(names.begin(), names.end(), std::back_inserter(printed),
               [](const auto& name) { return !name.empty(); });
  return printed.empty() ? "" : fmt::format("欄位：{}", fmt::join(printed, "、"));
}

ShownLine shown_row(const Names& names, const std::vector<std::string>& cells) {
  const auto key =
      std::find_if(cells.begin(), cells.end(), [](const auto& cell) { return !cell.empty(); });
  return {row_text(names, cells), key == cells.end() ? "" : *key,
          pairs_of(fmt::format("{}", fmt::join(cells, "\n")))};
}

std::vector<ShownLine> shown_with(const Clause& clause, const std::vector<Names>& heads) {
  std::vector<ShownLine> shown;
  std::size_t tables = 0;
  for (std::size_t i = 0; i < clause.lines.size(); ++i) {
    const auto& [text, cells, head] = clause.lines[i];
    if (cells.empty()) {
      shown.push_back({text, text, pairs_of(text)});
    } else if (head == i) {
      const auto names = head_text(cells);
      if (!names.empty()) shown.push_back({names, names, pairs_of(names)});
      ++tables;
    } else {
      shown.push_back(shown_row(heads.at(tables - 1), cells));
    }
  }
  return shown;
}

}  // namespace

std::vector<ShownLine> shown_lines(const Clause& clause) {
  return shown_with(clause, heads_of(clause));
}

ShownSides shown_sides(const Clause& before, const Clause& after) {
  auto olds = heads_of(before);
  auto news = heads_of(after);
  for (std::size_t i = 0; olds.size() == news.size() && i < olds.size(); ++i)
    drop_renamed(olds[i], news[i]);
  return {shown_with(before, olds), shown_with(after, news)};
}

std::string joined_text(const std::vector<ShownLine>& lines) {
  std::string text;
  for (const auto& line : lines) text += (&line == &lines.front() ? "" : "\n") + line.text;
  return text;
}

}  // namespace vermilion::markup
