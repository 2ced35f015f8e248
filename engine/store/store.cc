#include "store/store.h"

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "crypto/sealing.h"
#include "store/check.h"
#include "store/destruction.h"
#include "store/fold.h"
#include "store/names.h"
#include "store/writer.h"

namespace vermilion::store {
namespace {

constexpr const char* kRootCertificate = "people/root.pem";
constexpr const char* kIssuerCertificate = "people/issuer.pem";

Snapshot snapshot_of(git::Repository& repository, const git::ObjectId& commit) {
  const auto object = repository.find(commit);
  if (object && object->type == git::ObjectType::commit) {
    return Snapshot(repository.reader(), commit);
  }
  throw Error(Failure::not_found, "no-such-commit",
              {"沒有這個提交：" + commit.hex(), "there is no such commit: " + commit.hex()});
}

[[noreturn]] void payload_missing(const std::string& id) {
  throw Error(Failure::corrupt, "payload-missing",
              {"payloads/：密封內容遺失，請由備份還原：" + id,
               "payloads/: the sealed content is missing; restore it from a backup: " + id});
}

Bytes unwrapped(const Bytes& kek, const WrappedKey& row) {
  try {
    return crypto::unwrap_key(kek, row.wrapped);
  } catch (Error& error) {
    throw error.during("opening " + Vault::name_of_wrapped(row.payload));
  }
}

[[noreturn]] void key_missing(const std::string& kek) {
  const auto file = KeyEncryptionKeys::file_name(kek);
  throw Error(Failure::corrupt, "key-missing",
              {file + "：金鑰檔遺失，內容並未銷毀；請由復原備份還原 vault/kek",
               file + " is missing, though nothing was destroyed; restore vault/kek from the "
                      "recovery copy"});
}

// Each destruction leaves a newer generation: a row whose key file is gone without one was not
// destroyed.
bool has_newer(const KeyEncryptionKeys& keks, const std::string& kek) {
  const auto family = KeyEncryptionKeys::family_of(kek);
  const auto generation = KeyEncryptionKeys::generation(family, kek);
  const auto names = keks.names();
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return KeyEncryptionKeys::generation(family, name) > generation;
  });
}

// A destruction may wrap a surviving key anew between the two reads: then its row names another
// generation.
Bytes data_key(Parts& parts, const std::string& id) {
  for (std::string tried;;) {
    const auto row = parts.vault.wrapped_key(id);
    if (!row) payload_destroyed(id);
    if (row->kek == tried) {
      if (has_newer(parts.keks, tried)) payload_destroyed(id);
      key_missing(tried);
    }
    const auto kek = parts.keks.find(row->kek);
    if (kek) return unwrapped(*kek, *row);
    tried = row->kek;
  }
}

// Without the lock when there is nothing to do: readers never wait for a writer.
void settle_if_needed(Parts& parts) {
  bool current = parts.journal.empty();
  if (current) {
    try {
      current = is_current(parts.catalogue.tables(), parts.sources());
    } catch (const Error& error) {
      if (error.failure() != Failure::corrupt) throw;
    }
  }
  if (current) return;
  const FileLock lock = lock_store(parts.path);
  settle(parts);
  refresh_catalogue(parts);
}

}  // namespace

struct Store::State : Parts {
  using Parts::Parts;
};

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::~Store() = default;

std::unique_ptr<Store> Store::open(Disk& disk, const Clock& clock, const Path& path) {
  auto state = std::make_unique<State>(disk, clock, path, load_settings(disk, path));
  settle_if_needed(*state);
  return std::unique_ptr<Store>(new Store(std::move(state)));
}

const Path& Store::path() const { return state_->path; }
const Settings& Store::settings() const { return state_->settings; }
const Clock& Store::clock() const { return state_->clock; }

Authority Store::authority() const {
  const Snapshot main(state_->evidence->reader(), state_->evidence->ref(kMainRef));
  return {crypto::Certificate::from_pem(main.require(kRootCertificate)),
          crypto::Certificate::from_pem(main.require(kIssuerCertificate))};
}

crypto::PrivateKey Store::issuing_key() const {
  return load_store_key(state_->disk, state_->path, state_->master, StoreKey::issuer);
}

