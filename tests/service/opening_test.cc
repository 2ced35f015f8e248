// What is protected opens for a stated purpose, and what is classified to whom the head of its unit has authorised.
#include "service/opening.h"

#include "records.h"
#include "service/certificates.h"
#include "service/classified.h"
#include "service/notices.h"
#include "service/password_link.h"

using namespace bureau;

namespace {

// 機密 and published; 趙予安 also heads 監資處, 王品妤 another unit.
class Vaulted : public RecordBureau {
 public:
  Vaulted() {
    take_in(store(), {"head01", {"梁以安", "監資處", "處長", ""}, "unit-head", "監資處"}, keys);
    take_in(store(), {"head02", {"杜若", "政風室", "主任", ""}, "unit-head", "政風室"}, keys);
    create("ISMS-02-001", "機密");
    carry_through("ISMS-02-001");
  }

  Json authorise(const std::string& by, const std::string& account,
                 const std::string& purpose = "incident") {
    auto context = as(by);
    service::OpeningRequest request;
    request.account = account;
    request.document = "ISMS-02-001";
    request.purpose = purpose;
    request.from = "2026-11-22";
    request.to = "2026-11-24";
    return service::authorise_opening(context, request);
  }
  // What the reader gets, and the last entry that trying left.
  std::string opens(const std::string& account, const std::string& purpose) {
    auto context = for_purpose(account, purpose);
    return code_of([&] { (void)service::show_document(context, "ISMS-02-001", "", true); });
  }
  [[nodiscard]] store::LogRow last_entry() { return store().catalogue().log({}).back(); }
};

}  // namespace

TEST_CASE(
    "what is classified opens to whom the head of the unit authorised, for that purpose, on "
    "those days [SC-38]",
    "[service]") {
  Vaulted at;
  CHECK(at.opens("chen04", "") == "purpose-needed");
  CHECK(at.opens("chen04", "curiosity") == "unknown-purpose");
  CHECK(at.opens("chen04", "incident") == "authorisation-needed");
  CHECK(at.last_entry().outcome == "refused:authorisation-needed");
  CHECK(at.last_entry().subject == "document ISMS-02-001 1.0");
  const auto made = at.authorise("head01", "chen04");
  CHECK(at.opens("chen04", "incident") == "done");
  CHECK(at.last_entry().subject.ends_with("purpose incident"));
  CHECK(at.opens("chen04", "audit") == "authorisation-needed");
  CHECK(at.opens("qian08", "incident") == "authorisation-needed");
  CHECK(at.opens("zhou07", "incident") == "no-document");
  at.clock.set("2026-11-25T02:00:00Z");
  CHECK(at.opens("chen04", "incident") == "authorisation-needed");
}

TEST_CASE(
    "only the head of the owning unit authorises, nobody himself, and it can be taken back "
    "[SC-35] [SC-38]",
    "[service]") {
  Vaulted at;
  CHECK(code_of([&] { (void)at.authorise("lin01", "chen04"); }) == "no-right");
  CHECK(code_of([&] { (void)at.authorise("head02", "chen04"); }) == "no-right");
  CHECK(code_of([&] { (void)at.authorise("head01", "head01"); }) == "authorises-self");
  CHECK(code_of([&] { (void)at.authorise("head01", "chen04", "好奇"); }) == "unknown-purpose");
  const auto id = at.authorise("head01", "chen04")["id"].get<std::string>();
  CHECK(at.opens("chen04", "incident") == "done");
  auto head = at.as("head01");
  (void)service::end_authorisation(head, id);
  CHECK(at.opens("chen04", "incident") == "authorisation-needed");
  auto console = at.console();
  CHECK(service::verify_store(console, {})["problems"] == Json::array());
}

TEST_CASE(
    "every way to the content of what is classified asks, and search does not know it [SC-38]",
    "[service]") {
  Vaulted at;
  auto c = at.for_purpose("chen04", "incident");
  const std::string id = "ISMS-02-001";
  const std::string refused = "authorisation-needed";
  CHECK(code_of([&] { (void)service::export_pdf(c, {id}); }) == refused);
  CHECK(code_of([&] {
          (void)service::export_pdf(c, {id, "", service::StateMark::none});
        }) == refused);
  CHECK(code_of([&] { (void)service::export_approvals(c, id, ""); }) == refused);
  CHECK(code_of([&] { (void)service::diff_document(c, id, "", "1.0"); }) == refused);
  CHECK(code_of([&] { (void)service::export_diff_pdf(c, id, "", "1.0"); }) == refused);
  CHECK(code_of([&] { (void)service::export_review_pdf(c, id, "1.0"); }) == "no-draft");
  CHECK(service::search_documents(c, {"適當之人", true, 0, 20})["count"] == 0);
  (void)at.authorise("head01", "chen04");
  CHECK(service::export_pdf(c, {id}).pdf.starts_with("%PDF"));
  CHECK(service::search_documents(c, {"適當之人", true, 0, 20})["count"] == 0);
}

TEST_CASE(
    "a draft of what is classified opens to its authors, to others as what is published, and a "
    "new one is begun by whom that opens to [SC-38]",
    "[service]") {
  Vaulted at;
  at.create("ISMS-02-003", "機密");
  const auto opens = [&](const std::string& account) {
    auto context = at.for_purpose(account, "incident");
    return code_of([&] { (void)service::show_document(context, "ISMS-02-003", "1.0", true); }) +
           " " + code_of([&] { (void)service::export_review_pdf(context, "ISMS-02-003", "1.0"); });
  };
  CHECK(opens("lin01") == "done done");
  CHECK(opens("zhao02") == "authorisation-needed authorisation-needed");
  CHECK(at.last_entry().outcome == "refused:authorisation-needed");
  const auto revises = [&] {
    auto wu = at.for_purpose("wu06", "incident");
    return code_of([&] { (void)service::draft_document(wu, {"ISMS-02-001", "", {}, "修訂"}); });
  };
  CHECK(revises() == "authorisation-needed");
  (void)at.authorise("head01", "wu06");
  CHECK(revises() == "done");
}

