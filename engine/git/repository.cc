#include "git/repository.h"

#include "base/error.h"
#include "base/guarded.h"
#include "git/index_check.h"
#include "git/leftovers.h"
#include "git/libgit2.h"
#include "git/mend_index.h"
#include "git/multi_pack_index.h"
#include "git/pack.h"
#include "git/pack_check.h"
#include "git/pack_lookup.h"
#include "git/ref_lock.h"
#include "git/refs.h"

namespace vermilion::git {
namespace {

constexpr const char* kConfig =
    "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n[gc]\n\tauto = 0\n";

Odb open_objects(Disk& disk, const Path& repository) {
  start_libgit2();
  require_followable(disk, repository / "objects" / "pack");
  Odb odb;
  check(git_odb_open(Out(odb), (repository / "objects").c_str()), "opening " + repository.string());
  return odb;
}

[[noreturn]] void damaged(const ObjectId& id, int code) {
  const git_error* last = git_error_last();
  const int kind = last != nullptr ? last->klass : GIT_ERROR_NONE;
  if (code != GIT_EMISMATCH && code != GIT_ENOTFOUND &&
      (kind == GIT_ERROR_OS || kind == GIT_ERROR_NOMEMORY)) {
    fail("reading " + id.hex());
  }
  throw Error(Failure::corrupt, "object-damaged",
              {"Git 物件 " + id.hex() + " 的內容已損毀，請以備份還原",
               "the Git object " + id.hex() + " is damaged; restore it from a backup"});
}

// Writes a new file under a temporary name, durable in content but not yet in name.
Path write_temporary(Disk& disk, const Path& path, std::string_view bytes) {
  const Path temporary = path.string() + ".vermilion-new";
  const auto file = disk.open(temporary, Open::create);
  file->truncate(0);
  file->write(0, bytes);
  file->sync();
  return temporary;
}

}  // namespace

struct Repository::State {
  State(Disk& used, Path at) : disk(used), path(std::move(at)), refs(used, path) {}

  [[nodiscard]] Path pack_folder() const { return path / "objects" / "pack"; }
  [[nodiscard]] Path pack_file(const std::string& name, const char* suffix) const {
    return pack_folder() / (name + suffix);
  }

  void keep(const std::string& name) {
    const auto file = disk.open(pack_file(name, ".keep"), Open::create);
    file->write(0, kKeepNote);
  }

  [[nodiscard]] bool is_kept_by_us(const std::string& name) {
    return kKeepNote.starts_with(disk.read_all(pack_file(name, ".keep")));
  }

  // Its writer was killed between the two renames: nothing can have used it yet.
  void remove_unfinished(const std::string& name) {
    if (!is_kept_by_us(name) || disk.exists(pack_file(name, ".idx"))) return;
    disk.remove(pack_file(name, ".pack"));
    disk.remove(pack_file(name, ".keep"));
  }

