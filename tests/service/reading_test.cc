// What one may not see does not exist, in any answer.
#include "bureau.h"

using namespace bureau;

namespace {

std::vector<std::string> ids(const Json& rows) {
  std::vector<std::string> found;
  for (const auto& row : rows) found.push_back(row["id"]);
  return found;
}

std::vector<std::string> versions(const Json& shown) {
  std::vector<std::string> found;
  for (const auto& row : shown["versions"]) found.push_back(row["version"]);
  return found;
}

// The versions a history speaks of.
std::set<std::string> events(const Json& history) {
  std::set<std::string> found;
  for (const auto& event : history["events"]) found.insert(event["version"].get<std::string>());
  return found;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a document above one's classes is in no list, page, difference, history, export or hit",
          "[service]") {
  Bureau at;
  at.create("ISMS-02-001", "敏感");
  at.carry_through("ISMS-02-001");
  const auto look = [&](service::Context& context) {
    Texts codes;
    const auto& list = service::list_documents(context);
    codes.push_back(std::to_string(list.size()));
    codes.push_back(
        code_of([&] { (void)service::show_document(context, "ISMS-02-001", "", true); }));
    codes.push_back(code_of([&] { (void)service::document_history(context, "ISMS-02-001"); }));
    codes.push_back(code_of([&] { (void)service::diff_document(context, "ISMS-02-001", "", ""); }));
    codes.push_back(code_of([&] { (void)service::export_pdf(context, {"ISMS-02-001"}); }));
    codes.push_back(
        code_of([&] { (void)service::export_approvals(context, "ISMS-02-001", "1.0"); }));
    codes.push_back(service::search_documents(context, {"核准", false, 0, 20})["count"].dump());
    return codes;
  };
  const Texts nothing = {
      "0", "no-document", "no-document", "no-document", "no-document", "no-document", "0"};
  auto zhou = at.as("zhou07");
  CHECK(look(zhou) == nothing);
  auto console = at.console();
  CHECK(look(console) == nothing);
  auto chen = at.as("chen04");
  CHECK(look(chen) == Texts{"1", "done", "done", "done", "done", "done", "1"});
}

TEST_CASE("a version keeps the classification it was published with", "[service]") {
  Bureau at;
  at.create("ISMS-02-001", "敏感");
  at.carry_through("ISMS-02-001");
  at.revise("ISMS-02-001", "公開", "刪除敏感內容後公開。");
  at.carry_through("ISMS-02-001");
  auto zhou = at.as("zhou07");
  CHECK(ids(service::list_documents(zhou)) == Texts{"ISMS-02-001"});
  CHECK(versions(service::show_document(zhou, "ISMS-02-001", "", false)) == Texts{"1.1"});
  CHECK(code_of([&] { (void)service::show_document(zhou, "ISMS-02-001", "1.0", true); }) ==
        "no-version");
  CHECK(code_of([&] { (void)service::diff_document(zhou, "ISMS-02-001", "1.0", "1.1"); }) ==
        "no-version");
  CHECK(code_of([&] { (void)service::export_diff_pdf(zhou, "ISMS-02-001", "1.0", "1.1"); }) ==
        "no-version");
  CHECK(code_of([&] {
          (void)service::export_pdf(zhou, {"ISMS-02-001", "1.0", service::StateMark::none});
        }) == "no-version");
  CHECK(code_of([&] { (void)service::export_approvals(zhou, "ISMS-02-001", "1.0"); }) ==
        "no-version");
  CHECK(code_of([&] {
          (void)service::export_pdf(zhou, {"ISMS-02-001", "1.1", service::StateMark::none});
        }) == "done");
  CHECK(events(service::document_history(zhou, "ISMS-02-001")) == std::set<std::string>{"1.1"});
  CHECK(service::search_documents(zhou, {"適當之人", true, 0, 20})["count"] == 0);
  auto chen = at.as("chen04");
  CHECK(versions(service::show_document(chen, "ISMS-02-001", "1.0", true)) == Texts{"1.0", "1.1"});
}

TEST_CASE("a draft that raises the classification is out of sight for those below", "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  at.revise("ISMS-02-001", "敏感", "增列弱點清單。");
  auto zhou = at.as("zhou07");
  CHECK(versions(service::show_document(zhou, "ISMS-02-001", "", false)) == Texts{"1.0"});
  CHECK(code_of([&] { (void)service::show_document(zhou, "ISMS-02-001", "1.1", true); }) ==
        "no-version");
  CHECK(code_of([&] { (void)service::export_review_pdf(zhou, "ISMS-02-001", ""); }) ==
        "no-version");
  CHECK(service::diff_document(zhou, "ISMS-02-001", "", "")["to"] == "1.0");
  CHECK(code_of([&] { (void)service::diff_document(zhou, "ISMS-02-001", "", "1.1"); }) ==
        "no-version");
  auto chen = at.as("chen04");
  CHECK(versions(service::show_document(chen, "ISMS-02-001", "", false)) == Texts{"1.0", "1.1"});
}

TEST_CASE("the console sees what is published and public, and no draft", "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  {
    auto console = at.console();
    CHECK(service::list_documents(console).empty());
    CHECK(code_of([&] { (void)service::show_document(console, "ISMS-02-001", "", true); }) ==
          "no-document");
  }
  at.carry_through("ISMS-02-001");
  at.revise("ISMS-02-001", "公開", "修正中。");
  auto console = at.console();
  CHECK(versions(service::show_document(console, "ISMS-02-001", "", true)) == Texts{"1.0"});
  auto zhou = at.as("zhou07");
  CHECK(versions(service::show_document(zhou, "ISMS-02-001", "", true)) == Texts{"1.0", "1.1"});
}

