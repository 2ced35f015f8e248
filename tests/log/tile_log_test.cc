#include "log/tile_log.h"

#include "base/error.h"
#include "log/disk_tiles.h"
#include "support/faulty_disk.h"
#include "support/files.h"
#include "support/process.h"

using namespace vermilion;
using namespace vermilion::log;
using Catch::Contains;

namespace {

const std::string kTilesOrigin = "epa.example/vermilion/01J0";

const crypto::PrivateKey& key() {
  static const auto made = crypto::PrivateKey::generate_ed25519();
  return made;
}
const std::string& verifier() {
  static const auto made = verifier_key(kTilesOrigin, key().public_key());
  return made;
}

struct MemoryTiles : TileFiles {
  std::map<std::string, Bytes> files;
  std::size_t reads = 0;
  std::size_t writes = 0;

  std::optional<Bytes> read(const std::string& path) override {
    ++reads;
    const auto found = files.find(path);
    if (found == files.end()) return std::nullopt;
    return found->second;
  }
  void replace(const std::string& path, std::string_view bytes) override {
    ++writes;
    files[path] = bytes;
  }
  void remove(const std::string& path) override { files.erase(path); }
};

Bytes entry_at(std::uint64_t index) {
  return "{\"index\":" + std::to_string(index) + ",\"kind\":\"讀取\"}";
}

std::vector<Bytes> entries_of(std::uint64_t from, std::uint64_t to) {
  std::vector<Bytes> entries;
  for (auto i = from; i < to; ++i) entries.push_back(entry_at(i));
  return entries;
}

// A log of `size` entries, written in batches of `batch`.
void fill(TileFiles& files, std::uint64_t size, std::uint64_t batch) {
  TileLog log(files, kTilesOrigin, verifier());
  while (log.size() < size) {
    const auto to = std::min(size, log.size() + batch);
    log.append(log.size(), entries_of(log.size(), to));
    log.seal_checkpoint(kTilesOrigin, key());
  }
}

Hash naive_root(std::uint64_t begin, std::uint64_t end) {
  if (end - begin == 1) return leaf_hash(entry_at(begin));
  std::uint64_t k = 1;
  while (2 * k < end - begin) k *= 2;
  return node_hash(naive_root(begin, begin + k), naive_root(begin + k, end));
}

std::vector<std::string> faults_of(TileFiles& files) {
  std::vector<std::string> faults;
  TileLog(files, kTilesOrigin, verifier()).check([&](const auto& where, const auto&) {
    faults.push_back(where);
  });
  return faults;
}

std::vector<std::string> names(const MemoryTiles& files) {
  std::vector<std::string> found;
  for (const auto& [name, bytes] : files.files) found.push_back(name);
  return found;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("TileLog: tile numbers are written in groups of three digits", "[log]") {
  CHECK(tile_number(0) == "000");
  CHECK(tile_number(67) == "067");
  CHECK(tile_number(999) == "999");
  CHECK(tile_number(1000) == "x001/000");
  CHECK(tile_number(1234067) == "x001/x234/067");
}

TEST_CASE("TileLog: the same entries give the same files, however they were batched", "[log]") {
  MemoryTiles once;
  fill(once, 700, 700);
  CHECK(names(once) == Names{"checkpoint", "tile/0/000", "tile/0/001", "tile/0/002.p/188",
                             "tile/1/000.p/2", "tile/entries/000", "tile/entries/001",
                             "tile/entries/002.p/188"});
  for (const std::uint64_t batch : {1U, 3U, 255U, 256U, 257U}) {
    MemoryTiles batched;
    fill(batched, 700, batch);
    INFO(batch);
    CHECK(batched.files == once.files);
  }
}

TEST_CASE("TileLog: the root is RFC 6962's at every size around a tile's end", "[log]") {
  MemoryTiles files;
  TileLog log(files, kTilesOrigin, verifier());
  for (const std::uint64_t size : {1U, 2U, 3U, 5U, 255U, 256U, 257U, 511U, 512U, 513U, 770U}) {
    log.append(log.size(), entries_of(log.size(), size));
    log.seal_checkpoint(kTilesOrigin, key());
    INFO(size);
    CHECK(log.checkpoint().root == naive_root(0, size));
    CHECK(TileLog(files, kTilesOrigin, verifier()).checkpoint().root == log.checkpoint().root);
  }
}

TEST_CASE("TileLog: an empty log has a checkpoint, and no entries", "[log]") {
  MemoryTiles files;
  TileLog log(files, kTilesOrigin, verifier());
  CHECK(log.size() == 0);
  CHECK(log.checkpoint().root == empty_root());
  log.seal_checkpoint(kTilesOrigin, key());
  CHECK(names(files) == Names{"checkpoint"});
  CHECK_THROWS_WITH(log.entry(0), Contains("no-log-entry"));
  CHECK(faults_of(files).empty());
}

TEST_CASE("TileLog: a log of 66000 entries proves and checks across three levels", "[log]") {
  MemoryTiles files;
  fill(files, 65530, 65530);
  TileLog log(files, kTilesOrigin, verifier());
  const auto old_root = log.checkpoint().root;
  log.append(65530, entries_of(65530, 66000));
  log.seal_checkpoint(kTilesOrigin, key());
  CHECK(log.checkpoint().root == naive_root(0, 66000));
  CHECK(files.files.contains("tile/1/000"));
  CHECK(files.files.at("tile/1/001.p/1").size() == 32);
  CHECK(files.files.at("tile/2/000.p/1") == naive_root(0, 65536));
  for (const std::uint64_t index : {0U, 1U, 255U, 256U, 65529U, 65535U, 65536U, 65999U}) {
    const auto proof = log.prove_inclusion(index, 66000);
    CHECK(inclusion_holds(leaf_hash(log.entry(index)), index, 66000, proof, log.checkpoint().root));
  }
  CHECK(consistency_holds(65530, 66000, old_root, log.checkpoint().root,
                          log.prove_consistency(65530, 66000)));
  CHECK(log.check([](const auto& where, const auto&) { FAIL(where); }) == 66000);
}

TEST_CASE("TileLog: one entry more costs a handful of files, at any size", "[log]") {
  for (const std::uint64_t size : {10U, 5000U, 65535U}) {
    MemoryTiles files;
    fill(files, size, size);
    TileLog log(files, kTilesOrigin, verifier());
    log.append(size, entries_of(size, size + 1));
    log.seal_checkpoint(kTilesOrigin, key());
    files.writes = 0;
    files.reads = 0;
    log.append(size + 1, entries_of(size + 1, size + 2));
    log.seal_checkpoint(kTilesOrigin, key());
    INFO(size);
    CHECK(files.writes == 3);  // bundle, tile, checkpoint
    CHECK(files.reads == 0);
  }
  MemoryTiles files;
  fill(files, 65535, 65535);
  TileLog log(files, kTilesOrigin, verifier());
  files.writes = 0;
  files.reads = 0;
  log.append(65535, entries_of(65535, 65536));  // completes a tile of two levels
  log.seal_checkpoint(kTilesOrigin, key());
  CHECK(files.writes == 5);
  CHECK(files.reads < 6);
}

TEST_CASE("TileLog: entries are what was appended, in any range", "[log]") {
  MemoryTiles files;
  fill(files, 600, 100);
  TileLog log(files, kTilesOrigin, verifier());
  std::uint64_t next = 250;
  log.each_entry(250, 520, [&](std::uint64_t index, const Bytes& entry) {
    CHECK(index == next++);
    CHECK(entry == entry_at(index));
  });
  CHECK(next == 520);
  CHECK(log.entry(599) == entry_at(599));
  CHECK_THROWS_WITH(log.entry(600), Contains("no-log-entry"));
  CHECK_THROWS_WITH(log.prove_inclusion(3, 601), Contains("bad-log-position"));
  CHECK_THROWS_WITH(log.prove_inclusion(600, 600), Contains("bad-log-position"));
}

TEST_CASE("TileLog: entries of every length up to the limit are kept, longer ones refused",
          "[log]") {
  MemoryTiles files;
  TileLog log(files, kTilesOrigin, verifier());
  log.append(0, {"", std::string(65535, 'x'), "尾"});
  log.seal_checkpoint(kTilesOrigin, key());
  CHECK(log.entry(0).empty());
  CHECK(log.entry(1).size() == 65535);
  CHECK(log.entry(2) == "尾");
  CHECK_THROWS_WITH(log.append(3, {"a", std::string(65536, 'x')}), Contains("log-entry-too-long"));
  CHECK(log.size() == 3);
}

TEST_CASE("TileLog: replaying entries that stand changes nothing", "[log]") {
  MemoryTiles files;
  fill(files, 300, 300);
  const auto before = files.files;
  TileLog log(files, kTilesOrigin, verifier());
  log.append(250, entries_of(250, 300));
  CHECK(files.files == before);
  log.append(290, entries_of(290, 310));
  log.append(295, entries_of(295, 305));
  CHECK(log.size() == 310);
  log.seal_checkpoint(kTilesOrigin, key());
  CHECK(log.checkpoint().root == naive_root(0, 310));
}

TEST_CASE("TileLog: another entry at a standing index is a fork, a gap is a shortened log",
          "[log]") {
  MemoryTiles files;
  fill(files, 300, 300);
  const auto before = files.files;
  TileLog log(files, kTilesOrigin, verifier());
  CHECK_THROWS_WITH(log.append(299, {"另一筆"}), Contains("log-fork"));
  CHECK_THROWS_WITH(log.append(299, {entry_at(299) + " "}), Contains("log-fork"));
  CHECK_THROWS_WITH(log.append(301, {"x"}), Contains("log-gap"));
  CHECK(files.files == before);
  log.append(300, {entry_at(300)});  // not yet under a checkpoint, but standing
  CHECK_THROWS_WITH(log.append(300, {"另一筆"}), Contains("log-fork"));
}

TEST_CASE("TileLog: nothing is signed on top of tiles that differ from the checkpoint", "[log]") {
  MemoryTiles files;
  fill(files, 300, 300);
  for (const char* path : {"tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"}) {
    auto damaged = files;
    damaged.files[path][40 % damaged.files[path].size()] ^= 1;
    TileLog log(damaged, kTilesOrigin, verifier());
    INFO(path);
    CHECK_THROWS_AS(log.append(300, {"x"}), Error);
    CHECK(damaged.files.at("checkpoint") == files.files.at("checkpoint"));
  }
}

TEST_CASE("TileLog: a reader whose checkpoint is older reads on while the writer goes on",
          "[log]") {
  MemoryTiles files;
  fill(files, 100, 100);
  TileLog reader(files, kTilesOrigin, verifier());
  for (const std::uint64_t size : {101U, 255U, 256U, 300U, 70000U}) {
    fill(files, size, size);
    INFO(size);
    CHECK(reader.entry(99) == entry_at(99));
    const auto proof = reader.prove_inclusion(42, 100);
    CHECK(inclusion_holds(leaf_hash(entry_at(42)), 42, 100, proof, reader.checkpoint().root));
  }
}

TEST_CASE("TileLog: a checkpoint of another key or another log does not open", "[log]") {
  MemoryTiles files;
  fill(files, 10, 10);
  const auto other = crypto::PrivateKey::generate_ed25519();
  CHECK_THROWS_WITH(TileLog(files, kTilesOrigin, verifier_key(kTilesOrigin, other.public_key())),
                    Contains("note-unsigned"));
  CHECK_THROWS_WITH(TileLog(files, "epa.example/another", verifier()), Contains("log-origin"));
  TileLog log(files, kTilesOrigin, verifier());
  CHECK_THROWS_WITH(log.seal_checkpoint(kTilesOrigin, other), Contains("note-unsigned"));
  CHECK(TileLog(files, kTilesOrigin, verifier()).size() == 10);
}

TEST_CASE("TileLog: the check names the file that was changed", "[log]") {
  MemoryTiles good;
  fill(good, 66000, 66000);
  CHECK(faults_of(good).empty());
  for (const char* path : {"tile/entries/000", "tile/entries/100", "tile/entries/257.p/208",
                           "tile/0/000", "tile/0/255", "tile/0/256", "tile/0/257.p/208",
                           "tile/1/000", "tile/1/001.p/1", "tile/2/000.p/1"}) {
    for (const double place : {0.0, 0.999}) {
      auto damaged = good;
      auto& bytes = damaged.files.at(path);
      // The last byte of a length, so that flipping a bundle's first byte still leaves it readable
      // as one.
      const auto at = std::max<std::size_t>(
          5, static_cast<std::size_t>(place * static_cast<double>(bytes.size())));
      bytes[at] = static_cast<char>(bytes[at] ^ 1);
      INFO(path << " at " << at);
      const auto faults = faults_of(damaged);
      REQUIRE(faults == Names{path});
    }
    auto damaged = good;
    damaged.files.at(path).pop_back();
    CHECK(faults_of(damaged) == Names{path});
    damaged = good;
    damaged.files.erase(path);
    INFO(path << " removed");
    CHECK(faults_of(damaged) == Names{path});
  }
}

TEST_CASE("TileLog: the check names the first faulty entry by its index", "[log]") {
  MemoryTiles files;
  fill(files, 300, 300);
  files.files["tile/entries/000"][3000] ^= 1;
  std::string what;
  TileLog(files, kTilesOrigin, verifier()).check([&](const auto&, const auto& words) {
    what = words;
  });
  const auto index = [&] {
    std::size_t at = 0;
    for (std::uint64_t i = 0;; ++i) {
      at += 2 + entry_at(i).size();
      if (at > 3000) return i;
    }
  }();
  CHECK(what.find("第 " + std::to_string(index) + " 筆") != std::string::npos);
  CHECK_THROWS_WITH(TileLog(files, kTilesOrigin, verifier()).entry(index), Contains("log-entry"));
  CHECK_NOTHROW(TileLog(files, kTilesOrigin, verifier()).entry(0));
}

TEST_CASE("TileLog: the check finds a checkpoint that was changed, exchanged or removed", "[log]") {
  MemoryTiles files;
  fill(files, 200, 200);
  const auto old_checkpoint = files.files.at("checkpoint");
  TileLog log(files, kTilesOrigin, verifier());
  log.append(200, entries_of(200, 300));
  log.seal_checkpoint(kTilesOrigin, key());
  const auto check = [&] {
    Names faults;
    log.check([&](const auto& where, const auto&) { faults.push_back(where); });
    return faults;
  };
  CHECK(check().empty());
  const auto good = files.files.at("checkpoint");
  files.files["checkpoint"][kTilesOrigin.size() + 1] = '4';
  CHECK(check()[0] == "checkpoint");
  files.files["checkpoint"] = old_checkpoint;
  CHECK(check() == Names{"checkpoint"});
  // Signed, but over other entries.
  files.files["checkpoint"] =
      sign_note(checkpoint_text({kTilesOrigin, 300, leaf_hash("x")}), kTilesOrigin, key());
  CHECK(check()[0] == "checkpoint");
  CHECK(faults_of(files) == Names{"checkpoint"});
  files.files.erase("checkpoint");
  CHECK(check()[0] == "checkpoint");
  files.files["checkpoint"] = good;
  CHECK(check().empty());
}

TEST_CASE("TileLog: on disk it stands as in memory, and partial tiles give way to full ones",
          "[log]") {
  SystemDisk disk;
  const Scratch scratch;
  DiskTileFiles files(disk, scratch / "log");
  fill(files, 300, 7);
  MemoryTiles memory;
  fill(memory, 300, 300);
  std::map<std::string, Bytes> found;
  for (const auto& file : std::filesystem::recursive_directory_iterator(scratch / "log")) {
    if (file.is_regular_file()) {
      found[std::filesystem::relative(file, scratch / "log")] = disk.read_all(file.path());
    }
  }
  CHECK(found == memory.files);
  CHECK_FALSE(std::filesystem::exists(scratch / "log/tile/0/000.p"));
  CHECK(faults_of(files).empty());
}

TEST_CASE("DiskTileFiles: a tile that is taken away under a reader is one that is not there",
          "[log]") {
  struct Vanishing : SystemDisk {
    bool exists(const Path& path) override {  // the tile was, a moment ago
      return path.filename() == "30" || SystemDisk::exists(path);
    }
  };
  Scratch scratch;
  Vanishing disk;
  DiskTileFiles files(disk, scratch / "log");
  files.replace("tile/entries/000.p/31", "…");
  CHECK_FALSE(files.read("tile/entries/000.p/30"));
  CHECK(files.read("tile/entries/000.p/31"));
}

TEST_CASE("TileLog: each disk call failing in turn loses nothing that a checkpoint covers",
          "[log]") {
  SystemDisk system;
  const auto after = GENERATE(FaultyDisk::After::works, FaultyDisk::After::dead);
  std::size_t n = 1;
  for (bool failed = true; failed; ++n) {
    const Scratch scratch;
    {
      DiskTileFiles files(system, scratch / "log");
      fill(files, 250, 250);
    }
    FaultyDisk disk(system);
    DiskTileFiles files(disk, scratch / "log");
    disk.fail_at(n, after);
    try {
      TileLog log(files, kTilesOrigin, verifier());
      log.append(250, entries_of(250, 254));
      log.append(254, entries_of(254, 260));
      log.seal_checkpoint(kTilesOrigin, key());
    } catch (const Error& error) {
      CHECK(error.failure() == Failure::unavailable);
    }
    failed = disk.failed();
    disk.drop_unsynced();
    INFO("call " << n);
    DiskTileFiles reopened(system, scratch / "log");
    CHECK(faults_of(reopened).empty());
    TileLog log(reopened, kTilesOrigin, verifier());
    CHECK((log.size() == 250 || log.size() == 260));
    log.append(250, entries_of(250, 260));
    log.seal_checkpoint(kTilesOrigin, key());
    CHECK(log.checkpoint().root == naive_root(0, 260));
    CHECK(faults_of(reopened).empty());
    CHECK_FALSE(std::filesystem::exists(scratch / "log/tile/0/000.p"));
    CHECK_FALSE(std::filesystem::exists(scratch / "log/tile/entries/000.p"));
  }
  CHECK(n > 10);
}

TEST_CASE("TileLog: an append that failed can be repeated on the same log", "[log]") {
  SystemDisk system;
  for (std::size_t n = 1; n < 12; ++n) {
    const Scratch scratch;
    FaultyDisk disk(system);
    DiskTileFiles files(disk, scratch / "log");
    TileLog log(files, kTilesOrigin, verifier());
    disk.fail_at(n);
    try {
      log.append(0, entries_of(0, 600));
    } catch (const Error& error) {
      CHECK(error.code() == "disk-full");
    }
    log.append(0, entries_of(0, 600));
    log.seal_checkpoint(kTilesOrigin, key());
    CHECK(log.checkpoint().root == naive_root(0, 600));
    CHECK(faults_of(files).empty());
  }
}

TEST_CASE("verify-log.py: agrees with a good log and names what is wrong with a bad one", "[log]") {
  if (!has_program("python3") || !has_program("openssl")) return;
  SystemDisk disk;
  const Scratch scratch;
  DiskTileFiles files(disk, scratch / "日誌");
  fill(files, 66000, 66000);
  const auto script = quoted(Path(VERMILION_SOURCE_DIR) / "scripts/verify-log.py");
  const auto verify = [&](const std::string& rest) {
    return run("python3 " + script + " " + quoted(scratch / "日誌") + " " +
               quoted(Path(verifier())) + " " + rest);
  };
  const auto good = verify("65999");
  INFO(good.output);
  CHECK(good.status == 0);
  CHECK(good.output.find(entry_at(65999)) != std::string::npos);
  CHECK(good.output.find("66000") != std::string::npos);
  CHECK(verify("66000").status == 1);
  for (const std::string path :
       {"tile/entries/017", "tile/0/003", "tile/1/000", "tile/2/000.p/1", "checkpoint"}) {
    const auto file = scratch / "日誌" / path;
    flip_bit(file, 30);
    const auto bad = verify("");
    INFO(path << bad.output);
    CHECK(bad.status == 1);
    CHECK(bad.output.find(path) != std::string::npos);
    flip_bit(file, 30);
  }
  const auto other =
      verifier_key(kTilesOrigin, crypto::PrivateKey::generate_ed25519().public_key());
  CHECK(run("python3 " + script + " " + quoted(scratch / "日誌") + " " + quoted(Path(other)))
            .status == 1);
  CHECK(run("python3 " + script).status == 2);
  CHECK(verify("").status == 0);
}
