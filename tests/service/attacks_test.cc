// What an insider might try with records, and a dishonest operator with the store.
#include <catch2/catch.hpp>

#include "records.h"
#include "service/lifecycle.h"

using namespace bureau;

namespace {

service::RecordRequest action() {
  service::RecordRequest request;
  request.form = "corrective-action";
  request.values = {{"source", "稽核"},         {"nonconformity", "備份未異地存放"},
                    {"root_cause", "清單未列"}, {"action", "修訂清單"},
                    {"owner", "監資處"},        {"due", "2027-02-28"},
                    {"status", "處理中"}};
  return request;
}

// The same form with other readers, as the next version.
service::FormSource with_readers(const std::string& id, const std::string& version,
                                 const std::string& readers) {
  auto source = form_source(id);
  const auto at = source.yaml.find("version: ");
  source.yaml.replace(at, source.yaml.find('\n', at) - at, "version: " + version);
  const auto line = source.yaml.find("readers: ");
  source.yaml.replace(line, source.yaml.find('\n', line) - line, "readers: " + readers);
  return source;
}

Json problems(RecordBureau& at) {
  auto console = at.console();
  return service::verify_store(console, {})["problems"];
}

void by_operator(RecordBureau& at,
                 const std::function<void(const store::Now&, store::Changes&)>& decide) {
  store::Act forged = act("note", "note", "system");
  forged.decide = decide;
  at.store().commit(forged);
}

}  // namespace

TEST_CASE("問過去的樣子，不因此多看一筆 asking of the past opens no record more") {
  RecordBureau at;
  auto lin = at.as("lin01");
  const auto id = service::create_record(lin, action())["id"].get<std::string>();
  const auto then = at.clock.now();
  at.clock.set("2026-11-23T01:00:00Z");
  auto zhao = at.as("zhao02");
  (void)service::sign_record(zhao, id, "");
  // 周致遠 becomes an auditor only now; the form's readers are taken from him by a new version.
  auto sun = at.as("sun05");
  (void)service::publish_form(sun, with_readers("corrective-action", "1.1", "[owner]"));
  auto admin = at.as("hsu01");
  (void)service::grant_role(admin, {"zhou07", "reviewer", "", "", ""});
  service::Caller back;
  back.known_at = then;
  auto zhou = at.as("zhou07", back);
  CHECK(code_of([&] { (void)service::show_record(zhou, id); }) == "no-record");
  CHECK(code_of([&] { (void)service::export_record_pdf(zhou, id); }) == "no-record");
  CHECK(service::list_records(zhou, {}).empty());
}

TEST_CASE("新版表單不能替舊紀錄增加讀者 a new version of a form adds no readers to old records") {
  RecordBureau at;
  auto zhou = at.as("zhou07");
  const auto id = service::create_record(zhou, at.agreement())["id"].get<std::string>();
  auto sun = at.as("sun05");
  (void)service::publish_form(sun, with_readers("nda-employee", "2.2", "[controller]"));
  CHECK(code_of([&] { (void)service::show_record(sun, id); }) == "no-record");
  auto ren = at.as("ren09");
  CHECK(code_of([&] { (void)service::show_record(ren, id); }) == "no-record");  // taken away
  CHECK(service::show_record(zhou, id)["number"] == "NDA-115-0001");
}

TEST_CASE("試開不該開的紀錄會留下日誌 trying to open another's record is logged") {
  RecordBureau at;
  auto zhou = at.as("zhou07");
  const auto id = service::create_record(zhou, at.agreement())["id"].get<std::string>();
  const auto before = at.mark().log_size;
  auto lin = at.as("lin01");
  for (const auto& typed : {id, std::string("NDA-115-0099"), std::string("朱砂")})
    CHECK(code_of([&] { (void)service::show_record(lin, typed); }) == "no-record");
  int refused = 0;
  for (const auto& row : at.log_from(before)) {
    refused += row.actor == "lin01" && row.outcome == "refused:no-record" ? 1 : 0;
    CHECK(row.subject.find("朱砂") == std::string::npos);
  }
  CHECK(refused == 3);
}

