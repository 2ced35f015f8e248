// What destroy() takes away, what it leaves, and what a crash in the middle leaves.
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/json.h"
#include "store/key_files.h"
#include "store/parts.h"
#include "store/store_fixture.h"
#include "support/faulty_disk.h"
#include "support/gated_disk.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;

namespace {

const std::string kLongScan(3 << 20, 'x');  // a file of its own

struct Item {
  std::string id;
  std::string key_class;
  std::string content;
  Bytes wrapped;  // its wrapped data key
};

// What lies in a store before a destruction: `go` is listed by a disposal, `stay` is not.
struct Holding {
  std::vector<Item> go;
  std::vector<Item> stay;

  [[nodiscard]] std::vector<std::string> condemned() const {
    std::vector<std::string> ids;
    for (const auto& item : go) ids.push_back(item.id);
    return ids;
  }
};

Item seal_as(Store& store, const std::string& key_class, int year, const std::string& content) {
  Item item{.id = "", .key_class = key_class, .content = content, .wrapped = {}};
  Act act = login_act("chen01");
  act.decide = [&](const Now& now, Changes& changes) {
    item.id = changes
                  .seal({.record = now.act,
                         .part = "content",
                         .key_class = key_class,
                         .year = year,
                         .content = content})
                  .payload;
  };
  (void)store.commit(act);
  return item;
}

Vault vault_of(const StoreFixture& fixture, const fs::path& path) {
  SystemDisk disk;
  const auto settings = load_settings(disk, path);
  return {path, row_mac(load_master_key(disk, fixture.scratch / "master.key"), settings, "vault")};
}

void certify(Store& store) { (void)store.commit(put_act(kDisposal + "/certificate.json", "{}")); }

Holding make_holding(StoreFixture& fixture, Store& store) {
  Holding holding;
  holding.go = {seal_as(store, "room-3y", 2023, "機房日誌 112年3月1日 進出登記"),
                seal_as(store, "nda-15y", 2005, "保密切結書 A123456789"),
                seal_as(store, "room-3y", 2023, kLongScan)};
  holding.stay = {seal_as(store, "room-3y", 2023, "機房日誌 112年12月31日"),
                  seal_as(store, "nda-15y", 2005, kLongScan + "y"),
                  seal_as(store, "nda-15y", 2006, "別的年度")};
  store.settle();
  auto vault = vault_of(fixture, fixture.path());
  for (auto* items : {&holding.go, &holding.stay}) {
    for (auto& item : *items) item.wrapped = vault.wrapped_key(item.id).value().wrapped;
  }
  list_in_disposal(store, holding.condemned());
  return holding;
}

std::vector<std::string> keks(const StoreFixture& fixture) {
  SystemDisk disk;
  return disk.list(fixture.path() / "vault" / "kek");
}

// Destroyed is destroyed, the rest is whole, and the store finds nothing wrong with itself.
void check_destroyed(StoreFixture& fixture, Store& store, const Holding& holding) {
  for (const auto& item : holding.go) {
    INFO(item.id);
    CHECK(code_of([&] { (void)store.payload(item.id); }) == "payload-destroyed");
    CHECK_FALSE(stands_anywhere(fixture.path() / "vault", hex(item.wrapped)));
  }
  for (const auto& item : holding.stay) CHECK(store.payload(item.id) == item.content);
  CHECK(store.remains(holding.condemned()).empty());
  CHECK(told(faults_of(store)) == "");
  CHECK(keks(fixture).size() == 3);
}

const std::vector<std::string> kKeksAfter = {"nda-15y-2005-2.kek", "nda-15y-2006-1.kek",
                                             "room-3y-2023-2.kek"};

}  // namespace

TEST_CASE("destroyed payloads are gone with their keys, and what shared a key with them is whole",
          "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto holding = make_holding(fixture, *store);
  for (const auto& item : holding.go) CHECK(store->payload(item.id) == item.content);
  CHECK(store->remains(holding.condemned()).size() == 6);
  // The search must be able to find.
  for (const auto& item : holding.go)
    CHECK(stands_anywhere(fixture.path() / "vault", hex(item.wrapped)));
  SystemDisk disk;
  const auto segment = fixture.path() / "payloads" / "segment-0001";
  const auto size = fs::file_size(segment);

  const auto destroyed = store->destroy(holding.condemned());
  CHECK(destroyed.removed_keys == std::vector<std::string>{"nda-15y-2005-1", "room-3y-2023-1"});
  CHECK(destroyed.new_keys == std::vector<std::string>{"nda-15y-2005-2", "room-3y-2023-2"});
  CHECK(keks(fixture) == kKeksAfter);
  CHECK(fs::file_size(segment) == size);
  check_destroyed(fixture, *store, holding);
  certify(*store);
  check_destroyed(fixture, *store, holding);
  check_destroyed(fixture, *fixture.open(), holding);
  store->rebuild();
  check_destroyed(fixture, *store, holding);
}

