#include "review/pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "evidence/revision.h"
#include "review/sections.h"

namespace vermilion::review {
namespace {

using Write = std::function<void(const PackSources&, Section&)>;

struct Plan {
  const char* label;
  const char* title;
  const char* basis;
  Write write;
};

Write from_inputs(const char* item, const char* clause, const char* title, const char* supplier) {
  return [=](const PackSources& sources, Section& section) {
    inputs(sources, item,
           {clause, title,
            fmt::format("沒有 {} 年之審查輸入「{}」；由{}提供", sources.year, title, supplier)},
           section);
  };
}

// findings.md §5.7: the order of ISO/IEC 27001 9.3.2 and what the regulation adds.
const std::vector<Plan>& plan() {
  static const std::vector<Plan> sections{
      {"壹、", "前次審查決議之辦理情形", "9.3.2 a", previous_decisions},
      {"貳、", "組織全景策略表", "9.3.2 b", context_table},
      {"參、", "利害關係人之需求與期望", "9.3.2 c", interested_parties},
      {"肆、", "政策與規範之年度評估", "7.5", documents_changed},
      {"伍、", "量測指標", "9.3.2 d 2、d 4", indicators},
      {"陸、", "不符合事項與矯正措施", "9.3.2 d 1",
       [](const PackSources& sources, Section& section) {
         corrective_actions(sources, section);
         access_reviews(sources, section);
       }},
      {"柒、", "稽核結果", "9.3.2 d 3",
       from_inputs("audit-results", "9.3.2 d 3", "稽核結果", "資訊安全稽核小組")},
      {"捌、", "資通安全事件", "9.3.2 d 1",
       from_inputs("incidents", "9.3.2 d 1", "資通安全事件", "資通安全工作組")},
      {"玖、", "利害關係人之回饋", "9.3.2 e",
       from_inputs("interested-party-feedback", "9.3.2 e", "利害關係人之回饋", "資訊安全執行秘書")},
      {"拾、", "風險評鑑與風險處理計畫", "9.3.2 f",
       from_inputs("risk-treatment", "9.3.2 f", "風險評鑑結果與風險處理計畫", "資通安全工作組")},
      {"拾壹、", "溝通計畫", "7.4", communication_plan},
      {"拾貳、", "紀錄之銷毀", "7.5.3", records_destroyed},
      {"拾參、", "資源", "7.1", from_inputs("resources", "7.1", "資源", "資訊安全執行秘書")},
      {"拾肆、", "改善機會", "9.3.2 g",
       from_inputs("improvement", "9.3.2 g", "改善機會", "資訊安全執行秘書")},
      {"拾伍、", "提請決議事項", "9.3.3", proposals},
  };
  return sections;
}

// The order in which records are handed over must not show.
PackSources ordered(PackSources sources) {
  const auto by_number = [](const Source& a, const Source& b) {
    return std::tie(a.number, a.id) < std::tie(b.number, b.id);
  };
  std::sort(sources.corrective_actions.begin(), sources.corrective_actions.end(), by_number);
  std::sort(sources.inputs.begin(), sources.inputs.end(), by_number);
  std::sort(sources.documents.begin(), sources.documents.end(), [](const auto& a, const auto& b) {
    return std::tie(a.effective, a.id, a.version) < std::tie(b.effective, b.id, b.version);
  });
  std::sort(sources.destroyed.begin(), sources.destroyed.end(), [](const auto& a, const auto& b) {
    return std::tie(a.date, a.id) < std::tie(b.date, b.id);
  });
  std::sort(sources.access_reviews.begin(), sources.access_reviews.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  std::sort(sources.withheld.begin(), sources.withheld.end());
  return sources;
}

std::vector<Section> written(const PackSources& sources) {
  std::vector<Section> sections;
  for (const Plan& one : plan()) {
    Section& section = sections.emplace_back(Section{one.label, one.title, one.basis, {}, {}});
    one.write(sources, section);
  }
  return sections;
}

std::vector<Gap> all_gaps(const std::vector<Section>& sections, const PackSources& sources) {
  std::vector<Gap> gaps;
  for (const auto& section : sections)
    gaps.insert(gaps.end(), section.gaps.begin(), section.gaps.end());
  for (const auto& number : sources.withheld) {
    gaps.push_back({"7.5.3", "紀錄 " + number,
                    "彙編者無權開啟此紀錄，本資料未採計其內容；由有權閱覽者重新彙編"});
  }
  return gaps;
}

// Every record drawn on, once, in the order in which the pack speaks of them.
std::vector<const Source*> drawn_on(const PackSources& sources) {
  std::vector<const Source*> all;
  if (sources.last_minutes) all.push_back(&*sources.last_minutes);
  const auto add_years = [&](const std::map<int, Source>& by_year, int years_before) {
    for (int year = sources.year; year >= sources.year - years_before; --year) {
      if (const Source* source = find_year(by_year, year)) all.push_back(source);
    }
  };
  add_years(sources.context_tables, 1);
  add_years(sources.metrics, 2);
  for (const auto& action : sources.corrective_actions) all.push_back(&action);
  for (const auto& input : sources.inputs) all.push_back(&input);
  add_years(sources.communication_plans, 1);
  return all;
}

void print_basis(const PackSources& sources, size_t gaps, Markdown& text) {
  text.table(
      {"資料基準", "內容"},
      {{"機關", words(sources.organisation)},
       {"審查年度", fmt::format("{} 年", sources.year)},
       {"資料截至", words(sources.as_of_text)},
       {"證據提交", words(sources.head)},
       {"指標依據", words(sources.regulation)},
       {"完整性", gaps == 0 ? "各項資料均已備妥" : fmt::format("**缺漏 {} 項**，見附件一", gaps)}});
}

void print_agenda(const std::vector<Section>& sections, Markdown& text) {
  text.heading(2, "會議議程");
  std::vector<Row> rows;
  for (const auto& section : sections) {
    rows.push_back(
        {section.label.substr(0, section.label.size() - std::string("、").size()), section.title,
         section.basis,
         section.gaps.empty() ? "備妥" : fmt::format("**缺漏 {} 項**", section.gaps.size())});
  }
  text.table({"項次", "議題", "ISO/IEC 27001 條款", "資料"}, rows);
}

void print_attendance(Markdown& text) {
  text.heading(2, "出席簽到");
  text.paragraph(
      "會議時間：＿＿＿＿＿＿＿＿＿＿　地點：＿＿＿＿＿＿＿＿＿＿　主席：＿＿＿＿＿＿＿＿");
  text.table({"單位", "職稱", "姓名", "簽名"}, std::vector<Row>(8, Row(4, "　")));
}

void print_gaps(const std::vector<Gap>& gaps, Markdown& text) {
  text.heading(2, "附件一：缺漏事項");
  if (gaps.empty()) return text.paragraph("各項資料均已備妥，沒有缺漏。");
  std::vector<Row> rows;
  for (const auto& gap : gaps) rows.push_back({words(gap.item), words(gap.title), words(gap.what)});
  text.table({"條款", "項目", "缺少之資料與提供者"}, rows);
}

void print_sources(const PackSources& sources, Markdown& text) {
  text.heading(2, "附件二：資料來源");
  text.paragraph(
      "本資料所引用之紀錄、文件與銷毀證明，其版本及摘要（SHA-"
      "256）固定如下；標示〔匯入〕者為系統啟用前之紀錄轉入。");
  std::vector<Row> rows;
  for (const Source* source : drawn_on(sources)) {
    rows.push_back({words(source->number) + (source->imported ? "〔匯入〕" : ""),
                    words(source->title), words(source->form + " " + source->form_version),
                    words(source->id), words(source->digest)});
  }
  for (const auto& change : sources.documents)
    rows.push_back({words(change.id), words(change.title), words(change.version), "文件",
                    words(change.content)});
  for (const auto& review : sources.access_reviews)
    rows.push_back(
        {words(review.id), "存取權限審查", words(review.label), "審查", words(review.list)});
  for (const auto& batch : sources.destroyed)
    rows.push_back(
        {words(batch.id), "銷毀證明", words(batch.date), "銷毀", words(batch.certificate)});
  text.table({"編號", "名稱", "表單與版本", "識別碼", "摘要"}, rows);
}

Json sources_json(const PackSources& sources) {
  Json list = Json::array();
  for (const Source* source : drawn_on(sources)) {
    list.push_back({{"number", source->number},
                    {"id", source->id},
                    {"form", source->form},
                    {"form_version", source->form_version},
                    {"digest", source->digest}});
  }
  return list;
}

std::string whole(const PackSources& sources, const std::vector<Section>& sections,
                  const std::vector<Gap>& gaps) {
  Markdown text;
  text.heading(1, pack_title(sources.year));
  print_basis(sources, gaps.size(), text);
  print_agenda(sections, text);
  print_attendance(text);
  for (const auto& section : sections) {
    text.heading(2, section.label + section.title);
    text.append(section.text);
  }
  print_gaps(gaps, text);
  print_sources(sources, text);
  return text.text();
}

}  // namespace

void Section::miss(const Gap& gap) {
  text.quote(
      fmt::format("**〔缺漏　{}〕{}**：{}。", words(gap.item), words(gap.title), words(gap.what)));
  gaps.push_back(gap);
}

std::string named(const Source& source) {
  return fmt::format("{} {} 版{}", words(source.number), words(source.form_version),
                     source.imported ? "〔匯入〕" : "");
}

const Source* find_year(const std::map<int, Source>& sources, int year) {
  const auto found = sources.find(year);
  return found == sources.end() ? nullptr : &found->second;
}

int roc_year(Date date) { return static_cast<int>(date.year()) - 1911; }

std::vector<Json> rows_of(const Json& values, const char* key) {
  std::vector<Json> rows;
  if (!values.is_object() || !values.contains(key)) return rows;
  for (const Json& row : values[key]) rows.push_back(row);
  return rows;
}

// Corrective actions say 已完成, decisions 完成.
bool is_done(const Json& row) { return words_of(row, "status").ends_with("完成"); }

std::string status_of(const Json& row, const std::string& as_of) {
  const auto status = words_of(row, "status");
  const auto due = words_of(row, "due");
  const bool late = !is_done(row) && due.size() == 10 && due < as_of.substr(0, 10);
  return late ? status + "（逾期）" : status;
}

std::string pack_title(int year) { return fmt::format("{} 年度管理審查會議資料", year); }

Pack build_pack(const PackSources& given) {
  const auto sources = ordered(given);
  const auto sections = written(sources);
  Pack pack;
  pack.gaps = all_gaps(sections, sources);
  pack.markdown = whole(sources, sections, pack.gaps);
  pack.sources = sources_json(sources);
  pack.digest = evidence::content_digest(pack.markdown);
  return pack;
}

}  // namespace vermilion::review
