// Packs merged while acts go on, a stock git that cleans up beside the writer, and a start after a killed one.
#include "store/maintenance.h"

#include <sys/resource.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "base/error.h"
#include "git/repack.h"
#include "store/store_fixture.h"
#include "support/files.h"
#include "support/gated_disk.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;

namespace {

Ran stock_git(const fs::path& repository, const std::string& words) {
  return run("HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1 git -C " + quoted(repository) + " " + words);
}

void require_sound(StoreFixture& fixture) {
  for (const char* name : {"evidence.git", "drafts.git"}) {
    const auto fsck = stock_git(fixture.path() / name, "fsck --strict --full --no-dangling");
    INFO(name << ": " << fsck.output);
    CHECK(fsck.status == 0);
  }
  CHECK(told(faults_of(*fixture.open())) == "");
}

// An act with a commit on main and one on a draft, both named by its number.
Act numbered(int number) {
  const auto name = std::to_string(number);
  auto act = put_act("", "", "record " + name);
  act.decide = [name](const Now&, Changes& changes) {
    changes.put("records/" + name, "內容 " + name);
    changes.draft("ISMS-01-002/3.6", {{name, "草稿 " + name}}, "draft");
  };
  return act;
}

void require_numbers(StoreFixture& fixture, const std::vector<int>& numbers) {
  const auto store = fixture.open();
  const auto main = store->evidence();
  const auto draft = store->draft("ISMS-01-002/3.6");
  for (const int number : numbers) {
    const auto name = std::to_string(number);
    INFO("act " << name);
    CHECK(main.read("records/" + name) == "內容 " + name);
    CHECK(draft.read(name) == "草稿 " + name);
  }
}

std::size_t packs(StoreFixture& fixture, const char* repository) {
  return git::count_packs(fixture.disk, fixture.path() / repository);
}

}  // namespace

TEST_CASE("folds one after another never leave more packs than a reader can bear", "[store]") {
  StoreFixture fixture;
  std::vector<int> numbers;
  {
    const auto store = fixture.open();
    const auto reader = fixture.open();
    for (int number = 1; number <= 70; ++number) {
      (void)store->commit(numbered(number));
      store->settle();
      numbers.push_back(number);
      CHECK(reader->evidence().read("records/1") == "內容 1");
    }
  }  // waits for a merge under way
  CHECK(packs(fixture, "evidence.git") < 40);
  CHECK(packs(fixture, "drafts.git") < 40);
  require_numbers(fixture, numbers);
  require_sound(fixture);
}

TEST_CASE("maintenance goes on beside acts and leaves what stock git finds right", "[store]") {
  StoreFixture fixture;
  std::vector<int> numbers;
  const auto store = fixture.open();
  for (int number = 1; number <= 12; ++number) {
    (void)store->commit(numbered(number));
    store->settle();
  }
  std::atomic<bool> done = false;
  std::thread maintainer([&] {
    for (int round = 0; round < 3; ++round) (void)maintain(fixture.disk, fixture.path());
    done = true;
  });
  for (int number = 1; !done || number < 5; ++number) {
    (void)store->commit(numbered(number));
    numbers.push_back(number);
  }
  maintainer.join();
  store->settle();
  const auto kept = maintain(fixture.disk, fixture.path());
  REQUIRE(kept.size() == 2);
  CHECK(kept[0].repository == "evidence.git");
  CHECK(kept[0].after <= kept[0].before);
  CHECK(kept[0].after < 6);
  CHECK(kept[0].objects > 30);
  for (const char* name : {"evidence.git", "drafts.git"}) {
    const auto repository = fixture.path() / name;
    CHECK(stock_git(repository, "multi-pack-index verify --no-progress").status == 0);
    CHECK(stock_git(repository, "commit-graph verify --no-progress").status == 0);
  }
  require_numbers(fixture, numbers);
  require_sound(fixture);
}

