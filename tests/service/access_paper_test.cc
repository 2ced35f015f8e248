// 使用者存取權限檢討表: what pdftotext reads off the paper of an access review, and who gets which rows.
#include "access.h"
#include "support/process.h"

using namespace bureau;

namespace {

struct Paper : AccessBureau {
  Scratch scratch_folder;

  Bytes pdf(const std::string& account) {
    auto context = as(account);
    return service::access_review_pdf(context, "");
  }
  std::string text(const std::string& account, const std::string& pages = "") {
    const auto file = scratch_folder.write("review.pdf", pdf(account));
    return run("pdftotext -raw " + pages + " " + file + " -").output;
  }
  // As text without spaces and line ends: a cell may be broken anywhere.
  std::string run_together(const std::string& account) {
    std::string all;
    for (const char c : text(account))
      if (c != ' ' && c != '\n' && c != '\f') all += c;
    return all;
  }
};

bool has(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE(
    "檢討表載明逐列決定 the paper has each row with its decision, reason, reviewer and both "
    "calendars [SC-08]",
    "[service]") {
  if (!has_program("pdftotext")) return;
  Paper at;
  at.open();
  const auto before = at.run_together("sun05");
  CHECK(has(before, "未決定"));
  CHECK(has(before, "尚未提出。"));
  const auto row = at.row("role", "zhou07", "countersigner");
  at.decide("wu06", {{row, "revoke", "已調離政風室", ""}});
  at.keep_the_rest("wu06");
  at.keep_the_rest("zhao02");
  at.propose();
  at.approve();
  const auto standing = at.run_together("sun05");
  CHECK(has(standing, "尚未結束"));
  {
    auto hsu = at.as("hsu01");
    (void)service::execute_access_review(hsu, "");
  }
  const auto paper = at.run_together("sun05");
  CHECK(has(paper, "115年下半年使用者存取權限檢討表"));
  CHECK(has(paper, "115年7月1日（2026-07-01）至民國115年12月31日（2026-12-31）"));
  CHECK(has(paper, "撤銷"));
  CHECK(has(paper, "已調離政風室"));
  CHECK(has(paper, "業務需要"));
  CHECK(has(paper, "【特別權限】"));
  CHECK(has(paper, "116年1月4日2027-01-04"));
  CHECK(has(paper, "單位異動時同日收回角色"));
  CHECK(has(paper, "已結束"));
  CHECK_FALSE(has(paper, "尚未結束"));
  CHECK(has(paper, "簽核紀錄"));
  CHECK(has(paper, "陳昱"));
}

TEST_CASE(
    "檢討表每頁有密級、頁碼與表頭 every page has the mark, its number and the head of the table "
    "[SC-08]",
    "[service]") {
  if (!has_program("pdftotext")) return;
  Paper at;
  at.open();
  const auto all = at.text("sun05");
  const auto pages = static_cast<int>(std::count(all.begin(), all.end(), '\f'));
  REQUIRE(pages >= 3);
  for (int page = 1; page <= pages; ++page) {
    INFO(page);
    const auto number = std::to_string(page);
    const auto text = at.text("sun05", "-f " + number + " -l " + number);
    CHECK(has(text, "限閱"));
    CHECK(has(text, "第 " + number + "／" + std::to_string(pages) + " 頁"));
    if (page < pages) CHECK(has(text, "決定與理由"));
  }
}

TEST_CASE(
    "檢討表只列看得到的列 who does not see the whole list gets his rows, and the paper says so "
    "[SC-08]",
    "[service]") {
  if (!has_program("pdftotext")) return;
  Paper at;
  at.open();
  const auto before = at.mark().log_size;
  const auto own = at.run_together("zhou07");
  CHECK(has(own, "不是全部名單"));
  CHECK(has(own, "周致遠"));
  CHECK_FALSE(has(own, "許淑芬"));
  CHECK_FALSE(has(at.run_together("sun05"), "不是全部名單"));
  std::vector<std::string> exported;
  for (const auto& entry : at.log_from(before))
    if (entry.kind == "export") exported.push_back(entry.actor + " " + entry.subject);
  const auto subject = "access-review " + at.shown()["id"].get<std::string>() + " pdf";
  CHECK(exported == std::vector<std::string>{"zhou07 " + subject, "sun05 " + subject});
  CHECK(at.pdf("sun05") == at.pdf("sun05"));
}
