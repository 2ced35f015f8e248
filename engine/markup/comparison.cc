#include "markup/comparison.h"

#include "markup/blocks.h"
#include "markup/source.h"

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

// How the text of one version is marked that the other does not have.
struct Own {
  PartKind kind;
  InlineKind manner;
  const char* mark;  // of a line without a counterpart
};
constexpr Own only_after{PartKind::added, InlineKind::inserted, "（新增）"};
constexpr Own only_before{PartKind::removed, InlineKind::deleted, "（刪除）"};

// What one of the two versions says: what was kept, and what is only in this one. Lines that stay as they
// were are not said again; rows are known by their cells, so one remark at the end will do for all.
class VersionSide {
 public:
  VersionSide(const ClauseChange& change, const Own& own) : own_(own) {
    for (const auto& part : change.parts) {
      if (part.kind != PartKind::kept && part.kind != own.kind) continue;
      if (part.whole) {
        add_whole(part);
      } else {
        add_within(part);
      }
    }
    if (has_rest_) add_line(cell_, "（其餘未修正）");
  }

  Cell take() { return std::move(cell_); }

 private:
  void add_whole(const Part& part) {
    on_own_line_ = true;
    if (part.kind == PartKind::kept) {
      has_rest_ = true;
      return;
    }
    for (const auto& line : split_lines(without_ends(part.text))) {
      add_line(cell_, own_.mark);
      cell_.content.push_back({own_.manner, "", "", printed_lines(line)});
    }
  }

  void add_within(const Part& part) {
    std::string_view text = part.text;
    if (std::exchange(on_own_line_, false)) {
      if (text.starts_with("\n")) text.remove_prefix(1);
      if (!cell_.content.empty()) cell_.content.push_back({InlineKind::hard_break, "", "", {}});
    }
    auto content = printed_lines(std::string(text));
    if (part.kind == own_.kind) {
      cell_.content.push_back({own_.manner, "", "", std::move(content)});
    } else {
      cell_.content.insert(cell_.content.end(), content.begin(), content.end());
    }
  }

  // Its first line end parts it from the line above, its last from the line below.
  static std::string without_ends(std::string_view text) {
    if (text.starts_with("\n")) text.remove_prefix(1);
    if (text.ends_with("\n")) text.remove_suffix(1);
    return std::string(text);
  }

  const Own& own_;
  Cell cell_;
  bool has_rest_ = false;
  bool on_own_line_ = false;  // what comes next begins a line
};

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
  return {headed(path.empty() ? "前言" : path, {}), VersionSide(change, only_after).take(),
          VersionSide(change, only_before).take(), std::move(why)};
}

}  // namespace

Document comparison_table(const std::vector<ClauseChange>& changes, const Compared& compared) {
  Document document;
  document.front_matter["orientation"] = "landscape";
  document.blocks.push_back(heading_of(1, compared.title + "修訂對照表"));
  document.blocks.push_back(paragraph_of(
      changes.empty() ? "兩版文字相同。"
                      : "新增之字加底線，刪去之字加刪除線；未變更之條文、段落及表格列不列。"));
  if (changes.empty()) return document;
  Block table = table_of(
      {"條次", "修正後（" + compared.after + " 版）",
       compared.before.empty() ? "修正前（無）" : "修正前（" + compared.before + " 版）", "說明"});
  for (const auto& change : changes) table.rows.push_back(row_of(change));
  document.blocks.push_back(std::move(table));
  return document;
}

}  // namespace vermilion::markup
