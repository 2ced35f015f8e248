#include "git/refs.h"

#include <algorithm>

#include "base/error.h"
#include "git/libgit2.h"
#include "git/ref_lock.h"

namespace vermilion::git {
namespace {

constexpr const char* kPackedRefs = "packed-refs";

[[noreturn]] void bad_ref(const std::string& name) {
  throw Error(Failure::corrupt, "bad-ref",
              {"Git 參照 " + name + " 已損毀，請以備份還原",
               "the Git ref " + name + " is damaged; restore it from a backup"});
}

void require_name(const std::string& name) {
  int valid = 0;
  if (name.starts_with("refs/") && name.find('\0') == name.npos &&
      git_reference_name_is_valid(&valid, name.c_str()) == 0 && valid == 1) {
    return;
  }
  throw Error(Failure::invalid, "bad-ref-name",
              {"「" + name + "」不能作為 Git 參照名稱", "\"" + name + "\" cannot name a Git ref"});
}

std::string_view take_line(std::string_view& rest) {
  const auto line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  return line;
}

// Calls visit(name, id) for each line of packed-refs. Lines with '#' or '^' (peeled tags) are
// remarks.
template <typename Visit>
void each_packed(std::string_view rest, Visit visit) {
  while (!rest.empty()) {
    const auto line = take_line(rest);
    if (line.empty() || line.front() == '#' || line.front() == '^') continue;
    const auto id = ObjectId::from_hex(line.substr(0, 40));
    if (!id || line.size() < 42 || line[40] != ' ') bad_ref(kPackedRefs);
    visit(std::string(line.substr(41)), *id);
  }
}

ObjectId parse_loose(const std::string& name, std::string_view bytes) {
  const auto id = ObjectId::from_hex(bytes.substr(0, 40));
  if (!id || (bytes.size() > 40 && bytes[40] != '\n')) bad_ref(name);
  return *id;
}

}  // namespace

std::optional<std::string> Refs::loose(const std::string& name) {
  const auto path = repository_ / name;
  if (!disk_.exists(path) || std::filesystem::is_directory(path)) return std::nullopt;
  try {
    return disk_.read_all(path);
  } catch (const Error& error) {
    if (error.failure() == Failure::not_found)
      return std::nullopt;  // git pack-refs moved it meanwhile
    throw;
  }
}

Bytes Refs::packed() {
  try {
    return disk_.read_all(repository_ / kPackedRefs);
  } catch (const Error& error) {
    if (error.failure() == Failure::not_found) return {};
    throw;
  }
}

std::optional<ObjectId> Refs::find(const std::string& name) {
  auto direct = name;
  for (int links = 0;; ++links) {
    require_name(direct);
    const auto bytes = loose(direct);
    if (!bytes) return find_packed(direct);
    if (!bytes->starts_with("ref: ")) return parse_loose(direct, *bytes);
    if (links == 5) bad_ref(name);  // as many as git follows
    std::string_view rest(*bytes);
    direct = take_line(rest).substr(5);
  }
}

std::optional<ObjectId> Refs::find_packed(const std::string& name) {
  std::optional<ObjectId> found;
  each_packed(packed(), [&](const std::string& packed_name, const ObjectId& id) {
    if (packed_name == name) found = id;
  });
  return found;
}

void Refs::collect(const std::string& folder, std::map<std::string, ObjectId>& found) {
  if (!std::filesystem::is_directory(repository_ / folder)) return;
  for (const auto& entry : disk_.list(repository_ / folder)) {
    const auto name = folder + "/" + entry;
    if (std::filesystem::is_directory(repository_ / name)) {
      collect(name, found);
    } else if (!entry.ends_with(".lock")) {
      if (const auto id = find(name)) found[name] = *id;
    }
  }
}

std::map<std::string, ObjectId> Refs::all(const std::string& prefix) {
  std::map<std::string, ObjectId> found;
  // Loose before packed: a ref that git pack-refs moves meanwhile is then seen at least once.
  const auto folder = prefix.substr(0, std::min(prefix.rfind('/'), prefix.size()));
  collect(folder.starts_with("refs") ? folder : "refs", found);
  each_packed(packed(),
              [&](const std::string& name, const ObjectId& id) { found.emplace(name, id); });
  std::erase_if(found, [&](const auto& ref) { return !ref.first.starts_with(prefix); });
  return found;
}

// "refs/tags/a" and "refs/tags/a/b" cannot both be files.
void Refs::require_free(const std::string& name) {
  bool taken = !all(name + "/").empty();
  for (auto slash = name.find('/', 5); slash != name.npos; slash = name.find('/', slash + 1)) {
    taken = taken || find(name.substr(0, slash));
  }
  if (!taken) return;
  throw Error(Failure::conflict, "ref-name-taken",
              {"Git 參照 " + name + " 與既有的參照衝突，請換一個名稱",
               "the Git ref " + name + " clashes with one that stands; choose another name"});
}

void Refs::move(const std::string& name, const std::optional<ObjectId>& expected,
                const ObjectId& target) {
  require_name(name);
  if (!find(name)) require_free(name);
  const auto path = repository_ / name;
  make_durable_directories(disk_, path.parent_path());
  RefLock lock(disk_, repository_, path);
  const auto current = find(name);
  if (current == target) {
    // A writer killed after its rename left this to be made durable.
    return disk_.sync_directory(path.parent_path());
  }
  if (current != expected) {
    throw Error(Failure::conflict, "ref-moved",
                {"Git 參照 " + name + " 已被其他變更移動，請重新讀取後再試",
                 "the Git ref " + name + " was moved by another change; read it again and retry"});
  }
  // An empty folder of this name is what packed or deleted refs left.
  if (std::filesystem::is_directory(path)) std::filesystem::remove(path);
  lock.commit(target.hex() + "\n");
}

void Refs::remove_packed(const std::string& name) {
  RefLock lock(disk_, repository_, repository_ / kPackedRefs);
  const auto before = packed();
  Bytes after;
  bool dropping = false;
  for (std::string_view rest(before); !rest.empty();) {
    const auto line = take_line(rest);
    dropping = line.starts_with('^') ? dropping : line.size() > 41 && line.substr(41) == name;
    if (!dropping) after.append(line).append("\n");
  }
  if (after != before) lock.commit(after);
}

void Refs::remove(const std::string& name) {
  require_name(name);
  const auto path = repository_ / name;
  if (!find(name)) return;
  make_durable_directories(disk_, path.parent_path());
  const RefLock lock(disk_, repository_, path);
  remove_packed(name);  // first: the loose ref hides the packed one, which must not come back
  disk_.remove(path);
  disk_.sync_directory(path.parent_path());
}

void Refs::remove_stale_locks_below(const Path& folder) {
  for (const auto& entry : disk_.list(folder)) {
    if (std::filesystem::is_directory(folder / entry)) {
      remove_stale_locks_below(folder / entry);
    } else if (entry.ends_with(".lock") && is_stale_lock(folder / entry)) {
      disk_.remove(folder / entry);
    }
  }
}

void Refs::remove_stale_locks() {
  make_lock_mark(disk_, repository_);
  remove_stale_locks_below(repository_ / "refs");
}

}  // namespace vermilion::git
