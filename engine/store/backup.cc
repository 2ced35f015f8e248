#include "store/backup.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/date.h"
#include "base/error.h"
#include "store/backup_copy.h"
#include "store/destroyed_lists.h"
#include "store/fold.h"
#include "store/writer.h"

namespace vermilion::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMark = "backup.json";
constexpr const char* kTargetFormat = "vermilion-backup-target-1";
constexpr int kTargetPatienceSeconds = 1;

bool target_lies_below(const Path& path, const Path& folder) {
  const auto relative = fs::weakly_canonical(path).lexically_relative(fs::weakly_canonical(folder));
  return !relative.empty() && *relative.begin() != "..";
}

void require_apart(const Path& store, const Path& target) {
  if (!target_lies_below(target, store) && !target_lies_below(store, target)) return;
  throw Error(Failure::invalid, "target-inside-store",
              {"備份目的地與資料庫須各在自己的資料夾：" + target.string(),
               "the target and the store need folders of their own: " + target.string()});
}

std::string owner_of(Disk& disk, const Path& target) {
  return require_string(parse_json(disk.read_all(target / kMark)), "store");
}

void require_own(Disk& disk, const Path& target, const std::string& store) {
  if (owner_of(disk, target) == store) return;
  throw Error(Failure::conflict, "target-of-another-store",
              {"這裡是另一個資料庫的備份，請另選目的地：" + target.string(),
               "another store is backed up here; choose another target: " + target.string()});
}

void make_target(Disk& disk, const Path& target, const std::string& store) {
  if (disk.exists(target) && !disk.list(target).empty()) {
    throw Error(
        Failure::conflict, "target-in-use",
        {"這個資料夾不是空的，也不是備份；請另選目的地：" + target.string(),
         "the folder is not empty and no backup; choose another target: " + target.string()});
  }
  disk.make_directories(target);
  disk.replace(target / kMark, canonical({{"format", kTargetFormat}, {"store", store}}));
  disk.sync_directory(target.parent_path());
}

FileLock lock_target(const Path& target) {
  try {
    return {target / "lock", kTargetPatienceSeconds};
  } catch (const Error& error) {
    if (error.code() != "store-busy") throw;
    throw Error(Failure::unavailable, "target-busy",
                {"這個目的地正在備份或還原，請稍後再試：" + target.string(),
                 "a backup to this target, or a restore from it, is under way; try again later: " +
                     target.string()});
  }
}

// A manifest that cannot be read any more is none to go on from: everything is looked at anew.
std::optional<BackupManifest> manifest_before(Disk& disk, const Path& target) {
  try {
    return newest_manifest(disk, target);
  } catch (const Error& error) {
    if (error.failure() == Failure::unavailable) throw;
    return std::nullopt;
  }
}

std::uint64_t number_after(Disk& disk, const Path& target) {
  const auto numbers = manifest_numbers(disk, target);
  return numbers.empty() ? 1 : numbers.back() + 1;
}

// The log as the target has it must be the beginning of ours.
void require_same_branch(Parts& parts, const std::optional<BackupManifest>& before,
                         const Path& target) {
  if (!before) return;
  const auto old =
      log::parse_checkpoint(log::open_note(before->checkpoint, parts.settings.verifier_key));
  const auto& now = parts.log->checkpoint();
  const bool same = old.size <= now.size &&
                    log::consistency_holds(old.size, now.size, old.root, now.root,
                                           parts.log->prove_consistency(old.size, now.size));
  if (!same) another_branch(target);
}

// Entries that were lost with the store from which this one was restored: their checkpoints are kept, and ask for nothing any more.
void set_lost_checkpoints_aside(Parts& parts, const Path& target) {
  const auto own = checkpoint_file(target, parts.log->checkpoint().size).filename().string();
  for (const auto& name : parts.disk.list(target / "checkpoints")) {
    if (name.size() == own.size() && name > own)
      parts.disk.rename(target / "checkpoints" / name, target / "checkpoints" / (name + ".lost"));
  }
}

// Lists before head before checkpoint; see destroyed_lists.h.
void copy_log_and_lists(Parts& parts, BackupCopy& copy, const Path& target,
                        const std::optional<BackupManifest>& before) {
  auto& disk = parts.disk;
  require_same_branch(parts, before, target);
  copy.copy_log();
  make_destroyed_lists(parts);
  copy_destroyed_lists(parts, target);
  disk.make_directories(target / "checkpoints");
  set_lost_checkpoints_aside(parts, target);
  disk.replace(checkpoint_file(target, parts.log->checkpoint().size), *parts.checkpoint_note);
  disk.replace(target / "log" / "checkpoint", *parts.checkpoint_note);
}

class Backup {
 public:
  Backup(Disk& disk, const Clock& clock, const Path& store, const Path& target)
      : target_(target),
        parts_(disk, clock, store, load_settings(disk, store)),
        writer_(Writer::of(disk, clock, store, parts_.settings)),
        before_(manifest_before(disk, target)),
        copy_(parts_, target, before_ ? before_->files : FileDigests()) {}

