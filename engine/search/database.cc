#include "search/database.h"

#include <string>

#include "base/disk.h"
#include "base/error.h"
#include "base/json.h"
#include "search/analyser.h"
#include "search/generation.h"
#include "search/integrity.h"

namespace vermilion::search {
namespace {

namespace fs = std::filesystem;

constexpr const char* version_key = "vermilion.analyser";
constexpr int free_attempts = 3;
constexpr int patience_seconds = 60;

Error unavailable(const std::string& reason) {
  return Error(Failure::unavailable, "search-unavailable",
               {"檢索索引無法使用，請執行 vermilion rebuild 重建（" + reason + "）",
                "the search index cannot be used; run vermilion rebuild (" + reason + ")"});
}

template <typename Work>
void converting(Work&& work) {
  try {
    work();
  } catch (const Xapian::Error& error) {
    throw unavailable(error.get_description());
  } catch (const Json::exception& error) {
    throw unavailable(error.what());
  } catch (const fs::filesystem_error& error) {
    throw unavailable(error.what());
  }
}

fs::path lock_path(const fs::path& folder) { return folder / "lock"; }

std::string require_current(const fs::path& folder) {
  if (auto name = current_generation(folder)) return *name;
  throw unavailable("current");
}

void require_version(const Xapian::Database& database) {
  if (database.get_metadata(version_key) != analyser_version) throw unavailable("analyser version");
}

// False when the generation was replaced meanwhile: then what was read may mix two states, since
// Xapian takes a missing position table for an empty one.
bool read_once(const fs::path& folder, const Reading& reading) {
  const auto name = require_current(folder);
  try {
    const Xapian::Database database((folder / name).string(), Xapian::DB_BACKEND_GLASS);
    require_version(database);
    reading(database);
  } catch (const Xapian::DatabaseModifiedError&) {
    return false;
  } catch (const Xapian::Error&) {
    if (current_generation(folder) == name) throw;
    return false;
  } catch (const Json::exception&) {
    if (current_generation(folder) == name) throw;
    return false;
  }
  return current_generation(folder) == name;
}

bool is_sound(const fs::path& folder) {
  const auto name = current_generation(folder);
  try {
    return name && sums_match(folder / *name);
  } catch (const Error&) {
    return false;  // a file went away under the reader, or cannot be read
  }
}

}  // namespace

void require_sound(const fs::path& folder) {
  converting([&] {
    if (!is_sound(folder)) {
      // A writer may have been half way; with the lock held only damage is left as a reason.
      const FileLock lock(lock_path(folder), patience_seconds);
      if (!is_sound(folder)) throw unavailable("checksum");
    }
  });
  read_current(folder, [](const Xapian::Database&) {});
}

void read_current(const fs::path& folder, const Reading& reading) {
  converting([&] {
    for (int attempt = 0; attempt < free_attempts; ++attempt) {
      if (read_once(folder, reading)) return;
    }
    const FileLock lock(lock_path(folder), patience_seconds);
    if (!read_once(folder, reading)) throw unavailable("changing");
  });
}

void write_current(const fs::path& folder, const Writing& writing) {
  converting([&] {
    const FileLock lock(lock_path(folder), patience_seconds);
    const auto generation = folder / require_current(folder);
    {
      Xapian::WritableDatabase database(generation.string(),
                                        Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS);
      require_version(database);
      database.begin_transaction();
      writing(database);
      database.commit_transaction();
    }
    write_sums(generation);
  });
}

void build_generation(const fs::path& folder, const Writing& writing) {
  converting([&] {
    const FileLock lock(lock_path(folder), patience_seconds);
    const auto name = next_generation(folder);
    {
      Xapian::WritableDatabase database((folder / name).string(),
                                        Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS);
      writing(database);
      database.set_metadata(version_key, std::string(analyser_version));
      database.commit();
    }
    write_sums(folder / name);
    make_current(folder, name);
    remove_others(folder, name);
  });
}

}  // namespace vermilion::search
