// A backup is whole or none, costs what changed, and brings nothing back that was destroyed.
#include "store/backup.h"

#include <catch2/catch.hpp>
#include <chrono>

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "crypto/certificate.h"
#include "crypto/ssh_signature.h"
#include "store/destroyed_lists.h"
#include "store/restore.h"
#include "store/store_fixture.h"
#include "support/faulty_disk.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;

namespace {

const std::string kScan(1'100'000, 'x');  // a file of its own

// Opening an encrypted one would take a third of a second.
std::string plain_pem(const crypto::PrivateKey& key) {
  const auto body = base64(key.der());
  std::string pem = "-----BEGIN PRIVATE KEY-----\n";
  for (std::size_t i = 0; i < body.size(); i += 64) pem += body.substr(i, 64) + "\n";
  return pem + "-----END PRIVATE KEY-----\n";
}

struct Recovery {
  crypto::PrivateKey key = crypto::PrivateKey::generate_p256();
  std::string pem = plain_pem(key);
  crypto::Certificate certificate = crypto::make_recovery(
      key, "行政院環境保護署",
      {parse_instant("2026-01-01T00:00:00Z"), parse_instant("2046-01-01T00:00:00Z")});
};

struct BackedUp : StoreFixture {
  BackedUp() {
    const auto store = open();
    (void)store->commit(
        put_act(kRecoverySettings, recovery_settings_bytes({recovery.certificate.pem(), 30})));
  }

  [[nodiscard]] Path target() const { return scratch / "target"; }
  BackupResult back_up() { return back_up(disk); }
  BackupResult back_up(Disk& through) { return store::back_up(through, clock, path(), target()); }
  // Entries in the newest backup.
  std::uint64_t back_up_size() { return newest_manifest(disk, target()).log_size; }
  RestoreRequest request(const std::string& name) const {
    RestoreRequest wanted;
    wanted.target = target();
    wanted.store = scratch / name;
    wanted.recovery_key = recovery.pem;
    return wanted;
  }
  RestoreResult restore(const std::string& name, bool unknown = false) {
    auto wanted = request(name);
    wanted.unknown_destructions = unknown;
    return restore_store(disk, clock, wanted);
  }
  std::unique_ptr<Store> restored(const std::string& name) {
    return Store::open(disk, clock, scratch / name);
  }
  std::string seal(const std::string& content, int year = 2023) {
    std::string id;
    Act act = login_act("chen01");
    act.decide = [&](const Now& now, Changes& changes) {
      SealRequest wanted;
      wanted.record = now.act;
      wanted.part = "content";
      wanted.key_class = "room-3y";
      wanted.year = year;
      wanted.content = content;
      id = changes.seal(wanted).payload;
    };
    (void)open()->commit(act);
    return id;
  }
  void condemn(const std::vector<std::string>& ids) {
    (void)open()->commit(put_act(kDisposal + "/payloads.json", canonical({{"payloads", ids}})));
  }
  void certify() { (void)open()->commit(put_act(kDisposal + "/certificate.json", "{}")); }
  void destroy(const std::vector<std::string>& ids) {
    condemn(ids);
    (void)open()->destroy(ids);
    certify();
  }

  Recovery recovery;
};

bool stands_below(const fs::path& folder, const std::string& bytes) {
  SystemDisk disk;
  for (const auto& file : files_below(folder)) {
    if (disk.read_all(file).find(bytes) != std::string::npos) return true;
  }
  return false;
}

Bytes ciphertext_of(BackedUp& at, const std::string& payload) {
  Parts parts(at.disk, at.clock, at.path(), load_settings(at.disk, at.path()));
  Bytes bytes;
  parts.payloads.read(parts.catalogue.payload(payload).value(),
                      [&](const Source& source) { bytes = source(2 << 20); });
  return bytes;
}

std::vector<std::string> keks_of(const fs::path& store) {
  SystemDisk disk;
  return disk.list(store / "vault" / "kek");
}

// Inode and time of every file: what was not touched keeps both.
std::map<std::string, std::string> stamps(const fs::path& folder) {
  std::map<std::string, std::string> found;
  for (const auto& file : files_below(folder))
    found[file.string()] = run("stat -c '%i %Y %s' " + quoted(file)).output;
  return found;
}

}  // namespace