TEST_CASE("a repository whose packs are being merged is not verified meanwhile", "[store]") {
  StoreFixture fixture;
  const auto store = fixture.open();
  (void)store->commit(numbered(1));
  std::optional<FileLock> packs(std::in_place, fixture.path() / "lock.packs", 0);
  std::atomic<bool> verified = false;
  std::thread verifier([&] {
    (void)faults_of(*fixture.open());
    verified = true;
  });
  while (!packs->wanted()) std::this_thread::yield();
  CHECK_FALSE(verified);
  CHECK(store->evidence().read("records/1"));  // reads do not wait
  packs.reset();
  verifier.join();
}

TEST_CASE("a stock git that cleans up without end beside the writer loses nothing", "[store]") {
  StoreFixture fixture;
  std::atomic<bool> done = false;
  std::atomic<int> rounds = 0;
  std::vector<std::thread> administrators;
  for (const char* words : {"gc --prune=now --quiet", "repack -adq", "pack-refs --all"}) {
    administrators.emplace_back([&, words] {
      while (!done) {
        for (const char* name : {"evidence.git", "drafts.git"})
          (void)stock_git(fixture.path() / name, words);
        ++rounds;
      }
    });
  }
  std::vector<int> numbers;
  int refused = 0;
  {
    const auto store = fixture.open();
    for (int number = 1; rounds < 45 || number < 60; ++number) {
      try {
        (void)store->commit(numbered(number));
        numbers.push_back(number);
        store->settle();
      } catch (const Error& error) {
        // A git that packs refs holds their locks for a while; what was acknowledged stays.
        CHECK(error.failure() == Failure::unavailable);
        ++refused;
      }
    }
    if (numbers.size() % 2 == 0) (void)maintain(fixture.disk, fixture.path());
  }
  done = true;
  for (auto& administrator : administrators) administrator.join();
  INFO(numbers.size() << " acts, " << refused << " times refused, " << rounds << " rounds of git");
  CHECK(numbers.size() >= 50);
  require_numbers(fixture, numbers);
  require_sound(fixture);
}

// A stock git that had this pack on its list of those to remove would leave the objects out of its own pack, were they kept again.
TEST_CASE("a fold that is tried again keeps nothing that the first one has let go", "[store]") {
  StoreFixture fixture;
  GatedDisk disk(fixture.disk);
  const auto store = fixture.open(disk);
  (void)store->commit(numbered(1));
  store->settle();
  disk.break_syncs("drafts.git/objects/pack");
  (void)store->commit(numbered(2));
  CHECK(code_of([&] { store->settle(); }) == "fold-pending");
  std::vector<fs::path> held;  // by an administrator, so that a .keep of the writer's own would show
  for (const auto& file : files_below(fixture.path() / "evidence.git" / "objects" / "pack")) {
    CHECK(file.extension() != ".keep");
    if (file.extension() == ".pack") held.push_back(fs::path(file).replace_extension(".keep"));
  }
  REQUIRE(held.size() >= 2);
  for (const auto& keep : held) write_file(keep, "管理者保留");
  disk.break_syncs("");
  store->settle();
  for (const auto& keep : held) CHECK(fixture.disk.read_all(keep) == "管理者保留");
  require_numbers(fixture, {1, 2});
}

TEST_CASE("both repositories are made so that no git cleans up by itself", "[store]") {
  StoreFixture fixture;
  for (const char* name : {"evidence.git", "drafts.git"})
    CHECK(stock_git(fixture.path() / name, "config gc.auto").output == "0\n");
}

