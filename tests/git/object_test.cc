#include "git/object.h"

#include <random>

#include "base/date.h"
#include "base/error.h"
#include "repository_fixture.h"
#include "support/process.h"
#include "support/shared.h"

using namespace vermilion;
using namespace vermilion::git;

namespace {

const Author kStore{"Vermilion", "store@epa", kNow};
const char* const kSignature =
    "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\nAAAA\n-----END SSH SIGNATURE-----\n";

Commit sample_commit() {
  const auto tree = object_id(ObjectType::tree, "");
  return {tree,
          {tree, tree},
          {"chen-yl", "chen-yl@epa", kNow},
          kStore,
          "發布 ISMS-01-002 3.6\n\nAct: 01J\n",
          ""};
}

Tag sample_tag() {
  return {object_id(ObjectType::blob, "x"), "ISMS-01-002/3.6", kStore, "資訊安全管理規範 3.6 版\n",
          kSignature};
}

template <typename Call>
std::string code_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return "none";
}

}  // namespace

TEST_CASE("git: ids are those of stock git", "[git]") {
  CHECK(object_id(ObjectType::blob, "").hex() == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  CHECK(object_id(ObjectType::tree, "").hex() == "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
  const Scratch scratch;
  write_file(scratch / "規範.md", "# 資訊安全管理規範\n");
  const auto ran = run("git hash-object " + quoted(scratch / "規範.md"));
  CHECK(ran.output == object_id(ObjectType::blob, "# 資訊安全管理規範\n").hex() + "\n");
}

TEST_CASE("git: an id is read only from forty lower-case digits", "[git]") {
  const std::string hex(40, 'a');
  CHECK(ObjectId::from_hex(hex)->hex() == hex);
  CHECK_FALSE(ObjectId::from_hex(std::string(39, 'a')));
  CHECK_FALSE(ObjectId::from_hex(std::string(42, 'a')));
  CHECK_FALSE(ObjectId::from_hex(std::string(40, 'A')));
  CHECK(ObjectId().is_zero());
  CHECK_FALSE(ObjectId::from_hex(hex)->is_zero());
}

TEST_CASE("git: a commit reads back as it was written", "[git]") {
  auto commit = sample_commit();
  for (const char* signature : {"", kSignature}) {
    commit.signature = signature;
    const auto bytes = commit_bytes(commit);
    const auto read = parse_commit(bytes);
    CHECK(commit_bytes(read) == bytes);
    CHECK(read.parents.size() == 2);
    CHECK(read.author.name == "chen-yl");
    CHECK(read.committer.at == kNow);
    CHECK(read.message == commit.message);
    CHECK(read.signature == signature);
  }
}

TEST_CASE("git: what was signed is the commit or tag without its signature", "[git]") {
  auto commit = sample_commit();
  const auto payload = commit_bytes(commit);
  commit.signature = kSignature;
  CHECK(signed_payload(commit_bytes(commit)) == payload);
  CHECK(signed_payload(payload) == payload);

  auto tag = sample_tag();
  const auto signed_tag = tag_bytes(tag);
  tag.signature = "";
  CHECK(signed_payload(signed_tag) == tag_bytes(tag));
}

TEST_CASE("git: a line in the message that looks like a header is not one", "[git]") {
  auto commit = sample_commit();
  commit.message = "gpgsig 假的\n 續行\n\ngpgsig 假的\n";
  commit.signature = kSignature;
  CHECK(parse_commit(commit_bytes(commit)).message == commit.message);
  CHECK(parse_commit(commit_bytes(commit)).signature == kSignature);
  commit.signature = "";
  CHECK(signed_payload(commit_bytes(commit)) == commit_bytes(commit));
}

TEST_CASE("git: a tag reads back as it was written", "[git]") {
  const auto tag = sample_tag();
  const auto read = parse_tag(tag_bytes(tag));
  CHECK(tag_bytes(read) == tag_bytes(tag));
  CHECK(read.name == tag.name);
  CHECK(read.message == tag.message);
  CHECK(read.signature == kSignature);
}

TEST_CASE("git: people and messages that git's check would refuse are not written", "[git]") {
  const auto code = [](auto change) {
    auto commit = sample_commit();
    change(commit);
    return code_of([&] { static_cast<void>(commit_bytes(commit)); });
  };
  CHECK(code([](Commit& c) { c.author.name = "陳<script>"; }) == "bad-author");
  CHECK(code([](Commit& c) { c.author.name = ""; }) == "bad-author");
  CHECK(code([](Commit& c) { c.committer.email = "a@b>\ngpgsig x"; }) == "bad-author");
  CHECK(code([](Commit& c) { c.author.at = Instant(std::chrono::seconds(-1)); }) == "bad-author");
  CHECK(code([](Commit& c) { c.message = "沒有換行"; }) == "bad-message");
  CHECK(code([](Commit& c) { c.message = std::string("a\0b\n", 4); }) == "bad-message");
  CHECK(code([](Commit& c) { c.signature = "甲\n\n乙"; }) == "bad-signature");
}

TEST_CASE("git: a tag cannot smuggle a signature in its message, nor a bad name", "[git]") {
  auto tag = sample_tag();
  tag.message = "核准\n";
  tag.message += kSignature;
  CHECK(code_of([&] { static_cast<void>(tag_bytes(tag)); }) == "bad-message");
  for (const char* name : {"", "a b", "a..b", "a\nb", "a.lock", "/a", "a~1"}) {
    tag = sample_tag();
    tag.name = name;
    INFO(name);
    CHECK(code_of([&] { static_cast<void>(tag_bytes(tag)); }) == "bad-tag-name");
  }
}

TEST_CASE("git: a tree sorts a file and a directory of like names as git mktree does", "[git]") {
  const auto blob = object_id(ObjectType::blob, "");
  const auto tree = object_id(ObjectType::tree, "");
  const std::vector<TreeEntry> entries = {
      {"a0", blob},         {"a", tree, true}, {"a.b", blob}, {"a-b", tree, true},
      {"規範", tree, true}, {"規範.md", blob}, {"A", blob}};
  const Scratch scratch;
  std::string lines;
  for (const auto& entry : entries) {
    lines += entry.directory ? "040000 tree " : "100644 blob ";
    lines += entry.id.hex() + "\t" + entry.name + "\n";
  }
  write_file(scratch / "lines", lines);
  const auto ran =
      run("cd " + quoted(scratch.path()) + "; git init -q .; git mktree --missing <lines");
  CHECK(ran.output == object_id(ObjectType::tree, tree_bytes(entries)).hex() + "\n");
}

TEST_CASE("git: a tree keeps the modes it was read with", "[git]") {
  const auto id = object_id(ObjectType::blob, "");
  const auto bytes = tree_bytes(
      {{"run.sh", id, false, 0100755}, {"連結", id, false, 0120000}, {"目錄", id, true}});
  CHECK(tree_bytes(parse_tree(bytes)) == bytes);
  CHECK(parse_tree(bytes)[0].mode == 0100755);
}

TEST_CASE("git: malformed trees are corrupt, never read by halves", "[git]") {
  const auto id = object_id(ObjectType::blob, "");
  const auto entry = [&](const std::string& head) {
    Bytes bytes = head + '\0';
    bytes.append(id.bytes.begin(), id.bytes.end());
    return bytes;
  };
  const std::vector<std::string> bad = {entry("100644 "),
                                        entry("100644 a/b"),
                                        entry("100644 .."),
                                        entry("100644 .git"),
                                        entry("0100644 a"),
                                        entry("644 a"),
                                        entry("100644"),
                                        entry("100644 b") + entry("100644 a"),
                                        "100644 a",
                                        entry("888888 a"),
                                        entry("100644 a").substr(0, 20),
                                        entry("100644 a") + entry("100644 a"),
                                        entry("100644 a") + entry("100644 a.b") + entry("40000 a")};
  for (const auto& bytes : bad) {
    INFO(bytes);
    CHECK(code_of([&] { static_cast<void>(parse_tree(bytes)); }) == "bad-tree");
  }
}

TEST_CASE("git: mutated objects give a value or corrupt, nothing else", "[git]") {
  auto commit = sample_commit();
  commit.signature = kSignature;
  const auto id = object_id(ObjectType::blob, "");
  const std::vector<std::string> seeds = {commit_bytes(commit), tag_bytes(sample_tag()),
                                          tree_bytes({{"文件.md", id}, {"附件", id, true}})};
  std::mt19937 random(20261122);
  int refused = 0;
  for (int round = 0; round < 6000; ++round) {
    auto bytes = seeds[static_cast<std::size_t>(round % 3)];
    for (int change = 0; change < 1 + round % 4; ++change) {
      const auto at = random() % bytes.size();
      if (random() % 4 == 0)
        bytes.erase(at, 1 + random() % 8);
      else if (random() % 4 == 0)
        bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 30));
      else
        bytes[at] = static_cast<char>(random());
      if (bytes.empty()) bytes = "\n";
    }
    for (int kind = 0; kind < 4; ++kind) {
      try {
        if (kind == 0) static_cast<void>(parse_commit(bytes));
        if (kind == 1) static_cast<void>(parse_tag(bytes));
        if (kind == 2) {
          const auto entries = parse_tree(bytes);
          CHECK(tree_bytes(entries) == bytes);
        }
        if (kind == 3) static_cast<void>(signed_payload(bytes));
      } catch (const Error& error) {
        CHECK(error.failure() == Failure::corrupt);
        ++refused;
      }
    }
  }
  CHECK(refused > 6000);
}
