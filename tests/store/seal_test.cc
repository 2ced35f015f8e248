#include <catch2/catch.hpp>

#include "base/error.h"
#include "crypto/digest.h"
#include "store/payloads.h"
#include "store/store_fixture.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;

namespace {

constexpr const char* kWords = "身分證字號A123456789，保密切結書正本";

}  // namespace

TEST_CASE("sealed words stand nowhere in the store and come back with the key", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  (void)store->commit(put_act("records/note", "此為明文對照"));
  const auto ref = seal(*store, kWords);
  CHECK(ref.commitment.starts_with("hmac-sha256:"));
  CHECK(ref.ciphertext.starts_with("sha256:"));
  CHECK(store->payload(ref.payload) == kWords);
  CHECK(fixture.open()->payload(ref.payload) == kWords);
  store->settle();
  for (const char* words : {kWords, "A123456789", "保密切結書"})
    CHECK_FALSE(stands_anywhere(fixture.path(), words));
  // The search itself must be able to find: ids stand in the open.
  CHECK(stands_anywhere(fixture.path(), ref.payload));
}

TEST_CASE(
    "without its key-encryption key a payload cannot be opened, and its name is not used again",
    "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto ref = seal(*store, kWords);
  const auto kek = fixture.path() / "vault" / "kek" / "people-2026-1.kek";
  REQUIRE(fs::exists(kek));
  fs::remove(kek);
  CHECK(code_of([&] { (void)store->payload(ref.payload); }) == "key-missing");
  CHECK(told(faults_of(*store)).find("vault/kek/people-2026-1.kek") != std::string::npos);
  const auto later = seal(*store, "後來的內容");
  CHECK(fs::exists(fixture.path() / "vault" / "kek" / "people-2026-2.kek"));
  CHECK_FALSE(fs::exists(kek));
  CHECK(store->payload(later.payload) == "後來的內容");
  CHECK(code_of([&] { (void)store->payload(ref.payload); }) == "payload-destroyed");
}

TEST_CASE("contents of one class and year share a key, others do not", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  (void)seal(*store, "甲");
  (void)seal(*store, "乙");
  Act act = login_act("chen01");
  act.decide = [](const Now& now, Changes& changes) {
    (void)changes.seal({.record = now.act,
                        .part = "content",
                        .key_class = "nda-15y",
                        .year = 2025,
                        .content = "丙"});
  };
  (void)store->commit(act);
  CHECK(fixture.disk.list(fixture.path() / "vault" / "kek") ==
        std::vector<std::string>{"nda-15y-2025-1.kek", "people-2026-1.kek"});
  act.decide = [](const Now& now, Changes& changes) {
    (void)changes.seal(
        {.record = now.act, .part = "content", .key_class = "../x", .year = 2025, .content = "丁"});
  };
  CHECK(code_of([&] { (void)store->commit(act); }) == "bad-key-class");
}

TEST_CASE("a big content lies in a file of its own and is found by a rebuild", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const std::string big(3 << 20, 'x');
  const auto large = seal(*store, big);
  const auto small = seal(*store, "小");
  const auto name = large.ciphertext.substr(7);
  store->settle();
  CHECK(fs::exists(fixture.path() / "payloads" / name.substr(0, 2) / name));
  CHECK(fs::is_empty(fixture.path() / "payloads" / "incoming"));
  CHECK(fs::file_size(fixture.path() / "journal" / "frames-1") == 256 << 10);
  store->rebuild();
  CHECK(store->payload(large.payload) == big);
  CHECK(store->payload(small.payload) == "小");
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("a segment that would grow beyond 64 MiB is followed by the next", "[store]") {
  PayloadEnd end;
  PayloadPlace place{.payload = "01JDB3J9M0000000000000000A", .length = 1 << 20, .sha256 = {}};
  for (int i = 0; i < 63; ++i) Payloads::put_at(end, place);
  CHECK(place.segment == 1);
  Payloads::put_at(end, place);
  CHECK(place.segment == 2);
  CHECK(place.offset == 0);
  place.length = 1;
  Payloads::put_at(end, place);
  CHECK(place.segment == 2);
}

TEST_CASE("records are read across segments, and past a broken header", "[store]") {
  Scratch scratch;
  SystemDisk disk;
  fs::create_directories(scratch / "payloads");
  Payloads payloads(disk, scratch.path());
  PayloadEnd end{2, 0};
  std::vector<PayloadPlace> places;
  for (const std::string last : {"A", "B", "C"}) {
    const std::string content = "密文" + last;
    places.push_back({.payload = "01JDB3J9M0000000000000000" + last,
                      .length = content.size(),
                      .sha256 = crypto::sha256(content)});
    Payloads::put_at(end, places.back());
    payloads.write({{places.back(), content}});
    payloads.write({{places.back(), content}});
  }
  flip(scratch / "payloads" / "segment-0002", static_cast<std::ptrdiff_t>(places[1].offset) + 10);
  std::vector<std::string> seen;
  std::vector<std::string> faults;
  const auto reached = payloads.scan(
      {}, [&](const PayloadPlace& place) { seen.push_back(place.payload); },
      [&](const std::string& where, const std::string&) { faults.push_back(where); });
  CHECK(seen == std::vector<std::string>{places[0].payload, places[2].payload});
  CHECK(faults ==
        std::vector<std::string>{"payloads/segment-0001",
                                 "payloads/segment-0002 at " + std::to_string(places[1].offset)});
  CHECK(reached.offset == end.offset);
  Bytes read;
  payloads.read(places[2], [&](const Source& source) { read = source(100); });
  CHECK(read == "密文C");
}
