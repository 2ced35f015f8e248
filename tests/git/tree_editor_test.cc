#include "git/tree_editor.h"

#include <random>

#include "base/error.h"
#include "support/process.h"

using namespace vermilion;
using namespace vermilion::git;

namespace {

// Objects in memory, counting how many were read.
struct Memory {
  std::map<ObjectId, Object> objects;
  std::size_t reads = 0;

  ReadObject reader() {
    return [this](const ObjectId& id) -> std::optional<Object> {
      ++reads;
      const auto found = objects.find(id);
      if (found == objects.end()) return std::nullopt;
      return found->second;
    };
  }
  ObjectId write(TreeEditor& editor) {
    std::map<ObjectId, Object> fresh;
    const auto root = editor.write(fresh);
    objects.insert(fresh.begin(), fresh.end());
    return root;
  }
  ObjectId tree(const std::map<std::string, std::string>& files) {
    TreeEditor editor(reader(), std::nullopt);
    for (const auto& [path, content] : files) editor.put(path, content);
    return write(editor);
  }
};

using Files = std::map<std::string, std::string>;

Files files_of(Memory& memory, const ObjectId& root) {
  Files files;
  walk_tree(memory.reader(), root, [&](const std::string& path, const ObjectId& id) {
    files[path] = memory.objects.at(id).data;
  });
  return files;
}

const Files kSample = {{"documents/ISMS-01-002/document.md", "# 資訊安全管理規範\n"},
                       {"documents/ISMS-01-002/metadata.json", "{}\n"},
                       {"documents/ISMS-01-002/files/組織圖.png", "PNG"},
                       {"records/00/12/34/123456/manifest.json", "{\"seq\":123456}\n"},
                       {"people/陳玉玲.json", "{}\n"}};

}  // namespace

TEST_CASE("TreeEditor: writes the very tree that git write-tree writes", "[git]") {
  const Scratch scratch;
  auto files = kSample;
  for (const char* path : {"a/x", "a.b", "a-b/y", "a0", "規範/一", "規範.md"}) files[path] = path;
  for (const auto& [path, content] : files) write_file(scratch / path, content);
  const auto ran =
      run("cd " + quoted(scratch.path()) + "; git init -q . && git add . && git write-tree");
  Memory memory;
  CHECK(ran.output == memory.tree(files).hex() + "\n");
  CHECK(files_of(memory, memory.tree(files)) == files);
}

TEST_CASE("TreeEditor: a stored directory is edited by name, in whatever order git keeps it",
          "[git]") {
  Memory memory;
  const auto root = memory.tree({{"a/x", "1"}, {"a-b/y", "2"}, {"a.b", "3"}, {"a0", "4"}});
  TreeEditor editor(memory.reader(), root);
  CHECK(editor.read("a/x") == "1");
  editor.put("a/z", "5");
  editor.remove("a.b");
  CHECK(memory.write(editor) ==
        memory.tree({{"a/x", "1"}, {"a/z", "5"}, {"a-b/y", "2"}, {"a0", "4"}}));
}

TEST_CASE("TreeEditor: random edits end in the tree of the files that are left", "[git]") {
  std::mt19937 random(36);
  Memory memory;
  Files files;
  std::optional<ObjectId> root;
  for (int round = 0; round < 60; ++round) {
    TreeEditor editor(memory.reader(), root);
    for (int edit = 0; edit < 6; ++edit) {
      const auto path = std::string(1, static_cast<char>('a' + random() % 3)) + "/" +
                        std::string(1, static_cast<char>('a' + random() % 3)) + "/" +
                        std::to_string(random() % 4);
      if (random() % 3 == 0) {
        editor.remove(path);
        files.erase(path);
      } else {
        files[path] = std::to_string(random() % 5);
        editor.put(path, files[path]);
      }
    }
    root = memory.write(editor);
    CHECK(*root == memory.tree(files));
    CHECK(files_of(memory, *root) == files);
  }
}

