#include "git/pack_merge.h"

#include <algorithm>

#include "base/error.h"
#include "git/pack_bytes.h"

namespace vermilion::git {
namespace {

constexpr std::size_t kUnsynced = 8 << 20;
constexpr std::size_t kPackHeader = 12;
constexpr std::size_t kLongestHeader = 32;  // type and size, and the way back to a base
constexpr unsigned kOffsetDelta = 6;
constexpr const char* kNewPack = ".pack.vermilion-merge";

[[noreturn]] void damaged(const std::string& name, const ObjectId& id) {
  throw Error(Failure::corrupt, "pack-damaged",
              {"Git 包裝檔 " + name + " 中的物件 " + id.hex() + " 已損毀，請執行 vermilion verify",
               "the object " + id.hex() + " in the Git pack " + name +
                   " is damaged; run `vermilion verify`"});
}

Bytes big_endian32(std::uint64_t value) {
  Bytes bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 255U);
  return bytes;
}

// How an object begins in a pack.
struct Header {
  unsigned type = 0;
  std::size_t size = 0;    // bytes of type and length
  std::uint64_t back = 0;  // to the base of a delta
  std::size_t whole = 0;   // bytes of all of it
};

Header parse_header(std::string_view bytes) {
  const auto at = [&](std::size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  Header header;
  header.type = at(0) >> 4 & 7U;
  while (at(header.size) & 0x80U) ++header.size;
  header.whole = ++header.size;
  if (header.type != kOffsetDelta) return header;
  header.back = at(header.whole) & 0x7fU;
  while (at(header.whole) & 0x80U)
    header.back = (header.back + 1) << 7 | (at(++header.whole) & 0x7fU);
  ++header.whole;
  return header;
}

// Seven bits in each byte, high ones first, each but the last counted one less.
Bytes way_back(std::uint64_t distance) {
  Bytes bytes(1, static_cast<char>(distance & 0x7fU));
  while (distance >>= 7)
    bytes.insert(bytes.begin(), static_cast<char>((--distance & 0x7fU) | 0x80U));
  return bytes;
}

}  // namespace

// The pack that is being copied, its objects in the order they lie in.
struct PackMerge::Source {
  std::string name;
  std::size_t number;
  std::unique_ptr<File> file;
  std::vector<PackEntry> entries;
  std::uint64_t end;  // behind the last object
  std::size_t next = 0;

  // The object that begins there.
  [[nodiscard]] const PackEntry& at(std::uint64_t offset, const PackEntry& asking) const {
    const auto found =
        std::lower_bound(entries.begin(), entries.end(), offset,
                         [](const PackEntry& entry, std::uint64_t o) { return entry.offset < o; });
    if (found == entries.end() || found->offset != offset) damaged(name, asking.id);
    return *found;
  }
  [[nodiscard]] std::uint64_t end_of(std::size_t i) const {
    return i + 1 < entries.size() ? entries[i + 1].offset : end;
  }
};

PackMerge::PackMerge(Disk& disk, Path pack_folder, std::vector<std::string> sources)
    : disk_(disk), folder_(std::move(pack_folder)), sources_(std::move(sources)) {
  gather();
  Sha1 ids;
  for (const auto& object : objects_)
    ids.add({reinterpret_cast<const char*>(object.entry.id.bytes.data()),
             object.entry.id.bytes.size()});
  name_ = "pack-" + hex(ids.finish());
  temporary_ = file(name_, kNewPack);
  output_ = disk_.open(temporary_, Open::create);
  output_->truncate(0);
  append(Bytes("PACK\0\0\0\2", 8) + big_endian32(objects_.size()));
}

PackMerge::~PackMerge() {
  output_.reset();
  try {
    if (disk_.exists(file(name_, kNewIndex)) && !disk_.exists(file(name_, ".idx")))
      disk_.remove(file(name_, ".pack"));
    disk_.remove(file(name_, kNewIndex));
    disk_.remove(temporary_);
  } catch (const Error&) {
    // The next start removes them.
  }
}

Path PackMerge::file(const std::string& name, const char* suffix) const {
  return folder_ / (name + suffix);
}

// Each id with the first source that holds it.
void PackMerge::gather() {
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    for (const auto& id : parse_index(disk_.read_all(file(sources_[i], ".idx"))).ids)
      objects_.push_back({{.id = id}, i});
  }
  std::sort(objects_.begin(), objects_.end(), [](const Placed& a, const Placed& b) {
    return a.entry.id == b.entry.id ? a.source < b.source : a.entry.id < b.entry.id;
  });
  const auto same = [](const Placed& a, const Placed& b) { return a.entry.id == b.entry.id; };
  objects_.erase(std::unique(objects_.begin(), objects_.end(), same), objects_.end());
}

