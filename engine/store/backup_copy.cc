#include "store/backup_copy.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/json.h"

namespace vermilion::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPayloadsFolder = "payloads";
constexpr std::string_view kUnfinished = ".vermilion-new";
constexpr int kPasses = 3;

// Beside the writer a pack or a partial tile may go: the next pass finds what took its place.
void despite_changes(const std::function<void()>& pass) {
  for (int i = 0; i < kPasses; ++i) {
    try {
      return pass();
    } catch (const Error& error) {
      if (error.failure() != Failure::not_found) throw;
    }
  }
}

std::uint64_t size_of(const Path& file) { return fs::exists(file) ? fs::file_size(file) : 0; }

// "3f", of the files whose digests begin so; what is in "incoming" belongs to no act yet.
bool is_own_files(const std::string& name) { return name.size() == 2; }

// Our own names: what else lies in a folder is left alone.
bool is_copied(const std::string& folder, const std::string& name) {
  if (name.ends_with(kUnfinished)) return false;
  return folder != "log" || name != "checkpoint";
}

// A copy that was cut short: what it holds of a content may be destroyed in the meantime.
void remove_unfinished(Disk& disk, const Path& folder) {
  for (const auto& name : disk.list(folder)) {
    if (name.ends_with(".vermilion-new")) disk.remove(folder / name);
  }
}

}  // namespace

BackupCopy::BackupCopy(Parts& parts, Path target, FileDigests before)
    : parts_(parts), target_(std::move(target)), known_(std::move(before)) {}

void BackupCopy::copy_beside_writer() {
  despite_changes([&] { copy_repositories(); });
  despite_changes([&] { copy_payloads(); });
  despite_changes([&] { copy_log(); });
  (void)files();  // digests what is new, so that little is left to do under the lock
}

bool BackupCopy::copy_rest(std::set<std::string>& followed) {
  copy_repositories();
  copy_payloads();
  bool gone = false;
  const Snapshot main(parts_.evidence->reader(), parts_.evidence->ref(kMainRef));
  for (const auto& entry : main.list("disposals")) {
    if (!followed.contains(entry.name)) gone = follow(entry.name, followed) || gone;
  }
  return gone;
}

void BackupCopy::copy_repositories() {
  const std::pair<const char*, git::Repository&> both[] = {{"evidence.git", *parts_.evidence},
                                                           {"drafts.git", *parts_.drafts}};
  for (const auto& [name, repository] : both)
    copy_objects(parts_.disk, repository, parts_.path / name, target_ / name);
}

void BackupCopy::copy_payloads() {
  parts_.disk.make_directories(target_ / kPayloadsFolder);
  for (const auto& name : parts_.disk.list(parts_.path / kPayloadsFolder)) {
    const auto path = fmt::format("{}/{}", kPayloadsFolder, name);
    if (path.starts_with(kSegments)) {
      copy_segment(path);
    } else if (is_own_files(name)) {
      copy_missing(path);
    }
  }
  parts_.disk.sync_directory(target_ / kPayloadsFolder);
}

// What lies beyond the manifest's size was never vouched for: a backup that was cut short may have left anything there.
void BackupCopy::copy_segment(const std::string& path) {
  const auto size = size_of(parts_.path / path);
  const auto known = known_.find(path);
  auto held = known == known_.end() ? 0 : known->second.size;
  if (size_of(target_ / path) < held) held = 0;  // taken away at the target
  if (size <= held) return;
  copy_range(parts_.disk, parts_.path / path, target_ / path, held, size);
  known_[path] = {size, ""};
  copied_files_ += 1;
  copied_bytes_ += size - held;
}

void BackupCopy::copy_log() { copy_missing("log"); }

