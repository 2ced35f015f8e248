// What the engine stores and answers fits the schemas.
#include "bureau.h"
#include "service/lifecycle.h"
#include "support/schemas.h"

using namespace bureau;

namespace {

std::string faults(const std::string& schema, const Json& value) {
  std::string text;
  for (const auto& fault : schema_faults(schema, value)) text += fault + "\n";
  return text.empty() ? "" : text + value.dump(2);
}

// The schema of a file of the evidence; "" for what is no JSON of ours.
std::string schema_of(const std::string& path) {
  if (path.ends_with(".statement.json")) return "statement";
  if (path.ends_with("/publication.json")) return "publication";
  if (path.ends_with("/metadata.json")) return "document";
  if (path.starts_with("people/") && path.ends_with(".json")) return "person";
  if (path == "rules/roles.json") return "roles";
  if (path == "rules/classification.json") return "classification";
  if (path == "rules/profile.json") return "rules-profile";
  return "";
}

void is_receipt(const Json& answer) { CHECK(faults("receipt", answer) == ""); }

// Every kind of act once: import, two versions, delegation and its end, countersignature, return,
// withdrawal, a refusal.
void tell_story(Bureau& at) {
  {
    auto sun = at.as("sun05");
    service::ImportRequest import;
    import.source = source("EPA-01-001", "公開", kBody);
    import.markdown = true;
    import.effective = "民國104年9月1日";
    import.version = "3.5";
    is_receipt(service::import_document(sun, import));
  }
  at.create("ISMS-02-001", "內部使用", "countersign: [政風室]\n");
  at.submit("ISMS-02-001");
  {
    auto zhao = at.as("zhao02");
    is_receipt(service::review_document(zhao, {"ISMS-02-001", "", "", "", "條次已核對"}));
    is_receipt(service::return_document(zhao, {"ISMS-02-001", "", "", "", "缺附表二"}));
  }
  at.submit("ISMS-02-001");
  at.review("ISMS-02-001");
  {
    auto wang = at.as("wang03");
    is_receipt(service::countersign_document(wang, {"ISMS-02-001", "", "", "", ""}));
    auto chen = at.as("chen04");
    const auto made =
        service::add_delegation(chen, "qian08", {"document.approve"}, "", "2026-12-31");
    auto qian = at.as("qian08");
    is_receipt(service::approve_document(qian, {"ISMS-02-001", "", "chen04", "", "同意"}));
    (void)service::end_delegation(chen, made["id"]);
    CHECK(code_of([&] {
            (void)service::approve_document(qian, {"ISMS-02-001", "", "chen04", "", ""});
          }) == "no-delegation");
  }
  {
    auto sun = at.as("sun05");
    is_receipt(service::publish_document(sun, "ISMS-02-001", "", "115.12.1"));
    auto lin = at.as("lin01");
    is_receipt(service::draft_document(lin, {"ISMS-02-001", "", std::nullopt, "下一版"}));
    is_receipt(service::submit_document(lin, {"ISMS-02-001", "", "", "", ""}));
  }
  at.create("ISMS-02-002");
  at.carry_through("ISMS-02-002");
  at.revise("ISMS-02-002", "公開", "為使紀錄完整、可查、可驗證，特訂定本程序。");
  auto sun = at.as("sun05");
  is_receipt(service::withdraw_document(sun, "EPA-01-001", "2026-12-31", "由 ISMS-02-002 取代"));
}

}  // namespace

TEST_CASE("everything the engine stores and answers fits its schema", "[service]") {
  Bureau at;
  tell_story(at);

  std::set<std::string> stored;
  std::set<std::string> kinds;
  at.store().evidence().each_file("", [&](const std::string& path, const Bytes& bytes) {
    const auto schema = schema_of(path);
    if (schema.empty()) return;
    const auto value = parse_json(bytes);
    INFO(path);
    CHECK(faults(schema, value) == "");
    stored.insert(schema);
    if (schema == "statement") kinds.insert(value["kind"].get<std::string>());
  });
  CHECK(stored.size() == 7);
  CHECK(kinds == std::set<std::string>{"submission", "review", "countersignature", "approval",
                                       "publication", "import", "withdrawal", "delegation",
                                       "certificate"});
  for (const auto& branch : at.store().draft_branches("")) {
    const auto draft = at.store().draft(branch);
    CHECK(faults("draft", parse_canonical(draft.require("draft.json"))) == "");
    CHECK(faults("document", parse_canonical(draft.require("metadata.json"))) == "");
  }
  for (std::uint64_t index = 0; index < at.mark().log_size; ++index) {
    CHECK(faults("log-entry", parse_canonical(at.store().log().entry(index))) == "");
  }
  const auto lin = identity::require_person(at.store().evidence(), "lin01");
  CHECK(faults("profile", parse_canonical(at.store().payload(lin.profile))) == "");

  auto zhou = at.as("zhou07");
  CHECK(faults("document-list", service::list_documents(zhou)) == "");
  for (const char* id : {"EPA-01-001", "ISMS-02-001", "ISMS-02-002"}) {
    CHECK(faults("document-show", service::show_document(zhou, id, "", true)) == "");
    CHECK(faults("document-show", service::show_document(zhou, id, "", false)) == "");
    const auto history = service::document_history(zhou, id);
    CHECK(faults("document-history", history) == "");
    CHECK(history["events"].size() > 0);
    CHECK(faults("document-diff", service::diff_document(zhou, id, "", "")) == "");
  }
  const auto found = service::search_documents(zhou, {"正確之版次", false, 0, 20});
  CHECK(found["count"].get<int>() > 0);
  CHECK(faults("search", found) == "");
  CHECK(service::diff_document(zhou, "ISMS-02-002", "1.0", "1.1")["changes"].size() > 0);
  auto admin = at.as("hsu01");
  (void)service::grant_role(admin, {"zhou07", "approver", "", "2026-01-01", ""});
  CHECK(faults("person-list", service::list_accounts(admin, {})["accounts"]) == "");
  const auto late = service::show_person(admin, "zhou07");
  CHECK(faults("person-show", late) == "");
  CHECK(late["roles"][0]["late"] == true);
  CHECK(faults("status", service::store_status(admin)) == "");
  CHECK(faults("log-list", service::list_log(admin, {}).rows) == "");
  CHECK(faults("log-proof", service::prove_log(admin, 3)) == "");
  CHECK(faults("log-growth-proof", service::prove_log_growth(admin, 3)) == "");
  CHECK(faults("log-report", service::log_report(admin, {"2026-11-01", "2027-12-31"})) == "");
  const auto verified = service::verify_store(admin, {});
  CHECK(faults("verify", verified) == "");
  INFO(verified.dump(2));
  CHECK(verified["ok"] == true);
}
