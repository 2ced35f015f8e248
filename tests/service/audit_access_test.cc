// An auditor sees what somebody responsible approved, on the days approved, and changes nothing.
#include "service/audit_access.h"

#include "records.h"
#include "service/certificates.h"
#include "service/lifecycle.h"
#include "support/schemas.h"

using namespace bureau;

namespace {

const Staff kAuditor{"ext01", {"何立人", "驗證公司", "主導稽核員", ""}, "external-auditor", ""};

// One document in scope, one beside it, a record of each of two forms.
class Audited : public RecordBureau {
 public:
  Audited() {
    take_in(store(), kAuditor, keys);
    create("ISMS-02-001", "限閱");
    carry_through("ISMS-02-001");
    create("ISMS-02-002", "公開");
    carry_through("ISMS-02-002");
    room = room_log("2026-11-01", "更換濾網");
    auto zhou = as("zhou07");
    nda = service::create_record(zhou, agreement())["id"].get<std::string>();
  }

  std::string approve(const std::vector<std::string>& documents,
                      const std::vector<std::string>& log_kinds = {},
                      const std::string& auditor = "ext01") {
    service::AuditRequest request;
    request.auditor = auditor;
    request.from = "2026-11-23";
    request.to = "2026-11-25";
    request.documents = documents;
    request.forms = {"room-daily-log"};
    request.log_kinds = log_kinds;
    auto chen = as("chen04");
    const auto made = service::approve_audit(chen, request);
    return made["id"].get<std::string>();
  }
  void on(const std::string& day) { clock.set(day + "T02:00:00Z"); }
  [[nodiscard]] service::Context auditor() { return for_purpose("ext01", "audit"); }

  std::string room;
  std::string nda;
};

std::vector<std::string> ids_of(const Json& list) {
  std::vector<std::string> ids;
  for (const auto& one : list) ids.push_back(one["id"].get<std::string>());
  return ids;
}

using Texts = std::vector<std::string>;

// What an auditor to whom nothing was approved, or no more, can tell: nothing.
void sees_nothing(Audited& at) {
  auto c = at.auditor();
  CHECK(service::list_documents(c).empty());
  CHECK(service::list_records(c, {}).empty());
  CHECK(service::list_forms(c).empty());
  CHECK(service::waiting_for(c).empty());
  const auto found = service::search_documents(c, {"管制程序", true, 0, 20});
  CHECK(found["count"] == 0);
  CHECK(found["hits"].empty());
  CHECK(found["also"].empty());
  CHECK(code_of([&] { (void)service::show_document(c, "ISMS-02-001", "", true); }) ==
        "no-document");
  CHECK(code_of([&] { (void)service::show_document(c, "ISMS-02-002", "", true); }) ==
        "no-document");
  CHECK(code_of([&] { (void)service::show_record(c, at.room); }) == "no-record");
  CHECK(code_of([&] { (void)service::list_log(c, {}); }) == "no-right");
  CHECK(code_of([&] { (void)service::list_accounts(c, {}); }) == "outside-scope");
  CHECK(code_of([&] { (void)service::list_certificates(c, "lin01"); }) == "outside-scope");
  CHECK(code_of([&] { (void)service::store_status(c); }) == "outside-scope");
  CHECK(code_of([&] { (void)service::verify_store(c, {}); }) == "outside-scope");
}

}  // namespace

TEST_CASE(
    "without an approved audit, before its first day and after its last, an external auditor "
    "sees not even a title [SC-50]",
    "[service]") {
  Audited at;
  sees_nothing(at);
  (void)at.approve({"ISMS-02-001"});
  sees_nothing(at);
  at.on("2026-11-26");
  sees_nothing(at);
}

TEST_CASE(
    "an external auditor who holds another role too is bound, in whatever order they came [SC-50]",
    "[service]") {
  Audited at;
  auto admin = at.as("hsu01");
  (void)service::revoke_role(admin, {"ext01", "external-auditor", "", "", ""});
  at.on("2026-11-24");
  auto later = at.as("hsu01");
  (void)service::grant_role(later, {"ext01", "staff", "", "", ""});
  (void)service::grant_role(later, {"ext01", "external-auditor", "", "", "2026-12-31"});
  sees_nothing(at);
}