// Files that never change once they have their name.
void BackupCopy::copy_missing(const std::string& folder) {
  parts_.disk.make_directories(target_ / folder);
  remove_unfinished(parts_.disk, target_ / folder);
  bool changed = false;
  for (const auto& name : parts_.disk.list(parts_.path / folder)) {
    const auto path = folder + "/" + name;
    if (fs::is_directory(parts_.path / path)) {
      copy_missing(path);
    } else if (is_copied(folder, name) && !is_there(path)) {
      copy_whole(path);
      changed = true;
    }
  }
  if (!changed) return;
  parts_.disk.sync_directory(target_ / folder);
  parts_.disk.sync_directory((target_ / folder).parent_path());
}

// Tiles beyond the manifest may be those of a log that was lost: this store, restored since, goes on otherwise under the same names.
bool BackupCopy::is_there(const std::string& path) {
  const bool vouched = known_.contains(path) || !path.starts_with("log/");
  return vouched && parts_.disk.exists(target_ / path);
}

void BackupCopy::copy_whole(const std::string& path) {
  const auto digest = copy_file(parts_.disk, parts_.path / path, target_ / path);
  known_[path] = digest;
  copied_files_ += 1;
  copied_bytes_ += digest.size;
}

// Zeroes at the target what is zero in the store.
bool BackupCopy::follow(const std::string& disposal, std::set<std::string>& followed) {
  const Snapshot main(parts_.evidence->reader(), parts_.evidence->ref(kMainRef));
  const auto folder = "disposals/" + disposal;
  const auto listed = main.read(folder + "/payloads.json");
  if (!listed) return false;
  Payloads copy(parts_.disk, target_);
  const auto payloads = parse_json(*listed).at("payloads").get<std::vector<std::string>>();
  for (const auto& id : payloads) {
    const auto place = parts_.catalogue.payload(id);
    if (!place || !parts_.payloads.is_erased(*place)) continue;
    if (!copy.is_erased(*place)) copy.erase(*place);
    const auto name = Payloads::name_of(*place);
    shortened_.insert(name.substr(0, name.find(' ')));
  }
  if (main.read(folder + "/certificate.json")) followed.insert(disposal);
  return true;
}

FileDigests BackupCopy::files() {
  FileDigests files;
  note_segments(files);
  for (const auto& name : parts_.disk.list(target_ / kPayloadsFolder)) {
    const auto path = fmt::format("{}/{}", kPayloadsFolder, name);
    if (is_own_files(name)) note_below(path, files);
  }
  for (const char* repository : {"evidence.git", "drafts.git"})
    note_below(fmt::format("{}/objects/pack", repository), files);
  note_below("log", files);
  return files;
}

void BackupCopy::note_segments(FileDigests& files) {
  for (auto& [path, known] : known_) {
    if (!path.starts_with(kSegments)) continue;
    if (known.sha256.empty() || shortened_.contains(path))
      known = digest_file(parts_.disk, parts_.path / path, known.size);
    files[path] = known;
  }
}

void BackupCopy::note_below(const std::string& folder, FileDigests& files) {
  for (const auto& name : parts_.disk.list(target_ / folder)) {
    const auto path = folder + "/" + name;
    if (fs::is_directory(target_ / path)) {
      note_below(path, files);
    } else if (folder.starts_with("log") && !parts_.disk.exists(parts_.path / path)) {
      superseded_.insert(path);
    } else if (is_copied(folder, name) && !name.ends_with(".keep")) {
      files[path] = digest_of(path);
    }
  }
}

void BackupCopy::remove_superseded() {
  for (const auto& path : superseded_) parts_.disk.remove(target_ / path);
}

// Of a file that came here without a manifest, or that the mirror made itself.
FileDigest BackupCopy::digest_of(const std::string& path) {
  const auto known = known_.find(path);
  if (known != known_.end()) return known->second;
  const auto digest = digest_file(parts_.disk, target_ / path);
  copied_files_ += 1;
  copied_bytes_ += digest.size;
  return known_[path] = digest;
}

}  // namespace vermilion::store
