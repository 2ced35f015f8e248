#include "markup/blocks.h"

namespace vermilion::markup {
namespace {

Inline words(const std::string& text) { return {InlineKind::text, text, "", {}}; }

void add_below(Cell& cell, Inline line) {
  if (!cell.content.empty()) cell.content.push_back({InlineKind::hard_break, "", "", {}});
  cell.content.push_back(std::move(line));
}

}  // namespace

void add_line(Cell& cell, const std::string& text) {
  if (!text.empty()) add_below(cell, words(text));
}

void add_bold_line(Cell& cell, const std::string& text) {
  if (!text.empty()) add_below(cell, {InlineKind::strong, "", "", {words(text)}});
}

Cell lines(const std::vector<std::string>& texts) {
  Cell cell;
  for (const auto& text : texts) add_line(cell, text);
  return cell;
}

Cell headed(const std::string& head, const std::vector<std::string>& texts) {
  Cell cell;
  add_bold_line(cell, head);
  for (const auto& text : texts) add_line(cell, text);
  return cell;
}

bool is_task(const Block& item) {
  if (item.children.empty() || item.children.front().content.empty()) return false;
  const auto& first = item.children.front().content.front();
  return first.kind == InlineKind::text &&
         (first.text.starts_with("☐ ") || first.text.starts_with("☑ "));
}

Block heading_of(int level, const std::string& text) {
  Block block;
  block.kind = BlockKind::heading;
  block.level = level;
  block.content = {words(text)};
  return block;
}

Block paragraph_of(const std::string& text) {
  Block block;
  block.content = {words(text)};
  return block;
}

Block numbered_list(const std::vector<std::string>& texts) {
  Block list;
  list.kind = BlockKind::list;
  list.ordered = true;
  for (const auto& text : texts) {
    Block item;
    item.kind = BlockKind::item;
    item.children = {paragraph_of(text)};
    list.children.push_back(std::move(item));
  }
  return list;
}

Block table_of(const std::vector<std::string>& heads) {
  Block table;
  table.kind = BlockKind::table;
  table.rows.emplace_back();
  for (const auto& head : heads) table.rows.front().push_back(lines({head}));
  return table;
}

}  // namespace vermilion::markup
