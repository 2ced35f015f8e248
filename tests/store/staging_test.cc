#include "store/staging.h"

#include <sys/resource.h>

#include <catch2/catch.hpp>

#include "crypto/sealing.h"
#include "store/store_fixture.h"
#include "support/child.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kScanSize = 64 << 20;

// The n-th byte of a scan that nobody holds.
char byte_at(std::uint64_t n) { return static_cast<char>(n * 2654435761U >> 13); }

Source scan_of(std::uint64_t size) {
  return [size, at = std::uint64_t{0}](std::size_t wanted) mutable {
    Bytes piece;
    for (; piece.size() < wanted && at < size; ++at) piece += byte_at(at);
    return piece;
  };
}

SealRequest attachment(const Bytes& salt = {}) {
  return {.record = "01JDB3J9M0000000000000000A",
          .part = "attachment-01",
          .key_class = "nda-15y",
          .year = 2026,
          .content = {},
          .salt = salt};
}

Act filing(const StagedPayload& staged) {
  Act act = put_act("records/附件", staged.ref.payload, "record 1");
  act.decide = [&staged](const Now&, Changes& changes) {
    changes.file(staged);
    changes.put("records/attachment", staged.ref.payload);
  };
  return act;
}

// Size of what comes back; every byte has been compared.
std::uint64_t returned(Store& store, const std::string& payload) {
  std::uint64_t size = 0;
  bool same = true;
  (void)store.stream_payload(payload, [&](std::string_view piece) {
    for (const char byte : piece) same = same && byte == byte_at(size++);
  });
  return same ? size : 0;
}

bool nothing_waits(const fs::path& store) {
  const auto incoming = store / "payloads" / "incoming";
  return !fs::exists(incoming) || fs::is_empty(incoming);
}

long peak_kib() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

// What `work` adds to the most memory that a process of its own ever held.
[[maybe_unused]] long peak_of(const std::function<void()>& work) {
  const auto child = start_child([&](int answer) {
    const long before = peak_kib();
    work();
    const long more = peak_kib() - before;
    if (::write(answer, &more, sizeof more) != sizeof more) ::_exit(2);
  });
  long more = -1;
  CHECK(::read(child.reading, &more, sizeof more) == sizeof more);
  ::close(child.reading);
  CHECK(end_of(child) == 0);
  return more;
}

}  // namespace

TEST_CASE("a staged content is filed by an act and streams back, before and after it is folded",
          "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const Bytes salt(crypto::kSaltSize, 's');
  const auto staged = store->stage(attachment(salt), scan_of(5'000'000));
  CHECK_FALSE(nothing_waits(fixture.path()));
  (void)store->commit(filing(staged));
  CHECK(returned(*store, staged.ref.payload) == 5'000'000);
  store->settle();
  CHECK(nothing_waits(fixture.path()));
  CHECK(returned(*store, staged.ref.payload) == 5'000'000);
  const auto again = fixture.open();
  const auto opened = again->open_payload(staged.ref.payload);
  CHECK(opened.part == "attachment-01");
  CHECK(opened.ciphertext == staged.ref.ciphertext);
  CHECK(opened.commitment == staged.ref.commitment);
  CHECK(opened.commitment == "hmac-sha256:" + hex(crypto::commitment_of(salt, opened.content)));
  again->rebuild();
  CHECK(returned(*again, staged.ref.payload) == 5'000'000);
  CHECK(told(faults_of(*again)) == "");
}

TEST_CASE("what was staged and never filed cannot be read and is gone after a day", "[store]") {
  StoreFixture fixture;
  const auto staged = fixture.open()->stage(attachment(), scan_of(100'000));
  CHECK(code_of([&] { (void)fixture.open()->payload(staged.ref.payload); }) == "payload-destroyed");
  fixture.clock.advance(23h);
  (void)fixture.open()->commit(login_act("chen01"));
  CHECK_FALSE(nothing_waits(fixture.path()));
  fixture.clock.advance(2h);
  (void)fixture.open()->commit(login_act("chen01"));
  CHECK(nothing_waits(fixture.path()));
  CHECK(told(faults_of(*fixture.open())) == "");
}

TEST_CASE("what was staged and swept away cannot be filed any more", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto staged = store->stage(attachment(), scan_of(100'000));
  fixture.clock.advance(25h);
  CHECK(code_of([&] { (void)store->commit(filing(staged)); }) == "staged-gone");
  CHECK(store->commit(login_act("chen01")).log_index == 1);
  CHECK(told(faults_of(*store)) == "");
}

TEST_CASE("of a changed content in a file of its own only verified pieces are handed on",
          "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  const auto staged = store->stage(attachment(), scan_of(1'000'000));
  (void)store->commit(filing(staged));
  store->settle();
  const auto name = staged.ref.ciphertext.substr(7);
  flip(fixture.path() / "payloads" / name.substr(0, 2) / name, 700'000);
  std::uint64_t size = 0;
  bool same = true;
  const auto read = [&] {
    (void)store->stream_payload(staged.ref.payload, [&](std::string_view piece) {
      for (const char byte : piece) same = same && byte == byte_at(size++);
    });
  };
  CHECK(code_of(read) == "payload-broken");
  CHECK(same);
  CHECK(size > 600'000);
  CHECK(size < 700'000);
  CHECK(told(faults_of(*store)).find("payloads/segment-0001 at") != std::string::npos);
}

TEST_CASE("64 MiB are sealed, filed and read without ever being held", "[store]") {
  StoreFixture fixture;
  const auto file_and_read = [&] {
    const auto store = fixture.open();
    const auto staged = store->stage(attachment(), scan_of(kScanSize));
    (void)store->commit(filing(staged));
    if (returned(*store, staged.ref.payload) != kScanSize) ::_exit(1);
    store->settle();
  };
#ifdef __SANITIZE_ADDRESS__
  WARN("skipped: the address sanitizer keeps what was freed");
  (void)file_and_read;
#else
  CHECK(peak_of(file_and_read) < 24 * 1024);
#endif
  CHECK(nothing_waits(fixture.path()));
}
