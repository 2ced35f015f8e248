#include "store/frame.h"

#include <fmt/format.h>

#include <bit>
#include <optional>

#include "base/error.h"
#include "crypto/digest.h"
#include "store/bytes_io.h"

namespace vermilion::store {
namespace {

constexpr std::size_t kDataSize = 500;
constexpr std::size_t kBlockHeader = kBlockSize - kDataSize;
constexpr std::string_view kFrameMagic = "VMFRAME\n";
constexpr std::uint32_t kFrameFormat = 1;
constexpr std::size_t kStoreSize = 48;
constexpr std::size_t kHashSize = 32;
constexpr std::size_t kStoreAt = kFrameMagic.size() + 4;
constexpr std::size_t kNumberAt = kStoreAt + kStoreSize;
constexpr std::size_t kFrameLengthAt = kNumberAt + 8;
constexpr std::size_t kBodyHashAt = kFrameLengthAt + 8;
constexpr std::size_t kPreviousAt = kBodyHashAt + kHashSize;
constexpr std::size_t kFrameHeaderSize = kPreviousAt + kHashSize;

Bytes store_field(const std::string& store) {
  VERMILION_ASSERT(store.size() <= kStoreSize);
  Bytes field = store;
  field.resize(kStoreSize, '\0');
  return field;
}

Bytes frame_header(const std::string& store, const Frame& frame) {
  VERMILION_ASSERT(frame.previous.size() == kHashSize);
  Bytes header(kFrameMagic);
  put_u32(header, kFrameFormat);
  header += store_field(store);
  put_u64(header, frame.number);
  put_u64(header, frame.body.size());
  header += crypto::sha256(frame.body);
  header += frame.previous;
  return header;
}

std::size_t blocks_for(std::uint64_t body_size) {
  return static_cast<std::size_t>((kFrameHeaderSize + body_size + kDataSize - 1) / kDataSize);
}

std::string place_of(const std::string& name, std::size_t at) {
  return fmt::format("{} at {}", name, at);
}

// Zero, but for a bit or two that rotted since: a block that was written carries a checksum and two numbers, whatever its data.
bool never_written(std::string_view block) {
  int bits = 0;
  for (const char c : block) bits += std::popcount(static_cast<unsigned char>(c));
  return bits <= 2;
}

// Reads one frame out of the journal's bytes.
class FrameReader {
 public:
  FrameReader(std::string_view journal, std::size_t at, const std::string& store,
              const std::string& name)
      : journal_(journal), at_(at), store_(store), name_(name) {}

  // Nothing if the frame is torn.
  std::optional<Frame> read() {
    const auto first = data(0);
    if (!first) return std::nullopt;
    header_ = Bytes(first->substr(0, kFrameHeaderSize));
    check_header();
    auto stream = this->stream();
    if (!stream) return std::nullopt;
    Frame frame{.number = number_,
                .previous = header_.substr(kPreviousAt),
                .body = stream->substr(kFrameHeaderSize, length_),
                .digest = crypto::sha256(header_)};
    if (crypto::sha256(frame.body) != header_.substr(kBodyHashAt, kHashSize)) {
      broken(at_, "body digest");
    }
    return frame;
  }
  [[nodiscard]] std::size_t end() const { return at_ + blocks_for(length_) * kBlockSize; }

 private:
  // The data of one block, checked; nothing if it was never written.
  std::optional<std::string_view> data(std::size_t index) const {
    const std::size_t at = at_ + index * kBlockSize;
    const auto block = journal_.substr(at, kBlockSize);
    if (block.size() < kBlockSize) broken(at, "file ends inside a frame");
    if (never_written(block)) return std::nullopt;
    if (read_u32(block, 0) != crc32(block.substr(4))) broken(at, "block checksum");
    const bool expected = read_u32(block, 8) == index &&
                          (index == 0 || read_u32(block, 4) == (number_ & 0xffffffffU));
    if (!expected) broken(at, "block number");
    return block.substr(kBlockHeader);
  }

