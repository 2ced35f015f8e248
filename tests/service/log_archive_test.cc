// The half-year's archive of the log and the review of it: what is filed, what stops it, what the verifier finds, and who is told when it is late.
#include "service/log_archive.h"

#include <catch2/catch.hpp>

#include "crypto/digest.h"
#include "log/disk_tiles.h"
#include "records.h"
#include "service/auditing.h"
#include "service/log_review.h"
#include "service/overdue.h"
#include "support/faulty_disk.h"
#include "support/schemas.h"

using namespace bureau;

namespace {

// A medium on which the entries do not come out as they went in.
struct BadMedium : FaultyDisk {
  using FaultyDisk::FaultyDisk;
  void replace(const Path& path, std::string_view bytes, unsigned mode = 0644) override {
    Bytes written(bytes);
    if (path.string().find("log-archives") != std::string::npos &&
        path.string().find("tile/entries") != std::string::npos)
      written[written.size() / 2] = static_cast<char>(written[written.size() / 2] ^ 1);
    FaultyDisk::replace(path, written, mode);
  }
};

struct Archivist : RecordBureau {
  Archivist() {
    auto admin = as("hsu01");
    (void)service::grant_role(admin, {"zhou07", "maintainer", "", "", ""});
    auto sun = as("sun05");
    for (const auto* form : {"halfyear-log-archive", "network-log-report", "recovery-drill"})
      (void)service::publish_form(sun, form_source(form));
  }

