// Looks at every stored byte of a repository: checksums of packs and indexes, every object against
// its id, and that everything named by an object or a ref is there.
//
// Memory   20 bytes for each object and for each name of one.
// Errors   Faults in the content are told through `fault`; only disk trouble throws.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>

#include "base/disk.h"
#include "git/object.h"

namespace vermilion::git {

class PackCheck {
 public:
  using Fault = std::function<void(const std::string& where, const std::string& what)>;

  PackCheck(Disk& disk, Path objects, const Fault& fault)
      : disk_(disk), objects_(std::move(objects)), tell_(fault) {}

  // Returns how many objects were checked. `refs`: what must be there beside what objects name.
  std::size_t run(const std::map<std::string, ObjectId>& refs);

 private:
  void check_pack(const std::string& name);
  void check_pack_file(const std::string& name, const Bytes& index_checksum);
  void check_packed_objects(const std::string& name, const std::vector<ObjectId>& ids);
  void check_loose_objects();
  void check_object(struct Source& source, const ObjectId& id);
  void note_names(const std::string& where, const Object& object);
  void check_names(const std::map<std::string, ObjectId>& refs);
  void fault(const std::string& where, const std::string& what);

  Disk& disk_;
  Path objects_;
  const Fault& tell_;
  std::set<ObjectId> present_;
  std::map<ObjectId, ObjectId>
      named_;  // each id that something names, and one object that names it
  std::size_t checked_ = 0;
  bool complete_ = true;  // every object could be read: only then is a missing one news
};

}  // namespace vermilion::git