  BackupResult run() {
    copy_.copy_beside_writer();
    BackupManifest manifest;
    writer_->alone([&] { manifest = take(); });
    write_signed(parts_.disk, prepared(manifest.number), manifest_json(manifest),
                 parts_.sealing_key());
    clean_up(manifest);
    return {manifest, copy_.copied_files() + 1, copy_.copied_bytes() + recovery_bytes_};
  }

 private:
  // With nobody writing.
  BackupManifest take() {
    settle(parts_);
    refresh_catalogue(parts_);
    const Snapshot main(parts_.evidence->reader(), parts_.evidence->ref(kMainRef));
    recovery_ = find_recovery_settings(main).value();
    copy_log_and_lists(parts_, copy_, target_, before_);
    auto manifest = described(main);
    const bool gone = copy_.copy_rest(manifest.followed);
    manifest.files = copy_.files();
    take_recovery_copy(manifest, gone);
    write_refs(parts_.disk, target_ / "evidence.git", manifest.evidence);
    write_refs(parts_.disk, target_ / "drafts.git", manifest.drafts);
    return manifest;
  }

  BackupManifest described(const Snapshot& main) {
    BackupManifest manifest;
    manifest.number = number_after(parts_.disk, target_);
    manifest.store = parts_.settings.id;
    manifest.at = parts_.clock.now();
    manifest.settings = parts_.disk.read_all(parts_.path / "vermilion.yaml");
    manifest.allowed_signers = main.require("people/allowed_signers");
    manifest.checkpoint = *parts_.checkpoint_note;
    manifest.log_size = parts_.log->checkpoint().size;
    manifest.evidence = parts_.evidence->refs("refs/");
    manifest.drafts = parts_.drafts->refs("refs/");
    if (before_) manifest.followed = before_->followed;
    return manifest;
  }

  void take_recovery_copy(BackupManifest& manifest, bool gone) {
    auto chain = before_ ? before_->recovery : RecoveryChain();
    if (gone || !may_follow(parts_, chain, recovery_)) chain = {};
    for (const auto& path : chain.files) manifest.files[path] = before_->files.at(path);
    auto made = make_recovery_copy(parts_, target_, manifest.number, std::move(chain), recovery_);
    manifest.recovery = std::move(made.chain);
    manifest.files[made.path] = made.digest;
    recovery_bytes_ = made.digest.size;
  }

  Path prepared(std::uint64_t number) {
    parts_.disk.make_directories(target_ / "backups");
    parts_.disk.sync_directory(target_);
    return manifest_file(target_, number);
  }

  // Only the newest manifest fits what lies here now.
  void clean_up(const BackupManifest& manifest) {
    auto& disk = parts_.disk;
    for (const auto number : manifest_numbers(disk, target_)) {
      if (number == manifest.number) continue;
      disk.remove(manifest_file(target_, number));
      disk.remove(manifest_file(target_, number).string() + ".sig");
    }
    copy_.remove_superseded();
    remove_expired_copies(disk, target_, manifest.recovery, manifest.at, recovery_.days);
  }

  const Path target_;
  Parts parts_;
  const std::shared_ptr<Writer> writer_;
  const std::optional<BackupManifest> before_;
  BackupCopy copy_;
  RecoverySettings recovery_;
  std::uint64_t recovery_bytes_ = 0;
};

}  // namespace

Path checkpoint_file(const Path& target, std::uint64_t log_size) {
  return target / "checkpoints" / fmt::format("{:012}", log_size);
}

std::uint64_t next_backup(Disk& disk, const Path& store, const Path& target) {
  require_apart(store, target);
  const auto id = load_settings(disk, store).id;
  if (!disk.exists(target / kMark)) make_target(disk, target, id);
  require_own(disk, target, id);
  return number_after(disk, target);
}

BackupResult back_up(Disk& disk, const Clock& clock, const Path& store, const Path& target) {
  (void)next_backup(disk, store, target);
  const auto lock = lock_target(target);
  return Backup(disk, clock, store, target).run();
}

LogBackup back_up_log(Disk& disk, const Clock& clock, const Path& store, const Path& target) {
  const auto settings = load_settings(disk, store);
  require_own(disk, target, settings.id);
  const auto lock = lock_target(target);
  Parts parts(disk, clock, store, settings);
  const auto before = manifest_before(disk, target);
  BackupCopy copy(parts, target, before ? before->files : FileDigests());
  Writer::of(disk, clock, store, settings)->alone([&] {
    settle(parts);
    refresh_catalogue(parts);
    copy_log_and_lists(parts, copy, target, before);
  });
  return {parts.log->checkpoint().size, copy.copied_bytes()};
}

}  // namespace vermilion::store