TEST_CASE("a text in review leaves no trace in the console's history", "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  at.revise("ISMS-02-001", "公開", "修正中。");
  at.submit("ISMS-02-001");
  auto console = at.console();
  CHECK(events(service::document_history(console, "ISMS-02-001")) == std::set<std::string>{"1.0"});
  auto zhou = at.as("zhou07");
  CHECK(events(service::document_history(zhou, "ISMS-02-001")) ==
        std::set<std::string>{"1.0", "1.1"});
}

TEST_CASE("an old version above public is logged when it is read, though the newest is public",
          "[service]") {
  Bureau at;
  at.create("ISMS-02-001", "限閱");
  at.carry_through("ISMS-02-001");
  at.revise("ISMS-02-001", "公開", "公開本。");
  at.carry_through("ISMS-02-001");
  auto chen = at.as("chen04");
  (void)chen.session();
  const auto before = at.mark();
  (void)service::show_document(chen, "ISMS-02-001", "1.1", true);
  CHECK(at.mark() == before);
  (void)service::show_document(chen, "ISMS-02-001", "1.0", true);
  (void)service::diff_document(chen, "ISMS-02-001", "1.0", "1.1");
  const auto rows = at.log_from(before.log_size);
  REQUIRE(rows.size() == 2);
  CHECK((rows[0].subject == "document ISMS-02-001 1.0" && rows[1].subject == rows[0].subject));
}

TEST_CASE("nobody signs a draft he may not read", "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  at.revise("ISMS-02-001", "限閱", "增列弱點清單。");
  at.submit("ISMS-02-001");
  auto chen = at.as("chen04");
  const auto made = service::add_delegation(chen, "zhou07", {"document.approve"}, "", "2026-12-31");
  auto zhou = at.as("zhou07");
  CHECK(code_of([&] {
          (void)service::approve_document(zhou, {"ISMS-02-001", "1.1", "chen04", "", ""});
        }) == "no-version");
}

TEST_CASE(
    "an answer about a day is by effective date, and one as known at a time forgets what came "
    "later",
    "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.submit("ISMS-02-001");
  at.review("ISMS-02-001");
  at.approve("ISMS-02-001");
  at.publish("ISMS-02-001", "2026-12-01");
  at.clock.advance(std::chrono::hours(1));
  service::Caller december;
  december.at = parse_date("2026-12-01");
  auto later = at.as("zhou07", december);
  CHECK(service::list_documents(later)[0]["state"] == "in_force");
  auto now = at.as("zhou07");
  CHECK(service::list_documents(now)[0]["state"] == "approved");
  service::Caller before;
  before.known_at = parse_instant("2026-11-21T00:00:00Z");
  auto earlier = at.as("zhou07", before);
  CHECK(service::list_documents(earlier).empty());
}

TEST_CASE(
    "reading above public is an entry, reading public is none, and a search is one without its "
    "words [SC-57]",
    "[service]") {
  Bureau at;
  at.create("ISMS-02-001", "內部使用");
  at.create("ISMS-02-002", "公開");
  at.carry_through("ISMS-02-001");
  at.carry_through("ISMS-02-002");
  auto zhou = at.as("zhou07");
  (void)zhou.session();
  const auto before = at.mark();
  (void)service::show_document(zhou, "ISMS-02-002", "", true);
  CHECK(at.mark() == before);
  (void)service::show_document(zhou, "ISMS-02-001", "", true);
  (void)service::search_documents(zhou, {"正確之版次", false, 0, 20});
  const auto rows = at.log_from(before.log_size);
  REQUIRE(rows.size() == 2);
  CHECK((rows[0].kind == "read" && rows[0].subject == "document ISMS-02-001"));
  CHECK(rows[1].kind == "search");
  CHECK(rows[1].subject.find("版次") == std::string::npos);
}

