// Records through the service: who may open them, what waits for whom, what the log keeps.
#include "records.h"

#include <catch2/catch.hpp>

#include "support/schemas.h"

using namespace bureau;

namespace {

std::vector<std::string> waits_for(RecordBureau& at, const std::string& account) {
  auto person = at.as(account);
  std::vector<std::string> whats;
  for (const auto& item : service::waiting_for(person))
    whats.push_back(item["what"].get<std::string>());
  return whats;
}

}  // namespace

TEST_CASE("紀錄只對有關的人存在 a record exists only for those it concerns") {
  RecordBureau at;
  auto zhou = at.as("zhou07");
  const auto made = service::create_record(zhou, at.agreement());
  const auto id = made["id"].get<std::string>();
  CHECK(schema_faults("record-receipt", made).empty());

  const auto shown = service::show_record(zhou, id);
  CHECK(schema_faults("record-show", shown) == std::vector<std::string>());
  CHECK(shown["values"]["name"] == "周致遠");
  CHECK(shown["signatures"][0]["signer"] == "周致遠");
  auto ren = at.for_purpose("ren09");
  CHECK(service::show_record(ren, id)["number"] == "NDA-115-0001");
  CHECK(schema_faults("record-list", service::list_records(ren, {})).empty());

  for (const auto* other : {"lin01", "chen04", "hsu01"}) {
    auto stranger = at.as(other);
    CHECK(code_of([&] { (void)service::show_record(stranger, id); }) == "no-record");
    CHECK(code_of([&] { (void)service::export_record_pdf(stranger, id); }) == "no-record");
    CHECK(code_of([&] { (void)service::export_record_files(stranger, id); }) == "no-record");
    CHECK(service::list_records(stranger, {}).empty());
  }
  auto console = at.console();
  CHECK(code_of([&] { (void)service::show_record(console, id); }) == "no-record");
}

TEST_CASE("開啟紀錄留下日誌，且不透露內容 opening a record is logged without telling its content") {
  RecordBureau at;
  auto zhou = at.as("zhou07");
  const auto id = service::create_record(zhou, at.agreement("朱砂"))["id"].get<std::string>();
  const auto before = at.mark().log_size;
  auto ren = at.for_purpose("ren09");
  (void)service::show_record(ren, id);
  bool read = false;
  for (const auto& row : at.log_from(before)) {
    if (row.kind == "read") read = row.subject == "record " + id + " nda-employee purpose duty";
    CHECK(row.subject.find("朱砂") == std::string::npos);
  }
  CHECK(read);
}

TEST_CASE("拒絕的簽署留在日誌，不留紀錄 a refused signature is in the log and leaves no record") {
  RecordBureau at;
  auto request = at.agreement();
  request.read_digest = service::text_digest("另一份內文");
  auto zhou = at.as("zhou07");
  const auto before = at.mark();
  CHECK(code_of([&] { (void)service::create_record(zhou, request); }) == "text-changed");
  CHECK(at.mark().head == before.head);
  CHECK(at.log_from(before.log_size).back().outcome == "refused:text-changed");

  auto for_another = at.agreement();
  for_another.account = "zhou07";
  auto lin = at.as("lin01");
  CHECK(code_of([&] { (void)service::create_record(lin, for_another); }) == "not-the-subject");
  CHECK(at.log_from(before.log_size).back().outcome == "refused:not-the-subject");
}

TEST_CASE("紙本要有登錄的權限，並標為紙本 paper takes the right to file it and is marked") {
  RecordBureau at;
  auto request = at.agreement();
  request.account = "zhou07";
  request.paper = true;
  request.scan = "%PDF-1.4 掃描";
  auto lin = at.as("lin01");
  CHECK(code_of([&] { (void)service::create_record(lin, request); }) == "no-right");
  auto ren = at.for_purpose("ren09");
  const auto id = service::create_record(ren, request)["id"].get<std::string>();
  const auto shown = service::show_record(ren, id);
  CHECK(shown["medium"] == "paper");
  CHECK(shown["signatures"][0]["meaning"] == "紙本登錄");
  const auto listed = service::agreement_register(ren, "nda-employee");
  CHECK(schema_faults("agreement-register", listed) == std::vector<std::string>());
  CHECK(listed["signed"] == 1);
  CHECK(code_of([&] { (void)service::agreement_register(lin, "nda-employee"); }) == "no-right");
}

TEST_CASE("待辦隨證據而來，做完就消失 what waits comes from the evidence and goes when done") {
  RecordBureau at;
  CHECK(waits_for(at, "zhou07") == std::vector<std::string>{"agreement"});
  auto zhou = at.as("zhou07");
  (void)service::create_record(zhou, at.agreement());
  CHECK(waits_for(at, "zhou07").empty());

  at.create("ISMS-02-001");
  at.submit("ISMS-02-001");
  const auto zhao = waits_for(at, "zhao02");
  CHECK(std::count(zhao.begin(), zhao.end(), "review") == 1);
  const auto chen = waits_for(at, "chen04");
  CHECK(std::count(chen.begin(), chen.end(), "approval") == 0);
  auto reviewer = at.as("zhao02");
  (void)service::review_document(reviewer, {"ISMS-02-001", "", "", "", ""});
  CHECK(waits_for(at, "chen04").back() == "approval");
  auto person = at.as("chen04");
  CHECK(schema_faults("waiting", service::waiting_for(person)).empty());
}

TEST_CASE("依序簽署，PDF 與驗證檔可取走 signed in order; PDF and files can be taken away") {
  RecordBureau at;
  service::RecordRequest request;
  request.form = "corrective-action";
  request.values = {{"source", "指標未達"},
                    {"nonconformity", "指標二逾目標"},
                    {"root_cause", "附檔未經檢測"},
                    {"action", "啟用沙箱"},
                    {"owner", "監資處"},
                    {"due", "2027-02-28"},
                    {"status", "處理中"}};
  auto lin = at.as("lin01");
  const auto made = service::create_record(lin, request);
  const auto id = made["id"].get<std::string>();
  CHECK(made["state"] == "signing");
  auto qian = at.as("qian08");
  CHECK(code_of([&] { (void)service::sign_record(qian, id, ""); }) == "no-role");
  auto zhao = at.as("zhao02");
  CHECK(service::sign_record(zhao, id, "")["meaning"] == "審查");
  CHECK(service::show_record(zhao, id)["next"]["role"] == "auditor");
  CHECK(service::export_record_pdf(lin, id).pdf.starts_with("%PDF"));
  const auto files = service::export_record_files(lin, id);
  CHECK(files.front().first == "01-record.statement.json");
  CHECK(files.back().first == "recipe.txt");
  auto taking = at.for_purpose("lin01");
  const auto csv = service::export_records_csv(taking, {"corrective-action", "", "", "", ""});
  CHECK(csv.find("CAR-115-0001") != std::string::npos);
  CHECK(csv.find("啟用沙箱") != std::string::npos);
}

TEST_CASE("表單的答覆合於形狀 forms answer in their shapes") {
  RecordBureau at;
  auto zhou = at.as("zhou07");
  CHECK(schema_faults("form-list", service::list_forms(zhou)) == std::vector<std::string>());
  const auto form = service::show_form(zhou, "nda-employee", "");
  CHECK(schema_faults("form-show", form) == std::vector<std::string>());
  CHECK(form["fields"][0]["title"] == "姓名");
  CHECK(form["may_file"] == true);
  CHECK(code_of([&] { (void)service::publish_form(zhou, form_source("nda-employee")); }) ==
        "no-right");
}
