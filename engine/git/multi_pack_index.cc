#include "git/multi_pack_index.h"

#include <algorithm>
#include <array>

#include "base/error.h"
#include "git/index_cursor.h"
#include "git/pack.h"
#include "git/pack_bytes.h"
#include "git/pack_lookup.h"

namespace vermilion::git {
namespace {

constexpr const char* kName = "multi-pack-index";
constexpr std::size_t kHeader = 12;
constexpr std::size_t kRow = 12;  // of the table of chunks
constexpr std::size_t kMostPacks = 100'000;

void put64(Bytes& bytes, std::uint64_t value) {
  put32(bytes, value >> 32);
  put32(bytes, value & 0xffffffffU);
}

std::vector<std::string> standing_packs(Disk& disk, const Path& folder) {
  std::vector<std::string> names;
  for (const auto& file : disk.list(folder)) {
    const auto name = Path(file).stem().string();
    if (is_index_name(file) && disk.exists(folder / (name + ".pack"))) names.push_back(name);
  }
  return names;
}

// What the objects take, found in a first walk.
struct Extent {
  std::array<std::uint64_t, 256> upto{};  // objects whose first byte is at most this
  std::uint64_t objects = 0;
  std::uint64_t large = 0;
};

Extent measure(MergedIndexes walk) {
  Extent extent;
  for (ListedObject object; walk.next(object); ++extent.objects) {
    ++extent.upto[object.id.bytes[0]];
    if (object.offset >= kLarge) ++extent.large;
  }
  for (std::size_t i = 1; i < 256; ++i) extent.upto[i] += extent.upto[i - 1];
  return extent;
}

// A file that grows, and the checksum that will close it.
class Output {
 public:
  explicit Output(std::unique_ptr<File> file) : file_(std::move(file)) { file_->truncate(0); }
  void add(std::string_view bytes) {
    pending_ += bytes;
    if (pending_.size() >= kPiece) flush();
  }
  void close() {
    flush();
    pending_ = sha1_.finish();
    file_->write(size_, pending_);
    file_->sync();
  }

 private:
  void flush() {
    sha1_.add(pending_);
    file_->write(size_, pending_);
    size_ += pending_.size();
    pending_.clear();
  }

