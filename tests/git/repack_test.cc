// Packs merged, indexes over all of them, and indexes made anew: stock git is the judge.
#include "git/repack.h"

#include "base/error.h"
#include "git/commit_graph.h"
#include "git/index_check.h"
#include "git/multi_pack_index.h"
#include "git/repository_fixture.h"
#include "support/faulty_disk.h"
#include "support/files.h"
#include "support/shared.h"

using Catch::Contains;

namespace {

// A repository of one commit, one pack each, of growing texts, as drafts are.
struct Packs {
  explicit Packs(int commits) {
    const auto repository = Repository::open_or_create(disk, path);
    for (int i = 0; i < commits; ++i) {
      text += "第 " + std::to_string(i) + " 條　紀錄應保存至少三年。\n";
      heads.push_back(commit_files(
          *repository, {{"文件/管理規範.md", text}, {"紀錄/" + std::to_string(i), "內容"}}));
    }
  }

  void require_sound() const {
    const auto fsck = stock_git(path, "fsck --strict --full");
    INFO(fsck.output);
    CHECK(fsck.status == 0);
    const auto repository = Repository::open(disk, path);
    CHECK(faults_of(*repository).empty());
    for (const auto& head : heads) CHECK(repository->find(head));
    CHECK(stock_git(path, "rev-list --count main").output == std::to_string(heads.size()) + "\n");
    CHECK(stock_git(path, "cat-file -p main:文件/管理規範.md").output == text);
  }
  [[nodiscard]] std::vector<Path> files(const std::string& suffix) const {
    return files_ending(folder, suffix);
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& file : files(".idx")) found.push_back(file.stem());
    std::sort(found.begin(), found.end());
    return found;
  }

  mutable SystemDisk disk;
  Scratch scratch;
  Path path = scratch / "r.git";
  Path folder = path / "objects/pack";
  std::string text;
  std::vector<ObjectId> heads;
};

void write_indexes(const Packs& packs) {
  write_multi_pack_index(packs.disk, packs.folder);
  write_commit_graph(packs.disk, packs.path);
}

std::vector<std::string> planned(const std::vector<std::uint64_t>& sizes) {
  std::vector<PackCount> packs;
  for (std::size_t i = 0; i < sizes.size(); ++i)
    packs.push_back({std::to_string(sizes[i]) + "#" + std::to_string(i), sizes[i]});
  return out_of_proportion(packs);
}

}  // namespace

