#include "store/start_up.h"

#include "store/maintenance.h"

namespace vermilion::store {
namespace {

constexpr std::string_view kTemporary = ".vermilion-new";

bool is_folder(const Path& path) {
  std::error_code gone;
  return std::filesystem::is_directory(path, gone);
}

void remove_temporaries(Disk& disk, const Path& folder) {
  if (!disk.exists(folder)) return;
  for (const auto& name : disk.list(folder)) {
    // A database that was being made anew may have a journal of its own.
    if (name.find(kTemporary) != name.npos && !is_folder(folder / name)) disk.remove(folder / name);
  }
}

void wipe_temporary_keys(Disk& disk, const Path& folder) {
  for (const auto& name : disk.list(folder)) {
    if (!name.ends_with(kTemporary)) continue;
    const auto file = disk.open(folder / name, Open::existing);
    file->write(0, Bytes(static_cast<std::size_t>(file->size()), '\0'));
    file->sync();
    disk.remove(folder / name);
  }
}

// One folder for each first byte of a digest, as far as there are big contents.
void clean_payloads(Disk& disk, const Path& payloads) {
  remove_temporaries(disk, payloads);
  for (const auto& name : disk.list(payloads)) {
    if (name.size() == 2) remove_temporaries(disk, payloads / name);
  }
}

// Tiles are written at the right edge alone: in the last folder of each level, and in those of partial tiles. What is beside them is not
// looked at, so that a log of a million entries costs as much as a small one.
void clean_edge(Disk& disk, const Path& folder) {
  if (!disk.exists(folder)) return;
  remove_temporaries(disk, folder);
  std::string last;
  for (const auto& name : disk.list(folder)) {
    if (name.ends_with(".p")) remove_temporaries(disk, folder / name);
    if (name.starts_with('x')) last = name;
  }
  if (!last.empty()) clean_edge(disk, folder / last);
}

void clean_log(Disk& disk, const Path& log) {
  if (!disk.exists(log)) return;
  remove_temporaries(disk, log);
  const auto tiles = log / "tile";
  if (!disk.exists(tiles)) return;
  for (const auto& level : disk.list(tiles)) clean_edge(disk, tiles / level);
}

}  // namespace

void clean_up(Parts& parts) {
  auto& disk = parts.disk;
  parts.evidence->clean_up();
  parts.drafts->clean_up();
  complete_maintenance(disk, parts.path);
  for (const char* folder : {"", "store-keys", "vault", "index"})
    remove_temporaries(disk, parts.path / folder);
  wipe_temporary_keys(disk, parts.path / "vault" / "kek");
  clean_payloads(disk, parts.path / "payloads");
  clean_log(disk, parts.path / "log");
}

void release_packs(Parts& parts) {
  parts.evidence->release_stale();
  parts.drafts->release_stale();
}

}  // namespace vermilion::store
