#include <sys/resource.h>

#include <random>
#include <thread>

#include "base/error.h"
#include "git/repack.h"
#include "git/repository_fixture.h"
#include "support/faulty_disk.h"
#include "support/files.h"
#include "support/shared.h"

using namespace vermilion;
using namespace vermilion::git;
using Catch::Contains;

TEST_CASE("Repository: stock git reads, checks and clones what was written", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  const auto path = scratch / "evidence.git";
  auto repository = Repository::open_or_create(disk, path);
  CHECK(stock_git(path, "fsck --strict --full").status == 0);
  commit_files(*repository,
               {{"documents/ISMS-01-002/附表一.md", "# 附表\n"}, {"people/a.json", "{}\n"}},
               "建立：附表一\n");
  const auto head =
      commit_files(*repository, {{"documents/ISMS-01-002/附表一.md", "# 附表 第二版\n"}},
                   "修訂：附表一\n\n說明\n");
  const Tag tag{head, "ISMS-01-002/1.0", {"store", "store@epa", kNow}, "附表一 1.0\n", ""};
  const auto bytes = tag_bytes(tag);
  const auto id = object_id(ObjectType::tag, bytes);
  repository->release(repository->write_pack({{id, {ObjectType::tag, bytes}}}));
  repository->move_ref("refs/tags/ISMS-01-002/1.0", std::nullopt, id);

  const auto fsck = stock_git(path, "fsck --strict --full");
  INFO(fsck.output);
  CHECK(fsck.status == 0);
  CHECK(stock_git(path, "log --format=%s%an --name-only main").output ==
        "修訂：附表一chen-yl\n\ndocuments/ISMS-01-002/附表一.md\n"
        "建立：附表一chen-yl\n\ndocuments/ISMS-01-002/附表一.md\npeople/a.json\n");
  CHECK(stock_git(path, "cat-file -p main:documents/ISMS-01-002/附表一.md").output ==
        "# 附表 第二版\n");
  CHECK(stock_git(path, "cat-file -p ISMS-01-002/1.0").output.find("附表一 1.0") !=
        std::string::npos);
  for (const auto& index : files_ending(path / "objects/pack", ".idx")) {
    CHECK(run("git verify-pack " + quoted(index)).status == 0);
  }
  CHECK(run("git clone -q --no-local " + quoted(path) + " " + quoted(scratch / "複本")).status ==
        0);
  CHECK(file_bytes(scratch / "複本/documents/ISMS-01-002/附表一.md") == "# 附表 第二版\n");
  CHECK(faults_of(*repository).empty());
}

TEST_CASE("Repository: objects of every size go through pack and index", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  auto repository = Repository::open_or_create(disk, scratch / "r.git");
  std::map<ObjectId, Object> objects;
  for (const std::size_t size : {0U, 1U, 15U, 16U, 17U, 2047U, 2048U, 2049U, 300000U, 5000000U}) {
    Bytes data(size, '\0');
    for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<char>(i * i >> 3);
    objects.emplace(object_id(ObjectType::blob, data), Object{ObjectType::blob, data});
  }
  repository->release(repository->write_pack(objects));
  for (const auto& [id, object] : objects) CHECK(repository->require(id).data == object.data);
  CHECK(stock_git(scratch / "r.git", "fsck --strict --full").status == 0);
  CHECK(repository->check([](const auto& where, const auto& what) { FAIL(where + what); }) ==
        objects.size());
}

