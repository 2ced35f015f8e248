// One flipped bit for each kind of file that counts: opening the store or checking it names the
// place.
#include <catch2/catch.hpp>
#include <random>

#include "base/error.h"
#include "store/frame.h"
#include "store/sqlite.h"
#include "store/store_fixture.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;

namespace {

struct Filled : StoreFixture {
  Filled() {
    const auto store = open();
    reference = seal(*store, "密封內容：" + std::string(600, 'x'));
    Act act = put_act("", "");
    act.decide = [](const Now&, Changes& changes) {
      changes.put("documents/ISMS-01-002/document.md", "# 資訊安全管理規範\n");
      changes.tag("ISMS-01-002/3.6", "publication");
      changes.draft("ISMS-01-002", {{"document.md", "草稿"}}, "draft");
      changes.set_password("chen01", "$argon2id$v=19$原值");
      changes.keep_key({"chen01", std::string(64, 'c'), "salt", "encrypted"});
    };
    (void)store->commit(act);
    seal_big(*store);
  }
  // Beyond 1 MiB: a file of its own.
  void seal_big(Store& store) { big = seal(store, std::string(2 << 20, 'b')); }

  SealedRef reference;
  SealedRef big;
};

// What opening and checking say: each fault as "where: what", one a line.
std::string verdict(StoreFixture& fixture) {
  try {
    const auto store = fixture.open();
    return told(faults_of(*store));
  } catch (const Error& error) {
    if (error.failure() != Failure::corrupt) throw;
    return error.said().en;
  }
}

// The only file below `folder` whose name ends in `suffix`, or the first one.
fs::path file_in(const StoreFixture& fixture, const std::string& folder,
                 const std::string& suffix) {
  auto files = files_below(fixture.path() / folder);
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    if (file.string().ends_with(suffix)) return file;
  }
  FAIL("no file ending in " + suffix + " below " + folder);
  return {};
}

// Flips one bit of each byte of the file in turn (every `step`-th), always put back afterwards.
void flip_each(StoreFixture& fixture, const fs::path& file, std::size_t step,
               const std::string& expected) {
  const auto size = fs::file_size(file);
  for (std::size_t at = 0; at < size; at += step) {
    INFO(file.filename().string() << " byte " << at);
    flip(file, static_cast<std::ptrdiff_t>(at));
    const auto said = verdict(fixture);
    INFO(said);
    CHECK_FALSE(said.empty());
    CHECK(said.find(expected) != std::string::npos);
    flip(file, static_cast<std::ptrdiff_t>(at));
  }
  CHECK(verdict(fixture) == "");
}

void change_row(const fs::path& database, const std::string& sql) {
  Database(database, "test", Database::Kind::projection, Open::existing).run(sql);
}

// Where the words stand in the file, found by their bytes: a bit flipped there is row content.
std::ptrdiff_t place_of(const fs::path& file, const std::string& words) {
  SystemDisk disk;
  const auto at = disk.read_all(file).find(words);
  REQUIRE(at != std::string::npos);
  return static_cast<std::ptrdiff_t>(at);
}

}  // namespace

TEST_CASE("a flipped bit in a pack or its index is told", "[store]") {
  Filled fixture;
  for (const std::string repository : {"evidence.git", "drafts.git"}) {
    for (const char* suffix : {".pack", ".idx"}) {
      const auto file = file_in(fixture, repository + "/objects/pack", suffix);
      flip_each(fixture, file, fs::file_size(file) / 7, repository);
    }
  }
}

TEST_CASE("a flipped bit in the log's bundles, tiles or checkpoint is told [SC-44]", "[store]") {
  Filled fixture;
  const auto bundle = file_in(fixture, "log/tile/entries", "");
  const auto tile = file_in(fixture, "log/tile/0", "");
  flip_each(fixture, bundle, 61, "log/tile/");
  flip_each(fixture, tile, 17, "log/tile/");
  flip_each(fixture, fixture.path() / "log" / "checkpoint", 13, "log/checkpoint");
}

TEST_CASE("a flipped bit in a payload is told with its segment, offset and id", "[store]") {
  Filled fixture;
  flip_each(fixture, fixture.path() / "payloads" / "segment-0001", 41, "payloads/segment-0001 at ");
  const auto name = fixture.big.ciphertext.substr(7);
  flip_each(fixture, fixture.path() / "payloads" / name.substr(0, 2) / name, 700'000,
            fixture.big.payload);
}

TEST_CASE("a flipped bit in a key file is told", "[store]") {
  Filled fixture;
  flip_each(fixture, fixture.path() / "vault" / "kek" / "people-2026-1.kek", 5,
            "vault/kek/people-2026-1.kek");
  for (const std::string key : {"sealing", "log", "issuer"}) {
    flip_each(fixture, fixture.path() / "store-keys" / (key + ".key"), 37,
              "store-keys/" + key + ".key");
  }
}

