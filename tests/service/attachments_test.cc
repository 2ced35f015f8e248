// Files attached to records: who may, what is signed, and that they go when the record goes.
#include "service/attachments.h"

#include <catch2/catch.hpp>

#include "crypto/random.h"
#include "records.h"
#include "records/attaching.h"
#include "records/records.h"
#include "service/record_access.h"
#include "support/schemas.h"

using namespace bureau;

namespace {

Json attach(service::Context& person, const std::string& id, const std::string& file,
            const Bytes& content) {
  return service::attach_file(person, {id, file, source_of(content)});
}

Bytes attached(service::Context& person, const std::string& id, const std::string& part) {
  Bytes content;
  (void)service::export_attachment(person, id, part, sink_to(content));
  return content;
}

Json found_in(RecordBureau& at) {
  auto console = at.console();
  return service::verify_store(console, {})["problems"];
}

std::string agreed(RecordBureau& at) {
  auto zhou = at.as("zhou07");
  return service::create_record(zhou, at.agreement())["id"].get<std::string>();
}

bool says(const Json& problems, const std::string& words) {
  return std::any_of(problems.begin(), problems.end(), [&](const Json& one) {
    return one["what"].get<std::string>().find(words) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("附件簽署後與紀錄同在 what is attached is signed, shown and comes back whole",
          "[attachments]") {
  RecordBureau at;
  const auto id = agreed(at);
  auto zhou = at.as("zhou07");
  const auto photo = crypto::random_bytes(3 << 20);
  const auto made = attach(zhou, id, "機房門禁照片.jpg", photo);
  CHECK(schema_faults("attachment-receipt", made) == std::vector<std::string>());
  (void)attach(zhou, id, "說明.txt", "門禁卡於 115 年 11 月 2 日領用");

  const auto shown = service::show_record(zhou, id);
  CHECK(schema_faults("record-show", shown) == std::vector<std::string>());
  REQUIRE(shown["attachments"].size() == 2);
  CHECK(shown["attachments"][0]["file"] == "機房門禁照片.jpg");
  CHECK(shown["attachments"][0]["size"] == photo.size());
  CHECK(shown["attachments"][0]["added"]["signer"] == "周致遠");
  CHECK(shown["attachments"][1]["attachment"] == "attachment-02");
  CHECK(shown["signatures"].size() == 1);
  CHECK(shown["state"] == "complete");
  CHECK(attached(zhou, id, "attachment-01") == photo);
  auto ren = at.for_purpose("ren09");
  CHECK(attached(ren, id, "attachment-02").starts_with("門禁卡"));
  CHECK(code_of([&] { (void)attached(zhou, id, "attachment-03"); }) == "no-attachment");
  CHECK(code_of([&] { (void)attached(zhou, id, "content"); }) == "no-attachment");
  CHECK(found_in(at) == Json::array());
}

TEST_CASE("清單不透露檔名 the manifest does not tell the name of the file", "[attachments]") {
  RecordBureau at;
  const auto id = agreed(at);
  auto zhou = at.as("zhou07");
  (void)attach(zhou, id, "病假證明.pdf", "%PDF-1.7");
  const auto record = records::require_record(at.store().evidence(), id);
  const auto manifest =
      at.store().evidence().require(model::record_folder(record.sequence) + "/manifest.json");
  CHECK(manifest.find("attachment-01") != Bytes::npos);
  CHECK(manifest.find("病假") == Bytes::npos);
  CHECK(schema_faults("record", parse_json(manifest)) == std::vector<std::string>());
}

TEST_CASE(
    "加附件的人與紀錄有關，或管理紀錄 who attaches has to do with the record, or keeps records",
    "[attachments]") {
  RecordBureau at;
  const auto id = agreed(at);
  auto stranger = at.as("lin01");
  CHECK(code_of([&] { (void)attach(stranger, id, "佐證.pdf", "%PDF"); }) == "no-record");
  auto zhou = at.as("zhou07");
  CHECK(service::show_record(zhou, id)["may_attach"] == true);
  auto personnel = at.for_purpose("ren09");
  CHECK(attach(personnel, id, "佐證.pdf", "%PDF")["attachment"] == "attachment-01");

  const auto record = records::require_record(at.store().evidence(), id);
  const auto refused = [&](const model::SignerFields& signer) {
    return code_of([&] { records::require_attachable(at.store(), record, signer, "佐證.pdf"); });
  };
  CHECK(refused(signer("lin01", "")) == "not-of-the-record");
  CHECK(refused(signer("ren09", "custodian")) == "role-not-held");
  auto deputy = signer("ren09", "personnel");
  deputy.on_behalf_of = "zhou07";
  CHECK(refused(deputy) == "not-of-the-record");
}

TEST_CASE("不合的檔案不收，也不留下內容 a file that is refused leaves nothing", "[attachments]") {
  RecordBureau at;
  const auto id = agreed(at);
  auto zhou = at.as("zhou07");
  for (const auto* name : {"", ".", "a/b.pdf", "a\\b.pdf", "一\n二.pdf"}) {
    INFO(name);
    CHECK(code_of([&] { (void)attach(zhou, id, name, "%PDF"); }) == "bad-file-name");
  }
  CHECK(code_of([&] { (void)attach(zhou, id, std::string(201, 'a'), "%PDF"); }) == "bad-file-name");
  CHECK_FALSE(SystemDisk().exists(at.store().path() / "payloads/incoming"));
  CHECK(code_of([&] { (void)attach(zhou, id, "空.txt", ""); }) == "attachment-empty");
  auto correction = at.agreement("更正到職日");
  correction.corrects = id;
  (void)service::create_record(zhou, correction);
  CHECK(code_of([&] { (void)attach(zhou, id, "佐證.pdf", "%PDF"); }) == "already-corrected");
  CHECK(service::show_record(zhou, id)["attachments"] == Json::array());
  CHECK(found_in(at) == Json::array());
}

TEST_CASE("紀錄銷毀，附件一併銷毀 an attachment is destroyed with its record", "[attachments]") {
  RecordBureau at;
  const auto gone = at.room_log("2022-03-01", "更換濾網");
  auto sun = at.as("sun05");
  const auto photo = crypto::random_bytes(2 << 20);
  (void)attach(sun, gone, "濾網照片.jpg", photo);
  const auto batch = at.approved_batch({gone});
  const auto facts = service::record_facts(at.store().evidence(), "Asia/Taipei", {gone}).front();
  auto zhao = at.for_purpose("zhao02");
  CHECK(attached(zhao, gone, "attachment-01") == photo);
  CHECK(service::execute_disposal(zhao, batch, at.witness())["stage"] == "done");
  CHECK(at.store().remains(facts.payloads).empty());
  CHECK(code_of([&] { (void)attached(zhao, gone, "attachment-01"); }) == "record-destroyed");
  CHECK(code_of([&] { (void)attach(sun, gone, "另一張.jpg", photo); }) == "record-destroyed");
  CHECK(found_in(at) == Json::array());
}

TEST_CASE("核准銷毀之後才加的附件擋下銷毀 what is attached after the approval stops the disposal",
          "[attachments]") {
  RecordBureau at;
  const auto id = at.room_log("2022-03-01", "更換濾網");
  const auto batch = at.approved_batch({id});
  auto sun = at.as("sun05");
  (void)attach(sun, id, "濾網照片.jpg", "JFIF");
  auto zhao = at.for_purpose("zhao02");
  CHECK(code_of([&] { (void)service::execute_disposal(zhao, batch, at.witness()); }) ==
        "record-changed");
  CHECK(attached(zhao, id, "attachment-01") == "JFIF");
}

TEST_CASE("移除或調換的附件驗得出來 an attachment taken away or exchanged is found",
          "[attachments]") {
  const auto after = [](const std::function<void(Json&)>& change) {
    RecordBureau at;
    const auto id = agreed(at);
    auto zhou = at.as("zhou07");
    (void)attach(zhou, id, "一.txt", "第一個");
    (void)attach(zhou, id, "二.txt", "第二個");
    const auto record = records::require_record(at.store().evidence(), id);
    const auto path = model::record_folder(record.sequence) + "/manifest.json";
    auto manifest = parse_json(at.store().evidence().require(path));
    change(manifest);
    store::Act forged = act("maintenance", "store", "system");
    forged.decide = [&](const store::Now&, store::Changes& changes) {
      changes.put(path, canonical(manifest));
    };
    at.store().commit(forged);
    return found_in(at);
  };
  const auto part = [](Json& manifest, const std::string& name) -> Json& {
    for (auto& one : manifest["parts"])
      if (one["part"] == name) return one;
    throw Bug("no part " + name);
  };
  CHECK(says(after([](Json& manifest) { manifest["attachments"].erase(1); }), "a part too many"));
  const auto exchanged = after([&](Json& manifest) {
    part(manifest, "attachment-01")["part"] = "attachment-00";
    part(manifest, "attachment-02")["part"] = "attachment-01";
    part(manifest, "attachment-00")["part"] = "attachment-02";
  });
  CHECK(says(exchanged, "is not what was sealed"));
  const auto another =
      after([](Json& manifest) { manifest["attachments"][0]["account"] = "lin01"; });
  CHECK(says(another, "differs from the statement"));
}
