// The pages of audits and of authorisations: given and ended by who may, with a signature, and seen by whom they concern.
#include <catch2/catch.hpp>

#include "website.h"

using namespace website;

namespace {

// The id in the form of the page seen last that posts to /<folder>/<id>/end.
std::string id_to_end(const Page& page, const std::string& folder) {
  const auto mark = "action=\"/" + folder + "/";
  const auto at = page.body.find(mark);
  return at == std::string::npos ? "" : page.body.substr(at + mark.size(), 26);
}

}  // namespace

TEST_CASE("網頁上核定與終止稽核範圍 the scope of an audit is approved and ended on its page",
          "[web][SC-50]") {
  Website site;
  auto head = site.signed_in("tsai08", "蔡承恩", "approver");
  (void)site.enrol("kao30", "高稽核", "auditor");
  (void)head.get("/audits");
  const web::Fields audit = {{"auditor", "kao30"},
                             {"to", "2026-12-31"},
                             {"units", "監資處，水保處,空保處　土水處"},
                             {"forms", ""},
                             {"log_kinds", "approval login"}};
  auto wrong = signed_form(head, audit);
  wrong["passphrase"] = "這不是我的通行短語，這不是";
  CHECK(head.post("/audits", wrong).status == 403);
  const auto empty = head.post("/audits", signed_form(head, {{"auditor", "kao30"}, {"to", "x"}}));
  CHECK(empty.status == 422);
  CHECK(empty.has("value=\"kao30\""));  // what was typed stays
  CHECK(head.post("/audits", signed_form(head, audit)).field("Location") == "/audits?done=yes");
  const auto shown = head.get("/audits");
  CHECK(shown.has("土水處、水保處、監資處、空保處"));
  CHECK(shown.has("approval、login"));
  const auto id = id_to_end(shown, "audits");
  CHECK(head.post("/audits/" + id + "/end", signed_form(head, {})).status == 303);
  CHECK(head.get("/audits").has("已終止"));
  CHECK(id_to_end(head.get("/audits"), "audits").empty());
}

TEST_CASE("網頁上列出稽核複本並確認消除 copies are listed on the page, and confirmed to be erased",
          "[web][SC-52]") {
  Website site;
  site.create("ISMS-02-001");
  site.carry_through("ISMS-02-001");
  auto head = site.signed_in("tsai08", "蔡承恩", "approver");
  auto auditor = site.signed_in("kao30", "高稽核", "auditor");
  (void)head.get("/audits");
  (void)head.post("/audits", signed_form(head, {{"auditor", "kao30"},
                                                {"to", "2026-12-31"},
                                                {"documents", "ISMS-02-001"}}));
  CHECK_FALSE(head.get("/").has("稽核複本"));
  CHECK(auditor.get("/documents/ISMS-02-001/pdf").status == 200);
  CHECK(head.get("/").has("稽核複本尚有 1 份"));
  CHECK(auditor.get("/").has("稽核複本尚有 1 份"));
  const auto his = auditor.get("/audits");
  CHECK(his.has("未確認消除"));
  CHECK_FALSE(his.has("/erased\""));
  const auto shown = head.get("/audits");
  const std::string mark = "action=\"/audits/copies/";
  const auto begin = shown.body.find(mark);
  REQUIRE(begin != std::string::npos);
  const auto copy = std::to_string(std::stoull(shown.body.substr(begin + mark.size())));
  CHECK(head.post("/audits/copies/0" + copy + "x/erased", signed_form(head)).status == 404);
  CHECK(head.post("/audits/copies/" + copy + "/erased", signed_form(head)).status == 303);
  const auto after = head.get("/audits");
  CHECK(after.has("已消除"));
  CHECK_FALSE(after.has("未確認消除"));
  CHECK_FALSE(head.get("/").has("稽核複本尚有"));
}

TEST_CASE(
    "[SC-35] 網頁上授權調閱機密 opening what is classified is authorised on a page, by nobody for "
    "himself",
    "[web][SC-35]") {
  RecordWebsite site;
  auto head = site.signed_in("tsai08", "蔡承恩", "unit-head");
  auto staff = site.signed_in("kao30", "高承辦", "staff");
  (void)head.get("/authorisations");
  web::Fields wanted = {
      {"account", "kao30"}, {"form", "nda-employee"}, {"purpose", "audit"}, {"to", "2026-12-31"}};
  auto own = wanted;
  own["account"] = "tsai08";
  CHECK(head.post("/authorisations", signed_form(head, own)).status == 403);
  const auto given = head.post("/authorisations", signed_form(head, wanted));
  CHECK(given.field("Location") == "/authorisations?done=yes");
  CHECK(staff.get("/authorisations").has("nda-employee"));
  CHECK_FALSE(staff.get("/authorisations").has("授權並簽署"));
  CHECK(id_to_end(staff.get("/authorisations"), "authorisations").empty());
  CHECK(staff.post("/authorisations", signed_form(staff, wanted)).status == 403);
  const auto id = id_to_end(head.get("/authorisations"), "authorisations");
  CHECK(head.post("/authorisations/" + id + "/end", signed_form(head, {})).status == 303);
  CHECK(staff.get("/authorisations").has("已終止"));
}
