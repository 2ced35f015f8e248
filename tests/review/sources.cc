#include "sources.h"

#include <fmt/format.h>

#include "crypto/digest.h"
#include "support/shared.h"

using namespace vermilion;
using review::Source;

namespace meeting {
namespace {

Json objects(const std::vector<const char*>& members, const std::vector<Json>& rows) {
  Json list = Json::array();
  for (const Json& row : rows) {
    Json object;
    for (size_t i = 0; i < members.size(); ++i) object[members[i]] = row[i];
    list.push_back(object);
  }
  return list;
}

Source context(int year, const std::string& authority) {
  const auto rows =
      objects({"group", "aspect", "description", "strategy"},
              {{"內/外部環境", "1. 法律議題", "個資法；其他資安法規",
                "依個資法建立個資蒐集、處理、利用及安全防護之機制。建立法規鑑別程序，定期確認相關資"
                "安法規法律之符合"
                "性。"},
               {"內/外部環境", "2. 本署政策", "資安系統符合法律要求及保護資料安全",
                "持續推動ISO "
                "27001，以符合需求並持續改善。並在資源有效利用及分配，驗證範圍以資訊機房為標的，但"
                "管控範圍則為全署"
                "。"},
               {"利害關係人", "1. 主管機關", authority, "持續推動ISO27001，以符合需求並持續改善"},
               {"利害關係人", "2. 員工", "提供一個安全可靠之資訊環境",
                "持續推動ISO27001，以符合需求並持續改善"},
               {"利害關係人", "3. 供應商", "依合約要求執行作業。", "依合約要求執行相關作業"},
               {"利害關係人", "4. 民眾", "提供有友善及穩定之資訊平台",
                "持續推動ISO27001，以符合需求並持續改善並針對資訊系統進行監控，以確認其符合需求"}});
  return record(fmt::format("CTX-{}-0001", year), "context-strategy-table", "組織全景策略表",
                fmt::format("{}-11-02", year + 1911), {{"year", year}, {"rows", rows}});
}

Source plan(int year) {
  const auto rows = objects(
      {"item", "timing", "audience", "responsible", "effect", "method"},
      {{"資訊安全政策", "管理審查作業; 製/修訂時", "範圍內所有人員", "資訊安全執行秘書",
        "人員對政策認知及了解", "制定文件; 政策審查; 公告"},
       {"組織角色、責任與職權", "製/修訂時", "範圍內所有人員", "資訊安全執行秘書",
        "確保責任與職權已溝通及瞭解", "制定文件; 公告"},
       {"資訊安全管理目標", "管理審查作業; 製/修訂時", "範圍內所有人員", "資訊安全執行秘書",
        "確保管理系統與目標達成之有效性；未符合目標及改善方式", "公告; 管理審查簽辦; 會議"},
       {"資訊安全風險處理計畫與接受殘留資訊", "管理審查作業; 風險評估完成時", "風險擁有者",
        "資訊安全工作組", "對風險項目及殘留風險認知", "風險評鑑報告"},
       {"不符合資訊安全管理的事件", "管理審查作業", "範圍內所有人員/委外廠商", "資訊安全工作組",
        "確保不符合事項處理方式及不再發生", "管理審查簽辦; 會議"},
       {"稽核結果", "稽核完成; 管理審查作業", "召集人", "資訊安全稽核小組",
        "管理系統之落實度、符合性及有效性之確認", "稽核報告; 管理審查簽辦; 會議"},
       {"ISMS運作狀況亟需改善之處", "管理審查作業", "召集人", "資訊安全執行秘書",
        "確保管理系統適用性、充足性與有效性", "管理審查簽辦; 會議"},
       {"資安事件通報", "資安事件發生時",
        year == 115 ? "數位發展部資通安全署" : "行政院國家資通安全會報", "資訊安全工作組",
        "通報資安事件發生之時間、範圍及原因等，必要時尋求協助。", "國家資通安全通報應變網站"}});
  return record(fmt::format("COM-{}-0001", year), "communication-plan", "溝通計畫",
                fmt::format("{}-03-05", year + 1911), {{"year", year}, {"rows", rows}});
}

Source report(int year, const std::vector<double>& values) {
  const std::vector<std::vector<std::string>> evidence{
      {"使用者反映紀錄 115 年彙整"},
      {"IDS-115-0002", "機房值勤檢查表 115-07", "機房日誌 115-03-11、115-05-20、115-09-02"},
      {"監視器檢查紀錄 1 至 12 月"},
      {"網路異常紀錄 115-04-08（5 小時 10 分）", "網路異常紀錄 115-10-15（4 小時 5 分）"},
      {"機房日誌 115-08-19（UPS 42 分鐘）"},
      {"機房檢查表 1 至 12 月"},
      {"機房人員及物品進出紀錄"},
      {"監控系統異常紀錄 115-06-30"},
      {"網路監控系統年報"}};
  Json rows = Json::array();
  for (size_t i = 0; i < values.size(); ++i)
    rows.push_back({{"no", i + 1}, {"value", values[i]}, {"evidence", evidence[i]}});
  if (values.size() > 3)
    rows[3]["analysis"] = "另有一次中斷 3 小時 50 分，未逾 4 個工作小時，不計。";
  return record(fmt::format("MET-{}-0001", year), "metric-annual-report", "量測指標年度統計",
                fmt::format("{}-12-20", year + 1911), {{"year", year}, {"indicators", rows}});
}

Source action() {
  return record("CAR-115-0001", "corrective-action", "矯正措施處理單", "2026-12-21",
                {{"source", "指標未達"},
                 {"nonconformity", "指標 2 網路入侵成功事件 6 次，逾目標值 5 次"},
                 {"clause", "壹/五/(二)/2"},
                 {"root_cause", "對外服務主機修補逾期"},
                 {"action", "對外服務主機修補期限改為 7 日，並每月複查"},
                 {"owner", "監資處"},
                 {"due", "2027-03-31"},
                 {"status", "處理中"}});
}

Source minutes() {
  const auto decisions =
      objects({"no", "kind", "text", "owner", "due", "status"},
              {{"114-1-1", "改善", "對外網站全面採用多因子驗證", "監資處", "2026-06-30", "完成"},
               {"114-1-2", "改善", "機房不斷電系統電池汰換", "秘書室", "2026-09-30", "進行中"},
               {"114-1-3", "ISMS變更", "指標九之量測範圍納入分支機關路由器", "監資處", "2027-06-30",
                "未開始"}});
  auto source =
      record("MRM-114-0001", "management-review-minutes", "管理審查會議紀錄", "2026-01-16",
             {{"year", 114}, {"meeting_no", "114-1"}, {"decisions", decisions}});
  source.imported = true;
  return source;
}

}  // namespace

Source record(const std::string& number, const std::string& form, const std::string& title,
              const std::string& date, const Json& values) {
  Source source;
  source.id = "01K" + crypto::digest_text(number).substr(7, 23);
  source.number = number;
  source.form = form;
  source.form_version = "1.0";
  source.title = title;
  source.date = parse_date(date);
  source.imported = source.date < parse_date("2026-01-01");
  source.digest = crypto::digest_text(canonical(values));
  source.values = values;
  return source;
}

Source input(int number, const std::string& item, const std::string& summary,
             const std::string& source) {
  return record(fmt::format("MRI-115-{:04}", number), "management-review-input", "管理審查議題資料",
                "2026-12-22",
                {{"year", 115}, {"item", item}, {"summary", summary}, {"source", source}});
}

review::PackSources sources() {
  review::PackSources s;
  s.year = 115;
  s.organisation = "行政院環境保護署";
  s.as_of = "2027-01-08T01:30:00Z";
  s.as_of_text = "民國116年1月8日 09:30（2027-01-08）";
  s.head = "4f1d2c3b5a69788776655443322110ffeeddccbb";
  s.indicators = duties::indicators_in(markup::parse_markdown(file_bytes(
      std::filesystem::path(VERMILION_SOURCE_DIR) / "docs-src" / "isms" / "ISMS-01-002-1.1.md")));
  s.regulation = "ISMS-01-002 1.1";
  s.metrics = {{113, report(113, {0, 3, 0, 4, 2, 1, 0, 0, 97.6})},
               {114, report(114, {1, 4, 0, 3, 1, 0, 0, 0, 98.2})},
               {115, report(115, {0, 6, 0, 2, 1, 0, 0, 1, 98.7})}};
  s.context_tables = {{114, context(114, "配合行政院資訊安全規範辦理")},
                      {115, context(115, "配合資通安全管理法及行政院資訊安全規範辦理")}};
  s.communication_plans = {{114, plan(114)}, {115, plan(115)}};
  s.corrective_actions = {action()};
  s.last_minutes = minutes();
  s.inputs = {
      input(1, "audit-results", "內部稽核 2 次，輕微不符合 3 項，均已改善；外部稽核無重大不符合",
            "115 年內部稽核報告"),
      input(2, "interested-party-feedback", "民眾反映空氣品質查詢頁面偶有逾時，已增加主機",
            "首長信箱 115 年統計"),
      input(3, "improvement", "備份還原演練改為每季辦理", "115 年第 3 次工作組會議"),
      input(4, "resources", "資訊安全專責人力 4 人，116 年度預算 1,250 萬元", "監資處"),
      input(5, "incidents", "第一級事件 6 件、第二級以上 0 件，均於 1 小時內通報", "事件通報紀錄"),
  };
  s.documents = {{"ISMS-01-002", "資訊安全管理規範", "1.1", "1.0", "2026-12-01",
                  "指標九之量測範圍及名詞配合組織改造修正", crypto::digest_text("ISMS-01-002 1.1")},
                 {"ISMS-02-001", "文件及紀錄管理程序", "1.0", "", "2026-03-02", "訂定",
                  crypto::digest_text("ISMS-02-001 1.0")}};
  s.destroyed = {{"D-115-0001",
                  "2026-11-25",
                  crypto::digest_text("D-115-0001"),
                  {"NDA-104-0001", "NDA-104-0002", "ROOM-110-0031"}}};
  return s;
}

}  // namespace meeting