TEST_CASE("監毀人的通行短語試不出來 a witness's passphrase cannot be tried out") {
  RecordBureau at;
  const auto batch = at.approved_batch({at.room_log("2022-03-01", "更換濾網")});
  auto zhao = at.as("zhao02");
  auto wrong = at.witness("lin01");
  wrong.key_file = plain_pem(at.keys.at("zhou07").key);
  // The same answer for a right and for a wrong secret of somebody who could not witness.
  CHECK(code_of([&] { (void)service::execute_disposal(zhao, batch, wrong); }) == "no-right");
  CHECK(code_of([&] { (void)service::execute_disposal(zhao, batch, at.witness("lin01")); }) ==
        "no-right");
  const auto before = at.mark().log_size;
  wrong.account = "wang03";
  CHECK(code_of([&] { (void)service::execute_disposal(zhao, batch, wrong); }) == "login-failed");
  bool told = false;
  for (const auto& row : at.log_from(before))
    told = told || (row.actor == "wang03" && row.outcome == "refused:login-failed");
  CHECK(told);
}

TEST_CASE("保全不能用來探知紀錄 a hold tells nothing of records one may not open") {
  RecordBureau at;
  auto zhou = at.as("zhou07");
  (void)service::create_record(zhou, at.agreement());
  auto wang = at.as("wang03");
  service::HoldRequest request;
  request.ground = "伍/一/(三)/3";
  request.reason = "調查中";
  for (const auto* number : {"NDA-115-0001", "NDA-115-0099"}) {
    request.records = {number};
    CHECK(code_of([&] { (void)service::place_hold(wang, request); }) == "no-record");
  }
}

TEST_CASE(
    "代理人可代簽，本人的代理撤銷後即不可 a delegate signs for his principal while the delegation "
    "lasts") {
  RecordBureau at;
  auto lin = at.as("lin01");
  const auto id = service::create_record(lin, action())["id"].get<std::string>();
  auto zhao = at.as("zhao02");
  const auto delegation =
      service::add_delegation(zhao, "zhou07", {"record.sign"}, "", "2026-12-31");
  auto zhou = at.as("zhou07");
  CHECK(service::show_record(zhou, id)["state"] == "signing");
  (void)service::end_delegation(zhao, delegation["id"]);
  CHECK(code_of([&] { (void)service::sign_record(zhou, id, "zhao02"); }) == "no-record");
  const auto again = service::add_delegation(zhao, "zhou07", {"record.sign"}, "", "2026-12-31");
  CHECK(service::sign_record(zhou, id, "zhao02")["meaning"] == "審查");
  CHECK(problems(at) == Json::array());
}

TEST_CASE(
    "拿掉的保全與退回的銷毀案，驗證會指出 verify names a hold taken out and a disposal turned "
    "back") {
  RecordBureau at;
  const auto one = at.room_log("2022-03-01", "更換濾網");
  const auto two = at.room_log("2022-03-02", "更換電池");
  const auto hold = at.hold(two);
  const auto batch = at.approved_batch({one});
  auto zhao = at.as("zhao02");
  (void)service::execute_disposal(zhao, batch, at.witness());
  CHECK(problems(at) == Json::array());
  by_operator(at, [&](const store::Now&, store::Changes& changes) {
    for (const auto* name : {"05-destruction", "06-witness"}) {
      const auto path = "disposals/" + batch + "/" + name + ".statement.json";
      changes.remove(path);
      changes.remove(path + ".p7s");
    }
    changes.remove("disposals/" + batch + "/certificate.json");
    changes.remove("disposals/" + batch + "/certificate.pdf");
  });
  CHECK(problems(at).dump().find("disposals/" + batch) != std::string::npos);
  by_operator(at, [&](const store::Now&, store::Changes& changes) {
    const auto path = "holds/" + hold + "/01-hold.statement.json";
    changes.remove(path);
    changes.remove(path + ".p7s");
  });
  CHECK(problems(at).dump().find("holds/" + hold) != std::string::npos);
}

TEST_CASE("審查的是讀過的草案 what is reviewed is the draft that was read") {
  RecordBureau at;
  at.create("ISMS-02-001");
  at.submit("ISMS-02-001");
  auto zhao = at.as("zhao02");
  const auto shown = service::show_document(zhao, "ISMS-02-001", "", false);
  const auto read = shown["versions"].back()["draft"].get<std::string>();
  auto lin = at.as("lin01");
  (void)service::draft_document(
      lin, {"ISMS-02-001", "", source("ISMS-02-001", "公開", "另一段文字。"), "改寫"});
  at.submit("ISMS-02-001");
  service::StepRequest step;
  step.id = "ISMS-02-001";
  step.read_draft = read;
  CHECK(code_of([&] { (void)service::review_document(zhao, step); }) == "draft-changed");
  const auto now = service::show_document(zhao, "ISMS-02-001", "", false);
  step.read_draft = now["versions"].back()["draft"].get<std::string>();
  CHECK(service::review_document(zhao, step)["meaning"] == "審查");
}