  void check_header() {
    if (!header_.starts_with(kFrameMagic)) broken(at_, "no frame begins here");
    if (read_u32(header_, kFrameMagic.size()) != kFrameFormat) broken(at_, "frame format");
    if (header_.substr(kStoreAt, kStoreSize) != store_field(store_)) broken(at_, "store id");
    number_ = read_u64(header_, kNumberAt);
    length_ = read_u64(header_, kFrameLengthAt);
    if (number_ == 0 || length_ > journal_.size()) broken(at_, "frame header");
  }

  std::optional<Bytes> stream() const {
    Bytes stream;
    stream.reserve(blocks_for(length_) * kDataSize);
    bool torn = false;
    for (std::size_t i = 0; i < blocks_for(length_); ++i) {
      if (const auto block = data(i)) {
        stream += *block;
      } else {
        torn = true;
      }
    }
    if (torn) return std::nullopt;
    return stream;
  }

  [[noreturn]] void broken(std::size_t at, const char* what) const {
    frame_broken(place_of(name_, at), what);
  }

  std::string_view journal_;
  std::size_t at_;
  const std::string& store_;
  const std::string& name_;
  Bytes header_;
  std::uint64_t number_ = 0;
  std::uint64_t length_ = 0;
};

// What follows the last whole frame was never acknowledged, or is folded already. It must still be
// what we wrote: damage is told even where it does no harm.
bool residue_from(std::string_view journal, std::size_t at, const std::string& name) {
  bool residue = false;
  for (; at < journal.size(); at += kBlockSize) {
    const auto block = journal.substr(at, kBlockSize);
    if (all_zero(block)) continue;
    residue = true;
    if (never_written(block)) continue;
    if (block.size() < kBlockSize || read_u32(block, 0) != crc32(block.substr(4))) {
      frame_broken(place_of(name, at), "block checksum");
    }
  }
  return residue;
}

}  // namespace

Frame make_frame(const std::string& store, std::uint64_t number, Bytes previous, Bytes body) {
  Frame frame{
      .number = number, .previous = std::move(previous), .body = std::move(body), .digest = {}};
  frame.digest = crypto::sha256(frame_header(store, frame));
  return frame;
}

Bytes frame_blocks(const std::string& store, const Frame& frame) {
  Bytes stream = frame_header(store, frame) + frame.body;
  const std::size_t count = blocks_for(frame.body.size());
  stream.resize(count * kDataSize, '\0');
  Bytes blocks;
  blocks.reserve(count * kBlockSize);
  Bytes block;
  for (std::size_t i = 0; i < count; ++i) {
    block.clear();
    put_u32(block, static_cast<std::uint32_t>(frame.number));
    put_u32(block, static_cast<std::uint32_t>(i));
    block.append(stream, i * kDataSize, kDataSize);
    put_u32(blocks, crc32(block));
    blocks += block;
  }
  return blocks;
}

JournalScan scan_frames(std::string_view journal, const std::string& store,
                        const std::string& name) {
  JournalScan scan;
  std::size_t at = 0;
  while (at < journal.size() && !never_written(journal.substr(at, kBlockSize))) {
    FrameReader reader(journal, at, store, name);
    auto frame = reader.read();
    if (!frame) break;
    if (!scan.frames.empty() && (frame->number != scan.frames.back().number + 1 ||
                                 frame->previous != scan.frames.back().digest)) {
      frame_broken(place_of(name, at), "frame does not follow the one before");
    }
    scan.frames.push_back(std::move(*frame));
    at = reader.end();
  }
  scan.residue = residue_from(journal, at, name);
  return scan;
}

void frame_broken(const std::string& place, const char* what) {
  throw Error(Failure::corrupt, "frame-broken",
              {fmt::format("{}：日誌框損毀（{}）；其中的作業可能尚未歸檔，請勿刪除，由備份比對還原",
                           place, what),
               fmt::format("{}: frame broken ({}); it may hold an act not yet filed: do not delete "
                           "it, compare with a backup",
                           place, what)});
}

}  // namespace vermilion::store