TEST_CASE("Repository: the same set is the same pack, written once", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  auto one = Repository::open_or_create(disk, scratch / "one.git");
  auto two = Repository::open_or_create(disk, scratch / "two.git");
  const auto prepared = prepare(*one, std::nullopt, {{"甲", "1"}, {"乙/丙", "2"}});
  const auto name = one->write_pack(prepared.objects);
  CHECK(std::filesystem::exists(scratch / ("one.git/objects/pack/" + name + ".keep")));
  one->release(name);
  CHECK_FALSE(std::filesystem::exists(scratch / ("one.git/objects/pack/" + name + ".keep")));
  const auto written =
      std::filesystem::last_write_time(scratch / ("one.git/objects/pack/" + name + ".pack"));
  CHECK(one->write_pack(prepared.objects) == name);
  CHECK(std::filesystem::last_write_time(scratch / ("one.git/objects/pack/" + name + ".pack")) ==
        written);
  CHECK(two->write_pack(prepared.objects) == name);
  for (const char* suffix : {".pack", ".idx"}) {
    CHECK(file_bytes(scratch / ("one.git/objects/pack/" + name + suffix)) ==
          file_bytes(scratch / ("two.git/objects/pack/" + name + suffix)));
  }
  CHECK(one->write_pack({}).empty());
}

TEST_CASE("Repository: a pack damaged before its frame is folded again is written anew", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  auto repository = Repository::open_or_create(disk, scratch / "r.git");
  const auto prepared = prepare(*repository, std::nullopt, {{"甲", "1"}});
  const auto pack =
      scratch / ("r.git/objects/pack/" + repository->write_pack(prepared.objects) + ".pack");
  const auto good = file_bytes(pack);
  flip_bit(pack, 40);
  repository->write_pack(prepared.objects);
  CHECK(file_bytes(pack) == good);
}

TEST_CASE("Repository: an open repository sees packs that another one writes", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  auto writer = Repository::open_or_create(disk, scratch / "r.git");
  auto reader = Repository::open(disk, scratch / "r.git");
  for (int round = 0; round < 5; ++round) {
    const auto head = commit_files(*writer, {{"紀錄/" + std::to_string(round), "內容"}});
    CHECK(reader->ref(kMain) == head);
    CHECK(reader->find(head));
  }
  CHECK_FALSE(reader->find(object_id(ObjectType::blob, "從未寫入")));
  CHECK_FALSE(reader->find(ObjectId()));
  CHECK_THROWS_WITH(reader->require(object_id(ObjectType::blob, "從未寫入")),
                    Contains("object-missing"));
}

TEST_CASE("Repository: what stock git repacked and packed its refs is still read and moved",
          "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  const auto path = scratch / "r.git";
  auto repository = Repository::open_or_create(disk, path);
  const auto first = commit_files(*repository, {{"甲", std::string(3000, 'x')}});
  repository->move_ref("refs/tags/甲/1.0", std::nullopt, first);
  const auto second = commit_files(*repository, {{"甲", std::string(3000, 'x') + "y"}});
  CHECK(stock_git(path, "repack -adfq").status == 0);
  CHECK(stock_git(path, "pack-refs --all").status == 0);
  REQUIRE_FALSE(std::filesystem::exists(path / "refs/heads/main"));

  CHECK(repository->ref(kMain) == second);
  CHECK(repository->refs("refs/tags/") ==
        std::map<std::string, ObjectId>{{"refs/tags/甲/1.0", first}});
  CHECK(repository->require(first).type == ObjectType::commit);
  CHECK(faults_of(*repository).empty());
  const auto third = commit_files(*repository, {{"甲", "z"}});
  CHECK(repository->ref(kMain) == third);
  CHECK(stock_git(path, "rev-parse main").output == third.hex() + "\n");
  repository->delete_ref("refs/tags/甲/1.0");
  CHECK_FALSE(repository->ref("refs/tags/甲/1.0"));
  repository->delete_ref(kMain);
  CHECK(stock_git(path, "for-each-ref").output.empty());
  repository->move_ref("refs/tags/甲", std::nullopt, first);  // where an empty folder may stand
  CHECK(stock_git(path, "fsck --strict --full").status == 0);
}

