// Walks the indexes of many packs at once, by id.
//
// Memory   A window of 1024 ids and their offsets for each index.
// Errors   corrupt ("bad-index").
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/disk.h"
#include "git/object.h"

namespace vermilion::git {

class IndexCursor {
 public:
  explicit IndexCursor(std::unique_ptr<File> index);

  [[nodiscard]] bool ended() const { return at_ == count_; }
  [[nodiscard]] ObjectId id();  // until ended()
  [[nodiscard]] std::uint64_t offset();
  void next() { ++at_; }

 private:
  void fill();

  std::unique_ptr<File> file_;
  std::uint64_t count_;
  std::uint64_t size_;
  std::uint64_t at_ = 0;
  std::uint64_t first_ = 0;  // of the window
  Bytes ids_;
  Bytes offsets_;
};

// Each object once, where the first of the packs that hold it has it.
struct ListedObject {
  ObjectId id;
  std::uint32_t pack = 0;
  std::uint64_t offset = 0;
};

class MergedIndexes {
 public:
  // `names` without suffix; packs are numbered in that order.
  MergedIndexes(Disk& disk, const Path& pack_folder, const std::vector<std::string>& names);
  // False at the end.
  bool next(ListedObject& object);

 private:
  struct Head {
    ObjectId id;
    std::uint32_t pack;
    bool operator<(const Head& other) const {  // for a heap whose front is the least
      return other.id == id ? other.pack < pack : other.id < id;
    }
  };
  void push(std::uint32_t pack);

  std::vector<IndexCursor> cursors_;
  std::vector<Head> heads_;
};

}  // namespace vermilion::git
