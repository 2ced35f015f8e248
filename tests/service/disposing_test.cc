// Disposal through the service: two acts, every holder purged, resumed after a break, the certificate answers.
#include <catch2/catch.hpp>

#include "records.h"
#include "retention/disposal.h"
#include "search/index.h"
#include "service/record_access.h"
#include "support/process.h"
#include "support/schemas.h"

using namespace bureau;

namespace {

retention::FactsOf facts_of(RecordBureau& at) {
  return [zone = at.store().settings().time_zone](const store::Snapshot& evidence,
                                                  const std::vector<std::string>& ids) {
    return service::record_facts(evidence, zone, ids);
  };
}

identity::Signed signed_by(RecordBureau& at, const identity::Prepared& prepared) {
  const auto& pair = at.keys.at(prepared.statement.signer.account);
  return {prepared, crypto::sign_detached(prepared.bytes, pair.key, pair.certificate,
                                          {at.store().authority().issuer}, prepared.statement.at)};
}

// Act (a) alone, as a killed program leaves it.
void execute_and_stop(RecordBureau& at, const std::string& batch) {
  const auto pair = retention::prepare_execution(
      at.store(), facts_of(at), batch, signer("zhao02", "custodian"),
      signer("wang03", "countersigner"), act("destruction", "disposal " + batch, "zhao02"));
  (void)identity::commit_signed(at.store(), signed_by(at, pair.executor),
                                {signed_by(at, pair.witness)});
}

// No record is indexed today; a holder that was never full would prove nothing.
void put_in_index(service::Context& context, const std::string& record) {
  search::Entry entry;
  entry.document = record;
  entry.version = "1";
  entry.text = "更換濾網";
  entry.kind = "record";
  entry.access_class = "內部使用";
  search::Index::open(service::index_folder(context))->replace_document(record, {entry});
}

Json verified(RecordBureau& at) {
  auto console = at.console();
  return service::verify_store(console, {});
}

}  // namespace

TEST_CASE("銷毀後每個持有處都空了 after a destruction every holder is empty") {
  RecordBureau at;
  const auto gone = at.room_log("2022-03-01", "更換濾網");
  const auto kept = at.room_log("2026-11-01", "巡檢");
  const auto batch = at.approved_batch({gone});
  const auto disposal = retention::require_disposal(at.store().evidence(), batch);
  const auto facts = service::record_facts(at.store().evidence(), "Asia/Taipei", {gone}).front();
  const std::vector<retention::Condemned> condemned = {{gone, facts.number, facts.payloads}};

  auto zhao = at.for_purpose("zhao02");
  put_in_index(zhao, gone);
  for (const auto& holder : service::content_holders(zhao)) {
    INFO(holder->name());
    CHECK_FALSE(holder->remains(condemned).empty());
  }
  const auto done = service::execute_disposal(zhao, batch, at.witness());
  CHECK(done["stage"] == "done");
  for (const auto& holder : service::content_holders(zhao))
    CHECK(holder->remains(condemned).empty());
  for (const auto& entry : search::Index::open(service::index_folder(zhao))->contents())
    CHECK_FALSE(entry.starts_with(gone));

  const auto shown = service::show_record(zhao, gone);
  CHECK(schema_faults("record-show", shown) == std::vector<std::string>());
  CHECK(shown["state"] == "destroyed");
  CHECK(shown["certificate"]["id"] == batch);
  CHECK(code_of([&] { (void)service::export_record_pdf(zhao, gone); }) == "record-destroyed");
  CHECK(code_of([&] { (void)service::export_record_files(zhao, gone); }) == "record-destroyed");
  CHECK(service::show_record(zhao, kept)["values"]["handling"] == "巡檢");
  const Scratch scratch;
  const auto paper = scratch.write("paper.pdf", service::disposal_certificate_pdf(zhao, batch));
  CHECK(run("pdfinfo " + paper + " | grep -c 'Pages: *1$'").output == "1\n");
  CHECK(verified(at)["problems"] == Json::array());
}

TEST_CASE("兩次作為之間中斷，再執行即續行 broken off between the acts, executing again resumes") {
  RecordBureau at;
  const auto gone = at.room_log("2022-03-01", "更換濾網");
  const auto batch = at.approved_batch({gone});
  execute_and_stop(at, batch);
  auto zhao = at.for_purpose("zhao02");
  CHECK(service::show_record(zhao, gone)["state"] == "destroyed");
  CHECK(service::show_record(zhao, gone)["certificate"].is_null());
  CHECK(code_of([&] { (void)service::export_record_pdf(zhao, gone); }) == "record-destroyed");
  CHECK(service::execute_disposal(zhao, batch, at.witness())["stage"] == "done");
  CHECK(code_of([&] { (void)service::execute_disposal(zhao, batch, at.witness()); }) ==
        "disposal-stage");
  CHECK(verified(at)["problems"] == Json::array());
}