  Disk& disk;
  Path path;
  Refs refs;
  Guarded<Odb>
      odb;  // opened by the first read, so that a repository with a broken index can be mended
};

Repository::Repository(std::unique_ptr<State> state) : state_(std::move(state)) {}
Repository::~Repository() = default;

std::unique_ptr<Repository> Repository::open_or_create(Disk& disk, const Path& at) {
  const auto path = std::filesystem::absolute(at);  // so that every folder has one above it to sync
  if (disk.exists(path / "HEAD")) return open(disk, path);
  for (const char* folder : {"objects/pack", "objects/info", "refs/heads", "refs/tags"}) {
    make_durable_directories(disk, path / folder);
  }
  disk.replace(path / "config", kConfig);
  make_lock_mark(disk, path);
  disk.replace(path / "HEAD", "ref: refs/heads/main\n");  // last: it makes the folder a repository
  return open(disk, path);
}

std::unique_ptr<Repository> Repository::open(Disk& disk, const Path& at) {
  const auto path = std::filesystem::absolute(at);
  if (!disk.exists(path / "HEAD")) {
    throw Error(Failure::not_found, "no-repository",
                {"找不到 Git 儲存庫 " + path.string(), "no Git repository at " + path.string()});
  }
  return std::unique_ptr<Repository>(new Repository(std::make_unique<State>(disk, path)));
}

std::optional<Object> Repository::find(const ObjectId& id) {
  const auto oid = native(id);
  auto odb = state_->odb.lock();
  int code = 0;
  for (int tries = 0; tries < 2; ++tries) {
    // Maintenance may have removed a pack this handle had open; a new handle sees what stands now.
    if (!*odb) *odb = open_objects(state_->disk, state_->path);
    OdbObject object;
    code = git_odb_read(Out(object), odb->get(), &oid);
    if (code == 0) return copy_object(*object);
    require_descriptor();
    if (code == GIT_EMISMATCH) break;
    if (code == GIT_ENOTFOUND && !is_listed(state_->disk, state_->pack_folder(), id))
      return std::nullopt;
    drop_stale_multi_pack_index(state_->disk, state_->pack_folder());
    odb->reset();
  }
  damaged(id, code);
}

Object Repository::require(const ObjectId& id) {
  if (auto object = find(id)) return std::move(*object);
  throw Error(Failure::corrupt, "object-missing",
              {"Git 儲存庫缺少物件 " + id.hex() + "，請以備份還原",
               "the Git repository lacks the object " + id.hex() + "; restore it from a backup"});
}

ReadObject Repository::reader() {
  return [this](const ObjectId& id) { return find(id); };
}

std::optional<ObjectId> Repository::ref(const std::string& name) { return state_->refs.find(name); }

std::map<std::string, ObjectId> Repository::refs(const std::string& prefix) {
  return state_->refs.all(prefix);
}

std::string Repository::write_pack(const std::map<ObjectId, Object>& objects) {
  if (objects.empty()) return "";
  auto& disk = state_->disk;
  const auto name = pack_name(objects);
  state_->keep(name);
  if (!is_whole(disk, state_->pack_folder(), name)) {
    const auto made = make_pack(objects);
    const auto pack = write_temporary(disk, state_->pack_file(name, ".pack"), made.pack);
    const auto index = write_temporary(disk, state_->pack_file(name, ".idx"), made.index);
    disk.rename(pack, state_->pack_file(name, ".pack"));
    disk.rename(index, state_->pack_file(name, ".idx"));
  }
  disk.sync_directory(state_->pack_folder());
  return name;
}

void Repository::release(const std::string& pack) {
  if (!pack.empty()) state_->disk.remove(state_->pack_file(pack, ".keep"));
}

void Repository::move_ref(const std::string& name, const std::optional<ObjectId>& expected,
                          const ObjectId& target) {
  static_cast<void>(require(target));  // a ref to nothing would hide all that went before
  state_->refs.move(name, expected, target);
}

void Repository::delete_ref(const std::string& name) { state_->refs.remove(name); }

void Repository::clean_up() {
  auto& disk = state_->disk;
  state_->refs.remove_stale_locks();
  remove_leftovers(disk, state_->path);
  for (const auto& file : disk.list(state_->pack_folder())) {
    if (file.ends_with(".keep")) state_->remove_unfinished(Path(file).stem());
  }
}

void Repository::release_stale() {
  for (const auto& file : state_->disk.list(state_->pack_folder())) {
    const auto name = Path(file).stem().string();
    if (file.ends_with(".keep") && state_->is_kept_by_us(name)) release(name);
  }
}

void Repository::reopen() { state_->odb.lock()->reset(); }

std::vector<std::string> Repository::mend_indexes() {
  const auto broken = broken_indexes(state_->disk, state_->pack_folder());
  for (const auto& file : broken) mend_index(state_->disk, state_->pack_folder(), file);
  if (!broken.empty()) reopen();
  return broken;
}

std::size_t Repository::check(
    const std::function<void(const std::string& where, const std::string& what)>& fault) {
  std::map<std::string, ObjectId> known;
  try {
    known = refs("refs/");
  } catch (const Error& error) {
    if (error.failure() != Failure::corrupt) throw;
    fault("refs", error.said().zh + " " + error.said().en);
  }
  return PackCheck(state_->disk, state_->path / "objects", fault).run(known);
}

}  // namespace vermilion::git
