#include "git/pack_check.h"

#include "base/error.h"
#include "git/libgit2.h"
#include "git/multi_pack_index.h"
#include "git/pack.h"
#include "git/pack_lookup.h"
#include "git/path.h"

namespace vermilion::git {

// One place that holds objects: a single pack, or the loose ones. Reading through the whole
// database could answer from another pack that holds the same object.
struct Source {
  std::string name;
  Odb odb;

  Source(std::string named, git_odb_backend* backend) : name(std::move(named)) {
    check(git_odb_new(Out(odb)), "checking " + name);
    check(git_odb_add_backend(odb.get(), backend, 1), "checking " + name);
  }
};

namespace {

const std::string kPacks = "objects/pack/";

std::vector<ObjectId> loose_ids(Disk& disk, const Path& objects) {
  std::vector<ObjectId> ids;
  for (const auto& folder : disk.list(objects)) {
    if (folder.size() != 2 || !from_hex(folder)) continue;
    for (const auto& file : disk.list(objects / folder)) {
      if (const auto id = ObjectId::from_hex(folder + file)) ids.push_back(*id);
    }
  }
  return ids;
}

// The ids an object names, as far as they must be in the same repository.
std::vector<ObjectId> names_in(const Object& object) {
  std::vector<ObjectId> names;
  if (object.type == ObjectType::commit) {
    const auto commit = parse_commit(object.data);
    names = commit.parents;
    names.push_back(commit.tree);
  } else if (object.type == ObjectType::tree) {
    for (const auto& entry : parse_tree(object.data)) {
      if (entry.mode != kSubmoduleMode) names.push_back(entry.id);
    }
  } else if (object.type == ObjectType::tag) {
    names.push_back(parse_tag(object.data).object);
  }
  return names;
}

}  // namespace

void PackCheck::fault(const std::string& where, const std::string& what) {
  complete_ = false;
  tell_(where, what);
}

void PackCheck::check_object(Source& source, const ObjectId& id) {
  const auto where = source.name + " " + id.hex();
  const auto oid = native(id);
  OdbObject object;
  ++checked_;
  const int code = git_odb_read(Out(object), source.odb.get(), &oid);
  if (code == 0) {
    present_.insert(id);
    return note_names(where, copy_object(*object));
  }
  require_descriptor();
  fault(where, code == GIT_EMISMATCH ? "物件內容與識別碼不符 the object does not match its id"
                                     : "物件無法讀出 the object cannot be read");
}

void PackCheck::note_names(const std::string& where, const Object& object) {
  try {
    const auto self = object_id(object.type, object.data);
    for (const auto& name : names_in(object)) named_.emplace(name, self);
  } catch (const Error& error) {
    fault(where, error.said().zh + " " + error.said().en);
  }
}

void PackCheck::check_pack_file(const std::string& name, const Bytes& index_checksum) {
  const auto path = objects_ / "pack" / (name + ".pack");
  if (!disk_.exists(path)) return fault(kPacks + name + ".pack", "包裝檔遺失 the pack is missing");
  if (!closes_rightly(*disk_.open(path, Open::existing), index_checksum)) {
    fault(kPacks + name + ".pack", "包裝檔的檢查碼不符 the checksum of the pack does not match");
  }
}

void PackCheck::check_packed_objects(const std::string& name, const std::vector<ObjectId>& ids) {
  git_odb_backend* backend = nullptr;
  const auto index = (objects_ / "pack" / (name + ".idx")).string();
  if (git_odb_backend_one_pack(&backend, index.c_str()) < 0) {
    require_descriptor();
    return fault(kPacks + name + ".pack", "包裝檔無法開啟 the pack cannot be opened");
  }
  Source source(kPacks + name + ".pack", backend);
  for (const auto& id : ids) check_object(source, id);
}

void PackCheck::check_pack(const std::string& name) {
  const auto bytes = disk_.read_all(objects_ / "pack" / (name + ".idx"));
  try {
    const auto index = parse_index(bytes);
    check_pack_file(name, index.pack_checksum);
    check_packed_objects(name, index.ids);
  } catch (const Error& error) {
    if (error.failure() != Failure::corrupt) throw;
    fault(kPacks + name + ".idx", error.said().zh + " " + error.said().en);
  }
}

void PackCheck::check_loose_objects() {
  git_odb_backend* backend = nullptr;
  check(git_odb_backend_loose(&backend, objects_.c_str(), -1, 0, 0, 0), "checking loose objects");
  Source source("objects", backend);
  for (const auto& id : loose_ids(disk_, objects_)) check_object(source, id);
}

void PackCheck::check_names(const std::map<std::string, ObjectId>& refs) {
  if (!complete_) return;
  for (const auto& [name, id] : refs) {
    if (!present_.contains(id))
      fault(name, "參照所指的物件遺失 the object it points to is missing: " + id.hex());
  }
  for (const auto& [id, by] : named_) {
    if (!present_.contains(id)) {
      fault(by.hex(), "所引用的物件遺失 an object it names is missing: " + id.hex());
    }
  }
}

std::size_t PackCheck::run(const std::map<std::string, ObjectId>& refs) {
  start_libgit2();
  const auto files = disk_.list(objects_ / "pack");
  for (const auto& file : files) {
    const Path path(file);
    if (is_index_name(file)) check_pack(path.stem());
    if (file.starts_with("pack-") && path.extension() == ".pack" &&
        !disk_.exists(objects_ / "pack" / (path.stem().string() + ".idx"))) {
      fault(kPacks + file, "包裝檔沒有索引 the pack has no index");
    }
  }
  if (const auto what = multi_pack_index_fault(disk_, objects_ / "pack"))
    fault(kPacks + "multi-pack-index", *what);
  check_loose_objects();
  check_names(refs);
  return checked_;
}

}  // namespace vermilion::git
