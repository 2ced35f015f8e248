#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/json.h"
#include "store/clock_step.h"
#include "store/store_fixture.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;
using namespace std::chrono_literals;

namespace {

// Every byte of the store's files except the lock, which a refused act may touch.
std::map<std::string, std::string> bytes_of(const fs::path& store) {
  std::map<std::string, std::string> bytes;
  SystemDisk disk;
  for (const auto& file : files_below(store)) {
    const auto name = fs::relative(file, store).string();
    if (name != "lock" && !name.starts_with("index/")) bytes[name] = disk.read_all(file);
  }
  return bytes;
}

}  // namespace

TEST_CASE("a new store states who it is and holds its authorities", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  CHECK(store->settings().name == "行政院環境保護署");
  CHECK(store->settings().time_zone == "Asia/Taipei");
  CHECK(store->settings().log_origin == store->settings().id + ".vermilion/log");
  const auto main = store->evidence();
  CHECK(main.read("rules/profile.yaml") == "classification: 公開\n");
  CHECK(main.require("log/verifier_key") == store->settings().verifier_key + "\n");
  const auto authority = store->authority();
  CHECK(authority.issuer.public_key().spki() == store->issuing_key().public_key().spki());
  CHECK(authority.root.not_after() - authority.root.not_before() > std::chrono::years(19));
  CHECK(authority.issuer.not_after() - authority.issuer.not_before() > std::chrono::years(9));
  CHECK(store->log().checkpoint().size == 1);
  CHECK(entry_at(*store, 0)["kind"] == "init");
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("secrets of a new store can be read by their owner alone", "[store]") {
  StoreFixture fixture;
  const auto mode = [](const fs::path& path) {
    return static_cast<unsigned>(fs::status(path).permissions() & fs::perms::mask);
  };
  for (const char* folder : {"vault", "vault/kek", "store-keys", "journal"}) {
    INFO(folder);
    CHECK(mode(fixture.path() / folder) == 0700);
  }
  for (const char* file : {"store/store-keys/log.key", "store/vault/vault.db", "store/accounts.db",
                           "master.key", "root.pem"}) {
    INFO(file);
    CHECK(mode(fixture.scratch / file) == 0600);
  }
  const auto root_key = fixture.disk.read_all(fixture.scratch / "root.pem");
  CHECK(root_key.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
}

TEST_CASE("a decision that throws leaves nothing and uses no number", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto before = bytes_of(fixture.path());
  Act act = put_act(kText, "");
  act.decide = [](const Now&, Changes& changes) {
    changes.put(kText, "不應留下");
    (void)changes.seal(
        {.record = "01J", .part = "content", .key_class = "people", .year = 2026, .content = "密"});
    changes.set_password("chen01", "$argon2id$");
    throw Error(Failure::forbidden, "author-approves",
                {"作者不得核准", "an author may not approve"});
  };
  CHECK(code_of([&] { (void)store->commit(act); }) == "author-approves");
  CHECK(bytes_of(fixture.path()) == before);
  CHECK(store->commit(login_act("wang02")).log_index == 1);
}

TEST_CASE("a clock that went back is shown in the log", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto clock_after = [&](std::chrono::seconds by) {
    fixture.clock.advance(by);
    return entry_at(*store, store->commit(login_act("chen01")).log_index)["clock"];
  };
  CHECK(clock_after(-1h) == "stepped-back");
  CHECK(clock_after(0s) == "system");
  CHECK(clock_after(-5s) == "behind");
  CHECK(clock_after(-6s) == "stepped-back");
  CHECK(clock_after(24h * 30) == "system");
  CHECK(clock_after(24h * 30 + 1s) == "stepped-forward");
  LogFilter steps;
  steps.clock_steps = true;
  CHECK(store->catalogue().log(steps).size() == 3);
}

TEST_CASE("what lets a clock pass is told by the profile", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  (void)store->commit(
      put_act("rules/profile.json", R"({"clock":{"back_seconds":7200,"forward_days":400}})"));
  const auto clock_after = [&](std::chrono::seconds by) {
    fixture.clock.advance(by);
    return entry_at(*store, store->commit(login_act("chen01")).log_index)["clock"];
  };
  CHECK(clock_after(-2h) == "behind");
  CHECK(clock_after(24h * 400) == "system");
  CHECK(clock_after(24h * 401) == "stepped-forward");
}

TEST_CASE("a step of the clock stays open until an act acknowledges it, in whichever process",
          "[store]") {
  StoreFixture fixture;
  std::optional<std::uint64_t> seen;
  const auto look = [&](const char* kind, const std::string& subject, bool edits) {
    Act act{kind, "hsu01", "console", subject, "done", "", {}};
    act.decide = [&](const Now& now, Changes& changes) {
      seen = now.clock_step;
      if (edits) changes.put("clock/x", subject);
    };
    return fixture.open()->commit(act).log_index;
  };
  (void)look("login", "account hsu01", false);
  CHECK_FALSE(seen);
  fixture.clock.advance(-1h);
  const auto step = look("login", "account hsu01", false);
  CHECK(seen == step);
  (void)look("acknowledgement", clock_subject(step - 1), true);
  (void)look("acknowledgement", clock_subject(step), false);
  (void)look("login", "account hsu01", false);
  CHECK(seen == step);
  std::filesystem::remove_all(fixture.path() / "index");
  (void)look("acknowledgement", clock_subject(step), true);
  CHECK(seen == step);
  (void)look("login", "account hsu01", false);
  CHECK_FALSE(seen);
}

TEST_CASE("what is no whole store is not opened, and an existing folder not overwritten",
          "[store]") {
  StoreFixture fixture;
  const auto request = CreateRequest{.path = fixture.path(),
                                     .name = "署",
                                     .master_key_file = fixture.scratch / "other.key",
                                     .root_key_file = fixture.scratch / "other.pem",
                                     .root_passphrase = "x",
                                     .files = {}};
  CHECK(code_of([&] { Store::create(fixture.disk, fixture.clock, request); }) == "store-exists");
  fs::rename(fixture.path() / "vermilion.yaml", fixture.scratch / "vermilion.yaml");
  CHECK(code_of([&] { (void)fixture.open(); }) == "store-incomplete");
  fs::rename(fixture.scratch / "vermilion.yaml", fixture.path() / "vermilion.yaml");
  fs::rename(fixture.scratch / "master.key", fixture.scratch / "away");
  CHECK(code_of([&] { (void)fixture.open(); }) == "no-master-key");
  CHECK(code_of([&] {
          (void)Store::open(fixture.disk, fixture.clock, fixture.scratch / "nowhere");
        }) == "no-store");
}

TEST_CASE("keys may not lie in the store, nor an existing root key be overwritten", "[store]") {
  Scratch scratch;
  SystemDisk disk;
  ManualClock clock;
  CreateRequest request{.path = scratch / "store",
                        .name = "署",
                        .master_key_file = scratch / "store" / "master.key",
                        .root_key_file = scratch / "root.pem",
                        .root_passphrase = "x",
                        .files = {}};
  CHECK(code_of([&] { Store::create(disk, clock, request); }) == "key-inside-store");
  request.master_key_file = scratch / "master.key";
  disk.replace(scratch / "root.pem", "前一個資料庫的根金鑰");
  CHECK(code_of([&] { Store::create(disk, clock, request); }) == "root-key-exists");
  CHECK_FALSE(fs::exists(scratch / "store"));
}
