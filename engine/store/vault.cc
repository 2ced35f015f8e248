#include "store/vault.h"

#include <fmt/format.h>

#include "base/error.h"
#include "store/key_files.h"

namespace vermilion::store {
namespace {

constexpr const char* kLast = "last";

const TableShape& wrapped_shape() {
  static const TableShape shape{
      "wrapped_keys", {"payload TEXT", "kek TEXT", "wrapped TEXT"}, 1, "PRIMARY KEY(payload)"};
  return shape;
}
const TableShape& destroyed_shape() {
  static const TableShape shape{
      "destroyed_keys", {"payload TEXT", "kek TEXT"}, 1, "PRIMARY KEY(payload)"};
  return shape;
}
const TableShape& person_shape() {
  static const TableShape shape{"person_keys",
                                {"account TEXT", "certificate TEXT", "salt TEXT", "encrypted TEXT"},
                                1,
                                "PRIMARY KEY(account)"};
  return shape;
}
const TableShape& frames_shape() {
  static const TableShape shape{
      "frames", {"name TEXT", "number INTEGER", "digest TEXT"}, 1, "PRIMARY KEY(name)"};
  return shape;
}

Row frame_row(const FrameMark& mark) {
  return {kLast, std::to_string(mark.number), hex(mark.digest)};
}

WrappedKey wrapped_of(const Row& row) { return {row[0], row[1], from_hex(row[2]).value()}; }

Database open_vault(const Path& store, Open how) {
  return {store / kVaultFile, kVaultFile, Database::Kind::durable, how};
}

}  // namespace

void Vault::create(const Path& store, const RowMac& mac) {
  Database database = open_vault(store, Open::create);
  Transaction transaction(database);
  for (const auto& shape : {wrapped_shape(), destroyed_shape(), person_shape(), frames_shape()}) {
    MacTable(database, mac, shape).make();
  }
  MacTable(database, mac, frames_shape()).put(frame_row({0, Bytes(32, '\0')}));
  transaction.commit();
}

Vault::Vault(const Path& store, RowMac mac)
    : mac_(std::move(mac)),
      database_(open_vault(store, Open::existing)),
      wrapped_keys_(database_, mac_, wrapped_shape()),
      destroyed_keys_(database_, mac_, destroyed_shape()),
      person_keys_(database_, mac_, person_shape()),
      frames_(database_, mac_, frames_shape()) {
  // A store of version 0.1 has no such table yet.
  destroyed_keys_.make();
}

FrameMark Vault::last_frame() {
  const auto row = frames_.find("WHERE name=?", {kLast});
  if (row) return {std::stoull((*row)[1]), from_hex((*row)[2]).value()};
  throw Error(Failure::corrupt, "vault-incomplete",
              {"vault/vault.db：缺少日誌框編號，請由備份還原",
               "vault/vault.db: the frame number is missing; restore it from a backup"});
}

void Vault::fold(const std::vector<PendingFrame>& frames) {
  Transaction transaction(database_);
  const auto last = last_frame().number;
  if (frames.empty() || frames.back().mark.number <= last) return;
  for (const auto& frame : frames) {
    if (frame.mark.number <= last) continue;
    for (const auto& key : frame.body->wrapped_keys) put(key);
    for (const auto& key : frame.body->kept_keys) put(key);
  }
  frames_.put(frame_row(frames.back().mark));
  transaction.commit();
}

std::optional<WrappedKey> Vault::wrapped_key(const std::string& payload) {
  const auto row = wrapped_keys_.find("WHERE payload=?", {payload});
  if (!row) return std::nullopt;
  return wrapped_of(*row);
}

std::optional<KeptKey> Vault::kept_key(const std::string& account) {
  const auto row = person_keys_.find("WHERE account=?", {account});
  if (!row) return std::nullopt;
  return KeptKey{(*row)[0], (*row)[1], from_hex((*row)[2]).value(), from_hex((*row)[3]).value()};
}

std::optional<DestroyedKey> Vault::destroyed_key(const std::string& payload) {
  const auto row = destroyed_keys_.find("WHERE payload=?", {payload});
  if (!row) return std::nullopt;
  return DestroyedKey{(*row)[0], (*row)[1]};
}

void Vault::destroy(const std::set<std::string>& payloads, const std::set<std::string>& families,
                    const std::function<WrappedKey(const WrappedKey&)>& rewrap) {
  Transaction transaction(database_);
  for (const auto& kek : keks_of(families)) {
    for (const auto& row : wrapped_keys_.select("WHERE kek=?", {kek})) {
      const auto key = wrapped_of(row);
      if (payloads.contains(key.payload)) {
        destroyed_keys_.put({key.payload, key.kek});
        wrapped_keys_.remove(row);
      } else {
        put(rewrap(key));
      }
    }
  }
  transaction.commit();
}

// Every key-encryption key of these families that wraps something.
std::vector<std::string> Vault::keks_of(const std::set<std::string>& families) {
  std::vector<std::string> keks;
  auto statement = database_.prepare("SELECT DISTINCT kek FROM wrapped_keys");
  while (statement.step()) {
    if (families.contains(KeyEncryptionKeys::family_of(statement.text(0))))
      keks.push_back(statement.text(0));
  }
  return keks;
}

void Vault::put(const KeptKey& key) {
  person_keys_.put({key.account, key.certificate, hex(key.salt), hex(key.encrypted)});
}

void Vault::put(const WrappedKey& key) {
  wrapped_keys_.put({key.payload, key.kek, hex(key.wrapped)});
}

void Vault::compact() { database_.run("PRAGMA temp_store=MEMORY; VACUUM"); }

void Vault::set_rollback_journal(RollbackJournal how) {
  const bool kept = how == RollbackJournal::kept;
  database_.run(kept ? "PRAGMA journal_mode=PERSIST" : "PRAGMA journal_mode=TRUNCATE");
}

std::vector<std::string> Vault::kek_names(const std::string& family) {
  auto statement = database_.prepare(
      "SELECT kek FROM wrapped_keys WHERE kek >= ?1 AND kek < ?2 UNION "
      "SELECT kek FROM destroyed_keys WHERE kek >= ?1 AND kek < ?2");
  // '.' is the character after '-', with which a family ends.
  statement.bind(family).bind(family.substr(0, family.size() - 1) + ".");
  std::vector<std::string> names;
  while (statement.step()) names.push_back(statement.text(0));
  return names;
}

bool Vault::wraps(const std::string& kek) {
  return database_.prepare("SELECT 1 FROM wrapped_keys WHERE kek=?").bind(kek).step();
}

std::size_t Vault::check(const Fault& fault, const VaultVisit& visit) {
  std::size_t checked = 0;
  for (const auto& what : database_.integrity_faults()) fault(kVaultFile, what);
  for (MacTable* table : {&wrapped_keys_, &destroyed_keys_, &person_keys_, &frames_}) {
    table->each([&](const Row& row, bool holds) {
      ++checked;
      if (!holds) {
        fault(table->name_of(row), "資料列遭變更 the row's MAC does not fit");
      } else if (table == &wrapped_keys_) {
        visit.wrapped(wrapped_of(row));
      } else if (table == &destroyed_keys_) {
        visit.destroyed({row[0], row[1]});
      }
    });
  }
  return checked;
}

std::string Vault::name_of_wrapped(const std::string& payload) {
  return fmt::format("{}: wrapped_keys {}", kVaultFile, payload);
}

}  // namespace vermilion::store
