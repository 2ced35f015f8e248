// Recomputes a log from its entries up and says which file is wrong.
//
// Idea     Of each tile three things are known: what the entries below give, what the tile itself
// holds, and what its
//          parent (in the end the checkpoint) says of it. A single fault leaves two of them
//          agreeing, and the third is named.
// Memory   A 256th of all hashes.
// Errors   Faults are told through `fault`; nothing is thrown but what TileFiles throws.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "log/tile_log.h"

namespace vermilion::log {

class TileCheck {
 public:
  using Fault = std::function<void(const std::string& where, const std::string& what)>;

  TileCheck(TileFiles& files, Checkpoint checkpoint, const Fault& fault)
      : files_(files), checkpoint_(std::move(checkpoint)), tell_(fault) {}

  std::uint64_t run();  // returns how many entries were checked

 private:
  [[nodiscard]] std::uint64_t total(unsigned level) const { return checkpoint_.size >> 8 * level; }
  std::optional<Bytes> stored_tile(unsigned level, std::uint64_t number);
  std::optional<Bytes> leaves_of(std::uint64_t bundle);
  bool vouched(unsigned level, std::uint64_t number, const Bytes& tile);
  bool edge_is_vouched();
  Bytes settle(unsigned level, std::uint64_t number, const std::optional<Bytes>& computed);
  void blame(unsigned level, std::uint64_t number, const Bytes& computed, const Bytes& stored);
  Bytes check_level(unsigned level, const Bytes& below);
  void fault(const std::string& where, const std::string& what);

  TileFiles& files_;
  Checkpoint checkpoint_;
  const Fault& tell_;
  std::vector<Bytes> edge_;  // the open tiles as settled
  std::optional<bool> edge_vouched_;
  std::uint64_t checked_ = 0;
  bool faulty_ = false;
};

}  // namespace vermilion::log
