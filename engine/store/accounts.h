// accounts.db: login passwords as PHC strings. Not evidence, never in git; backed up with the
// vault.
//
// Shape    passwords(account, phc); rows carry MACs (mac_table.h). Sessions and lockouts of the
//          layers above have tables of their own in the same file.
// Crash    Folding twice puts the same rows.
// Errors   corrupt ("row-broken", "database-broken").
#pragma once
#include <optional>
#include <string>

#include "store/frame_body.h"
#include "store/mac_table.h"

namespace vermilion::store {

class Accounts {
 public:
  static void create(const Path& store, const RowMac& mac);
  Accounts(const Path& store, RowMac mac);

  void fold(const std::vector<PendingFrame>& frames);
  [[nodiscard]] std::optional<std::string> password(const std::string& account);
  std::size_t check(const Fault& fault);

 private:
  RowMac mac_;
  Database database_;
  MacTable passwords_;
};

}  // namespace vermilion::store
