// The pages over a store: who may see them, what a form does, and that nothing typed becomes markup.
#include <catch2/catch.hpp>

#include "service/paper.h"
#include "website.h"
#include "workflow/documents.h"

using namespace website;

namespace {

std::string without_token(std::string body) {
  const std::string mark = "name=\"form_token\" value=\"";
  const auto at = body.find(mark);
  return at == std::string::npos ? body : body.erase(at + mark.size(), 64);
}

}  // namespace

TEST_CASE("a person signs in, is greeted, and signs out for good", "[web]") {
  Website site;
  const auto password = site.enrol("tsai08", "蔡承恩", "staff");
  Browser browser(site.url());
  const auto away = browser.get("/documents");
  CHECK(away.status == 303);
  CHECK(away.field("Location") == "/login?next=%2Fdocuments");
  const auto in = browser.log_in("tsai08", password);
  CHECK(in.status == 303);
  CHECK(in.field("Set-Cookie").find("__Host-vermilion=") == 0);
  CHECK(in.field("Set-Cookie").ends_with("; Path=/; Secure; HttpOnly; SameSite=Strict"));
  const auto home = browser.get("/documents");
  CHECK(home.status == 200);
  CHECK(home.has("蔡承恩"));
  auto stolen = browser;
  CHECK(browser.post("/logout", {{"form_token", browser.hidden("form_token")}}).status == 303);
  CHECK(stolen.get("/documents").status == 303);
}

TEST_CASE("every failed sign-in gets the same answer", "[web]") {
  Website site;
  (void)site.enrol("tsai08", "蔡承恩", "staff");
  Browser browser(site.url());
  const auto wrong = browser.log_in("tsai08", "不是這個");
  const auto unknown = browser.log_in("nobody99", "不是這個");
  const auto nonsense = browser.log_in("<script>", "");
  CHECK(wrong.status == 403);
  CHECK(wrong.has("登入失敗"));
  CHECK(without_token(wrong.body) == without_token(unknown.body));
  CHECK(without_token(wrong.body) == without_token(nonsense.body));
}

TEST_CASE("a session ends after 15 idle minutes", "[web]") {
  Website site;
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  site.clock.advance(std::chrono::minutes(15));
  CHECK(browser.get("/documents").status == 200);
  site.clock.advance(std::chrono::seconds(15 * 60 + 1));
  CHECK(browser.get("/documents").status == 303);
}

TEST_CASE("what was typed stands on the page as text", "[web]") {
  Website site;
  auto lin = site.as("lin01");
  const std::string title = "<script>alert(1)</script> & \"程序\"";
  (void)service::create_document(lin, {"---\nid: ISMS-02-009\ntitle: '" + title +
                                           "'\nlevel: 2\nclassification: 公開\nowner_unit: "
                                           "'<i>監資處'\n---\n\n# 程序\n\n## 壹、總則\n\n`<b>`\n",
                                       "", "", "<u>初版"});
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  for (const char* path : {"/documents", "/documents/ISMS-02-009", "/documents/ISMS-02-009/review",
                           "/search?q=%3Cscript%3E%22%27", "/documents/%3Cscript%3E",
                           "/%3Cscript%3E", "/records?account=%22%3E%3Cscript%3E&from=x",
                           "/documents/ISMS-02-009?version=%3Cscript%3E"}) {
    INFO(path);
    const auto page = browser.get(path);
    CHECK(page.status >= 200);
    for (const char* markup : {"<script", "<b>", "<u>", "<i>"}) CHECK_FALSE(page.has(markup));
  }
  CHECK(browser.get("/documents/ISMS-02-009").has("&lt;script&gt;alert(1)"));
}

TEST_CASE("a chart is drawn on the page of its draft; one with a mistake stands there as its text",
          "[web]") {
  Website site;
  auto lin = site.as("lin01");
  (void)service::create_document(
      lin, {"---\nid: ISMS-02-009\ntitle: 網路監控程序\nlevel: 2\nclassification: 公開\n"
            "owner_unit: 監資處\n---\n\n# 程序\n\n## 壹、總則\n\n```chart\nkind: line\ntitle: "
            "<b>可用率\nband: {from: 98, to: 100}\npoints: [{label: 115 年, value: 98.7, met: "
            "true}]\n```\n\n```chart\nkind: status\ntitle: 決議\nitems: [{name: 修訂程序書, status: "
            "met}]\n```\n\n```chart\nkind: pie\n```\n",
            "", "", "初版"});
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  const auto page = browser.get("/documents/ISMS-02-009/review");
  CHECK(page.has("<div class=\"chart-wide\"><svg "));
  CHECK(page.has("<div class=\"chart-phone\"><svg "));
  CHECK(page.has("<desc>&lt;b&gt;可用率；目標 98 至 100；115 年 98.7（達成）。</desc>"));
  CHECK(page.has("aria-label=\"圖表 決議\"><svg "));
  CHECK(page.has("<code class=\"language-chart\">kind: pie"));
  for (const char* refused : {"<b>", " style=", "<script"}) CHECK_FALSE(page.has(refused));
}