TEST_CASE(
    "a search answers from the text in force on the day asked about, whatever is in force now",
    "[service]") {
  Bureau at;
  at.create("ISMS-02-001");
  at.carry_through("ISMS-02-001");
  at.clock.advance(std::chrono::hours(24 * 9));
  at.revise("ISMS-02-001", "公開", "為使紀錄完整、可查、可驗證，特訂定本程序。");
  at.submit("ISMS-02-001");
  at.review("ISMS-02-001");
  at.approve("ISMS-02-001");
  at.publish("ISMS-02-001", "2026-12-03");
  const auto found = [&](const char* words, const char* day, const char* known_at = nullptr,
                         bool all_versions = false) {
    service::Caller caller;
    if (day) caller.at = parse_date(day);
    if (known_at) caller.known_at = parse_instant(known_at);
    auto zhou = at.as("zhou07", caller);
    const auto answer = service::search_documents(zhou, {words, all_versions, 0, 20});
    Texts places;
    for (const auto& hit : answer["hits"]) places.push_back(hit["version"]);
    CHECK(answer["count"] == places.size());
    return places;
  };
  const Texts none;
  CHECK(found("適當之人", nullptr) == Texts{"1.0"});
  CHECK(found("可驗證", nullptr) == none);
  CHECK(found("適當之人", "2026-12-02") == Texts{"1.0"});
  CHECK(found("適當之人", "2026-12-03") == none);
  CHECK(found("可驗證", "2026-12-03") == Texts{"1.1"});
  CHECK(found("適當之人", "2026-11-21") == none);

  at.clock.advance(std::chrono::hours(24 * 9));
  CHECK(found("適當之人", nullptr) == none);
  CHECK(found("可驗證", nullptr) == Texts{"1.1"});
  CHECK(found("適當之人", "2026-12-02") == Texts{"1.0"});
  CHECK(found("可驗證", "2026-12-02") == none);
  CHECK(found("適當之人", nullptr, "2026-11-25T00:00:00Z") == Texts{"1.0"});
  CHECK(found("可驗證", nullptr, "2026-11-25T00:00:00Z", true) == none);
  CHECK(found("可驗證", "2026-12-02", nullptr, true) == Texts{"1.1"});
}

TEST_CASE("a search about another day counts and pages what it shows, within one's rights",
          "[service]") {
  Bureau at;
  for (const char* id : {"ISMS-02-001", "ISMS-02-002", "ISMS-02-003"}) {
    at.create(id, id == std::string("ISMS-02-002") ? "敏感" : "公開");
    at.carry_through(id);
  }
  at.clock.advance(std::chrono::hours(24));
  at.revise("ISMS-02-003", "公開", "為使文件由適當之人核准，並註明修訂之處。");
  at.carry_through("ISMS-02-003");
  service::Caller before;
  before.at = parse_date("2026-11-22");
  const auto page = [&](const std::string& account, std::size_t first, std::size_t limit) {
    auto context = at.as(account, before);
    return service::search_documents(context, {"適當之人", false, first, limit});
  };
  CHECK(page("zhou07", 0, 20)["count"] == 2);
  CHECK(page("chen04", 0, 20)["count"] == 3);
  CHECK(page("zhou07", 0, 1)["count"] == 2);
  const auto one = page("zhou07", 0, 1)["hits"];
  const auto two = page("zhou07", 1, 1)["hits"];
  REQUIRE((one.size() == 1 && two.size() == 1));
  CHECK(one[0]["id"] != two[0]["id"]);
  CHECK((one[0]["version"] == "1.0" && two[0]["version"] == "1.0"));
  CHECK(page("zhou07", 2, 1)["hits"].empty());
}

TEST_CASE("a role granted for days past is shown as recorded late, with the instant it was",
          "[service]") {
  Bureau at;
  const auto grant = [&](const char* role, const char* from) {
    auto admin = at.as("hsu01");
    (void)service::grant_role(admin, {"zhou07", role, "", from, ""});
  };
  grant("reviewer", "");
  at.clock.set("2026-11-25T03:00:00Z");
  grant("approver", "2026-11-22");
  {
    auto admin = at.as("hsu01");
    (void)service::revoke_role(admin, {"zhou07", "approver", "", "", "2026-11-25"});
  }
  at.clock.set("2026-11-26T03:00:00Z");
  grant("approver", "2026-11-22");
  grant("controller", "2026-11-27");
  auto lin = at.as("lin01");
  const auto roles = service::show_person(lin, "zhou07")["roles"];
  REQUIRE(roles.size() == 4);
  Texts told;
  for (const auto& r : roles)
    told.push_back(r["role"].get<std::string>() + " " + r["recorded"].get<std::string>() + " " +
                   (r["late"].get<bool>() ? "late " : "") + r["label"].get<std::string>());
  CHECK(told == Texts{"reviewer 2026-11-22T00:00:00Z ",
                      "approver 2026-11-25T03:00:00Z late 補登 recorded late",
                      "approver 2026-11-26T03:00:00Z late 補登 recorded late",
                      "controller 2026-11-26T03:00:00Z "});
  Texts entries;
  for (const auto& row : at.log_from(0)) {
    if (row.kind == "role" && row.actor == "hsu01")
      entries.push_back(rfc3339(row.at) + " " + row.subject);
  }
  REQUIRE(entries.size() == 5);
  CHECK(entries[0] == "2026-11-22T00:00:00Z account zhou07");
  CHECK(entries[1] == "2026-11-25T03:00:00Z account zhou07 approver from 2026-11-22 recorded-late");
}