TEST_CASE("destroying again changes nothing and tells the same", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto holding = make_holding(fixture, *store);
  const auto first = store->destroy(holding.condemned());
  const auto again = store->destroy(holding.condemned());
  CHECK(again.removed_keys == first.removed_keys);
  CHECK(again.new_keys == first.new_keys);
  CHECK(keks(fixture) == kKeksAfter);
  check_destroyed(fixture, *store, holding);
}

TEST_CASE("the vault's pages keep nothing of the rows of many destroyed payloads", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  std::vector<std::string> ids;
  Act act = login_act("chen01");
  act.decide = [&](const Now& now, Changes& changes) {
    for (int i = 0; i < 600; ++i) {
      SealRequest request;
      request.record = now.act;
      request.part = "content";
      request.key_class = "room-3y";
      request.year = 2023;
      request.content = "機房日誌 第 " + std::to_string(i) + " 則";
      ids.push_back(changes.seal(request).payload);
    }
  };
  (void)store->commit(act);
  std::vector<std::string> go;
  std::vector<std::string> wrapped;
  store->settle();
  auto vault = vault_of(fixture, fixture.path());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i % 3 != 0) go.push_back(ids[i]);
    wrapped.push_back(hex(vault.wrapped_key(ids[i])->wrapped));
  }
  list_in_disposal(*store, go);
  (void)store->destroy(go);
  Bytes pages;
  for (const auto& file : files_below(fixture.path() / "vault"))
    pages += fixture.disk.read_all(file);
  std::size_t found = 0;
  for (const auto& key : wrapped) found += pages.find(key) == Bytes::npos ? 0U : 1U;
  CHECK(found == 0);
  CHECK(store->payload(ids[3]) == "機房日誌 第 3 則");
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("a content whose record header is rotten is destroyed all the same, or said to remain",
          "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto item = seal_as(*store, "room-3y", 2023, "機房日誌 112年3月1日 進出登記");
  (void)seal_as(*store, "room-3y", 2023, "機房日誌 112年12月31日");
  list_in_disposal(*store, {item.id});
  store->settle();
  const auto segment = fixture.path() / "payloads" / "segment-0001";
  const auto sealed = fixture.disk.read_all(segment);
  flip(segment, static_cast<std::ptrdiff_t>(sealed.find(item.id)) + 27);  // in its length
  SECTION("the catalogue knows where it lies") {
    (void)store->destroy({item.id});
    CHECK(store->remains({item.id}).empty());
    CHECK_FALSE(
        stands_anywhere(segment.parent_path(), sealed.substr(sealed.find(item.id) + 70, 200)));
  }
  SECTION("nobody knows any more") {
    store->rebuild();
    (void)store->destroy({item.id});
    CHECK(store->remains({item.id}) == std::vector<std::string>{"payloads/ (" + item.id + ")"});
  }
}