TEST_CASE("the page of changes leads to the comparison sheet", "[web]") {
  Website site;
  site.create("ISMS-02-001");
  site.carry_through("ISMS-02-001");
  site.revise("ISMS-02-001", "公開", "全文修正。");
  site.carry_through("ISMS-02-001");
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  const auto page = browser.get("/documents/ISMS-02-001/diff");
  CHECK(page.has("/documents/ISMS-02-001/diff.pdf?from=1.0&amp;to=1.1"));
  const auto sheet = browser.get("/documents/ISMS-02-001/diff.pdf?from=1.0&to=1.1");
  CHECK(sheet.field("Content-Type") == "application/pdf");
  CHECK(sheet.body.starts_with("%PDF-"));
}

TEST_CASE("the page of changes leaves out the paragraphs that stay", "[web]") {
  Website site;
  site.create("ISMS-02-001");
  site.carry_through("ISMS-02-001");
  site.revise("ISMS-02-001", "公開", kBody + "\n\n本程序每年至少檢視一次。");
  site.carry_through("ISMS-02-001");
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  const auto page = browser.get("/documents/ISMS-02-001/diff");
  CHECK(
      page.has("<small>（其餘未修正 <span lang=\"en\">rest unchanged</span>）</small>"
               "<ins>\n本程序每年至少檢視一次。</ins>"));
  CHECK_FALSE(page.has("並以正確之版次使用"));
}

TEST_CASE("an error says in Chinese what to do, and in JSON when that is asked for", "[web]") {
  Website site;
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  const auto missing = browser.get("/documents/ISMS-09-999");
  CHECK(missing.status == 404);
  CHECK(missing.has("找不到文件 ISMS-09-999"));
  CHECK(browser.get("/nowhere").status == 404);
  CHECK(browser.get("/logout").status == 405);
  CHECK(browser.get("/review?year=115").status == 403);
  CHECK(browser.get("/documents/ISMS-09-999?at=never").status == 422);
  const auto json = browser.get("/documents/ISMS-09-999", "Accept: application/json\r\n");
  CHECK(json.status == 404);
  CHECK(json.field("Content-Type") == "application/problem+json");
  CHECK(parse_json(json.body)["code"] == "no-document");
}

TEST_CASE("a form without its token, or from elsewhere, does nothing", "[web]") {
  Website site;
  site.create("ISMS-02-001");
  site.submit("ISMS-02-001");
  auto browser = site.signed_in("zheng11", "鄭文彬", "reviewer");
  (void)browser.get("/documents/ISMS-02-001/review");
  web::Fields form = {{"version", "1.0"}, {"step", "review"}, {"passphrase", Website::kPassphrase}};
  const auto before = site.mark();
  CHECK(browser.post("/documents/ISMS-02-001/review", form).status == 403);
  (void)browser.get("/documents/ISMS-02-001/review");
  form["form_token"] = browser.hidden("form_token");
  CHECK(browser.post("/documents/ISMS-02-001/review", form, "https://evil.example").status == 403);
  CHECK(site.mark().head == before.head);
  CHECK(browser.post("/documents/ISMS-02-001/review", form).status == 303);
  CHECK(site.mark().head != before.head);
}