PackMerge::Placed& PackMerge::placed(const ObjectId& id) {
  return *std::lower_bound(
      objects_.begin(), objects_.end(), id,
      [](const Placed& object, const ObjectId& wanted) { return object.entry.id < wanted; });
}

void PackMerge::open_next() {
  const auto& name = sources_[next_source_];
  auto entries = index_entries(disk_.read_all(file(name, ".idx")));
  std::sort(entries.begin(), entries.end(),
            [](const PackEntry& a, const PackEntry& b) { return a.offset < b.offset; });
  auto pack = disk_.open(file(name, ".pack"), Open::existing);
  const auto size = pack->size();
  if (!entries.empty() &&
      (size < kPackHeader + kChecksum || entries.back().offset >= size - kChecksum ||
       entries.front().offset < kPackHeader)) {
    damaged(name, entries.back().id);
  }
  source_ = std::make_unique<Source>(
      Source{name, next_source_++, std::move(pack), std::move(entries), size - kChecksum});
}

void PackMerge::copy() {
  while (next_source_ < sources_.size()) {
    open_next();
    while (source_->next < source_->entries.size()) copy_object();
  }
}

// A delta names its base by the way back to it, which the new neighbours change; all else stays byte for byte.
void PackMerge::copy_object() {
  const auto i = source_->next++;
  const auto& entry = source_->entries[i];
  auto& target = placed(entry.id);
  if (target.source != source_->number) return;
  const auto end = source_->end_of(i);
  Bytes piece =
      source_->file->read(entry.offset, std::min<std::size_t>(kPiece, end - entry.offset));
  std::uint32_t read_crc = crc_of(piece);
  target.entry.offset = size_;
  crc_ = 0;
  const auto header = parse_header(std::string_view(piece).substr(0, kLongestHeader));
  if (header.type == kOffsetDelta) {
    const auto& base = placed(source_->at(entry.offset - header.back, entry).id).entry;
    if (base.offset == 0 || base.offset >= size_) damaged(source_->name, entry.id);
    piece.replace(header.size, header.whole - header.size, way_back(size_ - base.offset));
  }
  append(piece);
  for (auto at = entry.offset + kPiece; at < end; at += kPiece) {
    piece = source_->file->read(at, std::min<std::size_t>(kPiece, end - at));
    read_crc = crc_of(piece, read_crc);
    append(piece);
  }
  if (read_crc != entry.crc) damaged(source_->name, entry.id);
  target.entry.crc = crc_;
}

void PackMerge::append(std::string_view bytes) {
  crc_ = crc_of(bytes, crc_);
  sha1_.add(bytes);
  size_ += bytes.size();
  pending_ += bytes;
  if (pending_.size() >= kPiece) flush();
}

void PackMerge::flush() {
  output_->write(size_ - pending_.size(), pending_);
  pending_.clear();
  if (size_ - synced_ < kUnsynced) return;
  output_->sync();
  synced_ = size_;
}

void PackMerge::write() {
  copy();
  const auto checksum = sha1_.finish();
  pending_ += checksum;
  size_ += checksum.size();
  flush();
  output_->sync();
  give_names(checksum);
}

void PackMerge::give_names(const Bytes& checksum) {
  std::vector<PackEntry> entries;
  for (const auto& object : objects_) entries.push_back(object.entry);
  {
    const auto index = disk_.open(file(name_, kNewIndex), Open::create);
    index->truncate(0);
    index->write(0, make_index(std::move(entries), checksum));
    index->sync();
  }
  disk_.rename(temporary_, file(name_, ".pack"));
  disk_.rename(file(name_, kNewIndex), file(name_, ".idx"));
  disk_.sync_directory(folder_);
}

}  // namespace vermilion::git