TEST_CASE("an external auditor whose role has ended sees no more than before [SC-50]",
          "[service]") {
  Audited at;
  auto admin = at.as("hsu01");
  (void)service::revoke_role(admin, {"ext01", "external-auditor", "", "", ""});
  at.on("2026-11-24");
  sees_nothing(at);
}

TEST_CASE(
    "within the audit he reads its documents and records, whatever their label, and no others "
    "[SC-50]",
    "[service]") {
  Audited at;
  (void)at.approve({"ISMS-02-001"});
  at.on("2026-11-24");
  auto c = at.auditor();
  CHECK(ids_of(service::list_documents(c)) == Texts{"ISMS-02-001"});
  CHECK(service::show_document(c, "ISMS-02-001", "", true)["text"].get<std::string>().find(
            "由適當之人核准") != std::string::npos);
  CHECK(service::document_history(c, "ISMS-02-001")["events"].back()["meaning"] == "發布");
  CHECK(service::export_pdf(c, {"ISMS-02-001"}).pdf.starts_with("%PDF"));
  CHECK(code_of([&] { (void)service::show_document(c, "ISMS-02-002", "", false); }) ==
        "no-document");
  const auto found = service::search_documents(c, {"管制程序", true, 0, 20});
  for (const auto& hit : found["hits"]) CHECK(hit["id"] == "ISMS-02-001");
  CHECK(found["count"] == found["hits"].size());
  CHECK(found["count"] > 0);
  CHECK(ids_of(service::list_records(c, {})) == Texts{at.room});
  CHECK(service::show_record(c, at.room)["values"]["handling"] == "更換濾網");
  CHECK(code_of([&] { (void)service::show_record(c, at.nda); }) == "no-record");
  CHECK(ids_of(service::list_forms(c)) == Texts{"room-daily-log"});
  CHECK(code_of([&] { (void)service::agreement_register(c, "nda-employee"); }) == "outside-scope");
}

TEST_CASE("a scope of clauses shows those clauses, and the PDF of the whole does not leave [SC-50]",
          "[service]") {
  Audited at;
  auto lin = at.as("lin01");
  service::DraftRequest draft;
  draft.id = "ISMS-02-002";
  draft.summary = "增列";
  draft.source =
      source("ISMS-02-002", "公開", kBody) + "\n## 貳、作業\n\n### 一、保管\n\n鑰匙由專人保管。\n";
  (void)service::draft_document(lin, draft);
  at.carry_through("ISMS-02-002");
  (void)at.approve({"ISMS-02-002#貳"});
  at.on("2026-11-24");
  auto c = at.auditor();
  const auto text = service::show_document(c, "ISMS-02-002", "", true)["text"].get<std::string>();
  CHECK(text.find("鑰匙由專人保管") != std::string::npos);
  CHECK(text.find("由適當之人核准") == std::string::npos);
  CHECK(service::search_documents(c, {"專人保管", false, 0, 20})["count"] > 0);
  CHECK(service::search_documents(c, {"適當之人", false, 0, 20})["count"] == 0);
  CHECK(code_of([&] { (void)service::export_pdf(c, {"ISMS-02-002"}); }) == "outside-scope");
  CHECK(code_of([&] { (void)service::export_approvals(c, "ISMS-02-002", ""); }) == "outside-scope");
}

TEST_CASE("an auditor's account writes nothing, whichever way it is tried [SC-51]", "[service]") {
  Audited at;
  (void)at.approve({"ISMS-02-001"});
  at.on("2026-11-24");
  auto c = at.auditor();
  (void)c.session();
  const auto head = at.mark().head;
  const auto refused = [&](const std::function<void()>& deed) {
    const auto before = at.mark().log_size;
    const auto code = code_of(deed);
    CHECK((code == "read-only" || code == "no-right"));
    const auto rows = at.log_from(before);
    REQUIRE_FALSE(rows.empty());
    CHECK(rows.back().outcome == "refused:" + code);
  };
  refused([&] { (void)service::approve_document(c, {"ISMS-02-001", "", "chen04", "", ""}); });
  refused([&] { (void)service::create_record(c, at.agreement()); });
  refused([&] { (void)service::propose_disposal(c, {{at.room}, false, false, ""}); });
  refused([&] { (void)service::place_hold(c, {{at.room}, "", "", "", "肆", "查核"}); });
  refused([&] { (void)service::grant_role(c, {"zhou07", "staff", "", "", ""}); });
  refused([&] { (void)service::add_delegation(c, "zhou07", {"record.sign"}, "", "2026-12-31"); });
  // Past the service's own questions, at the store itself.
  store::Act act = c.act("person", "account zhou07");
  act.decide = [](const store::Now&, store::Changes& changes) {
    changes.put("people/x.json", "{}");
  };
  CHECK(code_of([&] { c.store().commit(act); }) == "read-only");
  CHECK(code_of([&] { c.store().rebuild(); }) == "read-only");
  CHECK(code_of([&] { (void)c.store().issuing_key(); }) == "read-only");
  CHECK(at.mark().head == head);
}