TEST_CASE("a restored store has the head, the answers and the contents it had", "[store]") {
  BackedUp at;
  {
    const auto store = at.open();
    (void)store->commit(full_act("機房日誌"));
    (void)store->commit(full_act("保密切結書"));
  }
  const auto small = at.seal("機房日誌 112年3月1日"), big = at.seal(kScan);
  const auto made = at.back_up();
  const auto result = at.restore("again");
  CHECK(result.manifest.number == 1);
  CHECK(result.applied.empty());
  CHECK_FALSE(result.unknown_destructions);

  const auto store = at.open(), again = at.restored("again");
  CHECK(again->evidence().commit() == store->evidence().commit());
  CHECK(again->tags() == store->tags());
  CHECK(again->draft("ISMS-01-002/3.6").commit() == store->draft("ISMS-01-002/3.6").commit());
  CHECK(again->payload(small) == "機房日誌 112年3月1日");
  CHECK(again->payload(big) == kScan);
  CHECK(again->kept_key("chen01")->certificate == "保密切結書");
  CHECK(again->password("chen01") == store->password("chen01"));
  const auto rows = again->catalogue().log({});
  CHECK(rows.size() == made.manifest.log_size + 1);
  CHECK(rows.back().kind == "restore");
  CHECK(rows.back().subject == "backup 1");
  CHECK(again->catalogue().acts(1, 99).size() == store->catalogue().acts(1, 99).size());
  CHECK(told(faults_of(*again)) == "");
  // And it goes on.
  (void)again->commit(full_act("還原之後"));
  CHECK(told(faults_of(*again)) == "");
}

TEST_CASE("a restored store keeps its settings, and knows where its master key lies now",
          "[store]") {
  BackedUp at;
  const auto yaml = at.path() / "vermilion.yaml";
  at.disk.replace(yaml, at.disk.read_all(yaml) + "witness:\n  mail: \"sendmail -t\"\n");
  (void)at.back_up();
  fs::rename(at.scratch / "master.key", at.scratch / "moved.key");
  auto wanted = at.request("again");
  CHECK(code_of([&] { (void)restore_store(at.disk, at.clock, wanted); }) == "no-master-key");
  wanted.master_key_file = at.scratch / "moved.key";
  (void)restore_store(at.disk, at.clock, wanted);
  const auto text = at.disk.read_all(wanted.store / "vermilion.yaml");
  CHECK(text.find("sendmail -t") != Bytes::npos);
  CHECK(load_settings(at.disk, wanted.store).master_key_file == at.scratch / "moved.key");
  CHECK(told(faults_of(*at.restored("again"))) == "");
}

TEST_CASE("stock git reads the backup's repositories", "[store]") {
  if (!has_program("git")) return;
  BackedUp at;
  (void)at.open()->commit(full_act("機房日誌"));
  (void)at.back_up();
  const auto git = "git -C " + quoted(at.target() / "evidence.git") + " ";
  CHECK(run(git + "fsck --strict --full 2>&1").status == 0);
  CHECK(run(git + "rev-parse main").output == at.open()->evidence().commit()->hex() + "\n");
  CHECK(run(git + "cat-file -t record/機房日誌").output == "tag\n");
  CHECK(run("git -C " + quoted(at.target() / "drafts.git") + " fsck --strict 2>&1").status == 0);
}

