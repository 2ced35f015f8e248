#include "store/vault.h"

#include "base/error.h"

namespace vermilion::store {
namespace {

constexpr const char* kWhere = "vault/vault.db";
constexpr const char* kLast = "last";

const TableShape& wrapped_shape() {
  static const TableShape shape{
      "wrapped_keys", {"payload TEXT", "kek TEXT", "wrapped TEXT"}, 1, "PRIMARY KEY(payload)"};
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
  return {store / kWhere, kWhere, Database::Kind::durable, how};
}

}  // namespace

void Vault::create(const Path& store, const RowMac& mac) {
  Database database = open_vault(store, Open::create);
  Transaction transaction(database);
  for (const auto& shape : {wrapped_shape(), person_shape(), frames_shape()}) {
    MacTable(database, mac, shape).make();
  }
  MacTable(database, mac, frames_shape()).put(frame_row({0, Bytes(32, '\0')}));
  transaction.commit();
}

Vault::Vault(const Path& store, RowMac mac)
    : mac_(std::move(mac)),
      database_(open_vault(store, Open::existing)),
      wrapped_keys_(database_, mac_, wrapped_shape()),
      person_keys_(database_, mac_, person_shape()),
      frames_(database_, mac_, frames_shape()) {}

FrameMark Vault::last_frame() {
  const auto row = frames_.find("WHERE name=?", {kLast});
  if (row) return {std::stoull((*row)[1]), from_hex((*row)[2]).value()};
  throw Error(Failure::corrupt, "vault-incomplete",
              {"vault/vault.db：缺少日誌框編號，請由備份還原",
               "vault/vault.db: the frame number is missing; restore it from a backup"});
}

void Vault::fold(const FrameMark& frame, const FrameBody& body) {
  Transaction transaction(database_);
  if (last_frame().number >= frame.number) return;
  for (const auto& key : body.wrapped_keys) {
    wrapped_keys_.put({key.payload, key.kek, hex(key.wrapped)});
  }
  for (const auto& key : body.kept_keys) {
    person_keys_.put({key.account, key.certificate, hex(key.salt), hex(key.encrypted)});
  }
  frames_.put(frame_row(frame));
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

std::vector<std::string> Vault::kek_names(const std::string& family) {
  auto statement =
      database_.prepare("SELECT DISTINCT kek FROM wrapped_keys WHERE kek >= ? AND kek < ?");
  // '.' is the character after '-', with which a family ends.
  statement.bind(family).bind(family.substr(0, family.size() - 1) + ".");
  std::vector<std::string> names;
  while (statement.step()) names.push_back(statement.text(0));
  return names;
}

std::size_t Vault::check(const Fault& fault, const std::function<void(const WrappedKey&)>& visit) {
  std::size_t checked = 0;
  for (const auto& what : database_.integrity_faults()) fault(kWhere, what);
  for (MacTable* table : {&wrapped_keys_, &person_keys_, &frames_}) {
    table->each([&](const Row& row, bool holds) {
      ++checked;
      if (!holds) {
        fault(table->name_of(row), "資料列遭變更 the row's MAC does not fit");
      } else if (table == &wrapped_keys_) {
        visit(wrapped_of(row));
      }
    });
  }
  return checked;
}

std::string Vault::name_of_wrapped(const std::string& payload) {
  return std::string(kWhere) + ": wrapped_keys " + payload;
}

}  // namespace vermilion::store
