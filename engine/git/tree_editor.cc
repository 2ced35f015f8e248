#include "git/tree_editor.h"

#include "base/error.h"
#include "git/path.h"
#include "git/read_tree.h"

namespace vermilion::git {

// One directory as the edits stand. `children` holds the directories opened so far; an entry of a
// child that was edited gets its id when it is written.
struct TreeEditor::Directory {
  std::map<std::string, TreeEntry> entries;
  std::map<std::string, std::unique_ptr<Directory>> children;
  std::optional<ObjectId> stored;  // the tree these entries came from
  bool edited = false;

  static std::unique_ptr<Directory> load(const ReadObject& read, const ObjectId& id) {
    auto directory = std::make_unique<Directory>();
    for (auto& entry : read_tree(read, id)) {
      auto name = entry.name;
      directory->entries.emplace_hint(directory->entries.end(), std::move(name), std::move(entry));
    }
    directory->stored = id;
    return directory;
  }

  // The directory of this name; nothing if there is none or a file has the name.
  Directory* open(const ReadObject& read, const std::string& name) {
    if (const auto child = children.find(name); child != children.end()) return child->second.get();
    const auto entry = entries.find(name);
    if (entry == entries.end() || !entry->second.directory) return nullptr;
    return (children[name] = load(read, entry->second.id)).get();
  }

  Directory* open_or_make(const ReadObject& read, const std::string& name) {
    if (Directory* child = open(read, name)) return child;
    if (!entries.emplace(name, TreeEntry{name, {}, true}).second)
      return nullptr;  // a file has the name
    return (children[name] = std::make_unique<Directory>()).get();
  }

  void erase(const std::string& name) {
    entries.erase(name);
    children.erase(name);
    edited = true;
  }

  ObjectId write(const std::map<ObjectId, Object>& blobs, std::map<ObjectId, Object>& objects) {
    if (!edited && stored) return *stored;
    std::vector<TreeEntry> list;
    for (auto& [name, entry] : entries) {
      const auto child = children.find(name);
      if (child != children.end()) entry.id = child->second->write(blobs, objects);
      list.push_back(entry);
    }
    auto bytes = tree_bytes(std::move(list));
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
    for (const auto& [name, entry] : entries) {
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
  auto& entry = way.back()->entries[parts.back()];
  if (entry.directory) taken(path);
  if (!entry.name.empty() && entry.id == id && entry.mode == kFileMode) return;
  entry = {parts.back(), id, false, kFileMode};
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
  if (!way.back()->entries.contains(parts.back())) return;
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
  const auto entry = directory->entries.find(parts.back());
  if (entry == directory->entries.end() || entry->second.directory) return std::nullopt;
  if (const auto blob = blobs_.find(entry->second.id); blob != blobs_.end())
    return blob->second.data;
  return require_object(read_, entry->second.id, ObjectType::blob).data;
}

std::vector<TreeEntry> TreeEditor::list(const std::string& path) {
  Directory* directory = root_.get();
  for (const auto& part : path.empty() ? std::vector<std::string>() : path_parts(path)) {
    directory = directory->open(read_, part);
    if (directory == nullptr) return {};
  }
  std::vector<TreeEntry> entries;
  for (const auto& [name, entry] : directory->entries) entries.push_back(entry);
  return entries;
}

ObjectId TreeEditor::write(std::map<ObjectId, Object>& objects) {
  return root_->write(blobs_, objects);
}

}  // namespace vermilion::git
