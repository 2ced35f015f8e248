#include <catch2/catch.hpp>

#include "base/error.h"
#include "git/repository.h"
#include "store/catalogue_queries.h"
#include "store/sqlite.h"
#include "store/store_fixture.h"
#include "store/verified_rows.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;
using namespace std::chrono_literals;

namespace {

// A history with everything the catalogue knows of.
std::string make_history(StoreFixture& fixture) {
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
std::string catalogue_answers(Store& store) {
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
  (void)make_history(fixture);
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
  (void)make_history(fixture);
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

TEST_CASE("of more entries than asked for the newest are kept, or the oldest, in order",
          "[store]") {
  StoreFixture fixture;
  (void)make_history(fixture);
  const auto store = fixture.open();
  const auto indexes = [&](const std::function<void(LogFilter&)>& narrow) {
    LogFilter filter;
    filter.limit = 2;
    narrow(filter);
    std::vector<std::uint64_t> found;
    for (const auto& row : store->catalogue().log(filter)) found.push_back(row.index);
    return found;
  };
  using Indexes = std::vector<std::uint64_t>;
  for (const bool pending : {false, true}) {
    INFO(pending);
    const auto last = store->log().size() - 1 + (pending ? 1 : 0);
    if (pending) (void)store->commit(login_act("wang02"));
    CHECK(indexes([](LogFilter&) {}) == Indexes{last - 1, last});
    CHECK(indexes([](LogFilter& filter) { filter.keep = LogFilter::Keep::oldest; }) ==
          Indexes{0, 1});
    CHECK(indexes([](LogFilter& filter) { filter.subject_prefix = "document"; }) == Indexes{6, 8});
  }
}

TEST_CASE("each question has an index that answers it", "[store]") {
  StoreFixture fixture;
  (void)make_history(fixture);
  Database database(catalogue_of(fixture), "test", Database::Kind::projection, Open::existing);
  const auto plan = [&](const std::string& table, const Query& query) {
    auto statement =
        database.prepare("EXPLAIN QUERY PLAN SELECT * FROM " + table + " " + query.rest);
    for (const auto& value : query.arguments) statement.bind(value);
    std::string text;
    while (statement.step()) text += statement.text(3) + "\n";
    return text;
  };
  const auto log_plan = [&](const std::function<void(LogFilter&)>& narrow) {
    LogFilter filter;
    filter.from = parse_instant("2026-11-24T00:00:00Z");
    narrow(filter);
    return plan("entries", log_query(filter));
  };
  const auto record_plan = [&](const std::function<void(RecordQuery&)>& narrow) {
    RecordQuery query;
    narrow(query);
    return plan("records", records_query(query, 7));
  };
  const auto uses = [](const std::string& text, const std::string& index) {
    INFO(text);
    CHECK(text.find("INDEX " + index) != text.npos);
    CHECK(text.find("SCAN") == text.npos);
  };
  uses(log_plan([](LogFilter&) {}), "entries_at");
  uses(log_plan([](LogFilter& f) { f.subject_prefix = "document"; }), "entries_subject");
  uses(log_plan([](LogFilter& f) { f.kind = "login"; }), "entries_kind");
  uses(log_plan([](LogFilter& f) { f.actor = "wang02"; }), "entries_actor");
  uses(plan("acts", latest_act_query(fixture.clock.now())), "acts_at");
  uses(record_plan([](RecordQuery& q) { q.id = "01J"; }), "records_id");
  uses(record_plan([](RecordQuery& q) { q.number = "NDA-115-0001"; }), "records_number");
  uses(record_plan([](RecordQuery& q) { q.corrects = "01J"; }), "records_corrects");
  uses(record_plan([](RecordQuery& q) { q.unfinished = true; }), "records_completed");
  uses(record_plan([](RecordQuery& q) { q.account = "lin02"; }), "records_account");
  uses(record_plan([](RecordQuery& q) { q.form = "room-log"; }), "records_form");
  uses(record_plan([](RecordQuery& q) { q.from = parse_date("2026-11-24"); }), "records_date");
  uses(record_plan([](RecordQuery& q) {
         q.retention = "log-5y";
         q.begun_by = parse_date("2026-11-24");
       }),
       "records_term");
  // These two hold nothing but what is asked for, and are read from the newest on.
  CHECK_THAT(log_plan([](LogFilter& f) { f.clock_steps = true; }),
             Catch::Contains("INDEX entries_steps"));
  CHECK_THAT(plan("acts", behind_act_query(fixture.clock.now())),
             Catch::Contains("INDEX acts_behind"));
  for (const auto& query :
       {latest_act_query(fixture.clock.now()), behind_act_query(fixture.clock.now())})
    CHECK_THAT(plan("acts", query), !Catch::Contains("TEMP B-TREE"));
}

TEST_CASE("the last act is found among acts of a clock that went back", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto begin = fixture.clock.now();
  std::vector<std::pair<Instant, std::uint64_t>> acts = {{begin, 1}};
  for (const auto by : {24h, 24h, -30h, 1h, 48h, -1h, 0h, 3h}) {
    fixture.clock.advance(by);
    const auto commit = store->commit(put_act("a", std::to_string(acts.size()))).commit.value();
    acts.emplace_back(fixture.clock.now(), store->catalogue().act_of(commit)->sequence);
  }
  for (auto at = begin - 1h; at < begin + 100h; at += 1h) {
    std::uint64_t last = 0;
    for (const auto& [when, sequence] : acts) last = when <= at ? sequence : last;
    const auto found = store->catalogue().last_act(at);
    INFO(rfc3339(at));
    CHECK((found ? found->sequence : 0) == last);
  }
}

TEST_CASE("a row that git or the log contradicts is not handed out", "[store]") {
  StoreFixture fixture;
  (void)make_history(fixture);
  const auto store = fixture.open();
  store->settle();
  const auto evidence = git::Repository::open(fixture.disk, fixture.path() / "evidence.git");
  const auto good = store->catalogue().history(kText).at(1);
  verify_version(evidence->reader(), kText, good);
  const auto refused = [&](const std::function<void(PathRow&)>& change) {
    auto row = good;
    change(row);
    return code_of([&] { verify_version(evidence->reader(), kText, row); });
  };
  CHECK(refused([](PathRow& row) { row.act.actor = "wang02"; }) == "row-differs");
  CHECK(refused([](PathRow& row) { row.act.log_index += 1; }) == "row-differs");
  CHECK(refused([](PathRow& row) { row.act.at += 1s; }) == "row-differs");
  CHECK(refused([](PathRow& row) { row.blob.reset(); }) == "row-differs");
  CHECK(refused([](PathRow& row) { row.act.commit = git::ObjectId{}; }) == "row-differs");
  auto rows = store->catalogue().log({});
  verify_entries(store->log(), rows);
  rows[3].outcome = "refused:no-right";
  CHECK(code_of([&] { verify_entries(store->log(), rows); }) == "row-differs");
}

TEST_CASE("a catalogue of an older shape is filled anew when it is opened", "[store]") {
  StoreFixture fixture;
  (void)make_history(fixture);
  const auto before = catalogue_answers(*fixture.open());
  run_sql(catalogue_of(fixture),
          "DROP TABLE records; DROP INDEX entries_subject; "
          "PRAGMA user_version=1");
  const auto store = fixture.open();
  CHECK(catalogue_answers(*store) == before);
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("a rebuilt catalogue gives equal answers", "[store]") {
  StoreFixture fixture;
  const auto payload = make_history(fixture);
  const auto store = fixture.open();
  const auto before = catalogue_answers(*store);
  CHECK(before.size() > 1000);
  store->rebuild();
  CHECK(catalogue_answers(*store) == before);
  CHECK(store->payload(payload) == "密封內容");
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("a catalogue that is gone or behind is brought up to date by an opening", "[store]") {
  StoreFixture fixture;
  fs::copy(fixture.path() / "index", fixture.scratch / "index");
  const auto payload = make_history(fixture);
  const auto before = catalogue_answers(*fixture.open());
  for (const bool older : {false, true}) {
    INFO(older);
    fs::remove_all(fixture.path() / "index");
    if (older) fs::copy(fixture.scratch / "index", fixture.path() / "index");
    const auto store = fixture.open();
    CHECK(catalogue_answers(*store) == before);
    CHECK(store->payload(payload) == "密封內容");
    CHECK(told(faults_of(*store)) == "");
  }
}

TEST_CASE("a changed row is refused when it is read, and mended by a rebuild", "[store]") {
  StoreFixture fixture;
  (void)make_history(fixture);
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
  (void)make_history(fixture);
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
  (void)make_history(fixture);
  const auto before = catalogue_answers(*fixture.open());
  fixture.disk.replace(catalogue_of(fixture), std::string(20000, 'x'));
  const auto store = fixture.open();
  CHECK(code_of([&] { (void)store->catalogue().acts(1, 1); }) == "catalogue-broken");
  const auto receipt = store->commit(put_act("a", "照常歸檔"));
  CHECK(store->evidence().require("a") == "照常歸檔");
  CHECK(told(faults_of(*store)).find("index/catalogue.db") != std::string::npos);
  store->rebuild();
  CHECK(catalogue_answers(*store).starts_with(before.substr(0, 100)));
  CHECK(store->catalogue().act_of(*receipt.commit)->sequence == 7);
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("a store that is open sees the catalogue another one rebuilt", "[store]") {
  StoreFixture fixture;
  (void)make_history(fixture);
  const auto reader = fixture.open();
  const auto before = catalogue_answers(*reader);
  fixture.disk.replace(catalogue_of(fixture), std::string(20000, 'x'));
  fixture.open()->rebuild();
  CHECK(catalogue_answers(*reader) == before);
  (void)fixture.open()->commit(put_act("a", "甲"));
  CHECK(reader->catalogue().acts(7, 1).size() == 1);
}