TEST_CASE("a step is signed with the passphrase of its form, and not without", "[web]") {
  Website site;
  site.create("ISMS-02-001");
  site.submit("ISMS-02-001");
  auto browser = site.signed_in("zheng11", "鄭文彬", "reviewer");
  CHECK(browser.get("/documents/ISMS-02-001/review").has("審查通過"));
  const auto token = browser.hidden("form_token");
  const auto before = site.mark();
  const auto wrong = browser.post("/documents/ISMS-02-001/review", {{"form_token", token},
                                                                    {"version", "1.0"},
                                                                    {"step", "review"},
                                                                    {"comment", "同意<br>"},
                                                                    {"passphrase", "不是這一句"}});
  CHECK(wrong.status == 403);
  CHECK(wrong.has("簽章通行短語不正確"));
  CHECK(wrong.has("同意&lt;br&gt;"));
  CHECK(site.mark().head == before.head);
  const auto none = browser.post("/documents/ISMS-02-001/review",
                                 {{"form_token", token}, {"version", "1.0"}, {"step", "review"}});
  CHECK(none.status == 403);
  CHECK(none.has("簽署要輸入簽章通行短語"));
  const auto done =
      browser.post("/documents/ISMS-02-001/review", {{"form_token", token},
                                                     {"version", "1.0"},
                                                     {"step", "review"},
                                                     {"passphrase", Website::kPassphrase}});
  CHECK(done.status == 303);
  CHECK(browser.get(done.field("Location")).has("已完成：審查通過"));
}

TEST_CASE("who keeps his key in a file is told the command instead", "[web]") {
  Website site;
  site.create("ISMS-02-001");
  site.submit("ISMS-02-001");
  auto admin = site.as("hsu01");
  const auto made = service::add_person(admin, {"zhang04", {"張建國", "署長室", "副署長", ""}});
  (void)service::grant_role(admin, {"zhang04", "reviewer", "", "", ""});
  (void)service::issue_certificate(admin, {"zhang04", Website::kPassphrase, true, ""});
  site.authorise("zhang04");
  Browser browser(site.url());
  site.choose_password("zhang04", require_string(made, "password"));
  (void)browser.log_in("zhang04", Website::kPassword);
  const auto page = browser.get("/documents/ISMS-02-001/review");
  CHECK(
      page.has("vermilion --as zhang04 --passphrase-file zhang04.passphrase --key-file zhang04.pem "
               "document review ISMS-02-001 --version 1.0"));
  CHECK_FALSE(page.has("name=\"passphrase\""));
}

TEST_CASE("assets may be kept for ever, pages never", "[web]") {
  Website site;
  Browser browser(site.url());
  const auto login = browser.get("/login");
  CHECK(login.field("Cache-Control") == "no-store");
  const auto from = login.body.find("/assets/style.");
  REQUIRE(from != std::string::npos);
  const auto path = login.body.substr(from, login.body.find('"', from) - from);
  const auto style = browser.get(path);
  CHECK(style.status == 200);
  CHECK(style.field("Content-Type") == "text/css; charset=utf-8");
  CHECK(style.field("Cache-Control").find("immutable") != std::string::npos);
  CHECK(browser.get(path, "If-None-Match: " + style.field("ETag") + "\r\n").status == 304);
  CHECK(browser.get("/assets/style.css").status == 404);
  CHECK(browser.get("/assets/..%2fserver.pem").status == 400);
}

TEST_CASE("an agreement is signed once, as it was read; its receipt names it", "[web]") {
  RecordWebsite site;
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  const auto page = browser.get("/agreements/nda-employee");
  CHECK(page.has("未表示反對"));
  web::Fields form = {{"form_token", browser.hidden("form_token")},
                      {"read_digest", browser.hidden("read_digest")},
                      {"passphrase", Website::kPassphrase}};
  auto zhou = site.as("zhou07");
  const auto fields = service::show_form(zhou, "nda-employee", "")["fields"];
  for (const auto& field : fields) {
    const auto choices = field["enum"];
    form["f-" + field["name"].get<std::string>()] = !choices.empty()
                                                        ? choices.front().get<std::string>()
                                                    : field["format"] == "date"  ? "2026-11-22"
                                                    : field["type"] == "boolean" ? "yes"
                                                                                 : "蔡承恩 <b>";
  }
  const auto before = site.mark();
  CHECK(browser.post("/agreements/nda-employee", form).has("請先讀完全文"));
  form["read"] = "yes";
  auto altered = form;
  altered["read_digest"] = "sha256:" + std::string(64, '0');
  const auto other = browser.post("/agreements/nda-employee", altered);
  CHECK(other.status == 409);
  CHECK(other.has("text-changed"));
  CHECK(other.has("蔡承恩 &lt;b&gt;"));  // what was typed is not lost
  CHECK(site.mark().head == before.head);
  const auto done = browser.post("/agreements/nda-employee", form);
  REQUIRE(done.status == 303);
  const auto receipt = browser.get(done.field("Location"));
  CHECK(receipt.has("NDA-115-0001"));
  CHECK(receipt.has(form.at("read_digest")));
  const auto id =
      done.field("Location").substr(std::string("/agreements/nda-employee/receipt/").size());
  CHECK(browser.get("/records/" + id + "/pdf").body.starts_with("%PDF-"));
  CHECK_FALSE(browser.get("/records/" + id).has("<b>"));
  auto stranger = site.signed_in("zheng11", "鄭文彬", "staff");
  for (const char* way : {"", "/pdf"}) CHECK(stranger.get("/records/" + id + way).status == 404);
  CHECK(stranger.get(done.field("Location")).status == 404);
}

