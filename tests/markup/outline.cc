#include "markup/outline.h"

using namespace vermilion;
using namespace vermilion::markup;

std::vector<std::string> paths(const Document& document) {
  std::vector<std::string> result;
  for (const auto& clause : clauses(document)) result.push_back(clause.path);
  return result;
}

Clause clause_at(const std::vector<Clause>& all, std::string_view path) {
  for (const auto& clause : all) {
    if (clause.path == path) return clause;
  }
  return {};
}

std::string whole_text(const std::vector<Block>& blocks) {
  std::string text;
  for (const auto& block : blocks) {
    if (block.kind == BlockKind::item) text += block.label + " ";
    text += plain_text(block.content) + block.literal;
    for (const auto& row : block.rows) {
      for (const auto& cell : row) text += plain_text(cell.content) + "\t";
    }
    text += "\n" + whole_text(block.children);
  }
  return text;
}

std::vector<Block> tables(const std::vector<Block>& blocks) {
  std::vector<Block> result;
  for (const auto& block : blocks) {
    if (block.kind == BlockKind::table) result.push_back(block);
    for (auto& inner : tables(block.children)) result.push_back(std::move(inner));
  }
  return result;
}

std::string refusal(std::string_view markdown) {
  try {
    static_cast<void>(parse_markdown(markdown));
    return "parsed";
  } catch (const Error& error) {
    return error.code();
  }
}
