#include "markup/comparison.h"

#include "markup/html.h"
#include "markup/outline.h"

using namespace vermilion;
using namespace vermilion::markup;

namespace {

Document sheet(std::string_view before, std::string_view after) {
  return comparison_table(diff_clauses(parse_markdown(before), parse_markdown(after)),
                          {"備份規範", "1.0", "1.1"});
}

}  // namespace

TEST_CASE("a comparison shows what came underlined and what went struck, each on its own side",
          "[markup]") {
  const auto page = to_html(sheet("一、每月備份資料庫一次。\n\n二、刪去之條文內容。\n",
                                  "一、每週備份資料庫一次。\n\n三、全新加入者。\n"));
  CHECK(
      page.find("<th scope=\"col\">修正後（1.1 版）</th><th scope=\"col\">修正前（1.0 版）</th>") !=
      std::string::npos);
  CHECK(page.find("<td><strong>一</strong></td><td>每<ins>週</ins>備份資料庫一次。</td>"
                  "<td>每<del>月</del>備份資料庫一次。</td><td>修正</td>") != std::string::npos);
  CHECK(page.find("<td><strong>二</strong></td><td></td><td><del>刪去之條文內容。</del></"
                  "td><td>刪除</td>") != std::string::npos);
  CHECK(page.find("<td><ins>全新加入者。</ins></td><td></td><td>新增</td>") != std::string::npos);
}

TEST_CASE("a clause that moved names its old place, and equal texts say so", "[markup]") {
  const auto page =
      to_html(sheet("一、甲。\n\n二、應每月檢查備份媒體。\n",
                    "一、甲。\n\n二、全新之一條規定。\n\n三、應每月檢查備份媒體。\n"));
  CHECK(page.find("條次變更<br>\n原條次 二") != std::string::npos);
  CHECK(sheet("一、甲。", "一、甲。").blocks.size() == 2);
}

namespace {

const std::string annex =
    "# 附件1：組織全景確認表\n\n"
    "本表由資訊安全執行秘書保管。\n\n"
    "| 組織全景 | 影響構面 | 說明 | 策略 |\n|---|---|---|---|\n"
    "| 內／外部環境 | 法律議題 | 個資法；其他資安法規 | 建立法規鑑別程序 |\n"
    "| 利害關係人 | 員工 | 提供安全可靠之資訊環境 | 持續推動 ISO 27001 |\n"
    "| 利害關係人 | 供應商 | 依合約要求執行作業 | 依合約要求執行相關作業 |\n"
    "| 利害關係人 | 民眾 | 提供友善及穩定之資訊平台 | 監控資訊系統。 |\n";

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), by);
}

// The cells of the one row, after and before.
std::string only_row(std::string_view before, std::string_view after) {
  const auto page = to_html(sheet(before, after));
  const auto from = page.find("</strong></td>") + 14;
  return page.substr(from, page.find("</td></tr>", from) - from);
}

}  // namespace

TEST_CASE("two characters changed in the title of an annex print the title, not the annex",
          "[markup]") {
  CHECK(only_row(annex, replaced(annex, "確認表", "策略表")) ==
        "<td>組織全景<ins>策略</ins>表<br>\n（其餘未修正）</td>"
        "<td>組織全景<del>確認</del>表<br>\n（其餘未修正）</td><td>修正");
}

TEST_CASE("a changed row of a table stands alone, with the names of its columns", "[markup]") {
  CHECK(only_row(annex, replaced(annex, "監控資訊", "監控及檢測資訊")) ==
        "<td>組織全景確認表<br>\n組織全景：利害關係人；影響構面：民眾；"
        "說明：提供友善及穩定之資訊平台；策略：監控<ins>及檢測</"
        "ins>資訊系統。<br>\n（其餘未修正）</td>"
        "<td>組織全景確認表<br>\n組織全景：利害關係人；影響構面：民眾；"
        "說明：提供友善及穩定之資訊平台；策略：監控資訊系統。<br>\n（其餘未修正）</td><td>修正");
}

TEST_CASE("rows that came or went are said to be so, and the other rows are no part of it",
          "[markup]") {
  const std::string supplier =
      "| 利害關係人 | 供應商 | 依合約要求執行作業 | 依合約要求執行相關作業 |\n";
  const std::string owner = "| 利害關係人 | 主管機關 | 配合行政院資訊安全規範辦理 | 列管追蹤 |\n";
  CHECK(only_row(annex, replaced(replaced(annex, supplier, ""), "| 內／外", owner + "| 內／外")) ==
        "<td>組織全景確認表<br>\n（新增）<ins>組織全景：利害關係人；"
        "影響構面：主管機關；說明：配合行政院資訊安全規範辦理；策略：列管追蹤</ins><br>\n"
        "（其餘未修正）</td>"
        "<td>組織全景確認表<br>\n（刪除）<del>組織全景：利害關係人；"
        "影響構面：供應商；說明：依合約要求執行作業；策略：依合約要求執行相關作業</del><br>\n"
        "（其餘未修正）</td><td>修正");
}

TEST_CASE("a column with another name is told by the head, not by every row", "[markup]") {
  CHECK(only_row(annex, replaced(annex, "影響構面", "議題")) ==
        "<td>組織全景確認表<br>\n欄位：組織全景、<ins>議題</"
        "ins>、說明、策略<br>\n"
        "（其餘未修正）</td>"
        "<td>組織全景確認表<br>\n欄位：組織全景、<del>影響構面</del>、說明、策略"
        "<br>\n（其餘未修正）</td><td>修正");
}

TEST_CASE("of a clause with obligations, the one that changed is shown with its number",
          "[markup]") {
  const std::string clause =
      "1. 每年清查帳號一次。\n\n   ```obligation\n   id: OB-151\n   duty: 清查帳號\n   "
      "every: yearly\n   ```\n\n   ```obligation\n   id: OB-152\n   every: daily\n   ```\n";
  CHECK(only_row(clause, replaced(clause, "yearly", "monthly")) ==
        "<td>OB-151　清查帳號；頻率：每<ins>月</ins><br>\n（其餘未修正）</td>"
        "<td>OB-151　清查帳號；頻率：每<del>年</del><br>\n（其餘未修正）</td><td>修正");
}

TEST_CASE("a paragraph between others is shown without them", "[markup]") {
  const std::string policy =
      "一、備份\n\n資料庫每日備份。\n\n媒體存放於異地。\n\n每半年演練回復一次。\n";
  CHECK(only_row(policy, replaced(policy, "異地。", "異地機房。\n\n媒體應加密。")) ==
        "<td>媒體存放於異地<ins>機房</ins>。<br>\n（新增）<ins>媒體應加密。</ins><br>\n"
        "（其餘未修正）</td><td>媒體存放於異地。<br>\n（其餘未修正）</td><td>修正");
}