TEST_CASE("Repack: packs are merged until each is twice the next smaller one", "[git]") {
  CHECK(planned({}).empty());
  CHECK(planned({7}).empty());
  CHECK(planned({400, 100, 200}).empty());
  CHECK(planned({100, 100}) == std::vector<std::string>{"100#0", "100#1"});
  CHECK(planned({5, 1000, 5}) == std::vector<std::string>{"5#0", "5#2"});
  // The merged one would be too near to the next.
  CHECK(planned({5, 5, 15}) == std::vector<std::string>{"5#0", "5#1", "15#2"});
  // Full ones stay as they are, however many.
  CHECK(planned({600'000, 600'000, 600'000, 3}).empty());
  std::size_t copied = 0;
  std::vector<PackCount> packs;
  for (int fold = 0; fold < 10'000; ++fold) {
    packs.push_back({std::to_string(fold), 10});
    if (packs.size() <= 48) continue;
    const auto names = out_of_proportion(packs);
    std::uint64_t merged = 0;
    std::erase_if(packs, [&](const PackCount& pack) {
      const bool taken = std::count(names.begin(), names.end(), pack.name) > 0;
      merged += taken ? pack.objects : 0;
      return taken;
    });
    packs.push_back({"merged " + std::to_string(fold), merged});
    copied += merged;
    REQUIRE(packs.size() <= 48);
  }
  CHECK(copied < 100'000 * 8);  // each object copied fewer than eight times
}

TEST_CASE("Repack: the merged pack holds all objects, and open handles go on reading", "[git]") {
  Packs packs(40);
  const auto reader = Repository::open(packs.disk, packs.path);
  CHECK(reader->find(packs.heads.front()));
  CHECK(count_packs(packs.disk, packs.path) == 40);
  CHECK(repack(packs.disk, packs.path));
  CHECK(count_packs(packs.disk, packs.path) == 1);
  CHECK_FALSE(repack(packs.disk, packs.path));
  for (const auto& head : packs.heads) CHECK(reader->find(head));
  CHECK_FALSE(reader->find(object_id(ObjectType::blob, "從未寫入")));
  CHECK(packs.files(".vermilion-merge").empty());
  CHECK(stock_git(packs.path, "verify-pack objects/pack/" + packs.names()[0] + ".idx").status == 0);
  packs.require_sound();
}

TEST_CASE("Repack: deltas that stock git made are kept, and find their bases again", "[git]") {
  Packs packs(30);
  REQUIRE(stock_git(packs.path, "repack -adfq --depth=50").status == 0);
  const auto deltas = [&] {
    return run("git -C " + quoted(packs.path) +
               " cat-file --batch-all-objects --batch-check='%(deltabase)' "
               "| grep -vc 0000000000000000000000000000000000000000")
        .output;
  };
  const auto before = deltas();
  REQUIRE(std::stoi(before) > 10);
  const auto big = packs.names();
  const auto repository = Repository::open(packs.disk, packs.path);
  for (int i = 0; i < 3; ++i)
    packs.heads.push_back(commit_files(*repository, {{"紀錄/後" + std::to_string(i), "x"}}));
  // The small ones first, so that every way back to a base begins at another place.
  auto names = packs.names();
  std::erase(names, big[0]);
  names.push_back(big[0]);
  merge_packs(packs.disk, packs.folder, names);
  CHECK(packs.names().size() == 1);
  CHECK(deltas() == before);
  packs.require_sound();
}

TEST_CASE("Repack: an object of several packs is kept once, whatever its bases are", "[git]") {
  Packs packs(20);
  const auto copy = packs.scratch / "copy.git";
  REQUIRE(run("cp -a " + quoted(packs.path) + " " + quoted(copy)).status == 0);
  REQUIRE(stock_git(copy, "repack -adfq").status == 0);
  const auto whole = packs.names();
  for (const auto& file : files_ending(copy / "objects/pack", ".pack"))
    std::filesystem::copy(file, packs.folder / file.filename());
  for (const auto& file : files_ending(copy / "objects/pack", ".idx"))
    std::filesystem::copy(file, packs.folder / file.filename());
  REQUIRE(packs.names().size() == whole.size() + 1);
  // The sets are the same: the greatest pack is the merged one already.
  merge_packs(packs.disk, packs.folder, packs.names());
  CHECK(packs.names().size() == 1);
  packs.require_sound();
}

TEST_CASE("Repack: a pack whose ref may not have moved yet is left alone", "[git]") {
  Packs packs(6);
  const auto repository = Repository::open(packs.disk, packs.path);
  const auto prepared = prepare(*repository, packs.heads.back(), {{"新", "尚未移動參照"}});
  const auto kept = repository->write_pack(prepared.objects);
  CHECK(repack(packs.disk, packs.path));
  CHECK(packs.names().size() == 2);
  CHECK(std::filesystem::exists(packs.folder / (kept + ".pack")));
  for (const auto& index : packs.files(".idx")) {
    const auto listed =
        run("git show-index < " + quoted(index) + " | grep -c " + prepared.commit.hex());
    CHECK(listed.output == (index.stem() == kept ? "1\n" : "0\n"));
  }
  repository->move_ref(kMain, packs.heads.back(), prepared.commit);
  repository->release(kept);
  packs.heads.push_back(prepared.commit);
  packs.require_sound();
}

TEST_CASE("Repack: a damaged pack is not merged, and nothing is removed", "[git]") {
  Packs packs(5);
  const auto before = packs.names();
  flip_bit(packs.files(".pack")[2], 40);
  CHECK_THROWS_WITH(merge_packs(packs.disk, packs.folder, before), Contains("pack-damaged"));
  CHECK(packs.files(".vermilion-merge").empty());
  CHECK(packs.names() == before);
}

TEST_CASE("Repack: broken off in any disk call, every object stands in a pack with an index",
          "[git]") {
  const auto after = GENERATE(FaultyDisk::After::works, FaultyDisk::After::dead);
  const bool power_cut = GENERATE(false, true);
  const Packs whole(3);
  write_indexes(whole);
  std::size_t n = 1;
  for (bool failed = true; failed; ++n) {
    Packs packs(0);
    std::filesystem::remove_all(packs.path);
    std::filesystem::copy(whole.path, packs.path, std::filesystem::copy_options::recursive);
    FaultyDisk disk(packs.disk);
    disk.fail_at(n, after);
    try {
      merge_packs(disk, packs.folder, packs.names());
    } catch (const Error& error) {
      CHECK(error.failure() == Failure::unavailable);
    }
    failed = disk.failed();
    if (power_cut) disk.drop_unsynced();
    INFO("call " << n);
    const auto fsck = stock_git(packs.path, "fsck --strict --full");
    INFO(fsck.output);
    CHECK(fsck.status == 0);
    complete_repack(packs.disk, packs.path);
    CHECK(packs.files(".vermilion-merge").empty());
    CHECK(packs.files(".pack").size() == packs.files(".idx").size());
    const auto repository = Repository::open(packs.disk, packs.path);
    CHECK(faults_of(*repository).empty());
    CHECK(repository->ref(kMain) == whole.heads.back());
    for (const auto& head : whole.heads) CHECK(repository->find(head));
  }
  CHECK(n > 15);
}

TEST_CASE("Repository: multi-pack-index and commit-graph are what stock git checks and we read",
          "[git]") {
  Packs packs(12);
  write_indexes(packs);
  for (const char* words :
       {"multi-pack-index verify --no-progress", "commit-graph verify --no-progress"}) {
    const auto verified = stock_git(packs.path, words);
    INFO(words << ": " << verified.output);
    CHECK(verified.status == 0);
  }
  CHECK(stock_git(packs.path, "-c core.multiPackIndex=true log --oneline main").status == 0);
  packs.require_sound();
  // Later packs are read beside it, and a repack of what it names removes it first.
  const auto repository = Repository::open(packs.disk, packs.path);
  packs.heads.push_back(commit_files(*repository, {{"紀錄/後", "來"}}));
  packs.require_sound();
  CHECK(repack(packs.disk, packs.path));
  CHECK_FALSE(std::filesystem::exists(packs.folder / "multi-pack-index"));
  packs.require_sound();
  write_indexes(packs);
  packs.require_sound();
}

TEST_CASE("Repository: of more objects than an opening can bear no multi-pack-index is kept",
          "[git]") {
  Packs packs(3);
  write_indexes(packs);
  const auto objects = write_multi_pack_index(packs.disk, packs.folder);
  CHECK(objects > 10);
  CHECK(std::filesystem::exists(packs.folder / "multi-pack-index"));
  CHECK(write_multi_pack_index(packs.disk, packs.folder, objects - 1) == objects);
  CHECK_FALSE(std::filesystem::exists(packs.folder / "multi-pack-index"));
  packs.require_sound();
}

TEST_CASE("Repository: a multi-pack-index that names a pack another git removed is dropped",
          "[git]") {
  Packs packs(5);
  write_indexes(packs);
  const auto index = file_bytes(packs.folder / "multi-pack-index");
  REQUIRE(stock_git(packs.path, "repack -adq").status == 0);
  write_file(packs.folder / "multi-pack-index", index);
  const auto reader = Repository::open(packs.disk, packs.path);
  for (const auto& head : packs.heads) CHECK(reader->find(head));
  complete_repack(packs.disk, packs.path);
  CHECK_FALSE(std::filesystem::exists(packs.folder / "multi-pack-index"));
}

TEST_CASE("Repository: a broken index is an error wherever it is broken, and is made anew",
          "[git]") {
  Packs packs(3);
  write_indexes(packs);
  auto files = packs.files(".idx");
  files.resize(1);
  files.push_back(packs.folder / "multi-pack-index");
  for (const auto& file : files) {
    const auto good = file_bytes(file);
    for (std::size_t at = 0; at < good.size(); at += 1 + good.size() / 60) {
      auto bad = good;
      bad[at] = static_cast<char>(bad[at] ^ 0x80);
      std::filesystem::remove(file);
      write_file(file, bad);
      INFO(file.filename() << " at " << at);
      const auto reader = Repository::open(packs.disk, packs.path);
      std::size_t found = 0;
      for (const auto& head : packs.heads) {
        try {
          found += reader->find(head) ? 1 : 0;
        } catch (const Error& error) {
          ++found;
          INFO(error.what());
          CHECK(error.failure() == Failure::corrupt);
        }
      }
      CHECK(found == packs.heads.size());
      CHECK_FALSE(faults_of(*reader).empty());
      CHECK(reader->mend_indexes() == std::vector<std::string>{file.filename().string()});
      if (file.extension() == ".idx") CHECK(file_bytes(file) == good);
      packs.require_sound();
    }
    if (file.extension() != ".idx") CHECK_FALSE(std::filesystem::exists(file));
  }
}

TEST_CASE("Repository: an index is not made anew from a damaged pack", "[git]") {
  Packs packs(2);
  const auto index = packs.files(".idx")[0];
  flip_bit(index, 1040);
  flip_bit(Path(index).replace_extension(".pack"), 40);
  const auto bytes = file_bytes(index);
  const auto repository = Repository::open(packs.disk, packs.path);
  CHECK_THROWS_WITH(repository->mend_indexes(), Contains("pack-damaged"));
  CHECK(file_bytes(index) == bytes);
  repository->clean_up();
  CHECK(packs.files(".vermilion-new").empty());
}