TEST_CASE("把日期寫早，不會立刻屆滿 a date written early makes nothing due") {
  RecordBureau at;
  auto request = action();
  request.date = "2001-01-01";
  auto lin = at.as("lin01");
  const auto id = service::create_record(lin, request)["id"].get<std::string>();
  auto zhao = at.as("zhao02");
  CHECK(service::explain_retention(zhao, id)["due"] ==
        "2031-11-23");  // five years from its filing, not from 2001
  auto zhou = at.as("zhou07");
  const auto agreement = service::create_record(zhou, at.agreement())["id"].get<std::string>();
  auto admin = at.as("hsu01");
  (void)service::leave_person(admin, "zhou07", "2000-01-01");
  CHECK(service::retention_due(zhao).empty());
  auto ren = at.as("ren09");
  CHECK(service::explain_retention(ren, agreement)["due"] == "2041-11-23");
}

TEST_CASE("營運者拿掉紀錄或改規則，驗證會指出 verify names records taken out and rules changed") {
  RecordBureau at;
  (void)at.room_log("2022-03-01", "更換濾網");
  const auto last = at.room_log("2022-03-02", "更換電池");
  CHECK(problems(at) == Json::array());
  by_operator(at, [](const store::Now& now, store::Changes& changes) {
    auto rules = parse_json(now.evidence.require("rules/retention.json"));
    for (auto& rule : rules)
      if (rule["years"] == 15) rule["years"] = 1;
    changes.put("rules/retention.json", rules.dump());
  });
  CHECK(problems(at).dump().find("rules/retention.json") != std::string::npos);
  by_operator(at, [](const store::Now& now, store::Changes& changes) {
    changes.remove("records/00/00/00/00000002/manifest.json");
    auto numbers = parse_json(now.evidence.require("records/numbers.json"));
    numbers["sequence"] = 1;
    changes.put("records/numbers.json", canonical(numbers));
  });
  CHECK(problems(at).dump().find(last) != std::string::npos);
}

TEST_CASE(
    "為一份文件簽的，不能用在另一份或另一個人 a signature for one subject, deed or person is none "
    "for another") {
  RecordBureau at;
  for (const char* id : {"ISMS-02-001", "ISMS-02-002"}) {
    at.create(id);
    at.submit(id);
  }
  const auto reviews = [&](const service::Caller& caller, const std::string& account,
                           const std::string& id, const std::string& comment = "") {
    auto context = at.as(account, caller);
    (void)service::review_document(context, {id, "", "", "", comment});
  };
  service::Caller preparing;
  preparing.only_prepare = true;
  Bytes statement;
  try {
    reviews(preparing, "zhao02", "ISMS-02-001");
  } catch (const service::OnlyPrepared& prepared) {
    statement = prepared.statement;
  }
  const auto& holder = at.keys.at("zhao02");
  const auto time = model::parse_statement(statement).at;
  service::Caller signed_caller;
  signed_caller.signed_before = {statement,
                                 crypto::sign_detached(statement, holder.key, holder.certificate,
                                                       {at.store().authority().issuer}, time)};
  const auto before = at.mark().head;
  CHECK(code_of([&] { reviews(signed_caller, "zhao02", "ISMS-02-002"); }) != "done");
  CHECK(code_of([&] { reviews(signed_caller, "wang03", "ISMS-02-001"); }) != "done");
  CHECK(code_of([&] { reviews(signed_caller, "zhao02", "ISMS-02-001", "另有意見"); }) != "done");
  CHECK(code_of([&] {
          auto zhao = at.as("zhao02", signed_caller);
          (void)service::return_document(zhao, {"ISMS-02-001", "", "", "", ""});
        }) != "done");
  CHECK(at.mark().head == before);
  CHECK(code_of([&] { reviews(signed_caller, "zhao02", "ISMS-02-001"); }) == "done");
  const auto after = at.mark().head;
  CHECK(code_of([&] { reviews(signed_caller, "zhao02", "ISMS-02-001"); }) == "signed-already");
  CHECK(at.mark().head == after);
}
