// Any bytes as a journal and as the body of a frame in it: whole frames, a torn end, or an Error; never a crash, and what is read is what
// was written. Seeds: bodies of frames (CBOR).
#include <cstddef>
#include <cstdint>

#include "base/error.h"
#include "store/frame.h"
#include "store/frame_body.h"

using namespace vermilion;
using namespace vermilion::store;

namespace {

const std::string kStore = "01JDB3J9M0000000000000000A";
const std::string kName = "journal/frames-1";

void expect_answer(const std::function<void()>& read) {
  try {
    read();
  } catch (const Error& error) {
    VERMILION_ASSERT(error.failure() == Failure::corrupt);
  }
}

void read_journal(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const auto& frame : scan_frames(bytes, kStore, kName).frames) {
    VERMILION_ASSERT(frame.number > number);
    number = frame.number;
  }
}

void read_body(const Bytes& body) {
  const auto again = encode_body(decode_body(body));
  VERMILION_ASSERT(encode_body(decode_body(again)) == again);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes bytes(reinterpret_cast<const char*>(data), size);
  expect_answer([&] { read_journal(bytes); });
  expect_answer([&] { read_body(bytes); });
  // The bytes as a frame's body, whole and then with one bit of a block changed.
  const auto frame = make_frame(kStore, 1, Bytes(32, '\0'), bytes);
  auto blocks = frame_blocks(kStore, frame);
  const auto scan = scan_frames(blocks + Bytes(kBlockSize, '\0'), kStore, kName);
  VERMILION_ASSERT(scan.frames.size() == 1 && scan.frames[0].body == bytes);
  blocks[size % blocks.size()] ^= 1;
  expect_answer([&] {
    read_journal(blocks);
    VERMILION_ASSERT(!"a changed block was taken");
  });
  return 0;
}