TEST_CASE("a step of the clock stands on an administrator's home page, and on nobody else's",
          "[web]") {
  Website site;
  auto admin = site.signed_in("u1001", "許大同", "administrator");
  auto staff = site.signed_in("u1002", "蔡承恩", "staff");
  CHECK_FALSE(admin.get("/").has("主機時鐘曾經跳動"));
  site.clock.advance(-std::chrono::seconds(10));
  const auto step = site.store().commit(act("login", "account lin01", "lin01")).log_index;
  CHECK(admin.get("/").has("clock acknowledge " + std::to_string(step)));
  CHECK_FALSE(staff.get("/").has("主機時鐘曾經跳動"));
}

TEST_CASE(
    "a late archive of the log and a late drill stand on the home page of who backs up [SC-66]",
    "[web]") {
  Website site;
  site.clock.set("2027-11-23T02:00:00Z");
  site.acknowledge_clock();
  auto maintainer = site.signed_in("huang05", "黃建國", "maintainer");
  auto staff = site.signed_in("tsai08", "蔡承恩", "staff");
  const auto home = maintainer.get("/");
  CHECK(home.has("復原演練應於 " + roc_date(parse_date("2027-11-22"))));
  CHECK(home.has("log archive --half 116-1"));
  CHECK_FALSE(staff.get("/").has("已逾"));
}

TEST_CASE("that destructions are not known stands on every page until it is confirmed", "[web]") {
  Website site;
  auto browser = site.signed_in("tsai08", "蔡承恩", "staff");
  CHECK_FALSE(browser.get("/").has("銷毀清單不明"));
  const auto put = [&](const char* path, const char* bytes) {
    store::Act act = office::act("restore", "backup 1", "local");
    act.decide = [=](const store::Now&, store::Changes& changes) {
      if (*bytes) changes.put(path, bytes);
      if (!*bytes) changes.remove(path);
    };
    (void)site.store().commit(act);
  };
  put("settings/unknown-destructions.json", "{\"backup\":1}");
  for (const char* page : {"/", "/documents", "/no-such-page"}) {
    INFO(page);
    CHECK(browser.get(page).has("銷毀清單不明"));
  }
  CHECK(Browser(site.url()).get("/login").has("銷毀清單不明"));
  put("settings/unknown-destructions.json", "");
  CHECK_FALSE(browser.get("/documents").has("銷毀清單不明"));
}

TEST_CASE("a printed page is checked without signing in, and a code that is wrong tells nothing",
          "[web][paper]") {
  Website site;
  site.create("ISMS-02-001");
  site.carry_through("ISMS-02-001");
  const auto publication = workflow::find_publication(site.store().evidence(), "ISMS-02-001",
                                                      model::Version::parse("1.0"));
  auto console = site.console();
  const auto words =
      service::code_of_document(console, "ISMS-02-001", "1.0", publication->content).words;
  const auto code = words.substr(words.size() - 14);
  Browser nobody(site.url());
  const auto known = nobody.get("/paper?id=ISMS-02-001&version=1.0&code=" + code);
  CHECK(known.status == 200);
  CHECK(known.has("文件與紀錄管制程序"));
  CHECK(known.has("現行"));
  const auto wrong = nobody.get("/paper?id=ISMS-02-001&version=1.0&code=AAAA-AAAA-AAAA");
  CHECK(wrong.status == 200);
  CHECK(wrong.has("查無此頁"));
  CHECK_FALSE(wrong.has("文件與紀錄管制程序"));
}

TEST_CASE("the page of a draft names the references that lead nowhere", "[web]") {
  Website site;
  site.create("ISMS-02-001");
  site.revise("ISMS-02-001", "公開", "另見 肆/九。");
  auto owner = site.signed_in("qian10", "錢予安", "owner");
  CHECK(owner.get("/documents/ISMS-02-001/review").has("：肆/九</li>"));
  site.revise("ISMS-02-001", "公開", "依規定辦理。");
  CHECK_FALSE(owner.get("/documents/ISMS-02-001/review").has("找不到的引用"));
}
