#include "store/journal.h"

#include <algorithm>

#include "base/error.h"
#include "store/bytes_io.h"

namespace vermilion::store {
namespace {

constexpr std::uint64_t kFirst = 256 << 10;
constexpr std::uint64_t kKept = 4 << 20;
constexpr std::array kNames = {"frames-1", "frames-2"};

// In pieces that malloc has at hand: whoever opens a store to write waits for this.
bool is_zero(File& file) {
  constexpr std::size_t piece = 64 << 10;
  const auto size = file.size();
  for (std::uint64_t at = 0; at < size; at += piece) {
    if (!all_zero(file.read(at, piece))) return false;
  }
  return true;
}

// Zeroes what is not zero between two offsets.
void wipe_frames(File& file, std::uint64_t from, std::uint64_t to) {
  for (std::uint64_t at = from; at < to; at += kPiece) {
    const Bytes piece =
        file.read(at, static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, to - at)));
    if (all_zero(piece)) continue;
    const auto first = piece.find_first_not_of('\0');
    const auto last = piece.find_last_not_of('\0');
    file.write(at + first, Bytes(last - first + 1, '\0'));
  }
  file.sync();
}

}  // namespace

void Journal::create(Disk& disk, const Path& store) {
  for (const char* name : kNames) {
    const auto file = disk.open(store / "journal" / name, Open::create);
    file->reserve(kFirst);
    file->sync();
  }
  disk.sync_directory(store / "journal");
}

Journal::Journal(Disk& disk, const Path& store, std::string store_id)
    : store_id_(std::move(store_id)) {
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    parts_[i].name = std::string("journal/") + kNames[i];
    parts_[i].file = disk.open(store / "journal" / kNames[i], Open::existing);
  }
}

JournalScan Journal::scan() {
  std::array<JournalScan, 2> found;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    auto& part = parts_[i];
    part.end = 0;
    // Another writer may have made it longer, been killed, and not made that durable.
    if (part.file->size() != part.ready) part.ready = 0;
    part.known = is_zero(*part.file);
    if (part.known) continue;
    const auto bytes = part.file->read(0, static_cast<std::size_t>(part.file->size()));
    found[i] = scan_frames(bytes, store_id_, part.name);
  }
  auto& [first, second] = found;
  const bool swapped = !first.frames.empty() && !second.frames.empty() &&
                       second.frames.front().number < first.frames.front().number;
  if (swapped) std::swap(first, second);
  first.residue = first.residue || second.residue;
  std::move(second.frames.begin(), second.frames.end(), std::back_inserter(first.frames));
  return std::move(first);
}

bool Journal::empty() {
  return std::all_of(parts_.begin(), parts_.end(),
                     [](const Part& part) { return all_zero(part.file->read(0, kBlockSize)); });
}

void Journal::require_usable() const {
  if (!stopped_) return;
  throw Error(Failure::unavailable, "journal-stopped",
              {"先前寫入日誌失敗，請檢查磁碟後重新開啟資料庫（重新啟動程式）",
               "an earlier write to the journal failed; check the disk and open the store anew "
               "(restart the program)"});
}

void Journal::append(std::string_view blocks) {
  require_usable();
  auto& part = parts_[used_];
  if (!part.known) scrub(used_);
  const auto end = part.end + blocks.size();
  const auto size = part.file->size();
  if (end > size) part.file->reserve(std::max(end, size + std::min(size, kKept)));
  try {
    make_ready(part, end);
    part.file->write(part.end, blocks);
    part.file->sync();
  } catch (const Error& error) {
    stop(error.said());
  } catch (const std::exception& error) {
    stop({error.what(), error.what()});
  }
  part.end = end;
}

// Synced before the frame is written: its own sync must not hang on the file's metadata. On ext4 a frame in blocks that were only
// promised was acknowledged and gone when the file system turned read-only at that moment (scripts/torture).
void Journal::make_ready(Part& part, std::uint64_t end) {
  if (end <= part.ready) return;
  part.file->sync();
  part.ready = part.file->size();
}

void Journal::stop(const Said& reason) {
  stopped_ = true;
  withdraw();
  throw Error(Failure::unavailable, "not-written",
              {"作業未能寫入日誌，請檢查磁碟後重新開啟資料庫，再確認作業是否存在：" + reason.zh,
               "the act could not be written to the journal; check the disk, open the store anew "
               "and see whether the act is there: " +
                   reason.en});
}

// What may have reached the disk is zeroed if that can be done at all.
void Journal::withdraw() {
  auto& part = parts_[used_];
  part.known = false;
  try {
    wipe_frames(*part.file, part.end, part.file->size());
  } catch (const std::exception&) {
    // The next opening finds the frames torn, or whole: then the acts did happen.
  }
}

std::size_t Journal::turn() {
  const auto rests = used_;
  used_ = 1 - used_;
  return rests;
}

void Journal::scrub(std::size_t file) {
  auto& part = parts_[file];
  const auto size = part.file->size();
  wipe_frames(*part.file, 0, part.known ? part.end : size);
  if (size > kKept) part.file->truncate(kKept);
  part.ready = std::min(part.ready, kKept);
  part.end = 0;
  part.known = true;
}

void Journal::scrub() {
  for (std::size_t i = 0; i < parts_.size(); ++i) scrub(i);
}

}  // namespace vermilion::store
