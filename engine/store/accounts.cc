#include "store/accounts.h"

#include <algorithm>

namespace vermilion::store {
namespace {

constexpr const char* kAccountsFile = "accounts.db";

const TableShape& passwords_shape() {
  static const TableShape shape{
      "passwords", {"account TEXT", "phc TEXT"}, 1, "PRIMARY KEY(account)"};
  return shape;
}

Database open_accounts(const Path& store, Open how) {
  return {store / kAccountsFile, kAccountsFile, Database::Kind::durable, how};
}

}  // namespace

void Accounts::create(const Path& store, const RowMac& mac) {
  Database database = open_accounts(store, Open::create);
  MacTable(database, mac, passwords_shape()).make();
}

Accounts::Accounts(const Path& store, RowMac mac)
    : mac_(std::move(mac)),
      database_(open_accounts(store, Open::existing)),
      passwords_(database_, mac_, passwords_shape()) {}

void Accounts::fold(const std::vector<PendingFrame>& frames) {
  const bool any = std::any_of(frames.begin(), frames.end(), [](const PendingFrame& frame) {
    return !frame.body->passwords.empty();
  });
  if (!any) return;
  Transaction transaction(database_);
  for (const auto& frame : frames) {
    for (const auto& row : frame.body->passwords) passwords_.put({row.account, row.phc});
  }
  transaction.commit();
}

std::optional<std::string> Accounts::password(const std::string& account) {
  const auto row = passwords_.find("WHERE account=?", {account});
  if (!row) return std::nullopt;
  return (*row)[1];
}

std::size_t Accounts::check(const Fault& fault) {
  std::size_t checked = 0;
  for (const auto& what : database_.integrity_faults()) fault(kAccountsFile, what);
  passwords_.each([&](const Row& row, bool holds) {
    ++checked;
    if (!holds) fault(passwords_.name_of(row), "資料列遭變更 the row's MAC does not fit");
  });
  return checked;
}

}  // namespace vermilion::store