TEST_CASE("only what a disposal on main lists is destroyed", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto holding = make_holding(fixture, *store);
  CHECK_THROWS_AS(store->destroy({holding.go[0].id, holding.stay[0].id}), Bug);
  CHECK(store->payload(holding.go[0].id) == holding.go[0].content);
  CHECK(keks(fixture).size() == 3);
  CHECK(keks(fixture)[0] == "nda-15y-2005-1.kek");
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("what is sealed after a destruction lies under the newest key", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto holding = make_holding(fixture, *store);
  (void)store->destroy(holding.condemned());
  const auto later = seal_as(*store, "room-3y", 2023, "後來補登");
  store->settle();
  CHECK(vault_of(fixture, fixture.path()).wrapped_key(later.id)->kek == "room-3y-2023-2");
  CHECK(store->payload(later.id) == "後來補登");
  CHECK(keks(fixture) == kKeksAfter);
  check_destroyed(fixture, *store, holding);
}

TEST_CASE("a second destruction in a family makes a third generation", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto holding = make_holding(fixture, *store);
  (void)store->destroy(holding.condemned());
  auto all = holding.condemned();
  for (const auto& item : holding.stay) all.push_back(item.id);
  list_in_disposal(*store, all);
  const auto destroyed = store->destroy(all);
  CHECK(destroyed.removed_keys == std::vector<std::string>{"nda-15y-2005-1", "nda-15y-2005-2",
                                                           "nda-15y-2006-1", "room-3y-2023-1",
                                                           "room-3y-2023-2"});
  CHECK(keks(fixture) ==
        std::vector<std::string>{"nda-15y-2005-3.kek", "nda-15y-2006-2.kek", "room-3y-2023-3.kek"});
  CHECK(store->remains(all).empty());
  // The name of a generation is not used again, even in a family without contents.
  (void)seal_as(*store, "room-3y", 2023, "再來一筆");
  CHECK(keks(fixture)[2] == "room-3y-2023-3.kek");
  certify(*store);
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("a lost key file is damage to restore, not a destruction", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto item = seal_as(*store, "room-3y", 2023, "機房日誌 112年3月1日");
  const auto kek = fixture.path() / "vault" / "kek" / "room-3y-2023-1.kek";
  fs::rename(kek, fixture.scratch / "lost.kek");
  (void)seal_as(*store, "room-3y", 2024, "別的年度的金鑰不算");
  CHECK(code_of([&] { (void)store->payload(item.id); }) == "key-missing");
  fs::rename(fixture.scratch / "lost.kek", kek);
  CHECK(store->payload(item.id) == item.content);
}

TEST_CASE("an older copy of the store opens nothing with the key files of today", "[store]") {
  StoreFixture fixture;
  auto store = fixture.open();
  const auto holding = make_holding(fixture, *store);
  const auto copy = fixture.scratch / "copy";
  fs::copy(fixture.path(), copy, fs::copy_options::recursive);
  (void)store->destroy(holding.condemned());
  const auto old_store = Store::open(fixture.disk, fixture.clock, copy);
  CHECK(old_store->payload(holding.go[0].id) == holding.go[0].content);
  fs::remove_all(copy / "vault" / "kek");
  fs::copy(fixture.path() / "vault" / "kek", copy / "vault" / "kek");
  for (const auto& item : holding.go)
    CHECK(code_of([&] { (void)old_store->payload(item.id); }) == "payload-destroyed");
  // The copy's rows name generations that are gone; another family's key is still there.
  CHECK(code_of([&] { (void)old_store->payload(holding.stay[0].id); }) == "payload-destroyed");
  CHECK(code_of([&] { (void)old_store->payload(holding.stay[1].id); }) == "payload-destroyed");
  CHECK(old_store->payload(holding.stay[2].id) == "別的年度");
}

TEST_CASE("with the keys put back a destroyed content is still not there", "[store]") {
  StoreFixture fixture;
  auto store = fixture.open();
  const auto holding = make_holding(fixture, *store);
  const auto copy = fixture.scratch / "vault";
  fs::copy(fixture.path() / "vault", copy, fs::copy_options::recursive);
  (void)store->destroy(holding.condemned());
  certify(*store);
  store.reset();
  fs::remove_all(fixture.path() / "vault");
  fs::copy(copy, fixture.path() / "vault", fs::copy_options::recursive);
  store = fixture.open();
  CHECK(code_of([&] { (void)store->payload(holding.go[0].id); }) == "payload-destroyed");
  CHECK(code_of([&] { (void)store->payload(holding.go[2].id); }) == "payload-broken");
  CHECK(store->remains(holding.condemned()).size() == 3);
  const auto faults = told(faults_of(*store));
  for (const auto& item : holding.go)
    CHECK(faults.find("wrapped_keys " + item.id + ": 已發銷毀證明") != std::string::npos);
}

TEST_CASE("content that is gone without a disposal is a fault, and so is what a certificate denies",
          "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto holding = make_holding(fixture, *store);
  SECTION("its bytes") {
    Parts parts(fixture.disk, fixture.clock, fixture.path(), store->settings());
    std::string where;
    parts.payloads.scan(
        {},
        [&](const PayloadPlace& at) {
          if (at.payload != holding.stay[0].id) return;
          where = Payloads::name_of(at);
          parts.payloads.erase(at);
        },
        [](const std::string&, const std::string&) {});
    CHECK(told(faults_of(*store)).starts_with(where + ": 內容已銷毀"));
  }
  SECTION("its key") {
    auto vault = vault_of(fixture, fixture.path());
    vault.destroy({holding.stay[2].id}, {"nda-15y-2006-"},
                  [](const WrappedKey& key) { return key; });
    const auto faults = told(faults_of(*store));
    CHECK(faults.find("destroyed_keys " + holding.stay[2].id) != std::string::npos);
    CHECK(faults.find("wrapped_keys " + holding.stay[2].id) != std::string::npos);
  }
  SECTION("a certificate without a destruction") {
    certify(*store);
    const auto faults = told(faults_of(*store));
    for (const auto& item : holding.go) {
      CHECK(faults.find("wrapped_keys " + item.id) != std::string::npos);
      CHECK(faults.find("(" + item.id + "): 已發銷毀證明") != std::string::npos);
    }
  }
  SECTION("a key file that came back") {
    const auto kek = fixture.path() / "vault" / "kek" / "room-3y-2023-1.kek";
    fs::copy_file(kek, fixture.scratch / "kek");
    (void)store->destroy(holding.condemned());
    certify(*store);
    fs::copy_file(fixture.scratch / "kek", kek);
    CHECK(told(faults_of(*store)).find("vault/kek/room-3y-2023-1.kek: 已發銷毀證明") !=
          std::string::npos);
    CHECK(store->remains(holding.condemned()).size() == 2);
    CHECK(store->remains(holding.condemned())[0].starts_with("vault/kek/room-3y-2023-1.kek"));
  }
}

namespace {

// Fails the n-th disk call of a destruction for n = 1, 2, 3 …; the next attempt completes it.
void fail_every_call_of_destroy(FaultyDisk::After after, bool power_cut) {
  std::size_t n = 1;
  for (bool failed = true; failed; ++n) {
    INFO("call " << n);
    StoreFixture fixture;
    const auto holding = make_holding(fixture, *fixture.open());
    FaultyDisk faulty(fixture.disk);
    {
      const auto store = fixture.open(faulty);
      faulty.fail_at(n, after);
      (void)code_of([&] { (void)store->destroy(holding.condemned()); });
    }
    failed = faulty.failed();
    if (power_cut) faulty.drop_unsynced();
    const auto store = fixture.open();
    CHECK(told(faults_of(*store)) == "");
    for (const auto& item : holding.stay) CHECK(store->payload(item.id) == item.content);
    const auto destroyed = store->destroy(holding.condemned());
    CHECK(destroyed.removed_keys.size() >= 2);
    check_destroyed(fixture, *store, holding);
    REQUIRE(n < 100);
  }
  CHECK(n > 20);
}

}  // namespace

TEST_CASE("a destruction cut short anywhere is completed by the next", "[store]") {
  SECTION("the disk fails once") { fail_every_call_of_destroy(FaultyDisk::After::works, false); }
  SECTION("the process is killed") { fail_every_call_of_destroy(FaultyDisk::After::dead, false); }
  SECTION("the power is cut") { fail_every_call_of_destroy(FaultyDisk::After::dead, true); }
}

TEST_CASE("a frame that comes back from the journal brings back nothing destroyed", "[store]") {
  StoreFixture fixture;
  // An act that seals and condemns at once is the last frame, the only one a journal may repeat.
  Bytes frame;
  std::string id;
  {
    GatedDisk disk(fixture.disk);
    const auto store = fixture.open(disk);
    Act act = put_act("", "");
    act.decide = [&](const Now& now, Changes& changes) {
      id = changes
               .seal({.record = now.act,
                      .part = "content",
                      .key_class = "room-3y",
                      .year = 2023,
                      .content = "機房日誌"})
               .payload;
      changes.put(kDisposal + "/payloads.json", canonical({{"payloads", {id}}}));
    };
    disk.close("evidence.git/objects/pack");
    (void)store->commit(act);
    frame = fixture.disk.read_all(fixture.path() / "journal" / "frames-1");
    disk.open_gate();
  }
  const auto store = fixture.open();
  REQUIRE(store->payload(id) == "機房日誌");
  (void)store->destroy({id});
  REQUIRE(store->remains({id}).empty());
  fixture.disk.open(fixture.path() / "journal" / "frames-1", Open::existing)->write(0, frame);
  CHECK(store->remains({id}) == std::vector<std::string>{"journal"});
  const auto again = fixture.open();
  CHECK(again->remains({id}).empty());
  CHECK(code_of([&] { (void)again->payload(id); }) == "payload-destroyed");
  certify(*again);
  CHECK(told(faults_of(*again)) == "");
}

TEST_CASE("punched bytes are zero, their neighbours and the size stay", "[store]") {
  Scratch scratch;
  SystemDisk disk;
  const auto file = disk.open(scratch / "file", Open::create);
  file->write(0, std::string(300'000, 'a'));
  file->punch(1, 299'998);
  file->sync();
  CHECK(disk.read_all(scratch / "file") == "a" + Bytes(299'998, '\0') + "a");
}
