#include "store/journal.h"

#include <algorithm>

#include "base/error.h"
#include "store/bytes_io.h"

namespace vermilion::store {
namespace {

constexpr std::uint64_t kReserved = 4 << 20;
constexpr std::size_t kPiece = 1 << 20;

}  // namespace

void Journal::create(Disk& disk, const Path& store) {
  const auto file = disk.open(store / "journal" / "frames", Open::create);
  file->reserve(kReserved);
  file->sync();
  disk.sync_directory(store / "journal");
}

Journal::Journal(Disk& disk, const Path& store, std::string store_id)
    : store_id_(std::move(store_id)),
      file_(disk.open(store / "journal" / "frames", Open::existing)) {}

JournalScan Journal::scan() {
  written_ = 0;
  if (empty()) return {};
  return scan_frames(file_->read(0, static_cast<std::size_t>(file_->size())), store_id_);
}

bool Journal::empty() {
  const auto size = file_->size();
  for (std::uint64_t at = 0; at < size; at += kPiece) {
    if (!all_zero(file_->read(at, kPiece))) return false;
  }
  return true;
}

void Journal::require_usable() const {
  if (!stopped_) return;
  throw Error(Failure::unavailable, "journal-stopped",
              {"先前寫入日誌失敗，請檢查磁碟後重新開啟資料庫（重新啟動程式）",
               "an earlier write to the journal failed; check the disk and open the store anew "
               "(restart the program)"});
}

void Journal::write(const Frame& frame) {
  const Bytes blocks = frame_blocks(store_id_, frame);
  file_->reserve(std::max<std::uint64_t>(kReserved, blocks.size()));
  written_ = blocks.size();
  try {
    file_->write(0, blocks);
    file_->sync();
  } catch (const Error& error) {
    stopped_ = true;
    try {
      scrub();
    } catch (const Error&) {
      // The next opening finds the frame torn, or whole: then the act did happen.
    }
    throw Error(
        Failure::unavailable, "not-written",
        {"作業未能寫入日誌，請檢查磁碟後重新開啟資料庫，再確認作業是否存在：" + error.said().zh,
         "the act could not be written to the journal; check the disk, open the store anew "
         "and see whether the act is there: " +
             error.said().en});
  }
}

void Journal::scrub() {
  const auto size = file_->size();
  const auto end = written_ > 0 ? written_ : size;
  for (std::uint64_t at = 0; at < end; at += kPiece) {
    const Bytes piece =
        file_->read(at, static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, end - at)));
    if (all_zero(piece)) continue;
    const auto first = piece.find_first_not_of('\0');
    const auto last = piece.find_last_not_of('\0');
    file_->write(at + first, Bytes(last - first + 1, '\0'));
  }
  file_->sync();
  if (size > kReserved) file_->truncate(kReserved);
  written_ = 0;
}

}  // namespace vermilion::store
