// What a failing disk leaves behind. SQLite does its own input and output, so that these faults
// reach the journal, payloads, packs, refs, log and key files; the databases are covered by
// kill_test.cc.
#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/staging.h"
#include "store/store_fixture.h"
#include "support/faulty_disk.h"
#include "support/gated_disk.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;

namespace {

// 1 when all of act `number` is there, 0 when nothing of it is; anything between fails the test.
int presence(Store& store, int number, std::size_t padding) {
  const auto name = std::to_string(number);
  const auto payload = store.evidence().read("records/" + name);
  const auto draft = store.draft("ISMS-01-002/3.6").read("draft");
  LogFilter filter;
  filter.subject_prefix = "record " + name;
  const bool there = payload.has_value();
  CHECK(store.catalogue().log(filter).size() == (there ? 1 : 0));
  CHECK((draft == name) == there);
  CHECK((store.password("chen01") == "$phc$" + name) == there);
  const auto kept = store.kept_key("chen01");
  CHECK((kept && kept->certificate == name) == there);
  if (there) CHECK((store.payload(*payload) == "保密切結書 " + name + std::string(padding, ' ')));
  return there ? 1 : 0;
}

// Fails the n-th disk call of one act for n = 1, 2, 3 … until it succeeds; `power_cut` also forgets
// what was not synced.
void fail_every_call_of_act(FaultyDisk::After after, bool power_cut, std::size_t padding = 0) {
  StoreFixture fixture;
  std::size_t n = 1;
  int pending = 0;
  for (bool failed = true; failed; ++n) {
    INFO("call " << n);
    const int number = static_cast<int>(1000 + n);
    FaultyDisk faulty(fixture.disk);
    std::string code;
    {
      const auto store = fixture.open(faulty);
      faulty.fail_at(n, after);
      code = code_of([&] {
        (void)store->commit(full_act(std::to_string(number), 2000 + number % 7, padding));
      });
    }  // the rest of the calls are the fold's
    failed = faulty.failed();
    if (power_cut) faulty.drop_unsynced();
    const auto store = fixture.open();
    const int there = presence(*store, number, padding);
    if (code == "none") CHECK(there == 1);
    if (code != "none" && code != "not-written") CHECK(there == 0);
    pending += code == "none" && failed ? 1 : 0;
    CHECK(told(faults_of(*store)) == "");
    // It goes on; and what a fold that was cut short left behind is swept away.
    (void)store->commit(login_act("chen01"));
    REQUIRE(n < 200);
  }
  CHECK(n > 30);
  CHECK(pending > 20);
}

// Writes down which file every sync and replacement went to.
class ListeningDisk : public FaultyDisk {
 public:
  using FaultyDisk::FaultyDisk;
  std::unique_ptr<File> open(const Path& path, Open how) override {
    class Listening : public File {
     public:
      Listening(std::unique_ptr<File> inner, std::string name, std::vector<std::string>& heard)
          : inner_(std::move(inner)), name_(std::move(name)), heard_(heard) {}
      std::uint64_t size() override { return inner_->size(); }
      Bytes read(std::uint64_t offset, std::size_t size) override {
        return inner_->read(offset, size);
      }
      void write(std::uint64_t offset, std::string_view bytes) override {
        heard_.push_back("write " + name_);
        inner_->write(offset, bytes);
      }
      void sync() override {
        heard_.push_back("sync " + name_);
        inner_->sync();
      }
      void reserve(std::uint64_t size) override { inner_->reserve(size); }
      void truncate(std::uint64_t size) override { inner_->truncate(size); }
      void punch(std::uint64_t offset, std::uint64_t size) override { inner_->punch(offset, size); }

     private:
      std::unique_ptr<File> inner_;
      std::string name_;
      std::vector<std::string>& heard_;
    };
    return std::make_unique<Listening>(FaultyDisk::open(path, how), path.filename().string(),
                                       heard);
  }
  void replace(const Path& path, std::string_view bytes, unsigned mode) override {
    heard.push_back("replace " + path.filename().string());
    FaultyDisk::replace(path, bytes, mode);
  }

  std::vector<std::string> heard;
};

}  // namespace

TEST_CASE("an act is durable after one write and one sync of the journal, before anything else",
          "[store]") {
  StoreFixture fixture;
  ListeningDisk disk(fixture.disk);
  const auto store = fixture.open(disk);
  // Each of the two files is synced once before its first use.
  for (const char* text : {"先行", "再行"}) {
    (void)store->commit(put_act("a", text));
    store->settle();
  }
  disk.heard.clear();
  (void)store->commit(put_act("a", "甲"));
  store->settle();
  REQUIRE(disk.heard.size() > 4);
  CHECK(disk.heard[0] == "write frames-1");
  CHECK(disk.heard[1] == "sync frames-1");
  CHECK(disk.heard[2] != "sync frames-1");
  // The other one is the scrub, the very last thing.
  CHECK(std::count(disk.heard.begin(), disk.heard.end(), "sync frames-1") == 2);
  CHECK(disk.heard.back() == "sync frames-1");
}

