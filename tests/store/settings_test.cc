// vermilion.yaml as it is written and read back.
#include "store/settings.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "store/store.h"
#include "store/timestamp_settings.h"
#include "support/manual_clock.h"
#include "support/process.h"

using namespace vermilion;

namespace {

std::string settings_refusal(const std::string& yaml) {
  const Scratch folder;
  SystemDisk disk;
  folder.write("vermilion.yaml", yaml);
  try {
    (void)store::load_settings(disk, folder.path());
    (void)store::load_timestamp_settings(disk, folder.path());
  } catch (const Error& error) {
    CHECK(error.code() == "bad-settings");
    return error.said().en;
  }
  return "taken";
}

const std::string kWhole =
    "store: v-1\nname: 行政院環境保護署\ntime_zone: Asia/Taipei\ncreated: "
    "\"2026-11-22T08:00:00Z\"\n"
    "log: {origin: o, verifier_key: k}\nmaster_key: {file: /keys/master.key}\n";

}  // namespace

TEST_CASE("settings read back as they were written, whatever is in them", "[store]") {
  const Scratch folder;
  SystemDisk disk;
  store::Settings settings;
  settings.id = "v-1";
  settings.name = "署 \"甲\" \\ 𠮷 \x7F\u0085\u2028關";
  settings.time_zone = "Asia/Taipei";
  settings.created = "2026-11-22T08:00:00Z";
  settings.log_origin = "v-1.vermilion/log";
  settings.verifier_key = "v-1.vermilion/log+1f2e3d4c+AZ";
  settings.master_key_file = "/金鑰/ master \"1\".key";
  store::save_settings(disk, folder.path(), settings);
  const auto read = store::load_settings(disk, folder.path());
  CHECK(read.name == settings.name);
  CHECK(read.created == settings.created);
  CHECK(read.log_origin == settings.log_origin);
  CHECK(read.master_key_file == settings.master_key_file);
}

TEST_CASE("settings that are wrong are refused with the line and the name", "[store]") {
  CHECK(settings_refusal(kWhole) == "taken");
  CHECK(settings_refusal(kWhole + "name: 另一署\n").find("line 7: 'name' is given twice") !=
        std::string::npos);
  CHECK(settings_refusal("store: v-1\n").find("line 1: 'name' is missing") != std::string::npos);
  CHECK(settings_refusal(kWhole + "timestamp: {url: x, ca: y, renew_days: 0}\n")
            .find("timestamp in vermilion.yaml cannot be read") == 0);
  CHECK(settings_refusal(kWhole + "timestamp: {url: x, ca: y, required: True}\n") == "taken");
}

TEST_CASE("a path that is no text is refused before anything is made", "[store]") {
  const Scratch folder;
  SystemDisk disk;
  ManualClock clock;
  const store::CreateRequest request{.path = folder / "store",
                                     .name = "署",
                                     .master_key_file = folder / "k\xFF.key",
                                     .root_key_file = folder / "root.pem",
                                     .root_passphrase = "x",
                                     .files = {}};
  CHECK_THROWS_AS(store::Store::create(disk, clock, request), Error);
  CHECK_FALSE(disk.exists(folder / "store"));
  CHECK_FALSE(disk.exists(folder / "root.pem"));
}