TEST_CASE("Repository: moving a ref is a compare-and-swap", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  auto repository = Repository::open_or_create(disk, scratch / "r.git");
  const auto first = commit_files(*repository, {{"甲", "1"}});
  const auto second = commit_files(*repository, {{"甲", "2"}});
  CHECK_THROWS_WITH(repository->move_ref(kMain, first, first), Contains("ref-moved"));
  CHECK_THROWS_WITH(repository->move_ref(kMain, std::nullopt, first), Contains("ref-moved"));
  CHECK_THROWS_WITH(repository->move_ref("refs/heads/inbox", first, second), Contains("ref-moved"));
  CHECK_THROWS_WITH(repository->move_ref(kMain, second, object_id(ObjectType::blob, "無")),
                    Contains("object-missing"));
  CHECK(repository->ref(kMain) == second);
  repository->move_ref(kMain, first, second);  // already there: replaying is harmless
  CHECK(repository->ref(kMain) == second);

  CHECK_THROWS_WITH(repository->move_ref("refs/heads/main/草稿", std::nullopt, first),
                    Contains("ref-name-taken"));
  repository->move_ref("refs/heads/草稿/一", std::nullopt, first);
  CHECK_THROWS_WITH(repository->move_ref("refs/heads/草稿", std::nullopt, first),
                    Contains("ref-name-taken"));
  for (const char* name :
       {"HEAD", "main", "refs/heads/..", "refs/heads/a.lock", "refs/../config", "refs/"}) {
    CHECK_THROWS_WITH(repository->move_ref(name, std::nullopt, first), Contains("bad-ref-name"));
  }
}

TEST_CASE("Repository: of many writers racing for one ref each move counts once", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  auto repository = Repository::open_or_create(disk, scratch / "r.git");
  commit_files(*repository, {{"甲", "0"}});
  std::atomic<int> moved = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 3; ++writer) {
    writers.emplace_back([&, writer] {
      auto own = Repository::open(disk, scratch / "r.git");
      for (int done = 0; done < 15;) {
        try {
          commit_files(*own, {{std::to_string(writer), std::to_string(done)}});
          ++done;
          ++moved;
        } catch (const Error& error) {
          if (error.failure() != Failure::conflict) return;
        }
      }
    });
  }
  for (auto& writer : writers) writer.join();
  CHECK(moved == 45);
  CHECK(stock_git(scratch / "r.git", "rev-list --count main").output == "46\n");
}

