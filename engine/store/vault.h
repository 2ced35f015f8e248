// vault/vault.db: wrapped data keys, persons' keys in server custody, and the number of the last
// frame whose keys it holds.
//
// Shape    wrapped_keys(payload, kek, wrapped), person_keys(account, certificate, salt, encrypted),
//          destroyed_keys(payload, kek): under which key-encryption key a destroyed data key was
//          wrapped, frames(name, number, digest) with the one row "last". Bytes in hexadecimal; rows
//          carry MACs (mac_table.h).
// Crash    fold() and destroy() are one transaction each; a frame it already holds is passed over.
// Errors   corrupt ("row-broken", "database-broken", "vault-incomplete").
#pragma once
#include <optional>
#include <set>
#include <string>

#include "store/frame_body.h"
#include "store/mac_table.h"
#include "store/payloads.h"

namespace vermilion::store {

constexpr const char* kVaultFile = "vault/vault.db";

// A data key that is gone.
struct DestroyedKey {
  std::string payload;
  std::string kek;  // that wrapped it
};

struct VaultVisit {
  std::function<void(const WrappedKey&)> wrapped;
  std::function<void(const DestroyedKey&)> destroyed;
};

class Vault {
 public:
  static void create(const Path& store, const RowMac& mac);
  Vault(const Path& store, RowMac mac);

  [[nodiscard]] FrameMark last_frame();
  // Of frames in order, those that come after last_frame().
  void fold(const std::vector<PendingFrame>& frames);

  [[nodiscard]] std::optional<WrappedKey> wrapped_key(const std::string& payload);
  [[nodiscard]] std::optional<KeptKey> kept_key(const std::string& account);
  [[nodiscard]] std::optional<DestroyedKey> destroyed_key(const std::string& payload);
  // Moves the rows of these payloads to destroyed_keys and puts what `rewrap` makes of every other
  // row below the same families.
  void destroy(const std::set<std::string>& payloads, const std::set<std::string>& families,
               const std::function<WrappedKey(const WrappedKey&)>& rewrap);
  // Writes the file anew, so that no page keeps what was deleted: SQLite moves rows within a page
  // without wiping behind them.
  void compact();
  // While something is destroyed the rollback journal is kept, so that its bytes can be overwritten.
  enum class RollbackJournal { truncated, kept };
  void set_rollback_journal(RollbackJournal how);

  // Is any data key wrapped under that key?
  [[nodiscard]] bool wraps(const std::string& kek);
  // The names of all key-encryption keys that rows speak of and that begin with `family`.
  [[nodiscard]] std::vector<std::string> kek_names(const std::string& family);

  // Checks the database and every row; visits each good wrapped key. Returns rows checked.
  std::size_t check(const Fault& fault, const VaultVisit& visit);
  [[nodiscard]] static std::string name_of_wrapped(const std::string& payload);

 private:
  void put(const WrappedKey& key);
  void put(const KeptKey& key);
  [[nodiscard]] std::vector<std::string> keks_of(const std::set<std::string>& families);

  RowMac mac_;
  Database database_;
  MacTable wrapped_keys_;
  MacTable destroyed_keys_;
  MacTable person_keys_;
  MacTable frames_;
};

}  // namespace vermilion::store
