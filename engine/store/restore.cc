#include "store/restore.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/date.h"
#include "base/error.h"
#include "base/yaml.h"
#include "crypto/ssh_signature.h"
#include "log/note.h"
#include "store/backup.h"
#include "store/destroyed_lists.h"
#include "store/destruction.h"
#include "store/fold.h"
#include "store/restore_files.h"
#include "store/writer.h"

namespace vermilion::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNamed = 20;  // damaged files in one message

void require_empty(Disk& disk, const Path& store) {
  if (!disk.exists(store) || disk.list(store).empty()) return;
  throw Error(Failure::conflict, "store-exists",
              {"要還原到的資料夾不是空的，請另選路徑：" + store.string(),
               "the folder to restore to is not empty; choose another path: " + store.string()});
}

void require_master_key_outside(const Path& key, const Path& store) {
  const auto relative = fs::weakly_canonical(key).lexically_relative(fs::weakly_canonical(store));
  if (relative.empty() || *relative.begin() == "..") return;
  throw Error(Failure::invalid, "key-inside-store",
              {"主金鑰須放在資料庫資料夾之外：" + key.string(),
               "the master key belongs outside the store: " + key.string()});
}

// Settings are read from a file: the restored store's own, under another name until it is whole.
Settings settings_of(Disk& disk, const BackupManifest& manifest, const RestoreRequest& request) {
  const auto folder = request.store / "restoring";
  disk.make_directories(folder);
  disk.replace(folder / "vermilion.yaml", manifest.settings);
  auto settings = load_settings(disk, folder);
  fs::remove_all(folder);
  return settings;
}

std::uint64_t checkpoint_size(const Settings& settings, std::string_view note) {
  const auto checkpoint = log::parse_checkpoint(log::open_note(note, settings.verifier_key));
  if (checkpoint.origin == settings.log_origin) return checkpoint.size;
  throw Error(Failure::invalid, "checkpoint-of-another-log",
              {"這個查核點不是這個資料庫的", "this checkpoint is another store's"});
}

// The newest that anybody shows: with the backup, beside it, or from elsewhere.
std::uint64_t newest_checkpoint(Disk& disk, const RestoreRequest& request, const Settings& settings,
                                const BackupManifest& manifest) {
  auto newest = checkpoint_size(settings, manifest.checkpoint);
  const auto folder = request.target / "checkpoints";
  const auto names = disk.exists(folder) ? disk.list(folder) : std::vector<std::string>();
  for (const auto& name : names) {
    if (!name.ends_with(".vermilion-new") && !name.ends_with(".lost"))
      newest = std::max(newest, checkpoint_size(settings, disk.read_all(folder / name)));
  }
  if (!request.checkpoint.empty())
    newest = std::max(newest, checkpoint_size(settings, request.checkpoint));
  return newest;
}

[[noreturn]] void destructions_unknown(std::optional<std::uint64_t> known, std::uint64_t needed) {
  throw Error(
      Failure::conflict, "destructions-unknown",
      {fmt::format("銷毀清單只到日誌第 {} 筆，而最新的查核點到第 {} 筆：之後銷毀的內容可能復活。"
                   "請取得較新的 destroyed 資料夾；確實沒有時才加 --unknown-destructions，"
                   "並會留下紀錄與警示",
                   known.value_or(0), needed),
       fmt::format("the lists of destructions reach to entry {} of the log, the newest checkpoint "
                   "to {}: what was destroyed in between might come back. Get a newer 'destroyed' "
                   "folder; only if there is none, add --unknown-destructions, which is logged and "
                   "shown",
                   known.value_or(0), needed)});
}

[[noreturn]] void backup_damaged(const std::vector<std::string>& damaged) {
  const auto shown = std::vector<std::string>(
      damaged.begin(),
      damaged.begin() + static_cast<std::ptrdiff_t>(std::min(damaged.size(), kNamed)));
  const auto names = fmt::format("{}", fmt::join(shown, ", "));
  throw Error(Failure::corrupt, "backup-damaged",
              {fmt::format("備份有 {} 處損毀，沒有還原；刪去這些檔案後再備份一次即會補齊，或改用"
                           "另一份備份：{}",
                           damaged.size(), names),
               fmt::format("the backup is damaged in {} places and was not restored; remove these "
                           "files and back up once more, which copies them again, or take another "
                           "backup: {}",
                           damaged.size(), names)});
}

