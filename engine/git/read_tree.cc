#include "git/read_tree.h"

#include "base/error.h"
#include "git/path.h"

namespace vermilion::git {
namespace {

std::string prefixed(const std::string& directory, const std::string& name) {
  return directory.empty() ? name : directory + "/" + name;
}

void require_depth(std::size_t depth) {
  if (depth <= kMaxDepth) return;
  throw Error(Failure::corrupt, "bad-tree",
              {"Git 目錄的層數過多，拒絕讀取", "a Git tree is nested too deeply; it is refused"});
}

// Entries that hold content: a submodule only names a commit of some other repository.
std::vector<TreeEntry> content_of(const ReadObject& read, const std::optional<ObjectId>& tree) {
  if (!tree) return {};
  auto entries = read_tree(read, *tree);
  std::erase_if(entries, [](const TreeEntry& entry) { return entry.mode == kSubmoduleMode; });
  return entries;
}

void walk(const ReadObject& read, const ObjectId& tree, const std::string& path, std::size_t depth,
          const std::function<void(const std::string&, const ObjectId&)>& visit) {
  require_depth(depth);
  for (const auto& entry : content_of(read, tree)) {
    const auto where = prefixed(path, entry.name);
    if (entry.directory) {
      walk(read, entry.id, where, depth + 1, visit);
    } else {
      visit(where, entry.id);
    }
  }
}

class Difference {
 public:
  Difference(const ReadObject& read, const std::function<void(const Change&)>& visit)
      : read_(read), visit_(visit) {}

  using Tree = std::optional<ObjectId>;

  void trees(const Tree& before, const Tree& after, const std::string& path, std::size_t depth) {
    if (before == after) return;
    require_depth(depth);
    const auto old_entries = content_of(read_, before);
    const auto new_entries = content_of(read_, after);
    auto a = old_entries.begin();
    auto b = new_entries.begin();
    while (a != old_entries.end() || b != new_entries.end()) {
      const bool old_first =
          b == new_entries.end() || (a != old_entries.end() && !git_order(*b, *a));
      const bool new_first =
          a == old_entries.end() || (b != new_entries.end() && !git_order(*a, *b));
      const auto& entry = old_first ? *a : *b;
      this->entry(entry, old_first ? Tree((a++)->id) : Tree(), new_first ? Tree((b++)->id) : Tree(),
                  path, depth);
    }
  }

 private:
  void entry(const TreeEntry& entry, const Tree& before, const Tree& after, const std::string& path,
             std::size_t depth) {
    if (before == after) return;
    const auto where = prefixed(path, entry.name);
    if (entry.directory) return trees(before, after, where, depth + 1);
    visit_({where, before, after});
  }

  const ReadObject& read_;
  const std::function<void(const Change&)>& visit_;
};

}  // namespace

Object require_object(const ReadObject& read, const ObjectId& id, ObjectType type) {
  auto object = read(id);
  if (!object) {
    throw Error(Failure::corrupt, "object-missing",
                {"Git 儲存庫缺少物件 " + id.hex() + "，請以備份還原",
                 "the Git repository lacks the object " + id.hex() + "; restore it from a backup"});
  }
  if (object->type == type) return std::move(*object);
  throw Error(Failure::corrupt, "object-type",
              {"Git 物件 " + id.hex() + " 的種類不符，請以備份還原",
               "the Git object " + id.hex() + " is of another type; restore it from a backup"});
}

std::vector<TreeEntry> read_tree(const ReadObject& read, const ObjectId& id) {
  try {
    return parse_tree(require_object(read, id, ObjectType::tree).data);
  } catch (Error& error) {
    error.during("reading the tree " + id.hex());
    throw;
  }
}

std::optional<ObjectId> find_path(const ReadObject& read, const ObjectId& root,
                                  const std::string& path) {
  if (path.empty()) return root;
  const auto parts = path_parts(path);
  ObjectId id = root;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto entries = read_tree(read, id);
    const auto entry = std::find_if(entries.begin(), entries.end(),
                                    [&](const TreeEntry& one) { return one.name == parts[i]; });
    if (entry == entries.end() || (i + 1 < parts.size() && !entry->directory)) return std::nullopt;
    id = entry->id;
  }
  return id;
}

void walk_tree(const ReadObject& read, const ObjectId& root,
               const std::function<void(const std::string&, const ObjectId&)>& visit) {
  walk(read, root, "", 0, visit);
}

void diff_trees(const ReadObject& read, const std::optional<ObjectId>& before,
                const std::optional<ObjectId>& after,
                const std::function<void(const Change&)>& visit) {
  Difference(read, visit).trees(before, after, "", 0);
}

}  // namespace vermilion::git