TEST_CASE("TreeEditor: yields only what is new and reads only the directories on the path",
          "[git]") {
  Memory memory;
  const auto root = memory.tree(kSample);
  memory.reads = 0;
  TreeEditor editor(memory.reader(), root);
  editor.put("records/00/12/34/123457/manifest.json", "{\"seq\":123457}\n");
  std::map<ObjectId, Object> fresh;
  static_cast<void>(editor.write(fresh));
  CHECK(fresh.size() == 7);  // one blob; root, records, 00, 12, 34 and 123457
  CHECK(memory.reads == 5);  // root, records, 00, 12, 34

  std::map<ObjectId, Object> again;
  static_cast<void>(editor.write(again));
  CHECK(again.empty());
}

TEST_CASE("TreeEditor: an edit that changes nothing yields nothing", "[git]") {
  Memory memory;
  const auto root = memory.tree(kSample);
  TreeEditor editor(memory.reader(), root);
  editor.put("people/陳玉玲.json", "{}\n");
  editor.put("people/林志明.json", "{}\n");
  editor.remove("people/林志明.json");
  editor.remove("people/無此人.json");
  editor.remove("無此目錄/無此檔");
  std::map<ObjectId, Object> fresh;
  CHECK(editor.write(fresh) == root);
  CHECK(fresh.empty());
}

TEST_CASE("TreeEditor: a blob that was replaced before writing is not yielded", "[git]") {
  Memory memory;
  TreeEditor editor(memory.reader(), std::nullopt);
  editor.put("a", "草稿");
  editor.put("a", "定稿");
  std::map<ObjectId, Object> fresh;
  static_cast<void>(editor.write(fresh));
  CHECK(fresh.size() == 2);
  CHECK(fresh.contains(object_id(ObjectType::blob, "定稿")));
}

TEST_CASE("TreeEditor: reads and lists the edits before they are written", "[git]") {
  Memory memory;
  TreeEditor editor(memory.reader(), memory.tree(kSample));
  editor.put("documents/ISMS-01-002/document.md", "# 第二版\n");
  editor.remove("documents/ISMS-01-002/files/組織圖.png");
  CHECK(editor.read("documents/ISMS-01-002/document.md") == "# 第二版\n");
  CHECK(editor.read("people/陳玉玲.json") == "{}\n");
  CHECK_FALSE(editor.read("people"));
  CHECK_FALSE(editor.read("無此檔"));
  std::vector<std::string> names;
  for (const auto& entry : editor.list("documents/ISMS-01-002")) names.push_back(entry.name);
  CHECK(names == std::vector<std::string>{"document.md", "metadata.json"});
  CHECK(editor.list("").size() == 3);
  CHECK(editor.list("無此目錄").empty());
  memory.write(editor);
  editor.put("people/林志明.json", "{}\n");
  CHECK(editor.read("documents/ISMS-01-002/document.md") == "# 第二版\n");
}