TEST_CASE("personal data opens for a stated purpose, except to whom it is about [SC-40]",
          "[service]") {
  RecordBureau at;
  auto zhou = at.as("zhou07");
  const auto id = service::create_record(zhou, at.agreement())["id"].get<std::string>();
  CHECK(service::show_record(zhou, id)["number"] == "NDA-115-0001");
  auto silent = at.as("ren09");
  const auto before = at.mark().log_size;
  CHECK(code_of([&] { (void)service::show_record(silent, id); }) == "purpose-needed");
  CHECK(code_of([&] { (void)service::export_record_pdf(silent, id); }) == "purpose-needed");
  CHECK(code_of([&] { (void)service::export_record_files(silent, id); }) == "purpose-needed");
  int logged = 0;
  for (const auto& row : at.log_from(before))
    logged += row.outcome == "refused:purpose-needed" && row.actor == "ren09" ? 1 : 0;
  CHECK(logged == 3);
  auto stated = at.for_purpose("ren09", "law");
  CHECK(service::show_record(stated, id)["number"] == "NDA-115-0001");
  CHECK(at.log_from(before).back().subject == "record " + id + " nda-employee purpose law");
}

TEST_CASE(
    "several records leave for a stated purpose only, and the copy says who took it and why "
    "[SC-36]",
    "[service]") {
  RecordBureau at;
  const auto id = at.room_log("2026-11-01", "更換濾網");
  auto silent = at.as("lin01");
  const auto before = at.mark().log_size;
  CHECK(code_of([&] {
          (void)service::export_records_csv(silent, {"room-daily-log", "", "", "", ""});
        }) == "purpose-needed");
  CHECK(at.log_from(before).back().outcome == "refused:purpose-needed");
  auto lin = at.for_purpose("lin01", "review");
  const auto csv = service::export_records_csv(lin, {"room-daily-log", "", "", "", ""});
  CHECK(csv.find("更換濾網") != std::string::npos);
  CHECK(csv.find("匯出：lin01") != std::string::npos);
  CHECK(csv.ends_with("目的：管理審查\r\n"));
  CHECK(at.log_from(before).back().subject == "records room-daily-log count 1 purpose review");
  // The stored PDF stays as it is; the copy that leaves is another one.
  auto again = at.for_purpose("lin01", "audit");
  CHECK(service::export_record_pdf(lin, id).pdf != service::export_record_pdf(again, id).pdf);
  auto ren = at.as("ren09");
  CHECK(code_of([&] { (void)service::agreement_register(ren, "nda-employee"); }) ==
        "purpose-needed");
}

TEST_CASE("what one may not read is in no list, count or hit of a search [SC-37] [SC-54]",
          "[service]") {
  Bureau at;
  at.create("ISMS-02-001", "限閱");
  at.carry_through("ISMS-02-001");
  at.create("ISMS-02-002", "公開");
  at.carry_through("ISMS-02-002");
  auto reader = at.as("chen04");
  auto stranger = at.as("zhou07");
  const auto of = [](service::Context& c) {
    return service::search_documents(c, {"適當之人", false, 0, 20});
  };
  CHECK(of(reader)["count"] == 2);
  const auto found = of(stranger);
  CHECK(found["count"] == 1);
  CHECK(found.dump().find("ISMS-02-001") == std::string::npos);
  CHECK(service::list_documents(stranger).dump().find("ISMS-02-001") == std::string::npos);
  auto console = at.console();
  CHECK(of(console)["count"] == 1);
}

TEST_CASE(
    "郵件不含機密的名稱與內容 no mail names what is classified or holds any of it, whatever was "
    "done "
    "with it [SC-39]",
    "[service][SC-39]") {
  Vaulted at;
  const auto settings = at.path() / "vermilion.yaml";
  at.disk.replace(settings, at.disk.read_all(settings) + "\nmail:\n  command: sendmail -t\n");
  take_in(at.store(),
          {"liao05", {"廖敏", "監資處", "技士", "liao05@example.gov.tw"}, "approver", ""}, at.keys);
  std::vector<Bytes> mails;
  service::Outside outside;
  outside.mail = [&](const std::string&, const Bytes& mail) { mails.push_back(mail); };
  service::Caller caller;
  caller.outside = &outside;

  auto head = at.as("head01", caller);
  (void)service::authorise_opening(
      head, {"liao05", "ISMS-02-001", "", "incident", "2026-11-22", "2026-11-24"});
  caller.purpose = "incident";
  auto reader = at.as("liao05", caller);
  const auto shown = service::show_document(reader, "ISMS-02-001", "", true);
  (void)service::export_pdf(reader, {"ISMS-02-001"});
  auto admin = at.as("hsu01", caller);
  (void)service::revoke_certificate(admin, "liao05", at.keys.at("liao05").certificate.sha256(),
                                    "key-compromise");
  (void)service::give_password_link(admin, {"liao05", "https://isms.example.gov.tw", true});
  service::tell_of_lock(admin, outside, "liao05");

  CHECK(mails.size() == 3);
  for (const auto& mail : mails) {
    CHECK(mail.find("liao05@example.gov.tw") != Bytes::npos);
    for (const auto& secret : {std::string("ISMS-02-001"), require_string(shown, "title"), kBody,
                               std::string("機密"), std::string("octet-stream")})
      CHECK(mail.find(secret) == Bytes::npos);
  }
}
