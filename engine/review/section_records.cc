// Sections made of single records: decisions, corrective actions, inputs, documents, destruction.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "review/sections.h"

namespace vermilion::review {
namespace {

// Whether `text` names the indicator: IND-2, 指標 2, 指標2, 指標二.
bool names(std::string text, const duties::Indicator& indicator) {
  static const char* const numerals[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  std::erase(text, ' ');
  std::vector<std::string> spellings{indicator.id, fmt::format("指標{}", indicator.number)};
  if (indicator.number < 10) spellings.push_back(std::string("指標") + numerals[indicator.number]);
  for (const auto& spelling : spellings) {
    for (auto at = text.find(spelling); at != text.npos; at = text.find(spelling, at + 1)) {
      const auto after = text.substr(at + spelling.size(), 3);
      const bool goes_on = (!after.empty() && after[0] >= '0' && after[0] <= '9') || after == "十";
      if (!goes_on) return true;
    }
  }
  return false;
}

std::string plain_member(const Json& values, const char* key) {
  return values.is_object() && values.contains(key) && values[key].is_string()
             ? values[key].get<std::string>()
             : "";
}

bool lists(const Source* report, const std::string& number) {
  if (!report) return false;
  const Json listed = report->values.value("corrective_actions", Json::array());
  return std::find(listed.begin(), listed.end(), Json(number)) != listed.end();
}

Row action_row(const Source& action, const std::string& as_of) {
  const auto member = [&](const char* key) { return words_of(action.values, key); };
  return {named(action),   member("nonconformity"), member("action"),
          member("owner"), member("due"),           status_of(action.values, as_of)};
}

void print_actions(const PackSources& sources, const std::string& title, bool finished,
                   Section& section) {
  std::vector<Row> rows;
  for (const auto& action : sources.corrective_actions) {
    if (is_done(action.values) != finished) continue;
    if (finished && roc_year(action.date) < sources.year) continue;
    rows.push_back(action_row(action, sources.as_of));
  }
  if (rows.empty()) return section.text.paragraph(title + "：無。");
  section.text.paragraph(title + "如下：");
  section.text.table({"紀錄", "不符合事項", "措施", "負責", "期限", "狀態"}, rows);
}

std::string numbers_text(const DestroyedBatch& batch) {
  constexpr size_t shown = 12;
  Row first;
  for (size_t i = 0; i < std::min(shown, batch.numbers.size()); ++i)
    first.push_back(words(batch.numbers[i]));
  const bool more = batch.numbers.size() > shown;
  return fmt::format("{}{}", fmt::join(first, "、"), more ? " 等，全部編號見銷毀證明" : "");
}

}  // namespace

std::vector<const Source*> answers_to(const PackSources& sources,
                                      const duties::Indicator& indicator, bool only_one_missed) {
  std::vector<const Source*> answers;
  const Source* report = find_year(sources.metrics, sources.year);
  for (const auto& action : sources.corrective_actions) {
    if (roc_year(action.date) < sources.year) continue;
    const bool said = names(plain_member(action.values, "source"), indicator) ||
                      names(plain_member(action.values, "nonconformity"), indicator);
    const bool same_clause = plain_member(action.values, "clause") == indicator.clause;
    if (said || same_clause || (only_one_missed && lists(report, action.number)))
      answers.push_back(&action);
  }
  return answers;
}

void previous_decisions(const PackSources& sources, Section& section) {
  if (sources.last_minutes) {
    const auto& minutes = *sources.last_minutes;
    section.text.paragraph(fmt::format("前次會議：{}（{}），決議如下：",
                                       words_of(minutes.values, "meeting_no"), named(minutes)));
    std::vector<Row> rows;
    for (const Json& decision : rows_of(minutes.values, "decisions")) {
      const auto member = [&](const char* key) { return words_of(decision, key); };
      rows.push_back({member("no"), member("kind"), member("text"), member("owner"), member("due"),
                      status_of(decision, sources.as_of)});
    }
    section.text.table({"案次", "類別", "決議", "負責", "期限", "狀態"}, rows);
  }
  const bool reported = input_rows(sources, "previous-actions", section);
  if (!sources.last_minutes && !reported) {
    section.miss({"9.3.2 a", "前次審查決議之辦理情形",
                  "沒有前次管理審查會議紀錄；由資訊安全執行秘書建檔，首次會議則以審查輸入說明"});
  }
}

void documents_changed(const PackSources& sources, Section& section) {
  if (sources.documents.empty())
    return section.text.paragraph(fmt::format("{} 年度沒有文件發布新版。", sources.year));
  std::vector<Row> rows;
  for (const auto& change : sources.documents) {
    rows.push_back({words(change.id), words(change.title), words(change.version),
                    change.base.empty() ? "新訂" : words(change.base), words(change.effective),
                    words(change.summary)});
  }
  section.text.paragraph(
      fmt::format("{} 年度發布之文件如下，內容摘要（SHA-256）列於附件二：", sources.year));
  section.text.table({"文件", "名稱", "版次", "前版", "生效日期", "修訂內容"}, rows);
}

void corrective_actions(const PackSources& sources, Section& section) {
  print_actions(sources, "處理中之矯正措施", false, section);
  print_actions(sources, fmt::format("{} 年度以後提報且已完成者", sources.year), true, section);
}

bool input_rows(const PackSources& sources, const std::string& item, Section& section) {
  std::vector<Row> rows;
  for (const auto& input : sources.inputs) {
    if (words_of(input.values, "item") != words(item)) continue;
    rows.push_back(
        {words_of(input.values, "summary"), words_of(input.values, "source"), named(input)});
  }
  if (!rows.empty()) section.text.table({"摘要", "出處", "紀錄"}, rows);
  return !rows.empty();
}

void inputs(const PackSources& sources, const std::string& item, const Gap& gap, Section& section) {
  if (!input_rows(sources, item, section)) section.miss(gap);
}

void records_destroyed(const PackSources& sources, Section& section) {
  if (sources.destroyed.empty())
    return section.text.paragraph(fmt::format("{} 年度沒有銷毀紀錄。", sources.year));
  std::vector<Row> rows;
  for (const auto& batch : sources.destroyed) {
    rows.push_back({words(batch.id), words(batch.date), std::to_string(batch.numbers.size()),
                    numbers_text(batch)});
  }
  section.text.paragraph("銷毀證明之摘要（SHA-256）列於附件二，批次如下：");
  section.text.table({"銷毀批次", "日期", "件數", "紀錄編號"}, rows);
}

void access_reviews(const PackSources& sources, Section& section) {
  if (sources.access_reviews.empty()) return;
  const auto today = sources.as_of.substr(0, std::string_view("2026-11-22").size());
  std::vector<Row> rows;
  for (const auto& review : sources.access_reviews) {
    const bool late = review.approved.empty() && review.due < today;
    rows.push_back({words(review.label), std::to_string(review.rows), std::to_string(review.ended),
                    words(review.due),
                    review.approved.empty() ? (late ? "未核准（逾期）" : "未核准")
                                            : words(review.approved)});
    if (late) {
      section.miss({"9.3.2 d 1", "存取權限審查",
                    fmt::format("{}之存取權限審查未於 {} 前核准；由監資處辦理", review.label,
                                review.due)});
    }
  }
  section.text.paragraph("存取權限審查（規範 肆/五/(二)/5），名單之摘要列於附件二：");
  section.text.table({"期別", "列數", "調整及撤銷", "期限", "核准日"}, rows);
}

void proposals(const PackSources& sources, Section& section) {
  section.text.paragraph("決議分為改善與 ISMS 變更二類（ISO/IEC 27001 9.3.3）。");
  std::vector<Row> rows{
      {"1", fmt::format("確認 {} 年度組織全景策略表", sources.year), "", "", "", ""}};
  for (int number = 2; number <= 6; ++number)
    rows.push_back({std::to_string(number), "", "", "", "", ""});
  section.text.table({"案次", "案由", "類別", "決議", "負責", "期限"}, rows);
}

}  // namespace vermilion::review
