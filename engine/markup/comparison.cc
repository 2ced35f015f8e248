#include "markup/comparison.h"

#include "markup/blocks.h"

namespace vermilion::markup {
namespace {

// The text with its line ends.
std::vector<Inline> printed_lines(const std::string& text) {
  std::vector<Inline> content;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    if (at > 0) content.push_back({InlineKind::hard_break, "", "", {}});
    if (end > at) content.push_back({InlineKind::text, text.substr(at, end - at), "", {}});
    at = end + 1;
  }
  return content;
}

// What one of the two versions says: what was kept, and what is only in this one.
Cell side(const ClauseChange& change, PartKind own, InlineKind manner) {
  Cell cell;
  for (const auto& part : change.parts) {
    auto content = printed_lines(part.text);
    if (part.kind == own) {
      cell.content.push_back({manner, "", "", std::move(content)});
    } else if (part.kind == PartKind::kept) {
      cell.content.insert(cell.content.end(), content.begin(), content.end());
    }
  }
  return cell;
}

std::string remark(const ClauseChange& change) {
  const bool elsewhere =
      !change.old_path.empty() && !change.new_path.empty() && change.old_path != change.new_path;
  const std::string from = elsewhere ? "\n原條次 " + change.old_path : "";
  switch (change.kind) {
    case ChangeKind::added:
      return "新增";
    case ChangeKind::removed:
      return "刪除";
    case ChangeKind::moved:
      return "條次變更" + from;
    default:
      return "修正" + from;
  }
}

std::vector<Cell> row_of(const ClauseChange& change) {
  const auto& path = change.new_path.empty() ? change.old_path : change.new_path;
  Cell why;
  why.content = printed_lines(remark(change));
  return {headed(path.empty() ? "前言" : path, {}),
          side(change, PartKind::added, InlineKind::inserted),
          side(change, PartKind::removed, InlineKind::deleted), std::move(why)};
}

}  // namespace

Document comparison_table(const std::vector<ClauseChange>& changes, const Compared& compared) {
  Document document;
  document.front_matter["orientation"] = "landscape";
  document.blocks.push_back(heading_of(1, compared.title + "修訂對照表"));
  document.blocks.push_back(paragraph_of(
      changes.empty() ? "兩版文字相同。" : "新增之字加底線，刪去之字加刪除線；未變更之條文不列。"));
  if (changes.empty()) return document;
  Block table = table_of(
      {"條次", "修正後（" + compared.after + " 版）",
       compared.before.empty() ? "修正前（無）" : "修正前（" + compared.before + " 版）", "說明"});
  for (const auto& change : changes) table.rows.push_back(row_of(change));
  document.blocks.push_back(std::move(table));
  return document;
}

}  // namespace vermilion::markup