class Restore {
 public:
  Restore(Disk& disk, const Clock& clock, const RestoreRequest& request)
      : disk_(disk), clock_(clock), request_(request) {}

  RestoreResult run() {
    result_.manifest = newest_manifest(disk_, request_.target);
    const auto lock = lock_target();
    result_.manifest = newest_manifest(disk_, request_.target);
    require_empty(disk_, request_.store);
    try {
      bring_back();
    } catch (...) {
      remove_remains();
      throw;
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] const BackupManifest& manifest() const { return result_.manifest; }
  [[nodiscard]] crypto::PublicKey signer() const {
    return crypto::allowed_signer_key(manifest().allowed_signers);
  }

  void bring_back() {
    make_folders();
    settings_ = settings_of(disk_, manifest(), request_);
    stated_master_key_ = settings_.master_key_file.string();
    if (!request_.master_key_file.empty())
      settings_.master_key_file = fs::absolute(request_.master_key_file);
    require_master_key_outside(settings_.master_key_file, request_.store);
    master_ = load_master_key(disk_, settings_.master_key_file);
    read_lists();
    bring_files();
    open_keys();
    complete();
  }

  // Everything below was made here: keys must not lie about.
  void remove_remains() {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(request_.store, ignored))
      fs::remove_all(entry.path(), ignored);
  }

  // Nothing, where nobody can write: a medium that is mounted for reading only.
  std::unique_ptr<FileLock> lock_target() {
    try {
      return std::make_unique<FileLock>(request_.target / "lock", 1);
    } catch (const Error& error) {
      if (error.code() == "disk-permission") return nullptr;
      throw;
    }
  }

  void make_folders() {
    for (const char* folder :
         {"journal", "payloads", "vault/kek", "store-keys", "log", "index", "cache"})
      disk_.make_directories(request_.store / folder);
    for (const char* folder : {"vault", "vault/kek", "store-keys", "journal"})
      fs::permissions(request_.store / folder, fs::perms::owner_all);
  }

  [[nodiscard]] Path lists_folder() const {
    return request_.lists.empty() ? request_.target / "destroyed" : request_.lists;
  }

  void read_lists() {
    const auto folder = lists_folder();
    const auto needed = newest_checkpoint(disk_, request_, settings_, manifest());
    const auto known = lists_known_to(disk_, folder, settings_);
    result_.known_checkpoint = needed;
    result_.unknown_destructions = !known || *known < needed;
    if (result_.unknown_destructions && !request_.unknown_destructions)
      destructions_unknown(known, needed);
    lists_ = read_destroyed_lists(disk_, folder, signer());
  }

  void bring_files() {
    std::set<std::string> destroyed;
    for (const auto& list : lists_) destroyed.insert(list.payloads.begin(), list.payloads.end());
    RestoreFiles files(disk_, request_.target, request_.store, std::move(destroyed));
    for (const char* repository : {"evidence.git", "drafts.git"})
      git::Repository::open_or_create(disk_, request_.store / repository);
    files.run(manifest());
    result_.bytes = files.bytes();
    if (!files.damaged().empty()) backup_damaged(files.damaged());
    write_refs(disk_, request_.store / "evidence.git", manifest().evidence);
    write_refs(disk_, request_.store / "drafts.git", manifest().drafts);
    disk_.replace(request_.store / "log" / "checkpoint", manifest().checkpoint);
    disk_.replace(request_.store / "allowed_signers", manifest().allowed_signers);
    copy_lists();
  }

