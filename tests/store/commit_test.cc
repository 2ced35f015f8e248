#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/json.h"
#include "store/store_fixture.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;
using namespace std::chrono_literals;

namespace {

constexpr const char* kText = "documents/ISMS-01-002/document.md";

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

Json entry_at(Store& store, std::uint64_t index) {
  return parse_canonical(store.log().entry(index));
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

TEST_CASE("what is committed is read back, also by the next opening", "[store]") {
  StoreFixture fixture;
  const auto receipt = fixture.open()->commit(put_act(kText, "# 資訊安全管理規範\n"));
  CHECK(receipt.log_index == 1);
  CHECK(receipt.at == fixture.clock.now());
  const auto store = fixture.open();
  CHECK(store->evidence().commit() == receipt.commit);
  CHECK(store->evidence().require(kText) == "# 資訊安全管理規範\n");
  CHECK(store->evidence().describe().author.name == "chen01");
  const auto entry = entry_at(*store, 1);
  CHECK(entry["commit"] == receipt.commit->hex());
  CHECK(entry["clock"] == "system");
  CHECK(entry["nonce"].get<std::string>().size() == 32);
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("an act without edits is a log entry alone", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto before = store->evidence().commit();
  const auto receipt = store->commit(login_act("wang02"));
  CHECK_FALSE(receipt.commit);
  CHECK(store->evidence().commit() == before);
  CHECK(entry_at(*store, receipt.log_index)["actor"] == "wang02");
  CHECK_FALSE(entry_at(*store, receipt.log_index).contains("commit"));
}

TEST_CASE("decide sees the state the act will stand on", "[store]") {
  StoreFixture fixture;
  const auto first = fixture.open();
  const auto second = fixture.open();
  Act act = put_act("registers/next", "");
  act.decide = [](const Now& now, Changes& changes) {
    const auto number = now.evidence.read("registers/next").value_or("0");
    changes.put("registers/next", std::to_string(std::stoi(number) + 1));
  };
  (void)first->commit(act);
  (void)second->commit(act);
  (void)first->commit(act);
  CHECK(second->evidence().require("registers/next") == "3");
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

TEST_CASE("drafts grow on their branch, keep their authors", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto draft = [&](const char* actor, const char* text) {
    Act act = login_act(actor);
    act.decide = [=](const Now& now, Changes& changes) {
      CHECK(now.draft("ISMS-01-002").read("document.md").value_or("") != text);
      changes.draft("ISMS-01-002", {{"document.md", text}}, "draft ISMS-01-002");
    };
    return store->commit(act).draft.value();
  };
  const auto one = draft("chen01", "第一稿");
  const auto two = draft("lin03", "第二稿");
  CHECK(store->draft("ISMS-01-002").require("document.md") == "第二稿");
  using Authors = std::vector<std::pair<git::ObjectId, std::string>>;
  CHECK(store->draft_authors("ISMS-01-002") == Authors{{one, "chen01"}, {two, "lin03"}});
  const auto three = draft("chen01", "第三稿");
  CHECK(store->draft_authors("ISMS-01-002") ==
        Authors{{one, "chen01"}, {two, "lin03"}, {three, "chen01"}});
  CHECK(store->draft_of(two).require("document.md") == "第二稿");
  CHECK_FALSE(store->draft("ISMS-09-999").commit());
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("two drafts of one act stand on each other", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  Act act = login_act("chen01");
  act.decide = [](const Now&, Changes& changes) {
    changes.draft("ISMS-01-001", {{"document.md", "一"}, {"old.md", "舊"}}, "one");
    changes.draft("ISMS-01-001", {{"old.md", std::nullopt}}, "two");
  };
  (void)store->commit(act);
  CHECK(store->draft_authors("ISMS-01-001").size() == 2);
  CHECK(store->draft("ISMS-01-001").require("document.md") == "一");
  CHECK_FALSE(store->draft("ISMS-01-001").read("old.md"));
}

TEST_CASE("a version is tagged once", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  Act act = put_act(kText, "3.6");
  act.decide = [](const Now& now, Changes& changes) {
    changes.put(kText, now.act);
    changes.tag("ISMS-01-002/3.6", "publication ISMS-01-002 3.6");
  };
  (void)store->commit(act);
  const auto tip = store->evidence().commit();
  CHECK(code_of([&] { (void)store->commit(act); }) == "tag-exists");
  CHECK(store->evidence().commit() == tip);
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("fields and names that would break the log or a ref are refused", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  Act act = login_act("chen01");
  for (const std::string& bad :
       {std::string("a\nb"), std::string("\xff"), std::string(70000, 'x')}) {
    act.subject = bad;
    CHECK(code_of([&] { (void)store->commit(act); }) == "bad-act");
  }
  for (const char* name :
       {"", "../main", "a..b", "a b", "inbox/x", "x.lock", "/a", "a/", ".a", "甲~1"}) {
    INFO(name);
    Act draft = login_act("chen01");
    draft.decide = [&](const Now&, Changes& changes) { changes.draft(name, {}, "draft"); };
    CHECK(code_of([&] { (void)store->commit(draft); }) == "bad-name");
  }
  Act put = put_act(".git/config", "");
  CHECK(code_of([&] { (void)store->commit(put); }) == "bad-path");
  CHECK(store->log().checkpoint().size == 1);
}

TEST_CASE("passwords and keys in custody come back as they were kept", "[store]") {
  StoreFixture fixture;
  Act act = login_act("chen01");
  const KeptKey key{"chen01", std::string(64, 'a'), "salt", std::string("\0\xff key", 6)};
  act.decide = [&](const Now&, Changes& changes) {
    changes.keep_key(key);
    changes.set_password("chen01", "$argon2id$v=19$m=19456$甲");
  };
  (void)fixture.open()->commit(act);
  const auto store = fixture.open();
  CHECK(store->password("chen01") == "$argon2id$v=19$m=19456$甲");
  CHECK_FALSE(store->password("wang02"));
  CHECK(store->kept_key("chen01")->encrypted == key.encrypted);
  CHECK(store->kept_key("chen01")->certificate == key.certificate);
  CHECK_FALSE(store->kept_key("wang02"));
}

TEST_CASE("a clock that went back is shown in the log", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  fixture.clock.advance(-1h);
  const auto receipt = store->commit(login_act("chen01"));
  CHECK(entry_at(*store, receipt.log_index)["clock"] == "behind");
  const auto next = store->commit(login_act("chen01"));
  CHECK(entry_at(*store, next.log_index)["clock"] == "system");
}

TEST_CASE("evidence is answered as it stood at an instant", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  fixture.clock.set("2026-11-23T00:00:00Z");
  (void)store->commit(put_act(kText, "一版"));
  fixture.clock.set("2026-11-25T00:00:00Z");
  const auto second = store->commit(put_act(kText, "二版"));
  const auto at = [&](const char* instant) { return store->evidence_at(parse_instant(instant)); };
  CHECK_FALSE(at("2026-11-21T23:59:59Z").commit());
  CHECK_FALSE(at("2026-11-22T23:59:59Z").read(kText));
  CHECK(at("2026-11-23T00:00:00Z").require(kText) == "一版");
  CHECK(at("2026-11-24T23:59:59Z").require(kText) == "一版");
  CHECK(at("2026-11-25T00:00:00Z").commit() == second.commit);
  CHECK(code_of([&] { (void)store->evidence_of(git::ObjectId{}); }) == "no-such-commit");
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