TEST_CASE("Repository: cleaning up removes what a killed writer leaves and nothing else", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  const auto path = scratch / "r.git";
  auto repository = Repository::open_or_create(disk, path);
  const auto head = commit_files(*repository, {{"甲", "1"}});
  const auto packs = path / "objects/pack";
  const std::string ours = "vermilion\n";
  for (const char* stale : {"refs/heads/main.lock", "refs/tags/x/1.0.lock", "packed-refs.lock",
                            "refs/heads/a.vermilion-new.lock", "HEAD.vermilion-new"}) {
    write_file(path / stale, ours);
  }
  write_file(path / "vermilion-lock", "壞");
  write_file(packs / "pack-6.vermilion-new/pack_git2_a8f3", "重建到一半");
  // Another git's, which died long ago, or is at work.
  const std::vector<std::string> anothers = {
      "refs/heads/inbox.lock",     "objects/pack/tmp_pack_Ab12cd",
      "objects/pack/pack_git2_77", "objects/pack/.tmp-77-pack-8.pack",
      "objects/4b/tmp_obj_Zz9y8x", "objects/tmp_objdir-incoming-Qq/pack/tmp_pack_1"};
  const auto old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(2);
  for (const auto& name : anothers) {
    write_file(path / name, "");
    std::filesystem::last_write_time(path / name, old);
    write_file(path / (name + "-live.lock"), "");
  }
  std::filesystem::last_write_time(path / "objects/tmp_objdir-incoming-Qq", old);
  write_file(packs / "tmp_pack_live", "推送中");
  write_file(packs / "tmp_idx_live", "推送中");
  write_file(packs / "pack-1.pack.vermilion-new", "半途");
  write_file(packs / "pack-2.keep", ours);
  write_file(packs / "pack-2.pack", "沒有索引");
  write_file(packs / "pack-3.keep", "receive-pack 12 on host");
  write_file(packs / "pack-4.pack", "別人的");
  const auto finished = files_ending(packs, ".idx").front().stem().string();
  write_file(packs / (finished + ".keep"), ours);
  // Maintenance may be at work beside us.
  write_file(packs / "pack-5.gone.vermilion-merge", "舊索引");
  write_file(packs / "pack-5.pack", "舊包");

  repository->clean_up();
  CHECK(files_ending(path / "refs/heads", ".lock") ==
        std::vector<Path>{path / "refs/heads/inbox.lock-live.lock"});
  CHECK(files_ending(path / "refs/tags/x", ".lock").empty());
  CHECK(files_ending(path, ".lock").empty());
  for (const auto& name : anothers) CHECK_FALSE(std::filesystem::exists(path / name));
  CHECK(file_bytes(path / "vermilion-lock") == ours);
  CHECK(std::filesystem::exists(packs / "tmp_pack_live"));
  CHECK(std::filesystem::exists(packs / "tmp_idx_live"));
  CHECK(std::filesystem::exists(packs / "pack-5.pack"));
  complete_repack(disk, path);
  CHECK_FALSE(std::filesystem::exists(packs / "pack-5.pack"));
  CHECK(files_ending(path, ".vermilion-new").empty());
  CHECK(files_ending(packs, ".vermilion-new").empty());
  // A whole pack may hold what no ref names yet: it is let go after the fold, not before.
  CHECK(std::filesystem::exists(packs / (finished + ".keep")));
  repository->release_stale();
  CHECK(files_ending(packs, ".keep") == std::vector<Path>{packs / "pack-3.keep"});
  CHECK_FALSE(std::filesystem::exists(packs / "pack-2.pack"));
  CHECK(std::filesystem::exists(packs / "pack-4.pack"));
  CHECK(repository->find(head));
  commit_files(*repository, {{"甲", "2"}});
}

TEST_CASE("Repository: a lock that stays is an answer after a while, not a hang", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  auto repository = Repository::open_or_create(disk, scratch / "r.git");
  const auto head = commit_files(*repository, {{"甲", "1"}});
  write_file(scratch / "r.git/refs/heads/main.lock", "");
  CHECK_THROWS_WITH(repository->move_ref(kMain, std::nullopt, head), Contains("ref-locked"));
}

TEST_CASE("Repository: each disk call failing in turn leaves the old or the new head", "[git]") {
  SystemDisk system;
  const auto after = GENERATE(FaultyDisk::After::works, FaultyDisk::After::dead);
  const bool power_cut = GENERATE(false, true);
  std::size_t n = 1;
  for (bool failed = true; failed; ++n) {
    const Scratch scratch;
    const auto path = scratch / "r.git";
    ObjectId before;
    {
      auto repository = Repository::open_or_create(system, path);
      before = commit_files(*repository, {{"甲", "1"}});
    }
    FaultyDisk disk(system);
    auto repository = Repository::open(disk, path);
    disk.fail_at(n, after);
    std::optional<ObjectId> acknowledged;
    try {
      acknowledged = commit_files(*repository, {{"甲", "2"}, {"乙/丙", "3"}});
    } catch (const Error& error) {
      CHECK(error.failure() == Failure::unavailable);
    }
    failed = disk.failed();
    if (power_cut) disk.drop_unsynced();
    INFO("call " << n);
    const auto fsck = stock_git(path, "fsck --strict --full");
    INFO(fsck.output);
    CHECK(fsck.status == 0);

    auto reopened = Repository::open(system, path);
    reopened->clean_up();
    const auto wanted = prepare(*reopened, before, {{"甲", "2"}, {"乙/丙", "3"}});
    const auto head = reopened->ref(kMain);
    CHECK((head == before || head == wanted.commit));
    if (acknowledged) CHECK(head == wanted.commit);
    const auto pack = reopened->write_pack(wanted.objects);  // as replaying the frame does
    reopened->move_ref(kMain, before, wanted.commit);
    reopened->release(pack);
    CHECK(faults_of(*reopened).empty());
  }
  CHECK(n > 14);
}

