#include "git/index_cursor.h"

#include <algorithm>
#include <cstring>

#include "base/error.h"
#include "git/pack_bytes.h"
#include "git/pack_lookup.h"

namespace vermilion::git {
namespace {

constexpr std::uint64_t kWindow = 1024;
constexpr std::uint64_t kChecksums = 40;

[[noreturn]] void bad_index() {
  throw Error(Failure::corrupt, "bad-index",
              {"Git 包裝檔的索引不正確，請執行 vermilion rebuild",
               "the index of a Git pack is wrong; run `vermilion rebuild`"});
}

std::uint64_t required_number(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at + size > bytes.size()) bad_index();
  std::uint64_t value = 0;
  for (std::size_t i = at; i < at + size; ++i)
    value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

}  // namespace

IndexCursor::IndexCursor(std::unique_ptr<File> index)
    : file_(std::move(index)), count_(listed_objects(*file_)), size_(file_->size()) {
  if (size_ < kIds + 28 * count_ + kChecksums) bad_index();
  fill();
}

void IndexCursor::fill() {
  first_ = at_;
  const auto width = static_cast<std::size_t>(std::min(kWindow, count_ - first_));
  ids_ = file_->read(kIds + 20 * first_, 20 * width);
  offsets_ = file_->read(kIds + 24 * count_ + 4 * first_, 4 * width);
}

ObjectId IndexCursor::id() {
  if (at_ == first_ + kWindow) fill();
  const auto place = static_cast<std::size_t>(20 * (at_ - first_));
  if (place + 20 > ids_.size()) bad_index();
  ObjectId id;
  std::memcpy(id.bytes.data(), ids_.data() + place, 20);
  return id;
}

std::uint64_t IndexCursor::offset() {
  if (at_ == first_ + kWindow) fill();
  const auto value = required_number(offsets_, static_cast<std::size_t>(4 * (at_ - first_)), 4);
  if (value < kLarge) return value;
  const auto place = kIds + 28 * count_ + 8 * (value - kLarge);
  if (place + 8 > size_ - kChecksums) bad_index();
  return required_number(file_->read(place, 8), 0, 8);
}

MergedIndexes::MergedIndexes(Disk& disk, const Path& folder,
                             const std::vector<std::string>& names) {
  for (const auto& name : names)
    cursors_.emplace_back(disk.open(folder / (name + ".idx"), Open::existing));
  for (std::uint32_t pack = 0; pack < cursors_.size(); ++pack) push(pack);
}

void MergedIndexes::push(std::uint32_t pack) {
  if (cursors_[pack].ended()) return;
  heads_.push_back({cursors_[pack].id(), pack});
  std::push_heap(heads_.begin(), heads_.end());
}

bool MergedIndexes::next(ListedObject& object) {
  if (heads_.empty()) return false;
  const auto least = heads_.front();
  object = {least.id, least.pack, cursors_[least.pack].offset()};
  while (!heads_.empty() && heads_.front().id == least.id) {
    std::pop_heap(heads_.begin(), heads_.end());
    const auto pack = heads_.back().pack;
    heads_.pop_back();
    cursors_[pack].next();
    push(pack);
  }
  return true;
}

}  // namespace vermilion::git