  // The clock is moved on, and signed for.
  void on(const std::string& day) {
    clock.set(day + "T02:00:00Z");
    acknowledge_clock();
  }
  [[nodiscard]] Path target() const { return scratch / "media"; }
  Json archive(const std::string& half = "115-2", const std::string& account = "zhou07") {
    auto someone = as(account);
    return service::archive_log(someone, {half, target()});
  }
  Json review(const std::string& from, const std::string& to,
              const std::string& account = "hsu01") {
    auto someone = as(account);
    return service::review_log(someone, {from, to, "未發現異常", false, false}).answer;
  }
  [[nodiscard]] std::vector<std::string> overdue() {
    auto looking = console();
    std::vector<std::string> told;
    for (const auto& one : service::overdue_duties(looking))
      told.push_back(require_string(one, "what") + " " + require_string(one, "due"));
    return told;
  }
  [[nodiscard]] bool has_overdue(const std::string& one) {
    const auto told = overdue();
    return std::find(told.begin(), told.end(), one) != told.end();
  }
  // What the log says of archives.
  [[nodiscard]] std::vector<std::string> outcomes() {
    store::LogFilter archives;
    archives.kind = "log-archive";
    std::vector<std::string> told;
    for (const auto& row : store().catalogue().log(archives))
      told.push_back(row.subject + " " + row.outcome);
    return told;
  }
  void look() {
    auto admin = as("hsu01");
    (void)service::list_log(admin, {});
  }
  [[nodiscard]] Json problems() {
    auto looking = console();
    return service::verify_store(looking, {})["problems"];
  }
  // What somebody typed in by himself, signed by him all the same.
  void file(const std::string& account, const std::string& form, Json values) {
    values.erase("record");
    auto someone = as(account);
    service::RecordRequest request;
    request.form = form;
    request.values = std::move(values);
    (void)service::create_record(someone, request);
  }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "半年歸檔讀回即是日誌，並立紀錄 an archive of a half-year reads as a log, and is filed [SC-47]",
    "[service]") {
  Archivist at;
  at.on("2027-01-10");
  const auto told = at.archive();
  CHECK(schema_faults("log-archive", told) == Texts());
  CHECK(told["half"] == "115-2");
  CHECK(told["purged"] == false);
  CHECK(told["holds"] == 0);
  const Path folder = told["archived_to"].get<std::string>();
  const auto manifest = at.disk.read_all(folder / "archive.json");
  CHECK(schema_faults("log-archive-manifest", parse_canonical(manifest)) == Texts());
  CHECK(told["archive_digest"] == crypto::digest_text(manifest));

  log::DiskTileFiles files(at.disk, folder);
  const auto& settings = at.store().settings();
  log::TileLog copy(files, settings.log_origin, settings.verifier_key);
  CHECK(copy.check([](const std::string& where, const std::string&) { FAIL(where); }) ==
        told["checkpoint_size"]);
  for (auto index = told["first"].get<std::uint64_t>(); index <= told["last"]; ++index)
    CHECK(copy.entry(index) == at.store().log().entry(index));
  auto zhou = at.as("zhou07");
  CHECK(service::show_record(zhou, told["record"]["number"].get<std::string>())["values"]["half"] ==
        "115-2");
  CHECK(at.problems() == Json::array());
}

TEST_CASE(
    "半年未過、時日寫錯、無權限、放在資料庫內，都不歸檔 what is not to be archived is refused "
    "[SC-47]",
    "[service]") {
  Archivist at;
  CHECK(code_of([&] { (void)at.archive("115-2"); }) == "half-not-over");
  CHECK(code_of([&] { (void)at.archive("115-1"); }) == "nothing-logged");
  CHECK(code_of([&] { (void)at.archive("2026-2"); }) == "bad-half");
  at.on("2027-01-10");
  CHECK(code_of([&] { (void)at.archive("115-2", "wu06"); }) == "no-right");
  auto zhou = at.as("zhou07");
  CHECK(code_of([&] {
          (void)service::archive_log(zhou, {"115-2", at.path() / "media"});
        }) == "target-inside-store");
  CHECK_FALSE(at.disk.exists(at.target()));
}

TEST_CASE("媒體讀回不符即不立紀錄 a medium that does not read back is no archive [SC-47]",
          "[service]") {
  Archivist at;
  at.on("2027-01-10");
  BadMedium bad(at.disk);
  service::Caller caller;
  caller.credentials = {"zhou07", "", plain_pem(at.keys.at("zhou07").key)};
  {
    service::Context zhou(bad, at.clock, at.path(), caller);
    CHECK(code_of([&] {
            (void)service::archive_log(zhou, {"115-2", at.target()});
          }) == "archive-damaged");
  }
  auto reader = at.as("zhou07");
  CHECK(service::list_records(reader, {"halfyear-log-archive", "", "", "", ""}).empty());
  CHECK(at.outcomes() == Texts{"half 115-2 begun", "half 115-2 failed:archive-damaged"});
}

TEST_CASE(
    "紀錄未立，即未完成歸檔 an archive that nobody could sign for is not done, and stays late "
    "[SC-47]",
    "[service]") {
  Archivist at;
  at.on("2027-02-01");
  at.clock.set("2027-03-15T02:00:00Z");  // a step that nobody has signed for: nothing is signed
  CHECK(code_of([&] { (void)at.archive(); }) == "clock-step");
  CHECK(at.outcomes() ==
        Texts{"half 115-2 begun", "half 115-2 failed:clock-step", "log refused:clock-step"});
  CHECK(at.has_overdue("log-archive 2027-01-31"));
}

TEST_CASE(
    "檢視日誌的紀錄引用期間日誌的摘要 a review of the log cites the digest of its entries [SC-48]",
    "[service]") {
  Archivist at;
  const auto told = at.review("2026-11-22", "2026-11-22");
  CHECK(schema_faults("log-review", told) == Texts());
  CHECK(told["days"] == 1);
  CHECK(told["days_checked"] == 1);
  auto admin = at.as("hsu01");
  CHECK(service::show_record(admin, told["record"]["number"].get<std::string>())["next"]["role"] ==
        "reviewer");
  CHECK(code_of([&] { (void)at.review("2026-11-22", "2026-11-21"); }) == "bad-period");
  CHECK(code_of([&] { (void)at.review("2026-11-22", "2026-11-22", "zhou07"); }) == "no-right");
  CHECK(at.problems() == Json::array());
}

TEST_CASE(
    "引用與日誌不符者，驗證時指出 the verifier names a record that cites what the log does not "
    "hold "
    "[SC-47] [SC-48]",
    "[service]") {
  Archivist at;
  auto reviewed = at.review("2026-11-22", "2026-11-22");
  const std::string zeros(64, '0');
  reviewed["entries_digest"] = "sha256:" + zeros;
  at.file("hsu01", "network-log-report", reviewed);
  reviewed = at.review("2026-11-22", "2026-11-22");
  reviewed["login_failures"] = 0;
  reviewed["refusals"] = 40;
  at.file("hsu01", "network-log-report", reviewed);
  at.on("2027-01-10");
  auto archived = at.archive();
  const auto good = archived;
  archived["checkpoint_root"] = base64(Bytes(32, 'x'));
  at.file("zhou07", "halfyear-log-archive", archived);
  archived = good;
  archived["last"] = archived["last"].get<std::uint64_t>() + 1000;
  at.file("zhou07", "halfyear-log-archive", archived);
  const auto problems = at.problems();
  REQUIRE(problems.size() == 4);
  CHECK(require_string(problems[0], "what").find("digest that the record cites") !=
        std::string::npos);
  CHECK(require_string(problems[1], "what").find("failures and refusals") != std::string::npos);
  CHECK(require_string(problems[2], "what").find("not the beginning") != std::string::npos);
  CHECK(require_string(problems[3], "what").find("does not have") != std::string::npos);
}

TEST_CASE(
    "半年未歸檔、一年未演練，逾期示警 an archive or a drill that is late is told [SC-47] [SC-66]",
    "[service]") {
  Archivist at;
  CHECK(at.overdue() == Texts());
  at.on("2027-01-31");
  CHECK_FALSE(at.has_overdue("log-archive 2027-01-31"));
  at.clock.set("2027-02-01T02:00:00Z");
  CHECK(at.has_overdue("log-archive 2027-01-31"));
  (void)at.archive();
  CHECK_FALSE(at.has_overdue("log-archive 2027-01-31"));
  at.on("2027-11-23");
  CHECK(at.has_overdue("log-archive 2027-07-31"));
  CHECK(at.has_overdue("recovery-drill 2027-11-22"));
  auto console = at.console();
  CHECK(schema_faults("status", service::store_status(console)) == Texts());
  at.file("zhou07", "recovery-drill",
          {{"scenario", "由備份還原至另一處"},
           {"executed_on", "2027-11-23"},
           {"backup_number", 1},
           {"backup_at", "2027-11-23T01:00:00Z"},
           {"seconds", 1.5},
           {"megabytes_per_second", 2.5},
           {"lost_entries", 0},
           {"heads_equal", true},
           {"checked", 9},
           {"problems", 0},
           {"opened", 1},
           {"destroyed_tried", 0},
           {"destroyed_opened", 0},
           {"result", "成功"}});
  CHECK_FALSE(at.has_overdue("recovery-drill 2027-11-22"));
}

TEST_CASE(
    "日誌昨日以來沒有系統管理人員檢視者示警 that no administrator has looked at the log since "
    "yesterday is told [SC-48]",
    "[service]") {
  Archivist at;
  at.clock.set("2026-11-23T02:00:00Z");
  CHECK(at.overdue() == Texts());
  at.clock.set("2026-11-24T02:00:00Z");
  CHECK(at.overdue() == Texts{"log-check 2026-11-23"});
  auto admin = at.as("hsu01");
  (void)service::grant_role(admin, {"wu06", "auditor", "", "", ""});
  auto auditor = at.as("wu06");  // reads the log too, but answers for nothing
  (void)service::list_log(auditor, {});
  CHECK(at.overdue() == Texts{"log-check 2026-11-23"});
  at.look();
  CHECK(at.overdue() == Texts());
  at.clock.set("2026-11-25T02:00:00Z");
  CHECK(at.overdue() == Texts());
  at.clock.set("2026-11-26T02:00:00Z");
  CHECK(at.overdue() == Texts{"log-check 2026-11-25"});
}

TEST_CASE(
    "上月日誌有未經檢視簽署者，逾期示警 a month is late until signed reviews leave out none of its "
    "entries [SC-48]",
    "[service]") {
  Archivist at;
  at.clock.set("2026-11-23T02:00:00Z");
  at.look();
  (void)at.review("2026-11-22", "2026-11-22");
  at.on("2026-12-31");
  at.look();
  CHECK(at.overdue() == Texts());
  at.clock.set("2027-01-01T02:00:00Z");
  CHECK(at.overdue() == Texts{"log-report 2026-12-31"});
  (void)at.review("2026-11-23", "2026-11-30");
  CHECK(at.overdue() == Texts());
}