TEST_CASE(
    "who holds other roles is held to the audit while it runs, and free of it afterwards "
    "[SC-50] [SC-51]",
    "[service]") {
  Audited at;
  (void)at.approve({"ISMS-02-001"}, {}, "zhou07");
  at.on("2026-11-24");
  auto during = at.as("zhou07");
  CHECK(ids_of(service::list_documents(during)) == Texts{"ISMS-02-001"});
  CHECK(service::show_record(during, at.nda)["number"] == "NDA-115-0001");  // his own
  at.on("2026-11-26");
  auto after = at.as("zhou07");
  CHECK(ids_of(service::list_documents(after)) == Texts{"ISMS-02-002"});
}

TEST_CASE("he reads the approved kinds of the log, about what is in scope [SC-50]", "[service]") {
  Audited at;
  (void)at.approve({"ISMS-02-001"}, {"approval", "import"});
  at.on("2026-11-24");
  auto c = at.auditor();
  const auto rows = service::list_log(c, {}).rows;
  Texts subjects;
  for (const auto& row : rows) subjects.push_back(row["subject"].get<std::string>());
  CHECK(subjects == Texts{"document ISMS-02-001 1.0", "record " + at.room + " room-daily-log"});
  CHECK(code_of([&] { (void)service::prove_log(c, 1); }) == "outside-scope");
  CHECK(code_of([&] {
          (void)service::log_report(c, {"2026-11-22", "2026-11-24", 9});
        }) == "outside-scope");
}

TEST_CASE("his trail is there for him and for those audited, and for nobody else [SC-50]",
          "[service]") {
  Audited at;
  const auto id = at.approve({"ISMS-02-001"});
  at.on("2026-11-24");
  auto c = at.auditor();
  (void)service::show_document(c, "ISMS-02-001", "", true);
  const auto his = service::audit_trail(c, id);
  const auto reads = std::count_if(his.begin(), his.end(), [](const Json& row) {
    return row["kind"] == "read" && row["subject"] == "document ISMS-02-001 purpose audit";
  });
  CHECK(reads == 1);
  auto chen = at.as("chen04");
  CHECK(service::audit_trail(chen, id).size() >= his.size());
  CHECK(service::list_audits(chen).size() == 1);
  CHECK(schema_faults("audit-list", service::list_audits(chen)) == Texts());
  auto lin = at.as("lin01");
  CHECK(code_of([&] { (void)service::audit_trail(lin, id); }) == "no-audit");
  CHECK(service::list_audits(lin).empty());
}

TEST_CASE("an audit is approved under the right, ends early, and verify replays it [SC-50]",
          "[service]") {
  Audited at;
  service::AuditRequest request;
  request.auditor = "ext01";
  request.to = "2026-11-30";
  auto lin = at.as("lin01");
  CHECK(code_of([&] { (void)service::approve_audit(lin, request); }) == "no-right");
  auto chen = at.as("chen04");
  CHECK(code_of([&] { (void)service::approve_audit(chen, request); }) == "bad-audit");
  request.documents = {"ISMS-02-009"};
  CHECK(code_of([&] { (void)service::approve_audit(chen, request); }) == "no-document");
  const auto id = at.approve({"ISMS-02-001"});
  at.on("2026-11-24");
  auto ending = at.as("qian08");
  CHECK(service::end_audit(ending, id)["ended"] == true);
  sees_nothing(at);
  auto console = at.console();
  CHECK(service::verify_store(console, {})["problems"] == Json::array());
}
