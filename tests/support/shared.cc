#include "support/shared.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace fs = std::filesystem;

std::optional<fs::path> shared_folder() {
  const char* named = std::getenv("VERMILION_SHARED");
  const fs::path folder = named ? fs::path(named) : fs::path(VERMILION_SOURCE_DIR) / ".." / "shared";
  if (fs::exists(folder / "README.md")) return folder;
  WARN("skipped: ../shared absent");
  return std::nullopt;
}

std::optional<fs::path> shared_suite(const std::string& name) {
  const auto shared = shared_folder();
  if (!shared) return std::nullopt;
  const auto archive = *shared / "suites" / "suites.tar.zst";
  const auto place = fs::temp_directory_path() / "vermilion-suites";
  if (!fs::exists(place / "complete")) {
    fs::create_directories(place);
    const auto command = "tar --zstd -xf '" + archive.string() + "' -C '" + place.string() +
                         "' && touch '" + (place / "complete").string() + "'";
    if (std::system(command.c_str()) != 0) {
      WARN("skipped: the suites cannot be unpacked");
      return std::nullopt;
    }
  }
  return place / name;
}

std::string file_bytes(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}