  std::unique_ptr<File> file_;
  std::uint64_t size_ = 0;
  Bytes pending_;
  Sha1 sha1_;
};

Bytes pack_names(const std::vector<std::string>& names) {
  Bytes bytes;
  for (const auto& name : names) bytes += name + ".idx" + '\0';
  bytes.resize((bytes.size() + 3) / 4 * 4);
  return bytes;
}

// Header and table of chunks.
Bytes opening(const Extent& extent, std::size_t packs, std::size_t names_size) {
  std::vector<std::pair<std::string_view, std::uint64_t>> chunks = {{"PNAM", names_size},
                                                                    {"OIDF", 256 * 4},
                                                                    {"OIDL", 20 * extent.objects},
                                                                    {"OOFF", 8 * extent.objects}};
  if (extent.large > 0) chunks.emplace_back("LOFF", 8 * extent.large);
  Bytes bytes = "MIDX\1\1";
  bytes += static_cast<char>(chunks.size());
  bytes += '\0';
  put32(bytes, packs);
  auto at = kHeader + kRow * (chunks.size() + 1);
  for (const auto& [id, size] : chunks) {
    bytes += id;
    put64(bytes, at);
    at += size;
  }
  put32(bytes, 0);
  put64(bytes, at);
  return bytes;
}

void add_offsets(Output& output, MergedIndexes walk) {
  Bytes large;
  for (ListedObject object; walk.next(object);) {
    Bytes row;
    put32(row, object.pack);
    put32(row, object.offset < kLarge ? object.offset : kLarge | large.size() / 8);
    if (object.offset >= kLarge) put64(large, object.offset);
    output.add(row);
  }
  output.add(large);
}

void drop(Disk& disk, const Path& folder) {
  disk.remove(folder / kName);
  disk.sync_directory(folder);
}

}  // namespace

std::optional<std::pair<std::uint64_t, std::uint64_t>> chunk(File& index, std::string_view id) {
  const auto header = index.read(0, kHeader);
  if (header.size() < kHeader || !header.starts_with("MIDX\1\1")) return std::nullopt;
  const auto chunks = static_cast<unsigned char>(header[6]);
  const auto table = index.read(kHeader, kRow * (chunks + 1U));
  for (std::size_t at = 0; at + 2 * kRow <= table.size(); at += kRow) {
    if (std::string_view(table).substr(at, 4) != id) continue;
    const auto begin = number(table, at + 4, 8);
    const auto end = number(table, at + kRow + 4, 8);
    if (begin <= end && end <= index.size()) return std::pair(begin, end);
  }
  return std::nullopt;
}

std::optional<std::vector<std::string>> named_packs(File& index) {
  const auto place = chunk(index, "PNAM");
  const auto count = number(index.read(8, 4), 0, 4);
  if (!place || count > kMostPacks) return std::nullopt;
  const auto bytes =
      index.read(place->first, static_cast<std::size_t>(place->second - place->first));
  std::vector<std::string> names(static_cast<std::size_t>(count));
  std::size_t at = 0;
  for (auto& name : names) {
    const auto stop = bytes.find('\0', at);
    if (stop == Bytes::npos) return std::nullopt;
    name = Path(bytes.substr(at, stop - at)).stem().string();
    at = stop + 1;
  }
  return names;
}

std::uint64_t write_multi_pack_index(Disk& disk, const Path& folder, std::uint64_t most) {
  const auto names = standing_packs(disk, folder);
  if (names.empty()) return 0;
  const auto walk = [&] { return MergedIndexes(disk, folder, names); };
  const auto extent = measure(walk());
  if (extent.objects > most) {
    if (disk.exists(folder / kName)) drop(disk, folder);
    return extent.objects;
  }
  const auto list = pack_names(names);
  const auto fresh = folder / "multi-pack-index.vermilion-merge";
  Output output(disk.open(fresh, Open::create));
  output.add(opening(extent, names.size(), list.size()));
  output.add(list);
  Bytes counts;
  for (const auto count : extent.upto) put32(counts, count);
  output.add(counts);
  auto ids = walk();
  for (ListedObject object; ids.next(object);)
    output.add({reinterpret_cast<const char*>(object.id.bytes.data()), object.id.bytes.size()});
  add_offsets(output, walk());
  output.close();
  disk.rename(fresh, folder / kName);
  disk.sync_directory(folder);
  drop_stale_multi_pack_index(disk, folder);
  return extent.objects;
}

void drop_multi_pack_index(Disk& disk, const Path& folder, const std::vector<std::string>& names) {
  if (!disk.exists(folder / kName)) return;
  const auto known = named_packs(*disk.open(folder / kName, Open::existing));
  const bool names_one = !known || std::find_first_of(known->begin(), known->end(), names.begin(),
                                                      names.end()) != known->end();
  if (names_one) drop(disk, folder);
}

void drop_stale_multi_pack_index(Disk& disk, const Path& folder) {
  if (!disk.exists(folder / kName)) return;
  const auto known = named_packs(*disk.open(folder / kName, Open::existing));
  const auto stands = [&](const std::string& name) {
    return disk.exists(folder / (name + ".idx")) && disk.exists(folder / (name + ".pack"));
  };
  if (!known || !std::all_of(known->begin(), known->end(), stands)) drop(disk, folder);
}

// Not what we would write ourselves, byte for byte: stock git writes one too, with chunks of its own.
std::optional<std::string> multi_pack_index_fault(Disk& disk, const Path& folder) {
  if (!disk.exists(folder / kName)) return std::nullopt;
  const auto file = disk.open(folder / kName, Open::existing);
  const auto size = file->size();
  if (size < 20 || !closes_rightly(*file, file->read(size - 20, 20)))
    return "檢查碼不符 its checksum does not match";
  const auto names = named_packs(*file);
  if (!names) return "不是多包索引 it is no multi-pack-index";
  for (const auto& name : *names) {
    if (!disk.exists(folder / (name + ".idx")))
      return "所列的包裝檔不存在 it names a pack that is not there: " + name;
  }
  return std::nullopt;
}

}  // namespace vermilion::git