Receipt Store::commit(const Act& act) { return commit_act(*state_, act); }

Snapshot Store::evidence() {
  return Snapshot(state_->evidence->reader(), state_->evidence->ref(kMainRef));
}

Snapshot Store::evidence_at(Instant known_at) {
  const auto act = state_->catalogue.last_act(known_at);
  if (!act) return Snapshot(state_->evidence->reader(), std::nullopt);
  return evidence_of(act->commit);
}

Snapshot Store::evidence_of(const git::ObjectId& commit) {
  return snapshot_of(*state_->evidence, commit);
}

Snapshot Store::draft(const std::string& branch) {
  return Snapshot(state_->drafts->reader(), state_->drafts->ref(branch_ref(branch)));
}

Snapshot Store::draft_of(const git::ObjectId& commit) {
  return snapshot_of(*state_->drafts, commit);
}

std::vector<std::string> Store::draft_branches(const std::string& prefix) {
  const std::string folder = "refs/heads/";
  std::vector<std::string> names;
  for (const auto& [name, target] : state_->drafts->refs(folder + prefix)) {
    names.push_back(name.substr(folder.size()));
  }
  return names;
}

std::vector<std::pair<git::ObjectId, std::string>> Store::draft_authors(const std::string& branch) {
  const auto read = state_->drafts->reader();
  const auto commits = commits_after(read, std::nullopt, state_->drafts->ref(branch_ref(branch)));
  std::vector<std::pair<git::ObjectId, std::string>> authors;
  for (const auto& id : commits.value()) {
    authors.emplace_back(id, Snapshot(read, id).describe().author.name);
  }
  return authors;
}

std::vector<std::pair<std::string, git::ObjectId>> Store::tags() {
  const std::string folder = "refs/tags/";
  std::vector<std::pair<std::string, git::ObjectId>> found;
  for (const auto& [name, id] : state_->evidence->refs(folder)) {
    const auto object = state_->evidence->require(id);
    if (object.type != git::ObjectType::tag) continue;
    found.emplace_back(name.substr(folder.size()), git::parse_tag(object.data).object);
  }
  return found;
}

Bytes Store::derived_key(const std::string& purpose) const {
  return crypto::hmac_sha256(state_->master, "derived-key/" + purpose);
}

Bytes Store::payload(const std::string& id) { return open_payload(id).content; }

OpenedPayload Store::open_payload(const std::string& id) {
  const auto key = data_key(*state_, id);
  const auto place = state_->catalogue.payload(id);
  if (!place) payload_missing(id);
  try {
    const auto sealed = state_->payloads.read(*place);
    auto opened = crypto::open_sealed(sealed, key);
    return {std::move(opened.content), require_string(opened.header, "record"),
            require_string(opened.header, "part"), "hmac-sha256:" + hex(opened.commitment),
            crypto::digest_text(sealed)};
  } catch (Error& error) {
    throw error.during("opening " + Payloads::name_of(*place));
  }
}

std::optional<KeptKey> Store::kept_key(const std::string& account) {
  return state_->vault.kept_key(account);
}

std::optional<std::string> Store::password(const std::string& account) {
  return state_->accounts.password(account);
}

const Catalogue& Store::catalogue() const { return state_->catalogue; }

log::TileLog& Store::log() { return state_->reopen_log(); }

Destroyed Store::destroy(const std::vector<std::string>& payloads) {
  const FileLock lock = lock_store(state_->path);
  state_->journal.require_usable();
  settle(*state_);
  return destroy_payloads(*state_, payloads);
}

std::vector<std::string> Store::remains(const std::vector<std::string>& payloads) {
  const FileLock lock = lock_store(state_->path);
  return remains_of(*state_, payloads);
}

void Store::rebuild() {
  const FileLock lock = lock_store(state_->path);
  settle(*state_);
  state_->catalogue.remake([&](CatalogueTables& tables) { catch_up(tables, state_->sources()); });
}

std::size_t Store::check(
    const std::function<void(const std::string& where, const std::string& what)>& fault) {
  const FileLock lock = lock_store(state_->path);
  return check_store(*state_, fault);
}

}  // namespace vermilion::store
