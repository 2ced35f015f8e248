#include <atomic>
#include <fstream>
#include <random>
#include <thread>

#include "base/disk.h"
#include "base/error.h"
#include "corpus.h"
#include "search/database.h"
#include "search/index.h"
#include "search/integrity.h"
#include "support/shared.h"

using namespace vermilion;
using namespace vermilion::search;
using namespace search_corpus;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

fs::path generation(const Folder& folder) {
  auto name = file_bytes(folder.path() / "current");
  name.pop_back();
  return folder.path() / name;
}

std::unique_ptr<Index> filled(const Folder& folder) {
  auto index = Index::open(folder.path());
  index->rebuild(clauses({"機房門禁", "稽核紀錄"}));
  return index;
}

// True when every call answers or throws Error, and nothing else happens.
bool behaves(const fs::path& folder) {
  try {
    const auto index = Index::open(folder);
    (void)index->needs_rebuild();
    (void)index->search(asking("機房門禁"));
    (void)index->contents();
  } catch (const Error&) {
  } catch (...) {
    return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a generation that cannot be opened needs a rebuild and gets well by it", "[search]") {
  for (const char* damage : {"gone", "pointer", "outside", "empty", "version", "garbage"}) {
    INFO(damage);
    const Folder folder;
    filled(folder);
    const auto place = generation(folder);
    const std::string kind = damage;
    if (kind == "gone") fs::remove_all(place);
    if (kind == "pointer") write(folder.path() / "current", "g99\n");
    if (kind == "outside") write(folder.path() / "current", "../../etc\n");
    if (kind == "empty") write(folder.path() / "current", "");
    if (kind == "version") fs::remove(place / "iamglass");
    if (kind == "garbage") write(place / "iamglass", std::string(100, 'x'));
    const auto index = Index::open(folder.path());
    CHECK(index->needs_rebuild());
    CHECK_THROWS_AS(index->search(asking("機房")), Error);
    CHECK_THROWS_AS(index->contents(), Error);
    CHECK_THROWS_AS(index->replace_document("ISMS-T-001", {}), Error);
    index->rebuild(clauses({"機房門禁"}));
    CHECK_FALSE(index->needs_rebuild());
    CHECK(index->search(asking("機房")).count == 1);
  }
}

TEST_CASE("a half-written generation beside the current one is ignored and swept away",
          "[search]") {
  const Folder folder;
  const auto index = filled(folder);
  const auto half = folder.path() / "g7";
  fs::create_directories(half);
  write(half / "postlist.glass", "half");
  CHECK_FALSE(index->needs_rebuild());
  CHECK(index->search(asking("機房")).count == 1);
  index->rebuild(clauses({"機房"}));
  CHECK_FALSE(fs::exists(half));
  CHECK(index->search(asking("機房")).count == 1);
}

TEST_CASE("an index of another analyser's version needs a rebuild", "[search]") {
  const Folder folder;
  filled(folder);
  // The version stands in the postings file as it is written; one digit makes it another.
  const auto file = generation(folder) / "postlist.glass";
  auto bytes = file_bytes(file);
  const auto key = bytes.find("vermilion.analyser");
  REQUIRE(key != bytes.npos);
  bytes[key + std::string("vermilion.analyse").size()] = 'x';
  write(file, bytes);
  write_sums(generation(folder));
  const auto index = Index::open(folder.path());
  CHECK(index->needs_rebuild());
  CHECK_THROWS_AS(index->search(asking("機房")), Error);
}

TEST_CASE("a truncated file is reported, not crashed on", "[search]") {
  for (const char* name : {"iamglass", "postlist.glass", "docdata.glass", "position.glass"}) {
    for (const int quarters : {0, 1, 2, 3}) {
      INFO(name << " " << quarters);
      const Folder folder;
      filled(folder);
      const auto file = generation(folder) / name;
      fs::resize_file(file, fs::file_size(file) * static_cast<unsigned>(quarters) / 4);
      CHECK(Index::open(folder.path())->needs_rebuild());
      CHECK(behaves(folder.path()));
    }
  }
}

TEST_CASE("any flipped bit is reported, not crashed on", "[search]") {
  const Folder folder;
  filled(folder);
  std::mt19937 random(20261122);
  for (const char* name : {"iamglass", "postlist.glass", "termlist.glass", "docdata.glass"}) {
    const auto file = generation(folder) / name;
    const auto good = file_bytes(file);
    for (int i = 0; i < 50; ++i) {
      auto bad = good;
      auto& byte = bad[random() % bad.size()];
      byte = static_cast<char>(byte ^ (1 << random() % 8));
      write(file, bad);
      CHECK(Index::open(folder.path())->needs_rebuild());
      CHECK(behaves(folder.path()));
    }
    write(file, good);
  }
  CHECK_FALSE(Index::open(folder.path())->needs_rebuild());
}

TEST_CASE("a search on a damaged index says so without being asked first", "[search]") {
  const Folder folder;
  filled(folder);
  const auto file = generation(folder) / "docdata.glass";
  auto bytes = file_bytes(file);
  bytes.back() = static_cast<char>(bytes.back() ^ 1);
  write(file, bytes);
  const auto index = Index::open(folder.path());
  CHECK_THROWS_AS(index->search(asking("機房")), Error);
  CHECK_THROWS_AS(index->replace_document("ISMS-T-001", {}), Error);
}

TEST_CASE("a reading starts again when the generation is replaced under it", "[search]") {
  const Folder folder;
  const auto index = filled(folder);
  int runs = 0;
  read_current(folder.path(), [&](const Xapian::Database& database) {
    if (++runs == 1) index->rebuild(clauses({"新機房"}));
    CHECK(database.get_doccount() == (runs == 1 ? 2 : 1));
  });
  CHECK(runs == 2);
}

TEST_CASE("a reading overtaken three times is finished while writers wait", "[search]") {
  const Folder folder;
  filled(folder);
  int runs = 0;
  read_current(folder.path(), [&](const Xapian::Database&) {
    if (++runs <= 3) throw Xapian::DatabaseModifiedError("overtaken");
    CHECK_THROWS_AS(FileLock(folder.path() / "lock", 0), Error);
  });
  CHECK(runs == 4);
}

TEST_CASE("readers during writes see the old or the new, never an error", "[search]") {
  const Folder folder;
  const auto index = Index::open(folder.path());
  const auto old_text = clauses(std::vector<std::string>(5, "機房門禁管制"));
  const auto new_text = clauses(std::vector<std::string>(9, "機房門禁管制"));
  index->rebuild(old_text);
  std::atomic<bool> done = false;
  std::atomic<int> errors = 0;
  std::atomic<int> mixed = 0;
  std::atomic<int> answers = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!done) {
        try {
          const auto count = index->search(asking("機房門禁")).count;
          if (count != 5 && count != 9) ++mixed;
          ++answers;
        } catch (...) {
          ++errors;
        }
      }
    });
  }
  for (int i = 0; i < 100; ++i) {
    const auto& entries = i % 2 ? old_text : new_text;
    i % 10 == 9 ? index->rebuild(entries) : index->replace_document("ISMS-T-001", entries);
  }
  done = true;
  for (auto& reader : readers) reader.join();
  CHECK(errors == 0);
  CHECK(mixed == 0);
  CHECK(answers > 0);
}
