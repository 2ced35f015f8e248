// What an auditor takes away is listed from the log, and its erasure is signed for by the auditee.
#include "service/audit_copies.h"

#include <catch2/catch.hpp>

#include "crypto/digest.h"
#include "identity/audit_copies.h"
#include "identity/signing.h"
#include "records.h"
#include "service/audit_access.h"
#include "support/schemas.h"

using namespace bureau;

namespace {

const Staff kVisitor{"ext01", {"何立人", "驗證公司", "主導稽核員", ""}, "external-auditor", ""};

using Texts = std::vector<std::string>;

// One document in the scope of an audit of three days; on the second the auditor takes its PDF away.
struct Taken : RecordBureau {
  Taken() {
    take_in(store(), kVisitor, keys);
    create("ISMS-02-001", "限閱");
    carry_through("ISMS-02-001");
    service::AuditRequest request;
    request.auditor = "ext01";
    request.from = "2026-11-23";
    request.to = "2026-11-25";
    request.documents = {"ISMS-02-001"};
    auto chen = as("chen04");
    audit = service::approve_audit(chen, request)["id"].get<std::string>();
    clock.set("2026-11-24T02:00:00Z");
    auto ext = for_purpose("ext01", "audit");
    (void)service::show_document(ext, "ISMS-02-001", "", true);
    (void)service::export_pdf(ext, {"ISMS-02-001"});
  }
  Json copies(const std::string& account, bool open_only = false) {
    auto someone = as(account);
    return service::list_audit_copies(someone, open_only);
  }
  std::size_t told(const std::string& account) {
    auto someone = as(account);
    return service::own_open_copies(someone);
  }
  std::string confirm(const std::string& account, std::uint64_t copy) {
    auto someone = as(account);
    return code_of([&] { (void)service::confirm_copy_erased(someone, copy); });
  }
  [[nodiscard]] std::uint64_t copy() { return copies("chen04").at(0)["copy"]; }
  // As somebody would who gets round the service.
  void force(std::uint64_t index, const std::string& account, const std::string& role,
             const std::string& entry = "") {
    store().settle();
    auto statement = identity::copy_erased(
        audit, index, entry.empty() ? crypto::digest_text(store().log().entry(index)) : entry);
    statement.signer = signer(account, role);
    const auto folder = identity::engagement_folder(audit);
    sign(identity::prepare(store(), statement, act("notification", "audit", account),
                           [folder](const store::Now&, store::Changes&) { return folder; }),
         account);
  }
  [[nodiscard]] Texts problems() {
    auto looking = console();
    Texts told;
    const auto verified = service::verify_store(looking, {});
    for (const auto& one : verified["problems"]) told.push_back(require_string(one, "what"));
    return told;
  }

  std::string audit;
};

bool any_has(const Texts& list, const std::string& part) {
  return std::any_of(list.begin(), list.end(),
                     [&](const auto& one) { return one.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE(
    "稽核人員取走的複本列冊，閱讀不列 what an auditor takes is listed, what he reads is not "
    "[SC-52]",
    "[service]") {
  Taken at;
  const auto list = at.copies("chen04");
  CHECK(schema_faults("audit-copies", list) == Texts());
  REQUIRE(list.size() == 1);
  CHECK(list[0]["auditor"] == "ext01");
  CHECK(list[0]["subject"] == "document ISMS-02-001 1.0");
  CHECK(list[0]["purpose"] == "audit");
  CHECK(list[0]["erased"].is_null());
  CHECK(at.copies("ext01") == list);
  CHECK(at.copies("lin01").empty());
}

TEST_CASE(
    "期滿之後，未消除的仍告知稽核人員與核定者 what is open is told to both sides after the window "
    "too "
    "[SC-52]",
    "[service]") {
  Taken at;
  at.clock.set("2026-11-27T02:00:00Z");
  CHECK(at.told("ext01") == 1);
  CHECK(at.told("chen04") == 1);
  CHECK(at.told("lin01") == 0);
  CHECK(at.copies("ext01", true).size() == 1);
  CHECK(at.confirm("ext01", at.copy()) == "read-only");
  CHECK(at.confirm("lin01", at.copy()) == "no-right");
  CHECK(at.confirm("chen04", at.copy() + 1) == "no-audit-copy");
  CHECK(at.confirm("chen04", at.copy()) == "done");
  CHECK(at.confirm("chen04", at.copy()) == "copy-erased-already");
  CHECK(at.told("ext01") == 0);
  CHECK(at.told("chen04") == 0);
  CHECK(at.copies("chen04", true).empty());
  CHECK(at.copies("chen04")[0]["erased"]["by"] == "chen04");
  CHECK(schema_faults("audit-copies", at.copies("chen04")) == Texts());
  CHECK(at.problems() == Texts());
  const auto statement = at.store().evidence().require(identity::engagement_folder(at.audit) +
                                                       "/02-notification.statement.json");
  CHECK(schema_faults("statement", parse_canonical(statement)) == Texts());
}

TEST_CASE(
    "繞過服務的確認，驗證時指出 a confirmation made round the service is found by the verifier "
    "[SC-52]",
    "[service]") {
  Taken at;
  const auto copy = at.copy();
  at.force(copy, "lin01", "owner");
  CHECK(any_has(at.problems(), "right"));
  at.force(copy, "chen04", "approver");
  CHECK(any_has(at.problems(), "confirmed twice"));
  at.force(1, "chen04", "approver");
  CHECK(any_has(at.problems(), "no copy of this audit"));
}

TEST_CASE(
    "確認所載的日誌摘要不符，驗證時指出 a confirmation that cites another entry is found [SC-52]",
    "[service]") {
  Taken at;
  at.force(at.copy(), "chen04", "approver", crypto::digest_text("另一筆"));
  CHECK(any_has(at.problems(), "not that of the log's entry"));
}

TEST_CASE(
    "稽核提前終止後，內部稽核人員再取走的不算複本 what an internal auditor takes once his audit "
    "was "
    "ended is no copy of it [SC-52]",
    "[service]") {
  Taken at;
  service::AuditRequest request;
  request.auditor = "wu06";
  request.to = "2026-11-25";
  request.documents = {"ISMS-02-001"};
  auto chen = at.as("chen04");
  const auto id = service::approve_audit(chen, request)["id"].get<std::string>();
  const auto take = [&] {
    auto wu = at.for_purpose("wu06", "audit");
    (void)service::export_pdf(wu, {"ISMS-02-001"});
  };
  take();
  CHECK(at.copies("wu06").size() == 1);
  at.clock.advance(std::chrono::minutes(1));
  auto again = at.as("chen04");
  (void)service::end_audit(again, id);
  at.clock.advance(std::chrono::minutes(1));
  take();
  CHECK(at.copies("wu06").size() == 1);
}

TEST_CASE("抽走確認聲明，驗證時指出 a confirmation taken out is found by the verifier [SC-52]",
          "[service]") {
  Taken at;
  CHECK(at.confirm("chen04", at.copy()) == "done");
  auto removal = act("audit", "audit", "system");
  removal.decide = [&](const store::Now& now, store::Changes& changes) {
    const auto folder = identity::engagement_folder(at.audit);
    for (const auto& entry : now.evidence.list(folder))
      if (entry.name.starts_with("02-")) changes.remove(folder + "/" + entry.name);
  };
  at.store().commit(removal);
  CHECK(any_has(at.problems(), "is gone"));
}