TEST_CASE("a flipped bit in the contents of a vault row is told with its key", "[store]") {
  Filled fixture;
  const auto vault = fixture.path() / "vault" / "vault.db";
  const auto before = fixture.disk.read_all(vault);
  const std::pair<const char*, std::string> changes[] = {
      {"UPDATE wrapped_keys SET wrapped = replace(wrapped, substr(wrapped, 1, 1), 'g')",
       "vault/vault.db: wrapped_keys " + fixture.reference.payload},
      {"UPDATE wrapped_keys SET kek = 'people-2026-9'",
       "vault/vault.db: wrapped_keys " + fixture.reference.payload},
      {"UPDATE person_keys SET certificate = 'd' || substr(certificate, 2)",
       "vault/vault.db: person_keys chen01"},
      {"DELETE FROM wrapped_keys", "vault/vault.db: wrapped_keys " + fixture.reference.payload},
      {"UPDATE frames SET number = number - 1", "vault/vault.db: frames last"}};
  for (const auto& [sql, expected] : changes) {
    INFO(sql);
    change_row(vault, sql);
    CHECK(verdict(fixture).find(expected) != std::string::npos);
    for (const char* suffix : {"-wal", "-shm"}) fs::remove(vault.string() + suffix);
    fixture.disk.replace(vault, before);
  }
  flip(vault, place_of(vault, "people-2026-1"));
  CHECK(verdict(fixture).find("vault/vault.db: wrapped_keys ") != std::string::npos);
}

TEST_CASE("a flipped bit in an account's row is told, and its password no longer given out",
          "[store]") {
  Filled fixture;
  const auto file = fixture.path() / "accounts.db";
  flip(file, place_of(file, "原值"));
  CHECK(verdict(fixture).find("accounts.db: passwords chen01") != std::string::npos);
  CHECK(code_of([&] { (void)fixture.open()->password("chen01"); }) == "row-broken");
}

TEST_CASE("a flipped bit in the contents of a catalogue row is told with its number", "[store]") {
  Filled fixture;
  const auto file = fixture.path() / "index" / "catalogue.db";
  change_row(file, "PRAGMA wal_checkpoint(TRUNCATE)");
  flip(file, place_of(file, "document ISMS-01-002"));
  CHECK(verdict(fixture).find("index/catalogue.db: ") != std::string::npos);
}

TEST_CASE("a flipped bit in a frame that waits is told, and the frame is kept", "[store]") {
  Filled fixture;
  const auto file = fixture.path() / "journal" / "frames-1";
  const auto id = fixture.open()->settings().id;
  const auto blocks = frame_blocks(id, make_frame(id, 5, Bytes(32, '\1'), std::string(2000, 'x')));
  fixture.disk.open(file, Open::existing)->write(0, blocks);
  const auto whole = fixture.disk.read_all(file);
  flip(file, 1024 + 77);
  CHECK(verdict(fixture).find("journal/frames-1 at 1024") != std::string::npos);
  flip(file, 1024 + 77);
  CHECK(fixture.disk.read_all(file) == whole);
}

TEST_CASE("a flipped bit in a ref, the settings or the signers' copy is told", "[store]") {
  Filled fixture;
  flip_each(fixture, fixture.path() / "evidence.git" / "refs" / "heads" / "main", 9, "");
  const auto settings = fixture.path() / "vermilion.yaml";
  flip(settings, place_of(settings, "+") + 12);
  CHECK(verdict(fixture) != "");
  flip(settings, place_of(settings, "+") + 12);
  flip(fixture.path() / "allowed_signers", -9);
  CHECK(verdict(fixture).find("allowed_signers") != std::string::npos);
}

TEST_CASE("no flipped bit anywhere crashes, and outside of databases and settings each is told",
          "[store]") {
  Filled fixture;
  (void)fixture.open();
  std::mt19937 random(20261122);
  const auto files = files_below(fixture.path());
  // SQLite leaves bytes unused, and no frame waits in the journal; git's HEAD, config and the settings are words of the operator; the mark of locks is made
  // right by the next start.
  const auto may_pass = [](const std::string& name) {
    return name.find(".db") != std::string::npos || name.ends_with("/HEAD") ||
           name.ends_with("/config") || name.ends_with("/vermilion-lock") ||
           name.starts_with("journal/") ||
           name == "vermilion.yaml";
  };
  for (const auto& file : files) {
    const auto name = fs::relative(file, fixture.path()).string();
    const auto size = fs::file_size(file);
    for (int i = 0; i < 3 && size > 0; ++i) {
      const auto at = static_cast<std::ptrdiff_t>(random() % size);
      INFO(name << " byte " << at);
      const auto before = fixture.disk.read_all(file);
      flip(file, at);
      std::string said = "a setting refused";
      try {
        said = verdict(fixture);
      } catch (const Error& error) {
        CHECK(error.failure() != Failure::unavailable);
      }
      CHECK((!said.empty() || may_pass(name)));
      fixture.disk.replace(file, before);
    }
  }
}

TEST_CASE("a commit on main that no act wrote is told", "[store]") {
  if (!has_program("git")) return;
  Filled fixture;
  const auto work = quoted(fixture.scratch / "work");
  const auto clone = run(
      "git clone -q " + quoted(fixture.path() / "evidence.git") + " " + work + " && cd " + work +
      " && echo x > x && git add x && git -c user.name=a -c user.email=a@b commit -qm x "
      "&& git push -q origin HEAD:main");
  INFO(clone.output);
  REQUIRE(clone.status == 0);
  const auto said = verdict(fixture);
  CHECK(said.find("no act wrote it") != std::string::npos);
  CHECK(said.find("signature does not verify") != std::string::npos);
}

TEST_CASE("main set back to an earlier act is told by the log", "[store]") {
  if (!has_program("git")) return;
  Filled fixture;
  const auto repository = quoted(fixture.path() / "evidence.git");
  REQUIRE(run("git -C " + repository + " update-ref refs/heads/main main~1").status == 0);
  CHECK(verdict(fixture).find("is not on main") != std::string::npos);
}