TEST_CASE("保全中的不銷毀，其餘也不動 what is held stays, and the rest of the batch with it") {
  RecordBureau at;
  const auto one = at.room_log("2022-03-01", "更換濾網");
  const auto two = at.room_log("2022-03-02", "更換電池");
  const auto batch = at.approved_batch({one, two});
  auto wang = at.as("wang03");
  const auto hold = at.hold(two);
  auto zhao = at.for_purpose("zhao02");
  const auto before = at.mark().head;
  CHECK(code_of([&] { (void)service::execute_disposal(zhao, batch, at.witness()); }) == "held");
  CHECK(at.mark().head == before);
  CHECK(service::show_record(zhao, one)["values"]["handling"] == "更換濾網");
  CHECK(service::explain_retention(zhao, two)["obstacle"]["code"] == "held");
  CHECK(schema_faults("hold-list", service::list_holds(zhao)) == std::vector<std::string>());
  CHECK(code_of([&] { (void)service::release_hold(wang, hold, "結案"); }) == "no-right");
  auto chen = at.as("chen04");
  (void)service::release_hold(chen, hold, "調查結束");
  CHECK(service::execute_disposal(zhao, batch, at.witness())["stage"] == "done");
}

TEST_CASE("撤回的銷毀案放開它的紀錄 a batch taken back sets its records free") {
  RecordBureau at;
  const auto one = at.room_log("2022-03-01", "更換濾網");
  const auto batch = at.approved_batch({one});
  auto sun = at.as("sun05");
  auto zhou = at.as("zhou07");
  CHECK(code_of([&] { (void)service::withdraw_disposal(zhou, batch, "須展延"); }) == "no-right");
  CHECK(code_of([&] { (void)service::withdraw_disposal(sun, batch, " "); }) == "reason-missing");
  CHECK(service::withdraw_disposal(sun, batch, "須展延")["stage"] == "withdrawn");
  auto zhao = at.for_purpose("zhao02");
  CHECK(code_of([&] { (void)service::execute_disposal(zhao, batch, at.witness()); }) ==
        "disposal-stage");
  CHECK(service::show_record(zhao, one)["values"]["handling"] == "更換濾網");
  const auto again = at.approved_batch({one});
  CHECK(service::execute_disposal(zhao, again, at.witness())["stage"] == "done");
  CHECK(code_of([&] { (void)service::withdraw_disposal(sun, again, "反悔"); }) == "disposal-stage");
  CHECK(verified(at)["problems"] == Json::array());
}

TEST_CASE(
    "監毀人以自己的金鑰簽署，且不是執行人 the witness signs with his own key and is not the "
    "executor") {
  RecordBureau at;
  const auto batch = at.approved_batch({at.room_log("2022-03-01", "更換濾網")});
  auto zhao = at.for_purpose("zhao02");
  auto forged = at.witness();
  forged.key_file = plain_pem(at.keys.at("lin01").key);
  CHECK(code_of([&] { (void)service::execute_disposal(zhao, batch, forged); }) == "login-failed");
  CHECK(code_of([&] { (void)service::execute_disposal(zhao, batch, at.witness("lin01")); }) ==
        "no-right");
  CHECK(code_of([&] { (void)service::execute_disposal(zhao, batch, at.witness("zhao02")); }) ==
        "executor-witnesses");
}

TEST_CASE("屆滿清單列出到期且未保全的 the due list tells what is due") {
  RecordBureau at;
  const auto due = at.room_log("2022-03-01", "更換濾網");
  (void)at.room_log("2026-11-01", "巡檢");
  auto zhao = at.for_purpose("zhao02");
  const auto list = service::retention_due(zhao);
  CHECK(schema_faults("retention-due", list) == std::vector<std::string>());
  REQUIRE(list.size() == 1);
  CHECK(list[0]["id"] == due);
  CHECK(list[0]["due"] == "2025-03-02");
  auto zhou = at.as("zhou07");
  CHECK(code_of([&] { (void)service::retention_due(zhou); }) == "no-right");
}

TEST_CASE("改過的銷毀案，驗證會指出 verify names a disposal that was tampered with") {
  RecordBureau at;
  const auto gone = at.room_log("2022-03-01", "更換濾網");
  const auto batch = at.approved_batch({gone});
  auto zhao = at.for_purpose("zhao02");
  (void)service::execute_disposal(zhao, batch, at.witness());
  store::Act forged = act("rules", "rules", "system");
  forged.decide = [&](const store::Now& now, store::Changes& changes) {
    auto certificate = parse_json(now.evidence.require("disposals/" + batch + "/certificate.json"));
    certificate["destroyed"] = 0;
    changes.put("disposals/" + batch + "/certificate.json", canonical(certificate));
  };
  at.store().commit(forged);
  const auto result = verified(at);
  CHECK(result["ok"] == false);
  CHECK(result["problems"].dump().find(batch) != std::string::npos);
}
