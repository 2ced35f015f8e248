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
