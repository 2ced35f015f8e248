#include "git/tree_editor.h"

#include <algorithm>

#include "base/error.h"
#include "git/path.h"
#include "git/read_tree.h"

namespace vermilion::git {

// One directory as the edits stand. `children` holds the directories opened so far; an entry of a
// child that was edited gets its id when it is written. A vector, for a directory of a thousand records is read and written whole in
// each act, and changed in one place.
struct TreeEditor::Directory {
  std::vector<TreeEntry> entries;  // by name
  std::map<std::string, std::unique_ptr<Directory>> children;
  std::optional<ObjectId> stored;  // the tree these entries came from
  bool edited = false;

  static std::unique_ptr<Directory> load(const ReadObject& read, const ObjectId& id) {
    auto directory = std::make_unique<Directory>();
    auto& entries = directory->entries = read_tree(read, id);
    const auto by_name = [](const TreeEntry& a, const TreeEntry& b) { return a.name < b.name; };
    if (!std::is_sorted(entries.begin(), entries.end(), by_name))  // git's order: "a.b" before "a/"
      std::sort(entries.begin(), entries.end(), by_name);
    directory->stored = id;
    return directory;
  }

  // Where an entry of this name stands or would stand.
  [[nodiscard]] std::vector<TreeEntry>::iterator place(const std::string& name) {
    return std::lower_bound(
        entries.begin(), entries.end(), name,
        [](const TreeEntry& entry, const std::string& wanted) { return entry.name < wanted; });
  }

  // Null if there is none.
  TreeEntry* find(const std::string& name) {
    const auto at = place(name);
    return at == entries.end() || at->name != name ? nullptr : &*at;
  }

  // The directory of this name; nothing if there is none or a file has the name.
  Directory* open(const ReadObject& read, const std::string& name) {
    if (const auto child = children.find(name); child != children.end()) return child->second.get();
    const auto* entry = find(name);
    if (entry == nullptr || !entry->directory) return nullptr;
    return (children[name] = load(read, entry->id)).get();
  }

  Directory* open_or_make(const ReadObject& read, const std::string& name) {
    if (Directory* child = open(read, name)) return child;
    if (find(name) != nullptr) return nullptr;  // a file has the name
    entries.insert(place(name), {name, {}, true});
    return (children[name] = std::make_unique<Directory>()).get();
  }

  void erase(const std::string& name) {
    if (find(name) != nullptr) entries.erase(place(name));
    children.erase(name);
    edited = true;
  }

  ObjectId write(const std::map<ObjectId, Object>& blobs, std::map<ObjectId, Object>& objects) {
    if (!edited && stored) return *stored;
    for (const auto& [name, child] : children) {
      TreeEntry* entry = find(name);
      VERMILION_ASSERT(entry != nullptr);
      entry->id = child->write(blobs, objects);
    }
    auto bytes = tree_bytes(entries);
    const auto id = object_id(ObjectType::tree, bytes);
    if (id != stored) {
      objects.emplace(id, Object{ObjectType::tree, std::move(bytes)});
      keep_blobs(blobs, objects);
    }
    stored = id;
    edited = false;
    return id;
  }

 private:
  void keep_blobs(const std::map<ObjectId, Object>& blobs, std::map<ObjectId, Object>& objects) {
    for (const auto& entry : entries) {
      if (const auto blob = blobs.find(entry.id); blob != blobs.end()) objects.insert(*blob);
    }
  }
};

namespace {

[[noreturn]] void taken(const std::string& path) {
  throw Error(
      Failure::invalid, "bad-path",
      {"「" + path + "」與既有的檔案或目錄同名，請換一個名稱",
       "\"" + path + "\" clashes with a file or directory that stands there; choose another name"});
}

}  // namespace

TreeEditor::TreeEditor(ReadObject read, std::optional<ObjectId> root)
    : read_(std::move(read)),
      root_(root ? Directory::load(read_, *root) : std::make_unique<Directory>()) {}

TreeEditor::~TreeEditor() = default;

void TreeEditor::put(const std::string& path, std::string_view content) {
  const auto parts = path_parts(path);
  const auto id = object_id(ObjectType::blob, content);
  std::vector<Directory*> way = {root_.get()};
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    way.push_back(way.back()->open_or_make(read_, parts[i]));
    if (way.back() == nullptr) taken(path);
  }
  auto* entry = way.back()->find(parts.back());
  if (entry != nullptr && entry->directory) taken(path);
  if (entry != nullptr && entry->id == id && entry->mode == kFileMode) return;
  TreeEntry file{parts.back(), id, false, kFileMode};
  if (entry != nullptr)
    *entry = std::move(file);
  else
    way.back()->entries.insert(way.back()->place(parts.back()), std::move(file));
  blobs_.emplace(id, Object{ObjectType::blob, Bytes(content)});
  for (Directory* directory : way) directory->edited = true;
}

void TreeEditor::remove(const std::string& path) {
  const auto parts = path_parts(path);
  std::vector<Directory*> way = {root_.get()};
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    way.push_back(way.back()->open(read_, parts[i]));
    if (way.back() == nullptr) return;
  }
  if (way.back()->find(parts.back()) == nullptr) return;
  way.back()->erase(parts.back());
  for (std::size_t i = way.size() - 1; i > 0; --i) {
    if (way[i]->entries.empty()) way[i - 1]->erase(parts[i - 1]);
    way[i - 1]->edited = true;
  }
}

std::optional<Bytes> TreeEditor::read(const std::string& path) {
  const auto parts = path_parts(path);
  Directory* directory = root_.get();
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    directory = directory->open(read_, parts[i]);
    if (directory == nullptr) return std::nullopt;
  }
  const auto* entry = directory->find(parts.back());
  if (entry == nullptr || entry->directory) return std::nullopt;
  if (const auto blob = blobs_.find(entry->id); blob != blobs_.end()) return blob->second.data;
  return require_object(read_, entry->id, ObjectType::blob).data;
}

std::vector<TreeEntry> TreeEditor::list(const std::string& path) {
  Directory* directory = root_.get();
  for (const auto& part : path.empty() ? std::vector<std::string>() : path_parts(path)) {
    directory = directory->open(read_, part);
    if (directory == nullptr) return {};
  }
  return directory->entries;
}

ObjectId TreeEditor::write(std::map<ObjectId, Object>& objects) {
  return root_->write(blobs_, objects);
}

}  // namespace vermilion::git