TEST_CASE("Repository: each disk call failing while it is made leaves a place to make it again",
          "[git]") {
  SystemDisk system;
  FaultyDisk disk(system);
  bool failed = true;
  for (std::size_t n = 1; failed; ++n) {
    const Scratch scratch;
    disk.fail_at(n);
    try {
      Repository::open_or_create(disk, scratch / "r.git");
    } catch (const Error& error) {
      CHECK(error.code() == "disk-full");
    }
    failed = disk.failed();
    auto repository = Repository::open_or_create(system, scratch / "r.git");
    commit_files(*repository, {{"甲", "1"}});
    CHECK(stock_git(scratch / "r.git", "fsck --strict --full").status == 0);
  }
}

TEST_CASE("Repository: a flipped bit anywhere in pack or index is found and named", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  const auto path = scratch / "r.git";
  {
    auto repository = Repository::open_or_create(disk, path);
    commit_files(*repository, {{"甲", "1"}, {"乙", std::string(500, 'x')}});
    commit_files(*repository, {{"甲", "2"}});
  }
  const auto packs = path / "objects/pack";
  for (const auto& file : {files_ending(packs, ".pack")[0], files_ending(packs, ".idx")[0]}) {
    const auto size = std::filesystem::file_size(file);
    for (std::size_t at = 0; at < size; at += 1 + size / 90) {
      flip_bit(file, at);
      {
        auto repository = Repository::open(disk, path);
        const auto faults = faults_of(*repository);
        INFO(file << " at " << at);
        REQUIRE_FALSE(faults.empty());
        CHECK(faults[0].find(file.stem().string()) != std::string::npos);
      }
      flip_bit(file, at);
    }
  }
  CHECK(faults_of(*Repository::open(disk, path)).empty());
}

TEST_CASE("Repository: a damaged object is corrupt by its id, to readers and to the check",
          "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  const auto path = scratch / "r.git";
  const std::string content(2000, 'x');
  const auto id = object_id(ObjectType::blob, content);
  {
    auto repository = Repository::open_or_create(disk, path);
    commit_files(*repository, {{"甲", content}});
  }
  const auto pack = files_ending(path / "objects/pack", ".pack")[0];
  flip_bit(pack, std::filesystem::file_size(pack) - 30);  // the blob comes last
  auto repository = Repository::open(disk, path);
  CHECK_THROWS_WITH(repository->find(id), Contains(id.hex()));
  const auto faults = faults_of(*repository);
  CHECK(faults.size() == 2);
  CHECK(faults[0].find("checksum") != std::string::npos);
  CHECK(faults[1].find("objects/pack/" + pack.filename().string() + " " + id.hex()) == 0);
}

TEST_CASE("Repository: a truncated or missing pack is damage, never an absent object", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  const auto path = scratch / "r.git";
  std::mt19937 random(36);
  Bytes content(5000, 'x');  // does not compress, so that every length below cuts it
  for (auto& byte : content) byte = static_cast<char>(random());
  const auto id = object_id(ObjectType::blob, content);
  commit_files(*Repository::open_or_create(disk, path), {{"甲", content}});
  for (const char* suffix : {".pack", ".idx"}) {
    const auto file = files_ending(path / "objects/pack", suffix)[0];
    const auto good = file_bytes(file);
    for (const auto size : {std::size_t{0}, std::size_t{9}, good.size() / 2, good.size() - 1}) {
      write_file(file, good.substr(0, size));
      auto repository = Repository::open(disk, path);
      INFO(suffix << " of " << size);
      CHECK_FALSE(faults_of(*repository).empty());
      CHECK_THROWS_WITH(repository->find(id), Contains("object-damaged") ||
                                                  Contains("index-broken") ||
                                                  Contains("pack-damaged"));
    }
    write_file(file, good);
  }
  CHECK(Repository::open(disk, path)->find(id));
  std::filesystem::remove(files_ending(path / "objects/pack", ".pack")[0]);
  auto repository = Repository::open(disk, path);
  CHECK_THROWS_WITH(repository->find(id), Contains("object-damaged"));
  CHECK_FALSE(repository->find(object_id(ObjectType::blob, "從未寫入")));
}

