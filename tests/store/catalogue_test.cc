#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/sqlite.h"
#include "store/store_fixture.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;
using namespace std::chrono_literals;

namespace {

constexpr const char* kText = "documents/ISMS-01-002/document.md";

// A history with everything the catalogue knows of.
std::string fill(StoreFixture& fixture) {
  const auto store = fixture.open();
  const auto ref = seal(*store, "密封內容");
  for (const char* text : {"一版", "二版", "三版"}) {
    fixture.clock.advance(24h);
    (void)store->commit(put_act(kText, text, "document ISMS-01-002"));
    (void)store->commit(login_act("wang02"));
  }
  Act remove = put_act(kText, "", "document ISMS-01-002");
  remove.decide = [](const Now&, Changes& changes) { changes.remove(kText); };
  (void)store->commit(remove);
  return ref.payload;
}

// Every answer of a catalogue as text.
std::string answers(Store& store) {
  const auto& catalogue = store.catalogue();
  std::string text;
  for (const auto& act : catalogue.acts(1, 1000)) {
    text += fmt::format("{} {} {} {} {} {} {}\n", act.sequence, act.commit.hex(), act.act,
                        act.actor, act.subject, act.log_index, rfc3339(act.at));
    CHECK(catalogue.act_of(act.commit)->sequence == act.sequence);
  }
  for (const auto* path : {kText, "records/00/00/00/01/manifest.json", "people/root.pem"}) {
    for (const auto& row : catalogue.history(path)) {
      text += fmt::format("{} {} {}\n", path, row.act.sequence, row.blob ? row.blob->hex() : "-");
    }
  }
  for (const auto& row : catalogue.log({})) {
    text += fmt::format("{} {} {} {} {} {} {} {}\n", row.index, rfc3339(row.at), row.kind,
                        row.actor, row.from, row.subject, row.outcome, row.commit);
  }
  return text;
}

void run_sql(const fs::path& database, const std::string& sql) {
  Database(database, "test", Database::Kind::projection, Open::existing).run(sql);
}

fs::path catalogue_of(const StoreFixture& fixture) {
  return fixture.path() / "index" / "catalogue.db";
}

}  // namespace

TEST_CASE("the catalogue knows acts, versions and log entries in order", "[store]") {
  StoreFixture fixture;
  (void)fill(fixture);
  const auto store = fixture.open();
  const auto& catalogue = store->catalogue();
  CHECK(catalogue.acts(1, 100).size() == 6);
  CHECK(catalogue.acts(3, 2).front().sequence == 3);
  CHECK(catalogue.acts(3, 2).size() == 2);
  const auto history = catalogue.history(kText);
  REQUIRE(history.size() == 4);
  CHECK(store->evidence_of(history[1].act.commit).require(kText) == "二版");
  CHECK_FALSE(history[3].blob);
  CHECK(catalogue.history("no/such/path").empty());
  CHECK_FALSE(catalogue.act_of(git::ObjectId{}));
}

TEST_CASE("the log is asked by time, actor, kind and subject", "[store]") {
  StoreFixture fixture;
  (void)fill(fixture);
  const auto store = fixture.open();
  const auto count = [&](const std::function<void(LogFilter&)>& narrow) {
    LogFilter filter;
    narrow(filter);
    return store->catalogue().log(filter).size();
  };
  CHECK(count([](LogFilter&) {}) == 9);
  CHECK(count([](LogFilter& filter) { filter.actor = "wang02"; }) == 3);
  CHECK(count([](LogFilter& filter) { filter.limit = 2; }) == 2);
  CHECK(count([](LogFilter& filter) { filter.kind = "login"; }) == 3);
  CHECK(count([](LogFilter& filter) { filter.subject_prefix = "document ISMS-01"; }) == 4);
  CHECK(count([](LogFilter& filter) { filter.subject_prefix = "document_ISMS"; }) == 0);
  CHECK(count([](LogFilter& filter) {
          filter.from = parse_instant("2026-11-24T00:00:00Z");
          filter.to = parse_instant("2026-11-25T00:00:00Z");
        }) == 2);
}

TEST_CASE("a rebuilt catalogue gives equal answers", "[store]") {
  StoreFixture fixture;
  const auto payload = fill(fixture);
  const auto store = fixture.open();
  const auto before = answers(*store);
  CHECK(before.size() > 1000);
  store->rebuild();
  CHECK(answers(*store) == before);
  CHECK(store->payload(payload) == "密封內容");
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("a catalogue that is gone or behind is brought up to date by an opening", "[store]") {
  StoreFixture fixture;
  fs::copy(fixture.path() / "index", fixture.scratch / "index");
  const auto payload = fill(fixture);
  const auto before = answers(*fixture.open());
  for (const bool older : {false, true}) {
    INFO(older);
    fs::remove_all(fixture.path() / "index");
    if (older) fs::copy(fixture.scratch / "index", fixture.path() / "index");
    const auto store = fixture.open();
    CHECK(answers(*store) == before);
    CHECK(store->payload(payload) == "密封內容");
    CHECK(told(faults_of(*store)) == "");
  }
}

TEST_CASE("a changed row is refused when it is read, and mended by a rebuild", "[store]") {
  StoreFixture fixture;
  (void)fill(fixture);
  run_sql(catalogue_of(fixture), "UPDATE acts SET actor='nobody' WHERE sequence=3");
  const auto store = fixture.open();
  CHECK(code_of([&] { (void)store->catalogue().acts(1, 100); }) == "row-broken");
  CHECK(told(faults_of(*store)).find("index/catalogue.db: acts 3") != std::string::npos);
  store->rebuild();
  CHECK(store->catalogue().acts(3, 1).front().actor == "chen01");
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("rows removed from or added to the catalogue are found by a check", "[store]") {
  StoreFixture fixture;
  (void)fill(fixture);
  run_sql(catalogue_of(fixture),
          "DELETE FROM entries WHERE position=2; "
          "INSERT INTO paths SELECT path || 'x', sequence, blob, mac FROM paths WHERE sequence=3");
  const auto faults = told(faults_of(*fixture.open()));
  CHECK(faults.find("index/catalogue.db: entries 2") != std::string::npos);
  const auto added = fmt::format("index/catalogue.db: paths {}x 3", kText);
  CHECK(faults.find(added) != std::string::npos);
}

TEST_CASE("a catalogue that is no database holds up neither opening nor acts", "[store]") {
  StoreFixture fixture;
  (void)fill(fixture);
  const auto before = answers(*fixture.open());
  fixture.disk.replace(catalogue_of(fixture), std::string(20000, 'x'));
  const auto store = fixture.open();
  CHECK(code_of([&] { (void)store->catalogue().acts(1, 1); }) == "catalogue-broken");
  const auto receipt = store->commit(put_act("a", "照常歸檔"));
  CHECK(store->evidence().require("a") == "照常歸檔");
  CHECK(told(faults_of(*store)).find("index/catalogue.db") != std::string::npos);
  store->rebuild();
  CHECK(answers(*store).starts_with(before.substr(0, 100)));
  CHECK(store->catalogue().act_of(*receipt.commit)->sequence == 7);
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("a store that is open sees the catalogue another one rebuilt", "[store]") {
  StoreFixture fixture;
  (void)fill(fixture);
  const auto reader = fixture.open();
  const auto before = answers(*reader);
  fixture.disk.replace(catalogue_of(fixture), std::string(20000, 'x'));
  fixture.open()->rebuild();
  CHECK(answers(*reader) == before);
  (void)fixture.open()->commit(put_act("a", "甲"));
  CHECK(reader->catalogue().acts(7, 1).size() == 1);
}
