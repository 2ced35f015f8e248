// The audit log on disk: C2SP tlog-tiles, appended only.
//
// Shape    tile/<L>/<N>, tile/entries/<N> (full: 256; partial: .p/<W>), checkpoint. Entries < 64 KiB.
// Threads  One writer; readers open their own TileLog and see the last checkpoint's tree.
// Crash    append() is idempotent by index: replaying entries that already stand is a no-op, and a
//          different entry at a standing index is corrupt ("log-fork"). Order: entry bundle, tiles (each replaced atomically),
//          then the checkpoint.
// Storage  Through TileFiles, so that the same log can stand in a database.
// Source   c2sp.org/tlog-tiles; architecture section 4.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "log/merkle.h"
#include "log/note.h"

namespace vermilion::log {

class TileFiles {
 public:
  virtual ~TileFiles() = default;
  [[nodiscard]] virtual std::optional<Bytes> read(const std::string& path) = 0;  // "tile/0/x001/067", "checkpoint"
  virtual void replace(const std::string& path, std::string_view bytes) = 0;     // durable and atomic
  virtual void remove(const std::string& path) = 0;
};

// "x001/x234/067" for 1234067.
[[nodiscard]] std::string tile_number(std::uint64_t number);

class TileLog {
 public:
  // Reads and verifies the checkpoint with `verifier_key`; no checkpoint: an empty log.
  TileLog(TileFiles& files, std::string origin, std::string verifier_key);

  [[nodiscard]] const Checkpoint& checkpoint() const { return checkpoint_; }
  // Size including entries appended but not yet under a signed checkpoint.
  [[nodiscard]] std::uint64_t size() const { return size_; }

  // Writes `entries` at indexes first, first+1 …; `first` may not be beyond size().
  void append(std::uint64_t first, const std::vector<Bytes>& entries);
  // Signs and writes the checkpoint over everything appended.
  void seal_checkpoint(const std::string& key_name, const crypto::PrivateKey& ed25519);

  [[nodiscard]] Bytes entry(std::uint64_t index);  // throws not_found beyond the end, corrupt if its hash is not in the tiles
  void each_entry(std::uint64_t from, std::uint64_t to, const std::function<void(std::uint64_t, const Bytes&)>& visit);

  [[nodiscard]] std::vector<Hash> prove_inclusion(std::uint64_t index, std::uint64_t size);
  [[nodiscard]] std::vector<Hash> prove_consistency(std::uint64_t old_size, std::uint64_t size);

  // Recomputes every hash from the entries up; calls fault(where, what) for each difference; returns entries checked.
  std::uint64_t check(const std::function<void(const std::string& where, const std::string& what)>& fault);

 private:
  Hash stored_hash(unsigned level, std::uint64_t index);
  TileFiles& files_;
  std::string origin_;
  std::string verifier_key_;
  Checkpoint checkpoint_;
  std::uint64_t size_ = 0;
};

}  // namespace vermilion::log
