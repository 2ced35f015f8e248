// Making a store: folders, keys, authorities, databases, the first act, and last the settings file,
// without which the folder is no store.
#include <fmt/format.h>

#include "base/date.h"
#include "base/error.h"
#include "base/text.h"
#include "crypto/random.h"
#include "crypto/ssh_signature.h"
#include "log/note.h"
#include "store/key_files.h"
#include "store/store.h"
#include "store/writer.h"

namespace vermilion::store {
namespace {

namespace fs = std::filesystem;

constexpr auto kRootYears = std::chrono::years(20);
constexpr auto kIssuerYears = std::chrono::years(10);

Path canonical_path(const Path& path) { return fs::weakly_canonical(fs::absolute(path)); }

bool key_lies_below(const Path& path, const Path& folder) {
  const auto relative = canonical_path(path).lexically_relative(canonical_path(folder));
  return !relative.empty() && *relative.begin() != "..";
}

void require_keys_outside(const Path& file, const Path& store) {
  if (!file.empty() && !key_lies_below(file, store)) return;
  throw Error(Failure::invalid, "key-inside-store",
              {"主金鑰與根憑證私鑰須放在資料庫資料夾之外：" + file.string(),
               "the master key and the root key belong outside the store: " + file.string()});
}

// Both go into vermilion.yaml.
void require_words(const CreateRequest& request) {
  if (is_text(request.name) && is_text(request.master_key_file.string())) return;
  throw Error(Failure::invalid, "not-text",
              {"機關名稱與主金鑰的路徑須為 UTF-8 文字，請改用其他名稱或路徑",
               "the name and the path of the master key have to be UTF-8; choose others"});
}

void require_request(Disk& disk, const CreateRequest& request) {
  if (disk.exists(request.path) && !disk.list(request.path).empty()) {
    throw Error(Failure::conflict, "store-exists",
                {"資料夾不是空的，請另選路徑：" + request.path.string(),
                 "the folder is not empty; choose another path: " + request.path.string()});
  }
  require_words(request);
  require_keys_outside(request.master_key_file, request.path);
  require_keys_outside(request.root_key_file, request.path);
  if (disk.exists(request.root_key_file)) {
    throw Error(
        Failure::conflict, "root-key-exists",
        {"根憑證私鑰檔已存在，不會覆寫：" + request.root_key_file.string(),
         "the root key file exists and is not overwritten: " + request.root_key_file.string()});
  }
}

Settings new_settings(const CreateRequest& request, Instant now, const crypto::PublicKey& log_key) {
  Settings settings;
  settings.id = "v-" + hex(crypto::random_bytes(4));
  settings.name = request.name;
  settings.time_zone = request.time_zone;
  settings.created = rfc3339(now);
  settings.log_origin = settings.id + ".vermilion/log";
  settings.verifier_key = log::verifier_key(settings.log_origin, log_key);
  settings.master_key_file = canonical_path(request.master_key_file);
  return settings;
}

void make_folders(Disk& disk, const Path& store) {
  for (const char* folder :
       {"journal", "payloads", "vault/kek", "store-keys", "log", "index", "cache"}) {
    disk.make_directories(store / folder);
  }
  for (const char* folder : {"vault", "vault/kek", "store-keys", "journal"}) {
    fs::permissions(store / folder, fs::perms::owner_all);
  }
  disk.sync_directory(store / "vault");
  disk.sync_directory(store);
}

// SQLite keeps the mode of the file it finds.
void make_databases(Disk& disk, const Path& store, const Bytes& master, const Settings& settings) {
  for (const char* file : {"vault/vault.db", "accounts.db"})
    disk.replace(store / file, "", kOwnerOnly);
  Vault::create(store, row_mac(master, settings, "vault"));
  Accounts::create(store, row_mac(master, settings, "accounts"));
}

struct StoreKeySet {
  crypto::PrivateKey sealing = crypto::PrivateKey::generate_p256();
  crypto::PrivateKey log = crypto::PrivateKey::generate_ed25519();
  crypto::PrivateKey issuer = crypto::PrivateKey::generate_p256();
};

void save_keys(Disk& disk, const Path& store, const Bytes& master, const StoreKeySet& keys) {
  save_store_key(disk, store, master, StoreKey::sealing, keys.sealing);
  save_store_key(disk, store, master, StoreKey::log, keys.log);
  save_store_key(disk, store, master, StoreKey::issuer, keys.issuer);
}

crypto::Validity validity(Instant from, std::chrono::years years) {
  const auto day = std::chrono::floor<std::chrono::days>(from);
  auto date = std::chrono::year_month_day(day) + years;
  if (!date.ok()) date = date.year() / date.month() / std::chrono::last;
  return {from, Instant(std::chrono::sys_days(date)) + (from - day)};
}

Authority make_authority(const crypto::PrivateKey& root_key, const crypto::PublicKey& issuer_key,
                         const std::string& name, Instant now) {
  const auto root = crypto::make_root(root_key, name, validity(now, kRootYears));
  return {root, crypto::make_issuer(issuer_key, name, validity(now, kIssuerYears), root_key, root)};
}

void hand_over_root_key(Disk& disk, const CreateRequest& request, const crypto::PrivateKey& key) {
  const auto file = canonical_path(request.root_key_file);
  disk.make_directories(file.parent_path());
  disk.replace(file, key.pem(request.root_passphrase), kOwnerOnly);
}

Act first_act(const CreateRequest& request, const Settings& settings, const Authority& authority,
              const std::string& allowed_signers) {
  const auto fill = [&](const Now&, Changes& changes) {
    for (const auto& [path, content] : request.files) changes.put(path, content);
    changes.put("people/allowed_signers", allowed_signers);
    changes.put("people/root.pem", authority.root.pem());
    changes.put("people/issuer.pem", authority.issuer.pem());
    changes.put("log/verifier_key", settings.verifier_key + "\n");
  };
  return {.kind = "init",
          .actor = "local",
          .from = "console",
          .subject = "store " + settings.id,
          .outcome = "done",
          .message = "init " + settings.id,
          .decide = fill};
}

}  // namespace

void Store::create(Disk& disk, const Clock& clock, const CreateRequest& request) {
  require_request(disk, request);
  const auto store = canonical_path(request.path);
  const auto now = clock.now();
  const StoreKeySet keys;
  const auto master = load_or_make_master_key(disk, canonical_path(request.master_key_file));
  const auto settings = new_settings(request, now, keys.log.public_key());
  make_folders(disk, store);
  save_keys(disk, store, master, keys);
  const auto root_key = crypto::PrivateKey::generate_p256();
  const auto authority = make_authority(root_key, keys.issuer.public_key(), request.name, now);
  make_databases(disk, store, master, settings);
  for (const char* repository : {"evidence.git", "drafts.git"}) {
    git::Repository::open_or_create(disk, store / repository);
  }
  Journal::create(disk, store);
  const auto signers =
      crypto::allowed_signer_line("store@" + settings.id, keys.sealing.public_key());
  Parts parts(disk, clock, store, settings);
  Writer writer(disk, clock, store, settings);
  (void)writer.commit(parts, first_act(request, settings, authority, signers));
  writer.settle();
  disk.replace(store / "allowed_signers", signers);
  hand_over_root_key(disk, request, root_key);
  save_settings(disk, store, settings);
}

}  // namespace vermilion::store
