// Backup, restore and drill as an office does them: who may, what is logged, what the certificate and the record say.
#include "service/backups.h"

#include <catch2/catch.hpp>

#include "records.h"
#include "service/witness.h"
#include "store/restore.h"
#include "support/schemas.h"

using namespace bureau;

namespace {

struct Keeper : RecordBureau {
  Keeper() {
    auto admin = as("hsu01");
    (void)service::grant_role(admin, {"zhou07", "maintainer", "", "", ""});
    auto sun = as("sun05");
    (void)service::publish_form(sun, form_source("recovery-drill"));
  }

  crypto::PrivateKey key = crypto::PrivateKey::generate_p256();
  Bytes certificate = crypto::make_recovery(key, "行政院環境保護署",
                                            {clock.now(), clock.now() + std::chrono::days(3650)})
                          .pem();

  [[nodiscard]] Path target() const { return scratch / "target"; }
  Json back_up(const std::string& account = "zhou07", const Bytes& recovery = "") {
    auto someone = as(account);
    return service::back_up(someone, {target(), recovery, 0});
  }
  [[nodiscard]] service::RecoveryKeys recovery_keys() const { return {plain_pem(key), "", {}}; }
  Json restore(const std::string& name, bool unknown = false) {
    return service::restore(disk, clock,
                            {target(), scratch / name, recovery_keys(), "", "", unknown});
  }
  [[nodiscard]] service::Context at(const std::string& name, const std::string& account = "") {
    service::Caller caller;
    if (!account.empty()) caller.credentials = {account, "", plain_pem(keys.at(account).key)};
    caller.purpose = "drill";
    return {disk, clock, scratch / name, caller};
  }
  [[nodiscard]] std::vector<std::string> outcomes(const std::string& kind) {
    std::vector<std::string> told;
    for (const auto& row : store().catalogue().log({})) {
      if (row.kind == kind) told.push_back(row.actor + " " + row.subject + " " + row.outcome);
    }
    return told;
  }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "備份是留有日誌的作業，第一次要有復原憑證 a backup is a logged act, and needs a certificate") {
  Keeper at;
  CHECK(code_of([&] { (void)at.back_up("wu06", at.certificate); }) == "no-right");
  CHECK(code_of([&] { (void)at.back_up(); }) == "no-recovery-certificate");
  const auto made = at.back_up("zhou07", at.certificate);
  CHECK(schema_faults("backup", made) == Texts());
  CHECK(at.back_up("hsu01")["number"] == 2);
  CHECK(at.outcomes("backup") == Texts{"wu06 backup refused:no-right",
                                       "zhou07 backup refused:no-recovery-certificate",
                                       "zhou07 backup 1 begun", "zhou07 backup 1 done",
                                       "hsu01 backup 2 begun", "hsu01 backup 2 done"});
  const auto kept = parse_canonical(at.store().evidence().require("settings/recovery.json"));
  CHECK(schema_faults("recovery-settings", kept) == Texts());
  CHECK(schema_faults("backup-targets", parse_json(at.disk.read_all(at.path() / "backup.json"))) ==
        Texts());
  CHECK(schema_faults("backup-target", parse_json(at.disk.read_all(at.target() / "backup.json"))) ==
        Texts());
  const auto manifest = parse_json(at.disk.read_all(at.target() / "backups" / "0000000002.json"));
  CHECK(schema_faults("backup-manifest", manifest) == Texts());
}

TEST_CASE(
    "備份之後銷毀的，還原後仍是已銷毀 what is destroyed after a backup stays so in a restore") {
  Keeper at;
  const auto gone = at.room_log("2022-03-01", "更換濾網");
  const auto kept = at.room_log("2022-03-02", "巡檢");
  (void)at.back_up("zhou07", at.certificate);
  const auto batch = at.approved_batch({gone});
  auto zhao = at.as("zhao02");
  const auto executed = service::execute_disposal(zhao, batch, at.witness());
  const auto& copies = executed["certificate"]["recovery_copies"];
  CHECK(copies["expires"] == "2026-12-22");
  CHECK(copies["zh"].get<std::string>().find("115年12月22日") != std::string::npos);
  CHECK(schema_faults("certificate-of-destruction", executed["certificate"]) == Texts());
  const auto list = parse_json(at.disk.read_all(at.target() / "destroyed" / "000001.json"));
  CHECK(schema_faults("destroyed-list", list) == Texts());
  CHECK(list["records"] == Json{gone});
  CHECK(schema_faults("destroyed-files", parse_json(at.disk.read_all(at.target() / "destroyed" /
                                                                     "000001-disposal.json"))) ==
        Texts());

  const auto restored = at.restore("again");
  CHECK(schema_faults("restore", restored) == Texts());
  CHECK(restored["applied"] == Json{batch});
  auto reader = at.at("again", "zhao02");
  CHECK(service::show_record(reader, gone)["state"] == "destroyed");
  CHECK(service::show_record(reader, kept)["values"]["handling"] == "巡檢");
  auto console = at.at("again");
  CHECK(service::verify_store(console, {})["problems"] == Json::array());
  // What was only begun there is finished there.
  CHECK(service::execute_disposal(reader, batch, at.witness())["stage"] == "done");
  CHECK(service::verify_store(console, {})["problems"] == Json::array());
}

TEST_CASE("目的地不在時仍可銷毀，下次備份補齊 a disposal does not wait for a target that is away") {
  Keeper at;
  const auto gone = at.room_log("2022-03-01", "更換濾網");
  (void)at.back_up("zhou07", at.certificate);
  std::filesystem::rename(at.target(), at.scratch / "away");
  const auto batch = at.approved_batch({gone});
  auto zhao = at.as("zhao02");
  CHECK(service::execute_disposal(zhao, batch, at.witness())["stage"] == "done");
  CHECK(at.outcomes("log-backup").back() == "zhao02 target 1 failed:no-file");
  std::filesystem::rename(at.scratch / "away", at.target());
  auto console = at.console();
  CHECK_FALSE(service::log_backup_is_due(console));  // it was tried within the hour
  at.clock.advance(std::chrono::hours(1));
  CHECK(service::log_backup_is_due(console));
  const auto told = service::daily_log_backup(console);
  CHECK(told[0]["outcome"] == "done");
  CHECK_FALSE(service::log_backup_is_due(console));
  at.clock.advance(std::chrono::hours(24));
  CHECK(service::log_backup_is_due(console));
  CHECK(at.restore("again")["applied"] == Json{batch});
}

TEST_CASE("見證者收到銷毀清單，一次 witnesses get the lists of what was destroyed, once") {
  Keeper at;
  const auto settings = at.path() / "vermilion.yaml";
  at.disk.replace(
      settings,
      at.disk.read_all(settings) +
          "witness:\n  mail: {to: \"audit@example.gov.tw\", command: \"sendmail\"}\n  folder: \"" +
          (at.scratch / "copies").string() + "\"\n");
  std::vector<Bytes> mails;
  const auto to_witnesses = [&] {
    auto console = at.console();
    return service::witness_log(
        console, {{}, [&](const std::string&, const Bytes& mail) { mails.push_back(mail); }})["ok"];
  };
  CHECK(to_witnesses() == true);
  CHECK(mails.back().find("000001.json") == Bytes::npos);
  const auto gone = at.room_log("2022-03-01", "更換濾網");
  const auto batch = at.approved_batch({gone});
  auto zhao = at.as("zhao02");
  CHECK(service::execute_disposal(zhao, batch, at.witness())["stage"] == "done");
  at.clock.advance(std::chrono::hours(24));
  CHECK(to_witnesses() == true);
  const auto list = at.disk.read_all(at.scratch / "copies" / "destroyed" / "000001.json");
  CHECK(parse_json(list)["records"] == Json{gone});
  CHECK(mails.back().find("filename=\"000001.json\"") != Bytes::npos);
  CHECK(mails.back().find("filename=\"head\"") != Bytes::npos);
  CHECK(mails.back().find(base64(list).substr(0, 76) + "\n") != Bytes::npos);
  CHECK(mails.back().find("disposal.json") == Bytes::npos);  // ids alone leave the house by mail
  at.clock.advance(std::chrono::hours(24));
  CHECK(to_witnesses() == true);
  CHECK(mails.back().find("000001.json") == Bytes::npos);
}

TEST_CASE("演練留下自己的紀錄 a drill files a record of its own [SC-66]") {
  Keeper at;
  const auto gone = at.room_log("2022-03-01", "更換濾網");
  (void)at.room_log("2022-03-02", "巡檢");
  (void)at.back_up("zhou07", at.certificate);
  const auto batch = at.approved_batch({gone});
  auto zhao = at.as("zhao02");
  (void)service::execute_disposal(zhao, batch, at.witness());
  auto zhou = at.as("zhou07");
  const service::DrillRequest request{at.target(), at.scratch.path(), at.recovery_keys(), 20};
  const auto found = service::drill(zhou, request);
  INFO(found.dump(1));
  CHECK(found["ok"] == true);
  CHECK(found["opened"] == 1);
  CHECK(found["destroyed_tried"] == 1);
  CHECK(found["destroyed_opened"] == 0);
  const auto record = service::show_record(zhou, found["record"]["id"].get<std::string>());
  CHECK(record["number"] == "DRL-115-0001");
  CHECK(record["values"]["result"] == "成功");
  for (const auto& name : at.disk.list(at.scratch.path()))
    CHECK_FALSE(name.starts_with("vermilion-drill"));
  auto wu = at.as("wu06");
  CHECK(code_of([&] { (void)service::drill(wu, request); }) == "no-right");
}

TEST_CASE(
    "銷毀狀況不明時處處示警，查明後撤下 not knowing what was destroyed is shown until confirmed") {
  Keeper at;
  (void)at.back_up("zhou07", at.certificate);
  std::filesystem::remove(at.target() / "destroyed" / "head");
  CHECK(code_of([&] { (void)at.restore("again"); }) == "destructions-unknown");
  CHECK(at.restore("again", true)["unknown_destructions"] == true);
  auto console = at.at("again");
  const auto status = service::store_status(console);
  CHECK(schema_faults("status", status) == Texts());
  CHECK(schema_faults("unknown-destructions", status["unknown_destructions"]) == Texts());
  auto zhou = at.at("again", "zhou07");
  CHECK(code_of([&] { (void)service::confirm_destructions(zhou, "已查明"); }) == "no-right");
  auto admin = at.at("again", "hsu01");
  CHECK(service::confirm_destructions(admin, "與見證者核對")["confirmed"] == true);
  CHECK(service::store_status(admin)["unknown_destructions"].is_null());
  CHECK(schema_faults("destructions-confirmed", parse_json(admin.store().evidence().require(
                                                    "settings/destructions-confirmed.json"))) ==
        Texts());
  CHECK(code_of([&] { (void)service::confirm_destructions(admin, "再一次"); }) ==
        "nothing-to-confirm");
  CHECK(service::verify_store(admin, {})["problems"] == Json::array());
}
