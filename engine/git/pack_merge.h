// Many packs made one: what lies in them is copied as it is, neither inflated nor searched for deltas.
//
// Shape    The merged pack holds each object of its sources once, in the order of the sources and of their bytes; deltas stay deltas, the
//          way back to their base counted anew. It is named as pack_name() names a set, so a crash and a new try end in the same file.
// Memory   About 100 bytes for each object.
// Crash    Before the pack has its name there are only temporary files, <name>.pack.vermilion-merge and <name>.idx.vermilion-merge; a
//          pack without index beside the latter is half named. The sources are left as they are.
// Disk     Synced every 8 MiB, so that no journal waits long behind it.
// Errors   corrupt ("pack-damaged", "bad-index") when a source is not what its index says: nothing is written then.
// Source   git's Documentation/gitformat-pack.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/disk.h"
#include "git/pack.h"

namespace vermilion::git {

constexpr const char* kNewIndex = ".idx.vermilion-merge";

class PackMerge {
 public:
  // `sources`: names without suffix, at least one.
  PackMerge(Disk& disk, Path pack_folder, std::vector<std::string> sources);
  PackMerge(const PackMerge&) = delete;
  PackMerge& operator=(const PackMerge&) = delete;
  ~PackMerge();  // removes temporary files

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::vector<std::string>& sources() const { return sources_; }

  // The pack and its index stand under their name, durable, when it returns. Once.
  void write();

 private:
  struct Placed {
    PackEntry entry;  // its offset is 0 until it is copied
    std::size_t source;
  };
  struct Source;
  void gather();
  void open_next();
  void copy();
  void copy_object();
  void flush();
  void give_names(const Bytes& checksum);
  void append(std::string_view bytes);
  [[nodiscard]] Placed& placed(const ObjectId& id);
  [[nodiscard]] Path file(const std::string& name, const char* suffix) const;

  Disk& disk_;
  Path folder_;
  std::vector<std::string> sources_;
  std::string name_;
  std::vector<Placed> objects_;  // by id
  std::unique_ptr<Source> source_;
  std::size_t next_source_ = 0;
  Path temporary_;
  std::unique_ptr<File> output_;
  std::uint64_t size_ = 0;
  std::uint32_t crc_ = 0;  // of the object under way
  Bytes pending_;          // not written yet
  std::uint64_t synced_ = 0;
  Sha1 sha1_;
};

}  // namespace vermilion::git
