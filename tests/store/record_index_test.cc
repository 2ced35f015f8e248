// Records found by index are those that reading every manifest finds, at every commit, folded or not.
#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/ulid.h"
#include "git/repository.h"
#include "store/sqlite.h"
#include "store/store_fixture.h"

using namespace vermilion;
using namespace vermilion::store;
using namespace std::chrono_literals;

namespace {

std::string ulid(int n) { return make_ulid(Instant(std::chrono::seconds(n + 1)), Bytes(10, 'x')); }

// A manifest as filing writes it: every third is of lin02, every fourth is imported, and each eighth corrects the one before.
model::Record record_of(int n, Instant filed) {
  model::Record record;
  record.id = ulid(n);
  record.sequence = static_cast<std::uint64_t>(n);
  record.number = fmt::format("ROOM-115-{:04}", n);
  record.form = n % 2 == 0 ? "room-log" : "nda-employee";
  record.form_version = {1, 0};
  record.form_digest = "sha256:" + std::string(64, '0');
  record.classification = "限閱";
  record.retention = n % 5 == 0 ? "log-5y" : "nda-15y";
  record.filing_year = 2026;
  record.date = parse_date(fmt::format("2026-{:02}-11", 1 + n % 11));
  record.account = n % 3 == 0 ? "lin02" : "chen01";
  record.imported = n % 4 == 0;
  if (n % 8 == 7) record.corrects = ulid(n - 1);
  record.signatures_due = 2;
  record.filed = filed;
  return record;
}

void sign(model::Record& record, Instant at) {
  const auto name = fmt::format("{:02}-record", record.signatures.size() + 1);
  record.signatures.push_back(
      {name, "record", "填表", "staff", record.account, std::nullopt, at, std::string(64, 'a')});
}

Act manifest_act(const model::Record& record) {
  return put_act(model::record_folder(record.sequence) + "/manifest.json",
                 canonical(model::to_json(record)), "record " + record.id);
}

std::vector<RecordQuery> questions() {
  std::vector<RecordQuery> all(14);
  all[1].id = ulid(4);
  all[2].number = "ROOM-115-0005";
  all[3].form = "room-log";
  all[4].account = "lin02";
  all[5].form = "nda-employee";
  all[5].account = "lin02";
  all[6].corrects = ulid(6);
  all[7].unfinished = true;
  all[8].retention = "log-5y";
  all[9].retention = "nda-15y";
  all[9].begun_by = parse_date("2026-11-24");
  all[10].from = parse_date("2026-04-01");
  all[10].to = parse_date("2026-08-31");
  all[11].form = "room-log";
  all[11].from = parse_date("2026-05-01");
  all[11].by_date = true;
  all[11].limit = 2;
  all[12].id = ulid(99);
  all[13].account = "chen01";
  all[13].unfinished = true;
  return all;
}

std::string ids(const std::vector<model::Record>& records) {
  std::string text;
  for (const auto& record : records)
    text += fmt::format("{}:{} ", record.sequence, record.signatures.size());
  return text;
}

// What a snapshot answers by the index, and what it answers without.
void compare(const Snapshot& indexed, const Snapshot& walked) {
  int number = 0;
  for (const auto& query : questions()) {
    INFO("question " << number++);
    CHECK(ids(indexed.records(query)) == ids(walked.records(query)));
  }
}

Snapshot without_index(git::Repository& evidence, const git::ObjectId& commit) {
  return {evidence.reader(), commit};
}

std::unique_ptr<git::Repository> repository(StoreFixture& fixture) {
  return git::Repository::open(fixture.disk, fixture.path() / "evidence.git");
}

// Twelve records, half of them signed once more later; the commits, oldest first.
std::vector<git::ObjectId> file_records(StoreFixture& fixture, Store& store) {
  std::vector<git::ObjectId> commits;
  for (int n = 1; n <= 12; ++n) {
    fixture.clock.advance(6h);
    auto record = record_of(n, fixture.clock.now());
    sign(record, record.filed);
    commits.push_back(store.commit(manifest_act(record)).commit.value());
    if (n % 2 == 0) continue;
    sign(record, fixture.clock.now());
    commits.push_back(store.commit(manifest_act(record)).commit.value());
  }
  return commits;
}

}  // namespace