  // The restored store goes on numbering where these end.
  void copy_lists() {
    const auto from = lists_folder(), to = request_.store / "destroyed";
    if (lists_.empty()) return;
    disk_.make_directories(to);
    for (const auto& name : disk_.list(from)) {
      if (name != "head" && !name.ends_with(".vermilion-new"))
        disk_.replace(to / name, disk_.read_all(from / name));
    }
  }

  // Only who has the master key could have made a sealing key that opens under it: that the manifest is signed by this key is what
  // makes it believable.
  void open_keys() {
    const auto key =
        crypto::PrivateKey::from_pem(request_.recovery_key, request_.recovery_passphrase);
    unpack_recovery_chain(disk_, request_.target, manifest(), key, request_.store);
    const auto sealing = load_store_key(disk_, request_.store, master_, StoreKey::sealing);
    if (sealing.public_key().spki() != signer().spki())
      unsigned_file(manifest_file(request_.target, manifest().number));
    disk_.sync_directory(request_.store / "vault");
    disk_.sync_directory(request_.store);
  }

  void complete() {
    Journal::create(disk_, request_.store);
    Parts parts(disk_, clock_, request_.store, settings_);
    {
      Writer writer(disk_, clock_, request_.store, settings_);
      (void)writer.commit(parts, restore_act(parts));
      writer.settle();
      writer.alone([&] { apply_lists(parts); });
    }
    write_settings();
  }

  // As they were, whatever else stands in them; only the master key may lie elsewhere now.
  void write_settings() {
    const auto old = yaml_quoted(stated_master_key_);
    auto text = manifest().settings;
    const auto at = text.find(old, std::min(text.find("master_key:"), text.size()));
    if (at == Bytes::npos) return save_settings(disk_, request_.store, settings_);
    text.replace(at, old.size(), yaml_quoted(settings_.master_key_file.string()));
    disk_.replace(request_.store / "vermilion.yaml", text);
  }

  void apply_lists(Parts& parts) {
    settle(parts);
    std::vector<std::string> payloads, keys;
    for (const auto& list : lists_) {
      payloads.insert(payloads.end(), list.payloads.begin(), list.payloads.end());
      keys.insert(keys.end(), list.keys.begin(), list.keys.end());
    }
    if (!payloads.empty()) (void)destroy_payloads(parts, payloads, keys);
  }

  Act restore_act(Parts& parts) {
    Act act{.kind = "restore",
            .actor = "local",
            .from = "console",
            .subject = fmt::format("backup {}{}", manifest().number,
                                   result_.unknown_destructions ? " unknown-destructions" : ""),
            .outcome = "done",
            .message = fmt::format("restore backup {}", manifest().number),
            .decide = {}};
    const Snapshot main(parts.evidence->reader(), parts.evidence->ref(kMainRef));
    std::vector<std::pair<std::string, Bytes>> files;
    for (const auto& list : lists_) {
      if (main.read("disposals/" + list.disposal + "/payloads.json")) continue;
      result_.applied.push_back(list.disposal);
      for (auto& file : disposal_files(disk_, lists_folder(), list.number, signer()))
        files.push_back(std::move(file));
    }
    if (result_.unknown_destructions) files.emplace_back(kUnknownDestructions, unknown_bytes());
    act.decide = [files = std::move(files)](const Now&, Changes& changes) {
      for (const auto& [path, bytes] : files) changes.put(path, bytes);
    };
    return act;
  }

  [[nodiscard]] Bytes unknown_bytes() const {
    return canonical({{"backup", manifest().number},
                      {"restored", rfc3339(clock_.now())},
                      {"known_to", manifest().log_size},
                      {"newest_checkpoint", result_.known_checkpoint}});
  }

  Disk& disk_;
  const Clock& clock_;
  const RestoreRequest& request_;
  RestoreResult result_;
  Settings settings_;
  std::string stated_master_key_;  // where the backup's settings say
  Bytes master_;
  std::vector<DestroyedList> lists_;
};

}  // namespace

RestoreResult restore_store(Disk& disk, const Clock& clock, const RestoreRequest& request) {
  return Restore(disk, clock, request).run();
}

}  // namespace vermilion::store