TEST_CASE("Repository: the check misses nothing that refs and objects name", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  const auto path = scratch / "r.git";
  auto repository = Repository::open_or_create(disk, path);
  commit_files(*repository, {{"甲", "1"}});
  const auto first = files_ending(path / "objects/pack", ".pack");
  commit_files(*repository, {{"乙", "2"}});
  for (const auto& pack : first) {
    std::filesystem::remove(pack);
    std::filesystem::remove(Path(pack).replace_extension(".idx"));
  }
  const auto faults = faults_of(*Repository::open(disk, path));
  CHECK(faults.size() == 2);  // the first commit and its blob
  write_file(path / "refs/heads/壞", "不是識別碼\n");
  CHECK(faults_of(*Repository::open(disk, path))[0].find("refs/heads/壞") != std::string::npos);
}

TEST_CASE("Repository: loose objects of a push are read and checked too", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  const auto path = scratch / "r.git";
  auto repository = Repository::open_or_create(disk, path);
  write_file(scratch / "投遞.md", "# 投遞\n");
  CHECK(stock_git(path, "hash-object -w " + quoted(scratch / "投遞.md")).status == 0);
  const auto id = object_id(ObjectType::blob, "# 投遞\n");
  CHECK(repository->require(id).data == "# 投遞\n");
  CHECK(repository->check([](const auto& where, const auto& what) { FAIL(where + what); }) == 1);
  flip_bit(path / "objects" / id.hex().substr(0, 2) / id.hex().substr(2), 8);
  const auto faults = faults_of(*Repository::open(disk, path));
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].find(id.hex()) != std::string::npos);
}

TEST_CASE("Repository: no descriptor left is unavailable, never not found", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  ObjectId head;
  head = commit_files(*Repository::open_or_create(disk, scratch / "r.git"), {{"甲", "1"}});
  auto repository = Repository::open(disk, scratch / "r.git");
  rlimit normal{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &normal) == 0);
  std::string code = "found";
  {
    const rlimit none{0, normal.rlim_max};
    setrlimit(RLIMIT_NOFILE, &none);
    try {
      if (!repository->find(head)) code = "not found";
    } catch (const Error& error) {
      code = error.code();
    }
    setrlimit(RLIMIT_NOFILE, &normal);
  }
  CHECK(code == "too-many-files");
  CHECK(repository->find(head));
}

TEST_CASE("Repository: a folder that is none is not found", "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  CHECK_THROWS_WITH(Repository::open(disk, scratch / "無"), Contains("no-repository"));
}

TEST_CASE("Repository: readers on several threads beside a writer see only whole answers",
          "[git]") {
  SystemDisk disk;
  const Scratch scratch;
  auto repository = Repository::open_or_create(disk, scratch / "r.git");
  commit_files(*repository, {{"甲", "0"}});
  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 2; ++reader) {
    readers.emplace_back([&] {
      while (!done) {
        try {
          const auto head = repository->ref(kMain);
          const auto tree = parse_commit(repository->require(*head).data).tree;
          if (!find_path(repository->reader(), tree, "甲")) ++wrong;
        } catch (const std::exception&) {
          ++wrong;
        }
      }
    });
  }
  for (int round = 1; round < 25; ++round)
    commit_files(*repository, {{"甲", std::to_string(round)}});
  done = true;
  for (auto& reader : readers) reader.join();
  CHECK(wrong == 0);
}
