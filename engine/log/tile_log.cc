#include "log/tile_log.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "log/tile.h"
#include "log/tile_check.h"

namespace vermilion::log {
namespace {

[[noreturn]] void corrupt(const std::string& code, const std::string& where, const std::string& zh,
                          const std::string& en) {
  throw Error(Failure::corrupt, code,
              {"稽核日誌" + zh + "，請以備份比對（" + where + "）",
               "the audit log " + en + "; compare it with a backup (" + where + ")"});
}

void require_short(const std::vector<Bytes>& entries) {
  for (const auto& entry : entries) {
    if (entry.size() <= kMaxEntry) continue;
    throw Error(Failure::invalid, "log-entry-too-long",
                {"一筆日誌不得超過 65535 位元組", "one log entry may not exceed 65535 bytes"});
  }
}

std::optional<Checkpoint> read_checkpoint(TileFiles& files, const std::string& origin,
                                          const std::string& key) {
  const auto note = files.read("checkpoint");
  if (!note) return std::nullopt;
  auto checkpoint = parse_checkpoint(open_note(*note, key));
  if (checkpoint.origin != origin)
    corrupt("log-origin", checkpoint.origin, "屬於另一個資料庫", "is another store's");
  return checkpoint;
}

std::string_view hash_at(const Bytes& tile, std::uint64_t place) {
  return std::string_view(tile).substr(place * kHashBytes, kHashBytes);
}

}  // namespace

// The open tile of each level (empty when the level's last tile is full) and the open bundle.
struct TileLog::Edge {
  std::vector<Bytes> tiles;
  Bytes bundle;
};

TileLog::TileLog(TileFiles& files, std::string origin, std::string verifier_key)
    : files_(files), origin_(std::move(origin)), verifier_key_(std::move(verifier_key)) {
  checkpoint_ = read_checkpoint(files_, origin_, verifier_key_)
                    .value_or(Checkpoint{origin_, 0, empty_root()});
  size_ = checkpoint_.size;
}

TileLog::~TileLog() = default;

// A tile or bundle as far as this tree fills it. The writer may have gone on since: then a wider
// one stands.
Bytes TileLog::read_part(const std::string& folder, unsigned shift, std::uint64_t number) {
  const auto width = width_of(number, size_ >> shift);
  if (auto bytes = files_.read(part_path(folder, number, width))) return std::move(*bytes);
  for (int tries = 0; width < kTileWidth && tries < 3; ++tries) {
    if (auto bytes = files_.read(part_path(folder, number, kTileWidth))) return std::move(*bytes);
    const auto newer = read_checkpoint(files_, origin_, verifier_key_);
    const auto wider = newer ? width_of(number, newer->size >> shift) : 0;
    if (wider < width) break;
    if (auto bytes = files_.read(part_path(folder, number, wider))) return std::move(*bytes);
  }
  corrupt("log-tile", part_path(folder, number, width), "缺少檔案", "lacks a file");
}

std::vector<Bytes> TileLog::read_bundle(std::uint64_t number) {
  auto entries = parse_bundle(read_part(kBundleFolder, 0, number));
  const auto width = width_of(number, size_);
  if (entries && entries->size() >= width) {
    entries->resize(width);
    return std::move(*entries);
  }
  corrupt("log-tile", part_path(kBundleFolder, number, width), "的檔案長度不符",
          "holds a file of a wrong length");
}

Hash TileLog::stored_hash(unsigned level, std::uint64_t index) {
  const auto first = index << level % 8;
  const auto number = first / kTileWidth;
  const auto tile = read_part(tile_folder(level / 8), level / 8 * 8, number);
  const auto size = kHashBytes << level % 8;
  const auto begin = first % kTileWidth * kHashBytes;
  if (tile.size() % kHashBytes != 0 || tile.size() < begin + size) {
    corrupt("log-tile", tile_folder(level / 8) + "/" + tile_number(number), "的檔案長度不符",
            "holds a file of a wrong length");
  }
  return fold(std::string_view(tile).substr(begin, size));
}

Hash TileLog::edge_root() const { return root_of_edge(size_, edge_->tiles); }

// Nothing may be signed on top of tiles that do not give the signed root.
void TileLog::load_edge() {
  if (edge_) return;
  auto edge = std::make_unique<Edge>();
  for (unsigned level = 0; level < 8 && size_ >> 8 * level != 0; ++level) {
    const auto total = size_ >> 8 * level;
    const auto width = total % kTileWidth;
    auto tile = width == 0 ? Bytes() : read_part(tile_folder(level), 8 * level, total / kTileWidth);
    if (tile.size() < width * kHashBytes)
      corrupt("log-edge", tile_folder(level), "的檔案長度不符", "holds a short tile");
    edge->tiles.push_back(tile.substr(0, width * kHashBytes));
  }
  if (root_of_edge(size_, edge->tiles) != checkpoint_.root) {
    corrupt("log-edge", "tile", "的雜湊與檢查點不符", "does not give the root of its checkpoint");
  }
  if (size_ % kTileWidth != 0) {
    each_entry(size_ - size_ % kTileWidth, size_,
               [&](std::uint64_t, const Bytes& entry) { add_to_bundle(edge->bundle, entry); });
  }
  edge_ = std::move(edge);
}

void TileLog::refuse_fork(std::uint64_t first, const std::vector<Bytes>& entries) {
  const auto end = std::min<std::uint64_t>(size_, first + entries.size());
  if (first >= end) return;
  each_entry(first, end, [&](std::uint64_t index, const Bytes& entry) {
    if (entry != entries[index - first]) {
      corrupt("log-fork", std::to_string(index), "同一序號有兩筆不同的紀錄",
              "has two different entries at one index");
    }
  });
}

void TileLog::append(std::uint64_t first, const std::vector<Bytes>& entries) {
  if (first > size_)
    corrupt("log-gap", std::to_string(size_), "比應有的短", "is shorter than it should be");
  require_short(entries);
  load_edge();
  refuse_fork(first, entries);
  const auto standing = std::min<std::uint64_t>(size_ - first, entries.size());
  const Bytes* next = entries.data() + standing;
  const Bytes* const end = entries.data() + entries.size();
  while (next != end) {
    const auto room = static_cast<std::ptrdiff_t>(kTileWidth - size_ % kTileWidth);
    const Bytes* stop = next + std::min(room, end - next);
    extend(next, stop);
    next = stop;
  }
}

void TileLog::write_part(const std::string& folder, std::uint64_t number, std::uint64_t width,
                         const Bytes& bytes) {
  const auto path = part_path(folder, number, width);
  files_.replace(path, bytes);
  if (width != kTileWidth) partials_.push_back(path);
}

// Adds entries that fit into the open bundle. The edge changes only after all files stand, so that
// a failed append can be repeated.
void TileLog::extend(const Bytes* begin, const Bytes* end) {
  Edge next = *edge_;
  if (next.tiles.empty()) next.tiles.emplace_back();
  for (const Bytes* entry = begin; entry != end; ++entry) {
    add_to_bundle(next.bundle, *entry);
    next.tiles[0] += leaf_hash(*entry);
  }
  write_part(kBundleFolder, size_ / kTileWidth, next.tiles[0].size() / kHashBytes, next.bundle);
  for (unsigned level = 0;; ++level) {
    auto& tile = next.tiles[level];
    const auto width = tile.size() / kHashBytes;
    write_part(tile_folder(level), (size_ >> 8 * level) / kTileWidth, width, tile);
    if (width < kTileWidth) break;
    if (level == 0) next.bundle.clear();
    const auto root = fold(tile);
    tile.clear();
    if (next.tiles.size() == level + 1) next.tiles.emplace_back();
    next.tiles[level + 1] += root;
  }
  *edge_ = std::move(next);
  size_ += static_cast<std::uint64_t>(end - begin);
}

void TileLog::seal_checkpoint(const std::string& key_name, const crypto::PrivateKey& ed25519) {
  load_edge();
  const Checkpoint sealed{origin_, size_, edge_root()};
  const auto note = sign_note(checkpoint_text(sealed), key_name, ed25519);
  // A note that does not open again must never become the checkpoint.
  VERMILION_ASSERT(parse_checkpoint(open_note(note, verifier_key_)).origin == origin_);
  files_.replace("checkpoint", note);
  const auto old_size = checkpoint_.size;
  checkpoint_ = sealed;
  remove_superseded(old_size);
}

// Partial tiles that no checkpoint needs any more: those written since the last one and those it
// stood on. The first time also whatever a writer killed at this very point left, in this tile and
// the one before.
void TileLog::remove_superseded(std::uint64_t old_size) {
  const auto drop = [&](const std::string& folder, unsigned shift) {
    const auto number = (old_size >> shift) / kTileWidth;
    const auto width = width_of(number, size_ >> shift);
    const auto first = swept_ && width != kTileWidth ? width_of(number, old_size >> shift) : 0;
    for (auto w = std::max<std::uint64_t>(first, 1); w < width; ++w) {
      files_.remove(part_path(folder, number, w));
    }
    for (std::uint64_t w = 1; !swept_ && number > 0 && w < kTileWidth; ++w) {
      files_.remove(part_path(folder, number - 1, w));
    }
  };
  drop(kBundleFolder, 0);
  for (unsigned level = 0; level < edge_->tiles.size(); ++level)
    drop(tile_folder(level), 8 * level);
  swept_ = true;
  std::set<std::string> open = {part_path(kBundleFolder, size_ / kTileWidth, size_ % kTileWidth)};
  for (unsigned level = 0; level < edge_->tiles.size(); ++level) {
    const auto total = size_ >> 8 * level;
    open.insert(part_path(tile_folder(level), total / kTileWidth, total % kTileWidth));
  }
  for (const auto& path : partials_) {
    if (!open.contains(path)) files_.remove(path);
  }
  partials_.clear();
}

Bytes TileLog::entry(std::uint64_t index) {
  Bytes found;
  each_entry(index, index + 1, [&](std::uint64_t, const Bytes& entry) { found = entry; });
  return found;
}

void TileLog::each_entry(std::uint64_t from, std::uint64_t to,
                         const std::function<void(std::uint64_t, const Bytes&)>& visit) {
  if (to > size_) {
    throw Error(Failure::not_found, "no-log-entry",
                {"日誌沒有序號 " + std::to_string(to - 1) + " 的紀錄",
                 "the log has no entry " + std::to_string(to - 1)});
  }
  while (from < to) {
    const auto number = from / kTileWidth;
    const auto entries = read_bundle(number);
    const auto tile = read_part(tile_folder(0), 0, number);
    for (auto place = from % kTileWidth; place < entries.size() && from < to; ++place, ++from) {
      if (tile.size() < (place + 1) * kHashBytes ||
          leaf_hash(entries[place]) != hash_at(tile, place)) {
        corrupt("log-entry", std::to_string(from), "的紀錄與雜湊不符",
                "holds an entry that differs from its hash");
      }
      visit(from, entries[place]);
    }
  }
}

void TileLog::require_size(std::uint64_t size) const {
  if (size <= size_) return;
  throw Error(Failure::invalid, "bad-log-position",
              {"日誌只有 " + std::to_string(size_) + " 筆，請查明序號",
               "the log has only " + std::to_string(size_) + " entries; check the position"});
}

std::vector<Hash> TileLog::prove_inclusion(std::uint64_t index, std::uint64_t size) {
  require_size(size);
  return inclusion_proof(
      index, size, [this](unsigned level, std::uint64_t at) { return stored_hash(level, at); });
}

std::vector<Hash> TileLog::prove_consistency(std::uint64_t old_size, std::uint64_t size) {
  require_size(size);
  return consistency_proof(
      old_size, size, [this](unsigned level, std::uint64_t at) { return stored_hash(level, at); });
}

std::uint64_t TileLog::check(
    const std::function<void(const std::string& where, const std::string& what)>& fault) {
  std::optional<Checkpoint> stored;
  try {
    stored = read_checkpoint(files_, origin_, verifier_key_);
  } catch (const Error& error) {
    if (error.failure() != Failure::corrupt && error.failure() != Failure::invalid) throw;
    fault("checkpoint", error.said().zh + " " + error.said().en);
  }
  const bool rolled_back =
      stored && (stored->size < checkpoint_.size ||
                 (stored->size == checkpoint_.size && stored->root != checkpoint_.root));
  if (rolled_back || (!stored && checkpoint_.size != 0)) {
    fault("checkpoint", "檢查點遺失或被換成另一個 the checkpoint is missing or was exchanged");
  }
  return TileCheck(files_, stored && !rolled_back ? *stored : checkpoint_, fault).run();
}

}  // namespace vermilion::log
