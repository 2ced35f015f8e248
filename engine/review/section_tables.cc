// The two tables kept from year to year, and who is interested: this year against last year.
#include <fmt/format.h>

#include "review/changes.h"
#include "review/sections.h"

namespace vermilion::review {
namespace {

struct Column {
  const char* member;
  const char* title;
};

struct Table {
  std::vector<const char*> keys;
  std::vector<Column> columns;  // as printed, keys included
};

const Table& context_shape() {
  static const Table shape{{"group", "aspect"},
                           {{"group", "組織全景"},
                            {"aspect", "影響構面"},
                            {"description", "說明"},
                            {"strategy", "策略"}}};
  return shape;
}

const Table& plan_shape() {
  static const Table shape{{"item"},
                           {{"item", "溝通項目"},
                            {"timing", "溝通時機"},
                            {"audience", "溝通對象"},
                            {"responsible", "權責人員"},
                            {"effect", "預期效果"},
                            {"method", "溝通方式"}}};
  return shape;
}

struct Compared {
  const Source* now = nullptr;
  const Source* before = nullptr;
  std::vector<RowChange> rows;
};

Compared compared(const std::map<int, Source>& tables, int year, const Table& shape) {
  Compared result{find_year(tables, year), find_year(tables, year - 1), {}};
  if (!result.now) return result;
  std::vector<const char*> members;
  for (const auto& column : shape.columns) members.push_back(column.member);
  result.rows =
      compare(result.before ? rows_of(result.before->values, "rows") : std::vector<Json>(),
              rows_of(result.now->values, "rows"), shape.keys, members);
  return result;
}

std::string change_of(const Compared& table, const RowChange& row) {
  return table.before ? change_word(row.change) : "—";
}

void print_sources(const Compared& table, int year, Section& section) {
  section.text.paragraph(fmt::format(
      "本年度：{}；前一年度：{}。逐列比較如下：", named(*table.now),
      table.before ? named(*table.before) : fmt::format("無 {} 年之表可供比對", year - 1)));
}

void print_rows(const Compared& table, const Table& shape, Section& section) {
  Row header;
  for (const auto& column : shape.columns) header.emplace_back(column.title);
  header.emplace_back("變動");
  std::vector<Row> rows;
  for (const auto& change : table.rows) {
    Row& row = rows.emplace_back();
    for (const auto& column : shape.columns) row.push_back(words_of(change.row, column.member));
    row.push_back(change_of(table, change));
  }
  section.text.table(header, rows);
}

// What a changed row said a year ago, beside what it says now.
void print_differences(const Compared& table, const Table& shape, int year, Section& section) {
  std::vector<Row> rows;
  for (const auto& change : table.rows) {
    for (const auto& column : shape.columns) {
      const auto& differing = change.members;
      if (std::find(differing.begin(), differing.end(), column.member) == differing.end()) continue;
      rows.push_back({words_of(change.row, shape.keys.back()), column.title,
                      words_of(change.before, column.member), words_of(change.row, column.member)});
    }
  }
  if (rows.empty()) return;
  section.text.paragraph("修訂之處如下：");
  section.text.table({"項目", "欄位", fmt::format("{} 年", year - 1), fmt::format("{} 年", year)},
                     rows);
}

void print_table(const Compared& table, const Table& shape, int year, Section& section) {
  print_sources(table, year, section);
  print_rows(table, shape, section);
  if (table.before) print_differences(table, shape, year, section);
}

}  // namespace

void context_table(const PackSources& sources, Section& section) {
  const auto table = compared(sources.context_tables, sources.year, context_shape());
  if (!table.now) {
    return section.miss(
        {"9.3.2 b", "組織全景策略表",
         fmt::format("沒有 {} 年之組織全景策略表；由資訊安全執行秘書建檔", sources.year)});
  }
  print_table(table, context_shape(), sources.year, section);
  section.text.paragraph(
      "會議確認：☐ 照表確認　☐ 修訂後確認，修訂之處：＿＿＿＿＿＿＿＿＿＿＿＿＿＿");
}

void interested_parties(const PackSources& sources, Section& section) {
  const auto table = compared(sources.context_tables, sources.year, context_shape());
  std::vector<Row> rows;
  bool any_now = false;
  for (const auto& change : table.rows) {
    if (words_of(change.row, "group") != "利害關係人") continue;
    any_now = any_now || change.change != Change::removed;
    rows.push_back({words_of(change.row, "aspect"), words_of(change.row, "description"),
                    change_of(table, change)});
  }
  if (!any_now) {
    return section.miss(
        {"9.3.2 c", "利害關係人之需求與期望",
         fmt::format("{} 年之組織全景策略表沒有利害關係人各列；由資訊安全執行秘書補列",
                     sources.year)});
  }
  section.text.paragraph("依 " + named(*table.now) + "，需求與期望如下：");
  section.text.table({"利害關係人", "需求與期望", "變動"}, rows);
}

void communication_plan(const PackSources& sources, Section& section) {
  const auto table = compared(sources.communication_plans, sources.year, plan_shape());
  if (!table.now) {
    return section.miss(
        {"7.4", "溝通計畫",
         fmt::format("沒有 {} 年之溝通計畫；由資訊安全執行秘書建檔", sources.year)});
  }
  print_table(table, plan_shape(), sources.year, section);
}

}  // namespace vermilion::review