TEST_CASE("whichever disk call fails, the act is there whole or not at all", "[store]") {
  fail_every_call_of_act(FaultyDisk::After::works, false);
}

TEST_CASE("whichever disk call the process dies in, the act is there whole or not at all",
          "[store]") {
  fail_every_call_of_act(FaultyDisk::After::dead, false);
}

TEST_CASE("a power cut in any disk call loses nothing acknowledged", "[store]") {
  fail_every_call_of_act(FaultyDisk::After::dead, true);
}

TEST_CASE("a content in a file of its own is there whole or not at all, whatever the power cut hits",
          "[store]") {
  fail_every_call_of_act(FaultyDisk::After::dead, true, kInlineSize);
}

TEST_CASE("a store whose journal could not be written refuses acts until it is opened anew",
          "[store]") {
  StoreFixture fixture;
  FaultyDisk faulty(fixture.disk);
  const auto store = fixture.open(faulty);
  std::string code;
  // The first calls may prepare; the one that writes the frame is what we want to hit.
  for (std::size_t n = 1; code != "not-written"; ++n) {
    REQUIRE(n < 10);
    faulty.fail_at(n);
    code = code_of([&] { (void)store->commit(login_act("chen01")); });
  }
  faulty.fail_at(0);
  CHECK(code_of([&] { (void)store->commit(login_act("chen01")); }) == "journal-stopped");
  CHECK(code_of([&] { (void)fixture.open()->commit(login_act("chen01")); }) == "none");
}

TEST_CASE("an act for which the disk had no room leaves no gap, and the store goes on", "[store]") {
  StoreFixture fixture;
  FaultyDisk faulty(fixture.disk);
  const auto store = fixture.open(faulty);
  (void)store->commit(put_act("a", "甲"));
  store->settle();
  faulty.fail_at(1);
  // It needs more than the journal has: asking for room is the first call.
  const std::string big(300 << 10, 'b');
  CHECK(code_of([&] { (void)store->commit(put_act("b", big)); }) == "disk-full");
  faulty.fail_at(0);
  CHECK(store->commit(put_act("c", "丙")).log_index == 2);
  CHECK_FALSE(store->evidence().read("b"));
  CHECK(store->evidence().require("c") == "丙");
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("acts behind one that had no room are read back from the journal", "[store]") {
  StoreFixture fixture;
  FaultyDisk faulty(fixture.disk);
  GatedDisk disk(faulty);
  const auto store = fixture.open(disk);
  const OpenGate later(disk);
  (void)store->commit(put_act("a", "甲"));
  store->settle();
  faulty.fail_at(1);
  CHECK(code_of([&] { (void)store->commit(put_act("b", std::string(300 << 10, 'b'))); }) ==
        "disk-full");
  faulty.fail_at(0);
  disk.close(kPacks);
  for (const char* path : {"c", "d"}) (void)store->commit(put_act(path, "丙"));
  const auto killed = as_killed(fixture);
  CHECK(killed->evidence().require("c") == "丙");
  CHECK(killed->evidence().require("d") == "丙");
  CHECK(told(faults_of(*killed)) == "");
}

TEST_CASE("acts behind those of another process are read back from the journal", "[store]") {
  StoreFixture fixture;
  GatedDisk disk(fixture.disk);
  const auto here = fixture.open(disk);
  const OpenGate later(disk);
  const auto there = fixture.open();
  (void)here->commit(put_act("a", "甲"));
  (void)there->commit(put_act("b", "乙"));
  there->settle();
  disk.close(kPacks);
  for (const char* path : {"c", "d"}) (void)here->commit(put_act(path, "丙"));
  const auto killed = as_killed(fixture);
  for (const char* path : {"a", "b", "c", "d"}) CHECK(killed->evidence().read(path));
  CHECK(told(faults_of(*killed)) == "");
}

TEST_CASE("a fold that failed is tried again, and acts are refused until it succeeds", "[store]") {
  StoreFixture fixture;
  GatedDisk disk(fixture.disk);
  const auto store = fixture.open(disk);
  disk.break_syncs("payloads");
  const auto payload = seal(*store, "不可遺失").payload;
  CHECK(code_of([&] { store->settle(); }) == "fold-pending");
  CHECK(code_of([&] { (void)store->commit(put_act("b", "拒收")); }) == "fold-pending");
  CHECK(store->payload(payload) == "不可遺失");
  disk.break_syncs("");
  (void)store->commit(put_act("b", "下一件"));
  CHECK(store->payload(payload) == "不可遺失");
  CHECK(store->evidence().require("b") == "下一件");
  CHECK(told(faults_of(*store)) == "");
}