TEST_CASE("TreeEditor: removing everything leaves the empty tree", "[git]") {
  Memory memory;
  TreeEditor editor(memory.reader(), memory.tree(kSample));
  for (const char* path : {"documents", "records/00/12/34/123456/manifest.json", "people"})
    editor.remove(path);
  std::map<ObjectId, Object> fresh;
  CHECK(editor.write(fresh).hex() == "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  CHECK(fresh.size() == 1);
}

TEST_CASE("TreeEditor: paths that git or a checkout would misread are refused", "[git]") {
  Memory memory;
  TreeEditor editor(memory.reader(), memory.tree(kSample));
  const std::vector<std::string> bad = {"",
                                        "/a",
                                        "a/",
                                        "a//b",
                                        "../a",
                                        "a/./b",
                                        ".git/config",
                                        "a/.GIT/hooks",
                                        ".g\u200cit/x",
                                        "git~1/x",
                                        ".gitattributes",
                                        "a\\b",
                                        "a\nb",
                                        std::string("a\0b", 3),
                                        "\xff",
                                        "a/.gitmodules"};
  for (const auto& path : bad) {
    INFO(path);
    CHECK_THROWS_WITH(editor.put(path, "x"), Catch::Contains("bad-path"));
  }
  CHECK_THROWS_WITH(editor.put("people", "x"), Catch::Contains("bad-path"));
  CHECK_THROWS_WITH(editor.put("people/陳玉玲.json/x", "x"), Catch::Contains("bad-path"));
  std::map<ObjectId, Object> fresh;
  CHECK(editor.write(fresh) == memory.tree(kSample));
}

TEST_CASE("find_path: finds files and directories, and nothing for what is not there", "[git]") {
  Memory memory;
  const auto root = memory.tree(kSample);
  CHECK(find_path(memory.reader(), root, "people/陳玉玲.json") ==
        object_id(ObjectType::blob, "{}\n"));
  CHECK(find_path(memory.reader(), root, "") == root);
  const auto people = find_path(memory.reader(), root, "people");
  REQUIRE(people);
  CHECK(memory.objects.at(*people).type == ObjectType::tree);
  CHECK_FALSE(find_path(memory.reader(), root, "people/陳玉玲.json/x"));
  CHECK_FALSE(find_path(memory.reader(), root, "people/陳"));
}

TEST_CASE("diff_trees: tells the files that differ and skips equal directories", "[git]") {
  Memory memory;
  const auto before = memory.tree(kSample);
  auto files = kSample;
  files["documents/ISMS-01-002/document.md"] = "# 第二版\n";
  files.erase("people/陳玉玲.json");
  files["people"] = "a file where a directory was\n";
  const auto after = memory.tree(files);
  memory.reads = 0;
  std::map<std::string, std::pair<bool, bool>> seen;
  diff_trees(memory.reader(), before, after, [&](const Change& change) {
    seen[change.path] = {change.before.has_value(), change.after.has_value()};
  });
  CHECK(seen == std::map<std::string, std::pair<bool, bool>>{
                    {"documents/ISMS-01-002/document.md", {true, true}},
                    {"people", {false, true}},
                    {"people/陳玉玲.json", {true, false}}});
  CHECK(memory.reads == 7);  // both roots, documents and ISMS-01-002 twice, people once

  std::size_t count = 0;
  diff_trees(memory.reader(), std::nullopt, before,
             [&](const Change& change) { count += change.after ? 1U : 0U; });
  CHECK(count == kSample.size());
  diff_trees(memory.reader(), before, before, [&](const Change&) { FAIL("no difference"); });
}

TEST_CASE("walk_tree: a tree nested beyond measure is refused, not followed", "[git]") {
  Memory memory;
  auto id = memory.tree({{"a", "x"}});
  for (int depth = 0; depth < 3000; ++depth) {
    const auto bytes = tree_bytes({{"d", id, true}});
    id = object_id(ObjectType::tree, bytes);
    memory.objects.emplace(id, Object{ObjectType::tree, bytes});
  }
  CHECK_THROWS_WITH(walk_tree(memory.reader(), id, [](const auto&, const auto&) {}),
                    Catch::Contains("bad-tree"));
}

TEST_CASE("TreeEditor: a directory whose object is missing or no tree is corrupt", "[git]") {
  Memory memory;
  const auto root = memory.tree(kSample);
  const auto people = *find_path(memory.reader(), root, "people");
  memory.objects.erase(people);
  TreeEditor editor(memory.reader(), root);
  CHECK_THROWS_WITH(editor.put("people/林志明.json", "{}"), Catch::Contains("object-missing"));
  memory.objects.emplace(people, Object{ObjectType::blob, "x"});
  CHECK_THROWS_WITH(editor.put("people/林志明.json", "{}"), Catch::Contains("object-type"));
}
