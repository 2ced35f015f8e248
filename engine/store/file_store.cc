#include "store/file_store.h"

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "crypto/sealing.h"
#include "store/check.h"
#include "store/check_mark.h"
#include "store/destruction.h"
#include "store/fold.h"
#include "store/maintenance.h"
#include "store/names.h"
#include "store/staging.h"

namespace vermilion::store {
namespace {

constexpr const char* kRootCertificate = "people/root.pem";
constexpr const char* kIssuerCertificate = "people/issuer.pem";

Snapshot snapshot_of(const GitView& repository, const git::ObjectId& commit) {
  const auto read = repository.reader();
  const auto object = read(commit);
  if (object && object->type == git::ObjectType::commit)
    return Snapshot(read, commit, repository.records());
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

// A destruction may wrap a surviving key anew between the two reads: then its row names another
// generation.
Bytes FileStore::data_key(const std::string& id) {
  for (std::string tried;;) {
    auto row = writer_->overlay()->wrapped_key(id);
    if (!row) row = parts_.vault.wrapped_key(id);
    if (!row) payload_destroyed(id);
    if (row->kek == tried) {
      if (has_newer(parts_.keks, tried)) payload_destroyed(id);
      key_missing(tried);
    }
    const auto kek = parts_.keks.find(row->kek);
    if (kek) return unwrapped(*kek, *row);
    tried = row->kek;
  }
}

// Its ciphertext comes along while it waits to be folded, unless it lies in a file of its own.
NewPayload FileStore::find_payload(const std::string& id) {
  if (auto pending = writer_->overlay()->payload(id)) return *std::move(pending);
  const auto place = parts_.catalogue.payload(id);
  if (!place) payload_missing(id);
  return {*place, {}};
}

FileStore::FileStore(Disk& disk, const Clock& clock, const Path& path, const Settings& settings)
    : parts_(disk, clock, path, settings),
      writer_(Writer::of(disk, clock, path, settings)),
      current_(parts_, writer_) {
  writer_->complete(parts_);
}

std::unique_ptr<Store> Store::open(Disk& disk, const Clock& clock, const Path& path) {
  return std::make_unique<FileStore>(disk, clock, path, load_settings(disk, path));
}

GitView FileStore::evidence_view() const {
  return {*parts_.evidence, writer_->overlay(), Repo::evidence, Sight::durable, &parts_.records};
}
GitView FileStore::draft_view() const { return {*parts_.drafts, writer_->overlay(), Repo::drafts}; }

const Path& FileStore::path() const { return parts_.path; }
const Settings& FileStore::settings() const { return parts_.settings; }
const Clock& FileStore::clock() const { return parts_.clock; }

Authority FileStore::authority() const {
  const auto main = evidence_view().at(kMainRef);
  return {crypto::Certificate::from_pem(main.require(kRootCertificate)),
          crypto::Certificate::from_pem(main.require(kIssuerCertificate))};
}

crypto::PrivateKey FileStore::issuing_key() const {
  return load_store_key(parts_.disk, parts_.path, parts_.master, StoreKey::issuer);
}

Receipt FileStore::commit(const Act& act) { return writer_->commit(parts_, act); }

StagedPayload FileStore::stage(const SealRequest& request, const Source& content) {
  return store::stage(parts_, request, content);
}

Snapshot FileStore::evidence() { return evidence_view().at(kMainRef); }

Snapshot FileStore::evidence_at(Instant known_at) {
  const auto act = current_.last_act(known_at);
  if (!act) return {evidence_view().reader(), std::nullopt};
  return evidence_of(act->commit);
}

Snapshot FileStore::evidence_of(const git::ObjectId& commit) { return snapshot_of(evidence_view(), commit); }

Snapshot FileStore::draft(const std::string& branch) { return draft_view().at(branch_ref(branch)); }

Snapshot FileStore::draft_of(const git::ObjectId& commit) {
  return snapshot_of(draft_view(), commit);
}

std::vector<std::string> FileStore::draft_branches(const std::string& prefix) {
  return branches(draft_view(), prefix);
}

std::vector<std::pair<git::ObjectId, std::string>> FileStore::draft_authors(
    const std::string& branch) {
  const auto drafts = draft_view();
  const auto read = drafts.reader();
  const auto commits = commits_after(read, std::nullopt, drafts.ref(branch_ref(branch)));
  std::vector<std::pair<git::ObjectId, std::string>> authors;
  for (const auto& id : commits.value()) {
    authors.emplace_back(id, Snapshot(read, id).describe().author.name);
  }
  return authors;
}

std::vector<std::pair<std::string, git::ObjectId>> FileStore::tags() {
  const std::string folder = "refs/tags/";
  std::vector<std::pair<std::string, git::ObjectId>> found;
  const auto main = evidence_view();
  const auto read = main.reader();
  for (const auto& [name, id] : main.refs(folder)) {
    auto object = read(id);
    if (!object) object = parts_.evidence->require(id);
    if (object->type != git::ObjectType::tag) continue;
    found.emplace_back(name.substr(folder.size()), git::parse_tag(object->data).object);
  }
  return found;
}

Bytes FileStore::derived_key(const std::string& purpose) const {
  return crypto::hmac_sha256(parts_.master, "derived-key/" + purpose);
}

Bytes FileStore::payload(const std::string& id) { return open_payload(id).content; }

OpenedPayload FileStore::stream_payload(const std::string& id, const Sink& content) {
  const auto key = data_key(id);
  const NewPayload found = find_payload(id);
  OpenedPayload result;
  const auto open = [&](const Source& sealed) {
    const auto opened = crypto::open_stream(sealed, key, content);
    result = {{},
              require_string(opened.header, "record"),
              require_string(opened.header, "part"),
              "hmac-sha256:" + hex(opened.commitment),
              "sha256:" + hex(found.place.sha256),
              opened.salt};
  };
  try {
    if (found.ciphertext.empty()) {
      parts_.payloads.read(found.place, open);
    } else {
      open(source_of(found.ciphertext));
    }
  } catch (Error& error) {
    throw error.during("opening " + Payloads::name_of(found.place));
  }
  return result;
}

OpenedPayload FileStore::open_payload(const std::string& id) {
  Bytes content;
  auto opened = stream_payload(id, sink_to(content));
  opened.content = std::move(content);
  return opened;
}

std::optional<KeptKey> FileStore::kept_key(const std::string& account) {
  auto pending = writer_->overlay()->kept_key(account);
  return pending ? std::move(pending) : parts_.vault.kept_key(account);
}

std::optional<std::string> FileStore::password(const std::string& account) {
  auto pending = writer_->overlay()->password(account, Sight::durable);
  return pending ? std::move(pending) : parts_.accounts.password(account);
}

const Catalogue& FileStore::catalogue() const { return current_; }

log::TileLog& FileStore::log() {
  writer_->settle();
  return parts_.reopen_log();
}

void FileStore::settle() { writer_->settle(); }

Destroyed FileStore::destroy(const std::vector<std::string>& payloads) {
  Destroyed destroyed;
  writer_->alone([&] {
    store::settle(parts_);
    destroyed = destroy_payloads(parts_, payloads);
  });
  return destroyed;
}

std::vector<std::string> FileStore::remains(const std::vector<std::string>& payloads) {
  std::vector<std::string> left;
  writer_->alone([&] { left = remains_of(parts_, payloads); });
  return left;
}

void FileStore::rebuild() {
  writer_->alone([&] {
    {
      const auto packs = lock_packs(parts_.path);
      parts_.evidence->mend_indexes();
      parts_.drafts->mend_indexes();
    }
    store::settle(parts_);
    parts_.catalogue.remake([&](CatalogueTables& tables) { catch_up(tables, parts_.sources()); });
  });
}

CheckResult FileStore::check(const CheckRequest& request) {
  CheckResult result;
  writer_->alone([&] { result = check_store(parts_, request); });
  return result;
}

std::optional<Checked> FileStore::last_check() { return load_checked(parts_); }

void FileStore::remember_check(const Checked& checked) { save_checked(parts_, checked); }

}  // namespace vermilion::store