TEST_CASE("the first act of a process clears away what a killed one left, and nothing else",
          "[store]") {
  StoreFixture fixture;
  (void)fixture.open()->commit(numbered(1));
  const auto left = [&](const std::string& name, const std::string& bytes = "半途") {
    write_file(fixture.path() / name, bytes);
    return fixture.path() / name;
  };
  std::vector<fs::path> ours;
  for (const char* name :
       {"vermilion.yaml.vermilion-new", "allowed_signers.vermilion-new",
        "store-keys/log.key.vermilion-new", "vault/vault.db.vermilion-new",
        "vault/kek/people-2026-2.kek.vermilion-new", "index/catalogue.db.vermilion-new",
        "index/catalogue.db.vermilion-new-wal", "payloads/ab/abcd.vermilion-new",
        "payloads/segment-0001.vermilion-new", "log/checkpoint.vermilion-new",
        "log/tile/0/000.p/3.vermilion-new", "log/tile/entries/000.p/3.vermilion-new",
        "log/tile/0/x001/067.vermilion-new", "evidence.git/HEAD.vermilion-new",
        "evidence.git/objects/pack/pack-1.pack.vermilion-new",
        "evidence.git/objects/pack/pack-2.pack.vermilion-merge",
        "evidence.git/objects/pack/multi-pack-index.vermilion-merge",
        "evidence.git/objects/info/commit-graph.vermilion-new",
        "drafts.git/refs/heads/ISMS-01-002/3.6.vermilion-new.lock"})
    ours.push_back(left(name));
  for (const char* name :
       {"evidence.git/refs/heads/main.lock", "evidence.git/packed-refs.lock",
        "drafts.git/refs/heads/ISMS-01-002/3.6.lock", "drafts.git/objects/pack/pack-3.keep"})
    ours.push_back(left(name, "vermilion\n"));
  const auto push = left("drafts.git/refs/heads/inbox/lin.lock", "");
  const auto pushed = left("drafts.git/objects/pack/tmp_pack_Ab12");
  {
    // Maintenance of another process is at work: its files are not ours to remove.
    const FileLock packs(fixture.path() / "lock.packs", 0);
    (void)fixture.open()->commit(login_act("chen01"));
    CHECK(fs::exists(fixture.path() / "evidence.git/objects/pack/pack-2.pack.vermilion-merge"));
  }
  (void)fixture.open()->commit(numbered(2));
  for (const auto& file : ours) {
    INFO(file);
    CHECK_FALSE(fs::exists(file));
  }
  CHECK(fs::exists(push));
  CHECK(fs::exists(pushed));
  fs::remove(push);
  fs::remove(pushed);
  require_numbers(fixture, {1, 2});
  require_sound(fixture);
}

TEST_CASE("a store whose index of a pack is broken says so, and a rebuild makes it anew",
          "[store]") {
  StoreFixture fixture;
  {
    const auto store = fixture.open();
    (void)store->commit(numbered(1));
    store->settle();
    (void)maintain(fixture.disk, fixture.path());
  }
  for (const char* kind : {".idx", "multi-pack-index"}) {
    for (const auto& file : files_below(fixture.path() / "evidence.git/objects/pack")) {
      if (!file.string().ends_with(kind)) continue;
      INFO(file);
      const auto size = static_cast<std::ptrdiff_t>(fs::file_size(file));
      fs::permissions(file, fs::perms::owner_write, fs::perm_options::add);
      flip(file, size - 60);
      CHECK(told(faults_of(*fixture.open())).find(file.filename().string()) != std::string::npos);
      const auto store = fixture.open();
      const auto code = code_of([&] { (void)store->evidence().read("records/1"); });
      CHECK((code == "none" || code == "index-broken"));
      store->rebuild();
      CHECK(store->evidence().read("records/1") == "內容 1");
      require_sound(fixture);
    }
  }
}

TEST_CASE("a process that may open no more files says so, whatever it wanted to read", "[store]") {
  StoreFixture fixture;
  {
    const auto store = fixture.open();
    for (int number = 1; number <= 40; ++number) {
      (void)store->commit(numbered(number));
      store->settle();
    }
  }
  rlimit normal{};
  REQUIRE(getrlimit(RLIMIT_NOFILE, &normal) == 0);
  std::map<std::string, int> codes;
  for (rlim_t limit = 3; limit < 120; ++limit) {
    const rlimit few{limit, normal.rlim_max};
    setrlimit(RLIMIT_NOFILE, &few);
    std::string code = "none";
    try {
      const auto store = fixture.open();
      const auto main = store->evidence();
      for (int number = 1; number <= 40; ++number) {
        if (!main.read("records/" + std::to_string(number))) code = "not-found";
      }
      if (store->password("nobody")) code = "found";
    } catch (const Error& error) {
      code = error.code();
    }
    setrlimit(RLIMIT_NOFILE, &normal);
    ++codes[code];
  }
  for (const auto& [code, times] : codes) {
    INFO(code << ": " << times << " times");
    CHECK((code == "none" || code == "too-many-files"));
  }
  CHECK(codes["none"] > 10);
  CHECK(codes["too-many-files"] > 10);
}
