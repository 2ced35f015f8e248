#include "store/store.h"

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "crypto/sealing.h"
#include "store/check.h"
#include "store/current_catalogue.h"
#include "store/destruction.h"
#include "store/fold.h"
#include "store/names.h"
#include "store/writer.h"

namespace vermilion::store {
namespace {

constexpr const char* kRootCertificate = "people/root.pem";
constexpr const char* kIssuerCertificate = "people/issuer.pem";

Snapshot snapshot_of(const GitView& repository, const git::ObjectId& commit) {
  const auto read = repository.reader();
  const auto object = read(commit);
  if (object && object->type == git::ObjectType::commit) return Snapshot(read, commit);
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

}  // namespace

struct Store::State : Parts {
  State(Disk& d, const Clock& c, const Path& p, const Settings& s)
      : Parts(d, c, p, s), writer(Writer::of(d, c, p, s)), current(Parts::catalogue, writer) {}

  [[nodiscard]] GitView main() const { return {*evidence, writer->overlay(), Repo::evidence}; }
  [[nodiscard]] GitView branches() const { return {*drafts, writer->overlay(), Repo::drafts}; }
  [[nodiscard]] Bytes data_key(const std::string& id);
  [[nodiscard]] std::pair<PayloadPlace, Bytes> ciphertext(const std::string& id);

  const std::shared_ptr<Writer> writer;
  const CurrentCatalogue current;
};

// A destruction may wrap a surviving key anew between the two reads: then its row names another
// generation.
Bytes Store::State::data_key(const std::string& id) {
  for (std::string tried;;) {
    auto row = writer->overlay()->wrapped_key(id);
    if (!row) row = vault.wrapped_key(id);
    if (!row) payload_destroyed(id);
    if (row->kek == tried) {
      if (has_newer(keks, tried)) payload_destroyed(id);
      key_missing(tried);
    }
    const auto kek = keks.find(row->kek);
    if (kek) return unwrapped(*kek, *row);
    tried = row->kek;
  }
}

std::pair<PayloadPlace, Bytes> Store::State::ciphertext(const std::string& id) {
  if (auto pending = writer->overlay()->payload(id))
    return {std::move(pending->place), std::move(pending->ciphertext)};
  const auto place = Parts::catalogue.payload(id);
  if (!place) payload_missing(id);
  return {*place, payloads.read(*place)};
}

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::~Store() = default;

std::unique_ptr<Store> Store::open(Disk& disk, const Clock& clock, const Path& path) {
  auto state = std::make_unique<State>(disk, clock, path, load_settings(disk, path));
  state->writer->complete(*state);
  return std::unique_ptr<Store>(new Store(std::move(state)));
}

const Path& Store::path() const { return state_->path; }
const Settings& Store::settings() const { return state_->settings; }
const Clock& Store::clock() const { return state_->clock; }

Authority Store::authority() const {
  const auto main = state_->main().at(kMainRef);
  return {crypto::Certificate::from_pem(main.require(kRootCertificate)),
          crypto::Certificate::from_pem(main.require(kIssuerCertificate))};
}

crypto::PrivateKey Store::issuing_key() const {
  return load_store_key(state_->disk, state_->path, state_->master, StoreKey::issuer);
}

Receipt Store::commit(const Act& act) { return state_->writer->commit(*state_, act); }

Snapshot Store::evidence() { return state_->main().at(kMainRef); }

Snapshot Store::evidence_at(Instant known_at) {
  const auto act = state_->current.last_act(known_at);
  if (!act) return {state_->main().reader(), std::nullopt};
  return evidence_of(act->commit);
}

Snapshot Store::evidence_of(const git::ObjectId& commit) {
  return snapshot_of(state_->main(), commit);
}

Snapshot Store::draft(const std::string& branch) {
  return state_->branches().at(branch_ref(branch));
}

Snapshot Store::draft_of(const git::ObjectId& commit) {
  return snapshot_of(state_->branches(), commit);
}

std::vector<std::string> Store::draft_branches(const std::string& prefix) {
  return branches(state_->branches(), prefix);
}

std::vector<std::pair<git::ObjectId, std::string>> Store::draft_authors(const std::string& branch) {
  const auto drafts = state_->branches();
  const auto read = drafts.reader();
  const auto commits = commits_after(read, std::nullopt, drafts.ref(branch_ref(branch)));
  std::vector<std::pair<git::ObjectId, std::string>> authors;
  for (const auto& id : commits.value()) {
    authors.emplace_back(id, Snapshot(read, id).describe().author.name);
  }
  return authors;
}

std::vector<std::pair<std::string, git::ObjectId>> Store::tags() {
  const std::string folder = "refs/tags/";
  std::vector<std::pair<std::string, git::ObjectId>> found;
  const auto main = state_->main();
  const auto read = main.reader();
  for (const auto& [name, id] : main.refs(folder)) {
    auto object = read(id);
    if (!object) object = state_->evidence->require(id);
    if (object->type != git::ObjectType::tag) continue;
    found.emplace_back(name.substr(folder.size()), git::parse_tag(object->data).object);
  }
  return found;
}

Bytes Store::derived_key(const std::string& purpose) const {
  return crypto::hmac_sha256(state_->master, "derived-key/" + purpose);
}

Bytes Store::payload(const std::string& id) { return open_payload(id).content; }

OpenedPayload Store::open_payload(const std::string& id) {
  const auto key = state_->data_key(id);
  const auto [place, sealed] = state_->ciphertext(id);
  try {
    auto opened = crypto::open_sealed(sealed, key);
    return {std::move(opened.content), require_string(opened.header, "record"),
            require_string(opened.header, "part"), "hmac-sha256:" + hex(opened.commitment),
            crypto::digest_text(sealed)};
  } catch (Error& error) {
    throw error.during("opening " + Payloads::name_of(place));
  }
}

std::optional<KeptKey> Store::kept_key(const std::string& account) {
  auto pending = state_->writer->overlay()->kept_key(account);
  return pending ? std::move(pending) : state_->vault.kept_key(account);
}

std::optional<std::string> Store::password(const std::string& account) {
  auto pending = state_->writer->overlay()->password(account);
  return pending ? std::move(pending) : state_->accounts.password(account);
}

const Catalogue& Store::catalogue() const { return state_->current; }

log::TileLog& Store::log() {
  state_->writer->settle();
  return state_->reopen_log();
}

void Store::settle() { state_->writer->settle(); }

Destroyed Store::destroy(const std::vector<std::string>& payloads) {
  Destroyed destroyed;
  state_->writer->alone([&] {
    store::settle(*state_);
    destroyed = destroy_payloads(*state_, payloads);
  });
  return destroyed;
}

std::vector<std::string> Store::remains(const std::vector<std::string>& payloads) {
  std::vector<std::string> left;
  state_->writer->alone([&] { left = remains_of(*state_, payloads); });
  return left;
}

void Store::rebuild() {
  state_->writer->alone([&] {
    store::settle(*state_);
    Parts& parts = *state_;
    parts.catalogue.remake([&](CatalogueTables& tables) { catch_up(tables, parts.sources()); });
  });
}

std::size_t Store::check(
    const std::function<void(const std::string& where, const std::string& what)>& fault) {
  std::size_t checked = 0;
  state_->writer->alone([&] { checked = check_store(*state_, fault); });
  return checked;
}

}  // namespace vermilion::store
