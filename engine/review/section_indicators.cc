// The nine indicators: target, value, years before, trend, source, evidence, chart; what a missed one is answered with.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.h"
#include "review/sections.h"

namespace vermilion::review {
namespace {

using duties::Indicator;
using duties::Measured;

struct YearValues {
  int year = 0;
  const Source* source = nullptr;
  std::vector<Measured> measured;

  [[nodiscard]] const Measured* find(int number) const {
    for (const auto& one : measured) {
      if (one.number == number) return &one;
    }
    return nullptr;
  }
};

// This year and up to two before, oldest first; this year is there even without a record.
std::vector<YearValues> years_of(const PackSources& sources) {
  std::vector<YearValues> years;
  for (int year = sources.year - 2; year <= sources.year; ++year) {
    const Source* source = find_year(sources.metrics, year);
    if (!source && year != sources.year) continue;
    try {
      years.push_back(
          {year, source, source ? duties::measured_in(source->values) : std::vector<Measured>()});
    } catch (Error& error) {
      throw error.during("record " + source->number);
    }
  }
  return years;
}

std::string target_text(const Indicator& indicator) {
  return fmt::format("{} {} {}", indicator.comparison == ">=" ? "≥" : "≤",
                     number_text(indicator.target), words(indicator.unit));
}

std::string trend(const Indicator& indicator, const Measured* before, const Measured* now) {
  if (!before || !now) return "—";
  if (before->value == now->value) return "持平";
  const bool rose = now->value > before->value;
  return rose == (indicator.comparison == ">=") ? "改善" : "惡化";
}

Row indicator_row(const Indicator& indicator, const std::vector<YearValues>& years) {
  const auto& now = years.back();
  const Measured* measured = now.find(indicator.number);
  Row row{std::to_string(indicator.number), words(indicator.name), target_text(indicator)};
  for (const auto& year : years) {
    const Measured* value = year.find(indicator.number);
    const auto text = value ? number_text(value->value) : "—";
    row.push_back(value == measured && value ? "**" + text + "**" : text);
  }
  row.emplace_back(!measured                                 ? "缺"
                   : duties::met(indicator, measured->value) ? "達成"
                                                             : "**未達**");
  const bool last_year = years.size() > 1 && years[years.size() - 2].year == now.year - 1;
  row.push_back(trend(
      indicator, last_year ? years[years.size() - 2].find(indicator.number) : nullptr, measured));
  row.push_back(now.source ? named(*now.source) : "—");
  return row;
}

void print_table(const PackSources& sources, const std::vector<YearValues>& years,
                 Section& section) {
  Row header{"項次", "指標", "目標"};
  for (const auto& year : years) header.push_back(fmt::format("{} 年", year.year));
  for (const char* title : {"結果", "趨勢", "來源"}) header.emplace_back(title);
  std::vector<Row> rows;
  for (const auto& indicator : sources.indicators) rows.push_back(indicator_row(indicator, years));
  section.text.table(header, rows);
}

void print_years(const std::vector<YearValues>& years, Section& section) {
  Row parts;
  for (const auto& year : years) {
    if (year.source) parts.push_back(fmt::format("{} 年：{}", year.year, named(*year.source)));
  }
  if (!parts.empty())
    section.text.paragraph(fmt::format(
        "各年數值取自：{}。達成與否、趨勢均由系統依目標值計算，趨勢為本年度與前一年度之比較。",
        fmt::join(parts, "；")));
}

std::string quoted(const std::string& text) { return Json(text).dump(); }

std::string bar(const Indicator& indicator, const YearValues& year) {
  const Measured* value = year.find(indicator.number);
  if (!value) return fmt::format("      - {{label: {} 年, value: null}}\n", year.year);
  return fmt::format("      - {{label: {} 年, value: {}, met: {}}}\n", year.year,
                     number_text(value->value), duties::met(indicator, value->value));
}

std::string chart(const PackSources& sources, const std::vector<YearValues>& years) {
  std::string yaml =
      fmt::format("title: 量測指標（{} 年至 {} 年）\ncharts:\n", years.front().year, sources.year);
  for (const auto& indicator : sources.indicators) {
    yaml += fmt::format(
        "  - label: {}\n    title: {}\n    unit: {}\n    target: {}\n    comparison: {}\n    "
        "bars:\n",
        indicator.number, quoted(indicator.name), quoted(indicator.unit),
        number_text(indicator.target), quoted(indicator.comparison));
    for (const auto& year : years) yaml += bar(indicator, year);
  }
  return yaml;
}

void print_evidence(const PackSources& sources, const YearValues& now, Section& section) {
  std::vector<Row> rows;
  for (const auto& indicator : sources.indicators) {
    const Measured* measured = now.find(indicator.number);
    if (!measured) continue;
    rows.push_back({std::to_string(indicator.number),
                    number_text(measured->value) + " " + words(indicator.unit),
                    words_of(Json(measured->evidence)), words(measured->analysis)});
  }
  if (rows.empty()) return;
  section.text.paragraph(fmt::format("{} 年各指標之佐證與分析如下：", now.year));
  section.text.table({"項次", "數值", "佐證", "分析"}, rows);
}

void note_missing(const PackSources& sources, const YearValues& now, Section& section) {
  std::vector<int> missing;
  for (const auto& indicator : sources.indicators) {
    if (!now.find(indicator.number)) missing.push_back(indicator.number);
  }
  if (missing.empty()) return;
  section.miss({"9.3.2 d 2", "量測指標",
                fmt::format("{} 年之年報缺指標 {} 之數值；由資通安全工作組補報", now.year,
                            fmt::join(missing, "、"))});
}

// The sentence goes on: what closes it comes later.
std::string without_stop(std::string text) {
  constexpr std::string_view stop = "。";
  if (text.ends_with(stop)) text.resize(text.size() - stop.size());
  return text;
}

void print_answers(const PackSources& sources, const Indicator& indicator, double value,
                   bool only_one_missed, Section& section) {
  const auto missed = fmt::format("指標 {}「{}」{} 年為 {} {}，目標 {}，**未達**", indicator.number,
                                  words(indicator.name), sources.year, number_text(value),
                                  words(indicator.unit), target_text(indicator));
  const auto answers = answers_to(sources, indicator, only_one_missed);
  if (answers.empty()) {
    section.text.paragraph(missed + "。");
    return section.miss(
        {"9.3.2 d 1", fmt::format("指標 {} 之矯正措施", indicator.number),
         fmt::format("指標 {} 未達目標而無矯正措施；由資通安全工作組提報", indicator.number)});
  }
  Row names;
  for (const Source* answer : answers) {
    names.push_back(fmt::format("{}（{}）{}", named(*answer),
                                status_of(answer->values, sources.as_of),
                                without_stop(words_of(answer->values, "action"))));
  }
  section.text.paragraph(fmt::format("{}；矯正措施：{}。", missed, fmt::join(names, "；")));
}

void print_missed(const PackSources& sources, const YearValues& now, Section& section) {
  std::vector<std::pair<const Indicator*, double>> missed;
  for (const auto& indicator : sources.indicators) {
    const Measured* measured = now.find(indicator.number);
    if (measured && !duties::met(indicator, measured->value))
      missed.emplace_back(&indicator, measured->value);
  }
  for (const auto& [indicator, value] : missed)
    print_answers(sources, *indicator, value, missed.size() == 1, section);
}

}  // namespace

void indicators(const PackSources& sources, Section& section) {
  const auto years = years_of(sources);
  const auto& now = years.back();
  if (sources.indicators.empty()) {
    return section.miss(
        {"9.3.2 d 2", "量測指標", "現行規範沒有量測指標；由資通安全工作組於規範中補列"});
  }
  if (!now.source) {
    section.miss({"9.3.2 d 2", "量測指標年報",
                  fmt::format("沒有 {} 年之量測指標年報；由資通安全工作組提報", sources.year)});
  } else {
    note_missing(sources, now, section);
  }
  section.text.paragraph("指標及目標值依 " + words(sources.regulation) + "，量測結果如下：");
  print_table(sources, years, section);
  print_years(years, section);
  print_missed(sources, now, section);
  print_evidence(sources, now, section);
  section.text.fence("chart", chart(sources, years));
}

}  // namespace vermilion::review
