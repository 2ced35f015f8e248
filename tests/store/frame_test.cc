#include "store/frame.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/frame_body.h"
#include "store/store_fixture.h"

using namespace vermilion;
using namespace vermilion::store;

namespace {

constexpr const char* kStore = "v-3f9c1a2b";

struct TwoFrames {
  Frame first = make_frame(kStore, 7, Bytes(32, '\1'), fmt::format("{:a>1200}甲", ""));
  Frame second = make_frame(kStore, 8, first.digest, "乙");
  Bytes blocks = frame_blocks(kStore, first) + frame_blocks(kStore, second);
  // As it lies on disk: followed by space that was never written.
  [[nodiscard]] Bytes journal() const { return blocks + Bytes(8192, '\0'); }
};

std::string failure_of(const Bytes& journal) {
  try {
    (void)scan_frames(journal, kStore, "journal/frames-1");
  } catch (const Error& error) {
    CHECK(error.failure() == Failure::corrupt);
    return error.said().en.substr(0, error.said().en.find(':'));
  }
  return "none";
}

}  // namespace

TEST_CASE("several frames are read back in order", "[store]") {
  const TwoFrames frames;
  const auto scan = scan_frames(frames.journal(), kStore, "journal/frames-1");
  REQUIRE(scan.frames.size() == 2);
  CHECK(scan.frames[0].body == frames.first.body);
  CHECK(scan.frames[1].body == "乙");
  CHECK(scan.frames[1].digest == frames.second.digest);
  CHECK_FALSE(scan.residue);
  CHECK(scan_frames(Bytes(8192, '\0'), kStore, "journal/frames-1").frames.empty());
}

TEST_CASE("a frame that lacks any of its blocks was never acknowledged and vanishes", "[store]") {
  const TwoFrames frames;
  const auto first_size = frame_blocks(kStore, frames.first).size();
  for (std::size_t at = 0; at < frames.blocks.size(); at += kBlockSize) {
    INFO(at);
    Bytes journal = frames.journal();
    journal.replace(at, kBlockSize, Bytes(kBlockSize, '\0'));
    const auto scan = scan_frames(journal, kStore, "journal/frames-1");
    CHECK(scan.frames.size() == (at < first_size ? 0 : 1));
    CHECK((scan.residue || at >= first_size));
  }
}

TEST_CASE("a bit that rots in space never written is no evidence, and is wiped", "[store]") {
  const TwoFrames frames;
  for (std::size_t at = frames.blocks.size(); at < frames.journal().size(); at += 97) {
    Bytes journal = frames.journal();
    journal[at] = static_cast<char>(1 << at % 8);
    INFO(at);
    const auto scan = scan_frames(journal, kStore, "journal/frames-1");
    CHECK(scan.frames.size() == 2);
    CHECK(scan.residue);
    journal[at] = '\x77';  // more than rots by itself: something was written
    CHECK(failure_of(journal) ==
          "journal/frames-1 at " + std::to_string(at / kBlockSize * kBlockSize));
  }
}

TEST_CASE("every flipped bit of a frame is told with its block", "[store]") {
  const TwoFrames frames;
  const Bytes good = frames.journal();
  for (std::size_t at = 0; at < frames.blocks.size(); ++at) {
    Bytes journal = good;
    journal[at] = static_cast<char>(journal[at] ^ (1 << at % 8));
    INFO(at);
    CHECK(failure_of(journal) ==
          "journal/frames-1 at " + std::to_string(at / kBlockSize * kBlockSize));
  }
}

TEST_CASE("frames of another store, out of order or cut off by the file's end are refused",
          "[store]") {
  const TwoFrames frames;
  CHECK_THROWS_AS(scan_frames(frames.journal(), "v-00000000", "journal/frames-1"), Error);
  const auto third = make_frame(kStore, 10, frames.second.digest, "丙");
  CHECK(failure_of(frames.blocks + frame_blocks(kStore, third)) == "journal/frames-1 at 2048");
  const auto stray = make_frame(kStore, 9, Bytes(32, '\2'), "丙");
  CHECK(failure_of(frames.blocks + frame_blocks(kStore, stray)) == "journal/frames-1 at 2048");
  CHECK(failure_of(frames.blocks.substr(0, kBlockSize)) == "journal/frames-1 at 0");
}

TEST_CASE("a torn frame is dropped silently by the next opening", "[store]") {
  StoreFixture fixture;
  const auto id = fixture.open()->settings().id;
  const auto frame = make_frame(id, 2, Bytes(32, '\0'), std::string(2000, 'x'));
  const auto blocks = frame_blocks(id, frame);
  fixture.disk.open(fixture.path() / "journal" / "frames-1", Open::existing)
      ->write(0, blocks.substr(0, blocks.size() - kBlockSize));
  const auto store = fixture.open();
  CHECK(store->log().checkpoint().size == 1);
  CHECK(told(faults_of(*store)) == "");
  CHECK(fixture.disk.read_all(fixture.path() / "journal" / "frames-1").find_first_not_of('\0') ==
        Bytes::npos);
  CHECK(store->commit(login_act("chen01")).log_index == 1);
}

TEST_CASE("a whole frame that does not follow the last one folded is refused", "[store]") {
  StoreFixture fixture;
  const auto id = fixture.open()->settings().id;
  FrameBody body;
  body.act = "01JDB3J9M0000000000000000A";
  body.log_index = 1;
  body.log_entry = "{}";
  for (const std::uint64_t number : {1, 2, 9}) {
    INFO(number);
    const auto frame = make_frame(id, number, Bytes(32, '\7'), encode_body(body));
    fixture.disk.open(fixture.path() / "journal" / "frames-1", Open::existing)
        ->write(0, frame_blocks(id, frame));
    CHECK(code_of([&] { (void)fixture.open(); }) == "frame-broken");
  }
}
