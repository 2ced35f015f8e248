// A check of what came after the last one.
#include <catch2/catch.hpp>

#include "store/sqlite.h"
#include "store/store_fixture.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;

namespace {

CheckResult check_of(Store& store, const std::optional<Checked>& since) {
  return store.check(
      {since, [](const std::string& where, const std::string&) { FAIL(where); }, {}});
}

// A store that was checked, and what happened in it since.
struct CheckedStore {
  StoreFixture fixture;
  Checked mark;
  std::string before;  // payloads
  std::string after;

  CheckedStore() {
    const auto store = fixture.open();
    (void)store->commit(full_act("甲"));
    before = seal(*store, "驗證以前的密封內容").payload;
    mark = check_of(*store, {}).up_to;
    store->remember_check(mark);
    for (const char* name : {"乙", "丙"}) (void)store->commit(full_act(name));
    after = seal(*store, "驗證以後的密封內容").payload;
    store->settle();
  }
  [[nodiscard]] std::string faults() {
    const auto store = fixture.open();
    return told(faults_of(*store, store->last_check()));
  }
};

void run_sql(const CheckedStore& at, const std::string& sql) {
  Database(at.fixture.path() / "index" / "catalogue.db", "test", Database::Kind::projection,
           Open::existing)
      .run(sql);
}

std::ptrdiff_t place_of(const StoreFixture& fixture, const std::string& words) {
  const auto bytes = SystemDisk().read_all(fixture.path() / "payloads" / "segment-0001");
  return static_cast<std::ptrdiff_t>(bytes.find(words));
}

}  // namespace

TEST_CASE("a quick check begins where the last check ended and finds nothing in a sound store",
          "[store]") {
  CheckedStore at;
  const auto store = at.fixture.open();
  const auto since = store->last_check();
  REQUIRE(since.has_value());
  CHECK(since->log_size == at.mark.log_size);
  CHECK(since->main == at.mark.main);
  const auto quick = check_of(*store, since);
  const auto full = check_of(*store, {});
  CHECK(quick.checked < full.checked);
  CHECK(quick.up_to.log_size == full.up_to.log_size);
  CHECK(quick.up_to.root == store->log().checkpoint().root);
  CHECK(quick.up_to.main == store->evidence().commit());
  store->remember_check(quick.up_to);
  CHECK(check_of(*store, store->last_check()).checked < quick.checked);
}

TEST_CASE(
    "a quick check finds what is wrong with what came after, and leaves the rest to a full one",
    "[store]") {
  CheckedStore at;
  SECTION("a new sealed content") {
    flip(at.fixture.path() / "payloads" / "segment-0001", place_of(at.fixture, at.after) + 100);
    CHECK(at.faults().find("(" + at.after + ")") != std::string::npos);
  }
  SECTION("an old one is not read again") {
    flip(at.fixture.path() / "payloads" / "segment-0001", place_of(at.fixture, at.before) + 100);
    CHECK(at.faults() == "");
    CHECK(told(faults_of(*at.fixture.open())).find("(" + at.before + ")") != std::string::npos);
  }
  SECTION("a new log entry") {
    const auto bundle = at.fixture.path() / "log" / "tile" / "entries";
    flip(files_below(bundle).front(), -2);
    CHECK(at.faults().find("log: entry") != std::string::npos);
  }
  SECTION("a new row of the catalogue") {
    run_sql(at,
            "UPDATE acts SET subject='record 丁' WHERE sequence=(SELECT max(sequence) FROM acts)");
    CHECK(at.faults().find("index/catalogue.db: acts") != std::string::npos);
  }
  SECTION("a missing row of the catalogue") {
    run_sql(at, "DELETE FROM payloads WHERE payload='" + at.after + "'");
    CHECK(at.faults().find("index/catalogue.db: payloads " + at.after) != std::string::npos);
  }
  SECTION("a content that was certified as destroyed and is still there") {
    const auto store = at.fixture.open();
    const std::string disposal = "disposals/01JDB3J9M0000000000000000A";
    (void)store->commit(
        put_act(disposal + "/payloads.json", "{\"payloads\":[\"" + at.before + "\"]}"));
    (void)store->commit(put_act(disposal + "/certificate.json", "{}"));
    const auto faults = told(faults_of(*store, store->last_check()));
    CHECK(faults.find("(" + at.before + "): 已發銷毀證明") != std::string::npos);
    CHECK(faults.find("wrapped_keys " + at.before) != std::string::npos);
  }
  SECTION("sealed contents cut off") {
    fs::resize_file(at.fixture.path() / "payloads" / "segment-0001", 100);
    CHECK(at.faults().find("payloads: ") != std::string::npos);
  }
  SECTION("main set back") {
    const auto git = "git -C " + quoted(at.fixture.path() / "evidence.git");
    CHECK(run(git + " update-ref refs/heads/main refs/heads/main~4").status == 0);
    CHECK(at.faults().find("refs/heads/main") != std::string::npos);
  }
}

TEST_CASE("a log set back behind what was checked is found by a quick check", "[store]") {
  CheckedStore at;
  Scratch older;
  fs::copy(at.fixture.path(), older / "store", fs::copy_options::recursive);
  {
    const auto store = at.fixture.open();
    (void)store->commit(full_act("丁"));
    store->remember_check(check_of(*store, {}).up_to);
  }
  const auto mark = SystemDisk().read_all(at.fixture.path() / "index" / "checked.json");
  fs::remove_all(at.fixture.path());
  fs::copy(older / "store", at.fixture.path(), fs::copy_options::recursive);
  write_file(at.fixture.path() / "index" / "checked.json", mark);
  CHECK(at.faults().find("log/checkpoint: ") != std::string::npos);
}

TEST_CASE("a mark that somebody altered counts for nothing", "[store]") {
  CheckedStore at;
  const auto file = at.fixture.path() / "index" / "checked.json";
  auto mark = SystemDisk().read_all(file);
  const auto place = mark.find("\"offset\":") + 9;
  mark[place] = mark[place] == '1' ? '2' : '1';
  write_file(file, mark);
  CHECK_FALSE(at.fixture.open()->last_check());
  write_file(file, "{");
  CHECK_FALSE(at.fixture.open()->last_check());
  fs::remove(file);
  CHECK_FALSE(at.fixture.open()->last_check());
}
