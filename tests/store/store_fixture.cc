#include "store/store_fixture.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "base/error.h"
#include "base/json.h"

namespace fs = std::filesystem;
using namespace vermilion;
using namespace vermilion::store;

namespace {

void create_in(const Scratch& scratch) {
  SystemDisk disk;
  Store::create(disk, ManualClock(),
                {.path = scratch / "store",
                 .name = "行政院環境保護署",
                 .master_key_file = scratch / "master.key",
                 .root_key_file = scratch / "root.pem",
                 .root_passphrase = "年度稽核-金鑰-保管",
                 .files = {{"rules/profile.yaml", "classification: 公開\n"}}});
}

// Making a store waits for the disk some sixty times, copying one does not.
const Scratch& first_store() {
  static const Scratch scratch;
  static const bool made = (create_in(scratch), true);
  (void)made;
  return scratch;
}

}  // namespace

StoreFixture::StoreFixture() {
  fs::copy(first_store().path(), scratch.path(), fs::copy_options::recursive);
  auto settings = load_settings(disk, path());
  settings.master_key_file = scratch / "master.key";
  save_settings(disk, path(), settings);
}

std::unique_ptr<Store> StoreFixture::open(Disk& through) {
  return Store::open(through, clock, path());
}

Act put_act(const std::string& path, const std::string& content, const std::string& subject) {
  return {.kind = "document",
          .actor = "chen01",
          .from = "console",
          .subject = subject,
          .outcome = "done",
          .message = "document ISMS-01-002",
          .decide = [=](const Now&, Changes& changes) { changes.put(path, content); }};
}

Act full_act(const std::string& name, int year, std::size_t padding) {
  Act act = put_act("", "", "record " + name);
  act.decide = [name, year, padding](const Now& now, Changes& changes) {
    const auto ref = changes.seal({.record = now.act,
                                   .part = "content",
                                   .key_class = "people",
                                   .year = year,
                                   .content = "保密切結書 " + name + std::string(padding, ' ')});
    changes.put("records/" + name, ref.payload);
    changes.tag("record/" + name, "record " + name);
    changes.draft("ISMS-01-002/3.6", {{"draft", name}}, "draft");
    changes.set_password("chen01", "$phc$" + name);
    changes.keep_key({"chen01", name, "salt", name});
  };
  return act;
}

std::unique_ptr<Store> as_killed(StoreFixture& fixture) {
  const auto copy = fixture.scratch / "copy";
  fs::copy(fixture.path(), copy, fs::copy_options::recursive);
  return Store::open(fixture.disk, fixture.clock, copy);
}

Act login_act(const std::string& account) {
  return {.kind = "login",
          .actor = account,
          .from = "web:192.0.2.7",
          .subject = "account " + account,
          .outcome = "done",
          .message = "",
          .decide = {}};
}

std::vector<Told> faults_of(Store& store, const std::optional<Checked>& since) {
  std::vector<Told> faults;
  const auto result = store.check({since,
                                   [&](const std::string& where, const std::string& what) {
                                     faults.push_back({where, what});
                                   },
                                   {}});
  CHECK(result.checked > 0);
  return faults;
}

std::string told(const std::vector<Told>& faults) {
  std::string text;
  for (const auto& fault : faults) text += fault.where + ": " + fault.what + "\n";
  return text;
}

SealedRef seal(Store& store, const std::string& content) {
  SealedRef ref;
  Act act = put_act("records/00/00/00/01/manifest.json", "{}", "record 1");
  act.decide = [&](const Now& now, Changes& changes) {
    ref = changes.seal({.record = now.act,
                        .part = "content",
                        .key_class = "people",
                        .year = 2026,
                        .content = content});
    changes.put("records/00/00/00/01/manifest.json", "{\"payload\":\"" + ref.payload + "\"}");
  };
  (void)store.commit(act);
  return ref;
}

std::string code_of(const std::function<void()>& run) {
  try {
    run();
  } catch (const Error& error) {
    return error.code();
  }
  return "none";
}

void flip(const fs::path& file, std::ptrdiff_t offset) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  REQUIRE(stream);
  const auto at = offset >= 0 ? offset : static_cast<std::ptrdiff_t>(fs::file_size(file)) + offset;
  stream.seekg(at);
  const char byte = static_cast<char>(stream.get() ^ 1);
  stream.seekp(at);
  stream.put(byte);
}

std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  return files;
}

Json entry_at(Store& store, std::uint64_t index) {
  return parse_canonical(store.log().entry(index));
}

std::vector<std::string> list_in_disposal(Store& store, const std::vector<std::string>& ids) {
  (void)store.commit(put_act(kDisposal + "/payloads.json", canonical({{"payloads", ids}})));
  return ids;
}

bool stands_anywhere(const fs::path& folder, const std::string& bytes) {
  SystemDisk disk;
  for (const auto& file : files_below(folder)) {
    if (disk.read_all(file).find(bytes) != std::string::npos) return true;
  }
  return false;
}
