#include "store/mirror.h"

#include <algorithm>
#include <filesystem>

#include "git/pack.h"
#include "store/file_copy.h"

namespace vermilion::store {
namespace {

constexpr std::size_t kPackBytes = 32 << 20;  // gathered before they are written

using ObjectIds = std::vector<git::ObjectId>;

std::vector<std::string> pack_names(Disk& disk, const Path& folder) {
  std::vector<std::string> names;
  for (const auto& file : disk.list(folder)) {
    if (file.starts_with("pack-") && file.ends_with(".idx")) names.push_back(Path(file).stem());
  }
  return names;
}

ObjectIds ids_of(Disk& disk, const Path& folder, const std::string& name) {
  return git::parse_index(disk.read_all(folder / (name + ".idx"))).ids;
}

class ObjectCopy {
 public:
  ObjectCopy(Disk& disk, git::Repository& source, const Path& from, const Path& to)
      : disk_(disk),
        source_(source),
        from_(from),
        target_(git::Repository::open_or_create(disk, to)),
        from_packs_(from / "objects" / "pack"),
        to_packs_(to / "objects" / "pack") {}

  void run() {
    target_->clean_up();
    for (const auto& name : pack_names(disk_, from_packs_)) {
      if (!disk_.exists(to_packs_ / (name + ".idx"))) copy_pack(name);
    }
    copy_loose();
    write_gathered();
    disk_.sync_directory(to_packs_);
  }

 private:
  // Read only when there is something to compare with.
  const ObjectIds& present() {
    if (!known_) {
      for (const auto& name : pack_names(disk_, to_packs_)) {
        const auto ids = ids_of(disk_, to_packs_, name);
        present_.insert(present_.end(), ids.begin(), ids.end());
      }
      std::sort(present_.begin(), present_.end());
      known_ = true;
    }
    return present_;
  }

  void copy_pack(const std::string& name) {
    const auto ids = ids_of(disk_, from_packs_, name);
    ObjectIds missing;
    std::set_difference(ids.begin(), ids.end(), present().begin(), present().end(),
                        std::back_inserter(missing));
    if (missing.size() < ids.size()) return gather(missing);
    // The index last: a pack without one is no pack yet.
    for (const char* suffix : {".pack", ".idx"})
      copy_file(disk_, from_packs_ / (name + suffix), to_packs_ / (name + suffix));
  }

  // What a push from outside left.
  void copy_loose() {
    ObjectIds loose;
    for (const auto& folder : disk_.list(from_ / "objects")) {
      if (folder.size() != 2) continue;
      for (const auto& file : disk_.list(from_ / "objects" / folder)) {
        const auto id = git::ObjectId::from_hex(folder + file);
        if (id && !std::binary_search(present().begin(), present().end(), *id))
          loose.push_back(*id);
      }
    }
    gather(loose);
  }

  void gather(const ObjectIds& missing) {
    for (const auto& id : missing) {
      auto object = source_.require(id);
      bytes_ += object.data.size();
      gathered_.insert_or_assign(id, std::move(object));
      if (bytes_ > kPackBytes) write_gathered();
    }
  }

  void write_gathered() {
    target_->release(target_->write_pack(gathered_));
    gathered_.clear();
    bytes_ = 0;
  }

  Disk& disk_;
  git::Repository& source_;
  const Path from_;
  const std::unique_ptr<git::Repository> target_;
  const Path from_packs_;
  const Path to_packs_;
  bool known_ = false;
  ObjectIds present_;  // sorted
  std::map<git::ObjectId, git::Object> gathered_;
  std::size_t bytes_ = 0;
};

}  // namespace

void copy_objects(Disk& disk, git::Repository& source, const Path& from, const Path& to) {
  ObjectCopy(disk, source, from, to).run();
}

void write_refs(Disk& disk, const Path& repository, const RefMap& refs) {
  Bytes text = "# pack-refs with: sorted \n";
  for (const auto& [name, id] : refs) text += id.hex() + " " + name + "\n";
  disk.replace(repository / "packed-refs", text);
}

}  // namespace vermilion::store