TEST_CASE("records found by index are those a walk finds, at every commit", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto commits = file_records(fixture, *store);
  store->settle();
  const auto stock = repository(fixture);
  for (const auto& commit : commits) {
    INFO(commit.hex());
    compare(store->evidence_of(commit), without_index(*stock, commit));
  }
  RecordQuery unfinished;
  unfinished.unfinished = true;
  CHECK(ids(store->evidence().records(unfinished)) == "2:1 4:1 6:1 8:1 10:1 12:1 ");
  CHECK(told(faults_of(*store)) == "");
  store->rebuild();
  compare(store->evidence(), without_index(*stock, commits.back()));
}

TEST_CASE("records of acts that are not folded yet, or not even durable, are found", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  (void)file_records(fixture, *store);
  store->settle();
  auto record = record_of(2, fixture.clock.now());
  sign(record, record.filed);
  sign(record, record.filed);
  (void)store->commit(manifest_act(record));
  RecordQuery its_id;
  its_id.id = record.id;
  CHECK(ids(store->evidence().records(its_id)) == "2:2 ");
  auto act = manifest_act(record_of(13, fixture.clock.now()));
  act.decide = [&, file = act.decide](const Now& now, Changes& changes) {
    RecordQuery unfinished;
    unfinished.unfinished = true;
    CHECK(ids(now.evidence.records(unfinished)) == "4:1 6:1 8:1 10:1 12:1 ");
    file(now, changes);
  };
  (void)store->commit(act);
}

TEST_CASE("a row that says something else than its manifest is refused by name", "[store]") {
  StoreFixture fixture;
  {
    const auto store = fixture.open();
    (void)file_records(fixture, *store);
  }
  const auto other = fixture.path() / "index" / "catalogue.db";
  Database(other, "test", Database::Kind::projection, Open::existing)
      .run("UPDATE records SET number='ROOM-115-9999' WHERE place=3");
  const auto store = fixture.open();
  RecordQuery query;
  query.number = "ROOM-115-9999";
  CHECK(code_of([&] { (void)store->evidence().records(query); }) == "row-broken");
  CHECK(told(faults_of(*store)).find("index/catalogue.db: records 3") != std::string::npos);
}

TEST_CASE("a quick check takes records filed before and signed since as they are", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  (void)file_records(fixture, *store);
  const auto mark = store->check({{}, [](const std::string&, const std::string&) {}, {}}).up_to;
  fixture.clock.advance(-1h);
  auto record = record_of(2, fixture.clock.now() - 60h);
  sign(record, record.filed);
  sign(record, record.filed);
  (void)store->commit(manifest_act(record));
  (void)store->commit(manifest_act(record_of(13, fixture.clock.now())));
  store->settle();
  CHECK(told(faults_of(*store, mark)) == "");
  Database(fixture.path() / "index" / "catalogue.db", "test", Database::Kind::projection,
           Open::existing)
      .run("DELETE FROM records WHERE place IN (2, 13)");
  const auto faults = told(faults_of(*store, mark));
  CHECK(faults.find("index/catalogue.db: records 13") != std::string::npos);
}

TEST_CASE("with a broken catalogue records are found by walking", "[store]") {
  StoreFixture fixture;
  std::vector<git::ObjectId> commits;
  {
    const auto store = fixture.open();
    commits = file_records(fixture, *store);
  }
  fixture.disk.replace(fixture.path() / "index" / "catalogue.db", std::string(20000, 'x'));
  const auto store = fixture.open();
  const auto stock = repository(fixture);
  compare(store->evidence(), without_index(*stock, commits.back()));
}