TEST_CASE("the next backup touches only what changed, and a repack costs it nothing", "[store]") {
  BackedUp at;
  {
    const auto store = at.open();
    for (int i = 0; i < 20; ++i) {
      (void)store->commit(full_act("紀錄" + std::to_string(i)));
      store->settle();  // a pack for each
    }
  }
  const auto big = at.seal(std::string(700'000, 'a'));
  const auto first = at.back_up();
  const auto before = stamps(at.target());
  if (has_program("git"))
    REQUIRE(run("git -C " + quoted(at.path() / "evidence.git") + " repack -adq 2>&1").status == 0);
  (void)at.open()->commit(put_act("documents/ISMS-01-002/document.md", "一行"));
  const auto second = at.back_up();
  CHECK(first.copied_bytes > 700'000);
  CHECK(second.copied_bytes < 100'000);
  std::size_t untouched = 0, packs = 0;
  for (const auto& [file, stamp] : stamps(at.target())) {
    const auto was = before.find(file);
    untouched += was != before.end() && was->second == stamp ? 1U : 0U;
    packs += file.ends_with(".pack") && was == before.end() ? 1U : 0U;
  }
  CHECK(untouched > 40);
  CHECK(packs == 1);
  (void)at.restore("again");
  CHECK(at.restored("again")->payload(big) == std::string(700'000, 'a'));
  CHECK(told(faults_of(*at.restored("again"))) == "");
}

TEST_CASE("a flipped byte in any file of a backup is found and named", "[store]") {
  BackedUp at;
  (void)at.open()->commit(full_act("機房日誌"));
  (void)at.seal("小"), (void)at.seal(kScan);
  const auto manifest = at.back_up().manifest;
  REQUIRE(manifest.files.size() > 10);
  for (const auto& [path, digest] : manifest.files) {
    INFO(path);
    const auto offset = static_cast<std::ptrdiff_t>(digest.size / 2);
    flip(at.target() / path, offset);
    std::string said;
    try {
      (void)at.restore("again");
    } catch (const Error& error) {
      CHECK(error.code() == "backup-damaged");
      said = error.said().en;
    }
    CHECK(said.find(path) != std::string::npos);
    CHECK(at.disk.list(at.scratch / "again").empty());
    flip(at.target() / path, offset);
  }
  fs::remove(at.target() / "payloads" / "segment-0001");
  CHECK(code_of([&] { (void)at.restore("again"); }) == "backup-damaged");
  // Backed up once more, it is there again.
  (void)at.back_up();
  (void)at.restore("again");
  CHECK(told(faults_of(*at.restored("again"))) == "");
}

TEST_CASE("a manifest that was changed, or signed by somebody else, restores nothing", "[store]") {
  BackedUp at;
  const auto manifest = at.back_up().manifest;
  const auto file = manifest_file(at.target(), 1);
  SECTION("changed") {
    flip(file, 100);
    CHECK(code_of([&] { (void)at.restore("again"); }) == "backup-unsigned");
  }
  SECTION("signed by somebody else, who names himself") {
    const auto mallory = crypto::PrivateKey::generate_p256();
    auto forged = manifest;
    forged.allowed_signers =
        crypto::allowed_signer_line("store@" + manifest.store, mallory.public_key());
    write_signed(at.disk, file, manifest_json(forged), mallory);
    CHECK(code_of([&] { (void)at.restore("again"); }) == "backup-unsigned");
  }
  SECTION("a path that leads out of the folder") {
    auto json = manifest_json(manifest);
    json["files"][0]["path"] = "../outside";
    const auto master = load_master_key(at.disk, at.scratch / "master.key");
    write_signed(at.disk, file, json,
                 load_store_key(at.disk, at.path(), master, StoreKey::sealing));
    CHECK(code_of([&] { (void)at.restore("again"); }) == "bad-manifest");
  }
  CHECK_FALSE(fs::exists(at.scratch / "again" / "vermilion.yaml"));
}

TEST_CASE("without the keys nothing is restored and nothing is left", "[store]") {
  BackedUp at;
  (void)at.back_up();
  auto wanted = at.request("again");
  SECTION("another recovery key") {
    wanted.recovery_key = plain_pem(crypto::PrivateKey::generate_p256());
    CHECK(code_of([&] { (void)restore_store(at.disk, at.clock, wanted); }) == "envelope-closed");
  }
  SECTION("another master key") {
    wanted.master_key_file = at.scratch.write("other.key", std::string(64, 'a') + "\n");
    CHECK(code_of([&] { (void)restore_store(at.disk, at.clock, wanted); }) == "key-broken");
  }
  SECTION("a folder in use") {
    write_file(at.scratch / "again" / "note", "x");
    CHECK(code_of([&] { (void)restore_store(at.disk, at.clock, wanted); }) == "store-exists");
    fs::remove(at.scratch / "again" / "note");
  }
  CHECK(at.disk.list(at.scratch / "again").empty());
}

TEST_CASE("a target belongs to one store", "[store]") {
  BackedUp at;
  (void)at.back_up();
  CHECK(code_of([&] { (void)next_backup(at.disk, at.path(), at.path() / "inside"); }) ==
        "target-inside-store");
  write_file(at.scratch / "full" / "note", "x");
  CHECK(code_of([&] { (void)next_backup(at.disk, at.path(), at.scratch / "full"); }) ==
        "target-in-use");
  write_file(at.target() / "backup.json", R"({"store":"v-00000000"})");
  CHECK(code_of([&] { (void)at.back_up(); }) == "target-of-another-store");
}

TEST_CASE("what was destroyed after the backup does not come back with it", "[store]") {
  BackedUp at;
  const auto gone = at.seal("機房日誌 112年3月1日"), big = at.seal(kScan);
  const auto stays = at.seal("機房日誌 112年12月31日");
  (void)at.back_up();
  REQUIRE(at.restore("before").applied.empty());
  REQUIRE(at.restored("before")->payload(gone) == "機房日誌 112年3月1日");
  at.condemn({gone, big});
  SECTION("known to the target") {
    (void)back_up_log(at.disk, at.clock, at.path(), at.target());
    const auto result = at.restore("again");
    CHECK(result.applied == std::vector<std::string>{"01JDB3J9M0000000000000000A"});
    const auto again = at.restored("again");
    for (const auto& id : {gone, big}) {
      CHECK(code_of([&] { (void)again->payload(id); }) == "payload-destroyed");
    }
    CHECK(again->remains({gone, big}).empty());
    CHECK(again->payload(stays) == "機房日誌 112年12月31日");
    CHECK(keks_of(at.scratch / "again") == std::vector<std::string>{"room-3y-2023-2.kek"});
    CHECK(told(faults_of(*again)) == "");
  }
  SECTION("known to a witness only") {
    const auto store = at.open();
    (void)store->destroy({gone, big});
    auto wanted = at.request("again");
    wanted.checkpoint = at.disk.read_all(at.path() / "log" / "checkpoint");
    CHECK(code_of([&] { (void)restore_store(at.disk, at.clock, wanted); }) ==
          "destructions-unknown");
    CHECK(at.disk.list(at.scratch / "again").empty());
    SECTION("who keeps the lists") {
      copy_destroyed_lists(at.disk, at.clock, at.path(), at.scratch / "witness");
      wanted.lists = at.scratch / "witness" / "destroyed";
      CHECK(restore_store(at.disk, at.clock, wanted).applied ==
            std::vector<std::string>{"01JDB3J9M0000000000000000A"});
      const auto again = at.restored("again");
      CHECK(again->remains({gone, big}).empty());
      CHECK(told(faults_of(*again)) == "");
      return;
    }
    wanted.unknown_destructions = true;
    CHECK(restore_store(at.disk, at.clock, wanted).unknown_destructions);
    const auto again = at.restored("again");
    CHECK(again->evidence().read(kUnknownDestructions));
    CHECK(again->catalogue().log({}).back().subject == "backup 1 unknown-destructions");
    CHECK(told(faults_of(*again)) == "");
  }
}

TEST_CASE("a generation that was destroyed elsewhere is not made anew by a restore", "[store]") {
  BackedUp at;
  const auto first = at.seal("一"), second = at.seal("二"), stays = at.seal("三");
  (void)at.back_up();
  at.destroy({first});
  (void)at.open()->commit(put_act("disposals/01JDB3J9M0000000000000000B/payloads.json",
                                  canonical({{"payloads", {second}}})));
  (void)at.open()->destroy({second});
  (void)back_up_log(at.disk, at.clock, at.path(), at.target());
  CHECK(at.restore("again").applied.size() == 2);
  // The original's second generation is named destroyed: the survivor lies under a third.
  CHECK(keks_of(at.scratch / "again") == std::vector<std::string>{"room-3y-2023-3.kek"});
  CHECK(at.restored("again")->payload(stays) == "三");
  CHECK(told(faults_of(*at.restored("again"))) == "");
}

TEST_CASE("the next backup after a destruction holds nothing of it any more", "[store]") {
  BackedUp at;
  const auto gone = at.seal("機房日誌 112年3月1日"), big = at.seal(kScan), stays = at.seal("留存");
  const auto small_bytes = ciphertext_of(at, gone), big_bytes = ciphertext_of(at, big);
  (void)at.back_up();
  REQUIRE(stands_below(at.target(), small_bytes));
  REQUIRE(stands_below(at.target(), big_bytes));
  at.destroy({gone, big});
  const auto manifest = at.back_up().manifest;
  CHECK_FALSE(stands_below(at.target(), small_bytes));
  CHECK_FALSE(stands_below(at.target(), big_bytes));
  CHECK(manifest.recovery.files.size() == 1);  // a chain of its own
  CHECK(manifest.followed.size() == 1);
  (void)at.restore("again");
  const auto again = at.restored("again");
  CHECK(code_of([&] { (void)again->payload(gone); }) == "payload-destroyed");
  CHECK(again->payload(stays) == "留存");
  CHECK(told(faults_of(*again)) == "");
}

TEST_CASE("a restored store backs up to where it came from, and its original does not any more",
          "[store]") {
  BackedUp at;
  const auto gone = at.seal("機房日誌 112年3月1日");
  at.destroy({gone});
  (void)at.back_up();
  // The original goes on for a while, its log is copied, and then it is lost.
  for (int i = 0; i < 5; ++i) (void)at.open()->commit(login_act("chen01"));
  (void)back_up_log(at.disk, at.clock, at.path(), at.target());
  CHECK(at.restore("heir").known_checkpoint > at.back_up_size());
  const auto heir = at.scratch / "heir";
  (void)at.restored("heir")->commit(full_act("還原之後"));
  (void)at.restored("heir")->commit(login_act("lin02"));
  (void)store::back_up(at.disk, at.clock, heir, at.target());
  CHECK_FALSE(at.restore("second").unknown_destructions);
  const auto second = at.restored("second");
  CHECK(second->evidence().commit() == at.restored("heir")->evidence().commit());
  CHECK(second->catalogue().log({}).size() == at.restored("heir")->catalogue().log({}).size() + 1);
  CHECK(told(faults_of(*second)) == "");
  CHECK(code_of([&] { (void)at.back_up(); }) == "target-of-another-branch");
  CHECK(code_of([&] { (void)back_up_log(at.disk, at.clock, at.path(), at.target()); }) ==
        "target-of-another-branch");
  (void)at.restore("third");
}

TEST_CASE("lists that were lost in the store are made again, and fit those at the target",
          "[store]") {
  BackedUp at;
  const auto gone = at.seal("機房日誌 112年3月1日");
  at.destroy({gone});
  (void)at.back_up();
  fs::remove_all(at.path() / "destroyed");
  (void)at.back_up();
  CHECK(fs::exists(at.path() / "destroyed" / "000001.json"));
  (void)at.restore("again");
  CHECK(told(faults_of(*at.restored("again"))) == "");
}

TEST_CASE("lists that are missing, cut or another's are told", "[store]") {
  BackedUp at;
  const auto gone = at.seal("機房日誌 112年3月1日");
  (void)at.back_up();
  at.destroy({gone});
  (void)at.back_up();
  const auto folder = at.target() / "destroyed";
  SECTION("the head") {
    fs::remove(folder / "head");
    CHECK(code_of([&] { (void)at.restore("again"); }) == "destructions-unknown");
  }
  SECTION("a list") {
    fs::remove(folder / "000001.json");
    CHECK(code_of([&] { (void)at.restore("again"); }) == "lists-incomplete");
  }
  SECTION("a byte of a list") {
    flip(folder / "000001.json", 40);
    CHECK(code_of([&] { (void)at.restore("again"); }) == "lists-incomplete");
  }
  SECTION("an older head") {
    const auto head = at.disk.read_all(folder / "head");
    (void)at.open()->commit(login_act("chen01"));
    (void)back_up_log(at.disk, at.clock, at.path(), at.target());
    at.disk.replace(folder / "head", head);
    CHECK(code_of([&] { (void)at.restore("again"); }) == "destructions-unknown");
    CHECK(at.restore("again", true).unknown_destructions);
  }
  SECTION("each list proves its entry of the log") {
    const auto json = parse_canonical(at.disk.read_all(folder / "000001.json"));
    std::vector<log::Hash> proof;
    for (const auto& one : json["log"]["proof"]) proof.push_back(*from_hex(one.get<std::string>()));
    const auto settings = load_settings(at.disk, at.path());
    const auto checkpoint = log::parse_checkpoint(
        log::open_note(json["log"]["checkpoint"].get<std::string>(), settings.verifier_key));
    CHECK(log::inclusion_holds(log::leaf_hash(json["log"]["entry"].get<std::string>()),
                               json["log"]["index"], checkpoint.size, proof, checkpoint.root));
    CHECK(json["payloads"] == Json{gone});
    CHECK(json["keys"] == Json{"room-3y-2023-1"});
  }
}

TEST_CASE("recovery copies follow each other, and go when their days have passed", "[store]") {
  BackedUp at;
  (void)at.seal("一");
  CHECK(at.back_up().manifest.recovery.files.size() == 1);
  const auto second = at.seal("二");
  at.clock.advance(std::chrono::hours(24));
  const auto manifest = at.back_up().manifest;
  CHECK(manifest.recovery.files.size() == 2);
  CHECK(
      manifest.recovery.expires ==
      iso_date(Date(std::chrono::ceil<std::chrono::days>(at.clock.now()) + std::chrono::days(30))));
  (void)at.restore("again");
  CHECK(at.restored("again")->payload(second) == "二");
  at.clock.advance(std::chrono::hours(24 * 15));
  CHECK(at.back_up().manifest.recovery.files.size() == 1);
  CHECK(at.disk.list(at.target() / "recovery").size() == 3);
  at.clock.advance(std::chrono::hours(24 * 14 + 1));
  (void)at.back_up();
  CHECK(at.disk.list(at.target() / "recovery").size() == 3);  // one gone, one new
  (void)at.restore("later");
  CHECK(told(faults_of(*at.restored("later"))) == "");
}

TEST_CASE("a backup cut short anywhere leaves one that restores, and the next completes it",
          "[store]") {
  BackedUp original;
  const auto gone = original.seal("機房日誌 112年3月1日");
  (void)original.seal(kScan);
  (void)original.back_up();
  original.destroy({gone});
  const auto later = original.seal("後來補登");
  const auto big = original.seal(kScan + "y");
  original.open()->settle();
  std::size_t n = 1;
  for (bool failed = true; failed; n += 7) {
    INFO("call " << n);
    const auto target = original.scratch / "cut";
    fs::remove_all(target);
    fs::copy(original.target(), target, fs::copy_options::recursive);
    FaultyDisk faulty(original.disk);
    faulty.fail_at(n, FaultyDisk::After::dead);
    (void)code_of([&] { (void)store::back_up(faulty, original.clock, original.path(), target); });
    failed = faulty.failed();
    if (n % 2 == 0) faulty.drop_unsynced();
    auto wanted = original.request("again" + std::to_string(n));
    wanted.target = target;
    const auto result = restore_store(original.disk, original.clock, wanted);
    CHECK_FALSE(result.unknown_destructions);
    const auto again = Store::open(original.disk, original.clock, wanted.store);
    if (fs::exists(target / "destroyed" / "000001.json"))
      CHECK(code_of([&] { (void)again->payload(gone); }) == "payload-destroyed");
    CHECK(told(faults_of(*again)) == "");
    REQUIRE(n < 400);
    if (n % 3 != 1) continue;
    (void)store::back_up(original.disk, original.clock, original.path(), target);
    wanted.store = original.scratch / ("whole" + std::to_string(n));
    (void)restore_store(original.disk, original.clock, wanted);
    const auto whole = Store::open(original.disk, original.clock, wanted.store);
    CHECK(whole->payload(later) == "後來補登");
    CHECK(whole->payload(big) == kScan + "y");
    CHECK(code_of([&] { (void)whole->payload(gone); }) == "payload-destroyed");
    CHECK(told(faults_of(*whole)) == "");
  }
  CHECK(n > 50);
}

// Figures of docs-src/benchmarks.md:  test_store "[.backup-speed]"  (TMPDIR names the disk)
TEST_CASE("how fast a backup and a restore are", "[.backup-speed]") {
  BackedUp at;
  const auto timed = [](const std::string& what, const std::function<std::uint64_t()>& work) {
    const auto begun = std::chrono::steady_clock::now();
    const auto bytes = work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    WARN(what << ": " << static_cast<double>(bytes) / 1e6 << " MB in " << took.count() << " s, "
              << static_cast<double>(bytes) / 1e6 / took.count() << " MB/s");
  };
  int number = 0;
  const auto seal_many = [&](int count, std::size_t size) {
    const auto store = at.open();
    for (int i = 0; i < count; ++i) {
      Act act = login_act("chen01");
      act.decide = [&](const Now& now, Changes& changes) {
        const auto name = std::to_string(1'000'000 + number++);  // at most 100 to a folder
        changes.put("records/" + name.substr(1, 2) + "/" + name.substr(3, 2) + "/" + name, now.act);
        SealRequest wanted;
        wanted.record = now.act;
        wanted.part = "content";
        wanted.key_class = "room-3y";
        wanted.year = 2026;
        wanted.content = std::string(size, static_cast<char>('a' + i % 26));
        (void)changes.seal(wanted);
      };
      (void)store->commit(act);
    }
  };
  seal_many(600, 1'000'000);
  seal_many(2000, 2000);
  timed("first backup", [&] { return at.back_up().copied_bytes; });
  for (const int acts : {0, 10, 100, 1000}) {
    seal_many(acts, 2000);
    timed("backup after " + std::to_string(acts) + " acts of 2 KB",
          [&] { return at.back_up().copied_bytes; });
  }
  timed("restore", [&] { return at.restore("again").bytes; });
}
