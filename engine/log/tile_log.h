// The audit log on disk: C2SP tlog-tiles, appended only.
//
// Shape    tile/<L>/<N>, tile/entries/<N> (full: 256; partial: .p/<W>), checkpoint. Entries < 64
// KiB. Threads  One writer; readers open their own TileLog and see the last checkpoint's tree.
//          A partial tile stands until a checkpoint over a wider one is sealed, so a reader finds
//          what its checkpoint needs; one that meets the gap reads the newer checkpoint's tile,
//          which begins with the same hashes.
// Cost     An append writes one bundle and one tile for each 256 entries begun, and one tile of
// each level completed above:
//          O(log n) files for one entry. The first append also verifies the tree's right edge.
// Crash    append() is idempotent by index: replaying entries that already stand is a no-op, and a
//          different entry at a standing index is corrupt ("log-fork"). Order: entry bundle, tiles
//          (each replaced atomically), then the checkpoint.
// Errors   corrupt: "note-unsigned", "log-origin", "log-tile" (a tile or bundle is missing or of a
// wrong length), "log-entry" (an
//          entry that its tile does not hold), "log-edge" (the tiles do not give the checkpoint's
//          root), "log-gap".
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
  [[nodiscard]] virtual std::optional<Bytes> read(
      const std::string& path) = 0;  // "tile/0/x001/067", "checkpoint"
  virtual void replace(const std::string& path, std::string_view bytes) = 0;  // durable and atomic
  virtual void remove(const std::string& path) = 0;
};

// "x001/x234/067" for 1234067.
[[nodiscard]] std::string tile_number(std::uint64_t number);

class TileLog {
 public:
  // Reads and verifies the checkpoint with `verifier_key`; no checkpoint: an empty log.
  TileLog(TileFiles& files, std::string origin, std::string verifier_key);
  ~TileLog();

  [[nodiscard]] const Checkpoint& checkpoint() const { return checkpoint_; }
  // Size including entries appended but not yet under a signed checkpoint.
  [[nodiscard]] std::uint64_t size() const { return size_; }

  // Writes `entries` at indexes first, first+1 …; `first` may not be beyond size(). Throws invalid
  // ("log-entry-too-long") before anything is written.
  void append(std::uint64_t first, const std::vector<Bytes>& entries);
  // Signs and writes the checkpoint over everything appended. The key must be the verifier key's.
  void seal_checkpoint(const std::string& key_name, const crypto::PrivateKey& ed25519);

  [[nodiscard]] Bytes entry(std::uint64_t index);  // throws not_found beyond the end, corrupt if
                                                   // its hash is not in the tiles
  void each_entry(std::uint64_t from, std::uint64_t to,
                  const std::function<void(std::uint64_t, const Bytes&)>& visit);

  // For a tree of `size` entries, of which size() may be more. Throw invalid ("bad-log-position").
  [[nodiscard]] std::vector<Hash> prove_inclusion(std::uint64_t index, std::uint64_t size);
  [[nodiscard]] std::vector<Hash> prove_consistency(std::uint64_t old_size, std::uint64_t size);

  // Recomputes every hash under the stored checkpoint from the entries up; calls fault(where, what)
  // for each difference; returns entries checked.
  std::uint64_t check(
      const std::function<void(const std::string& where, const std::string& what)>& fault);

 private:
  struct Edge;
  Bytes read_part(const std::string& folder, unsigned shift, std::uint64_t number);
  std::vector<Bytes> read_bundle(std::uint64_t number);
  Hash stored_hash(unsigned level, std::uint64_t index);
  [[nodiscard]] Hash edge_root() const;
  void load_edge();
  void require_size(std::uint64_t size) const;
  void refuse_fork(std::uint64_t first, const std::vector<Bytes>& entries);
  void extend(const Bytes* begin, const Bytes* end);
  void write_part(const std::string& folder, std::uint64_t number, std::uint64_t width,
                  const Bytes& bytes);
  void remove_superseded(std::uint64_t old_size);

  TileFiles& files_;
  std::string origin_;
  std::string verifier_key_;
  Checkpoint checkpoint_;
  std::uint64_t size_ = 0;
  std::unique_ptr<Edge> edge_;         // the open tiles, verified; loaded by the first append
  std::vector<std::string> partials_;  // written since the last checkpoint
  bool swept_ = false;                 // what a killed writer left is gone
};

}  // namespace vermilion::log
