// vault/vault.db: wrapped data keys, persons' keys in server custody, and the number of the last
// frame whose keys it holds.
//
// Shape    wrapped_keys(payload, kek, wrapped), person_keys(account, certificate, salt, encrypted),
//          frames(name, number, digest) with the one row "last". Bytes in hexadecimal; rows carry
//          MACs (mac_table.h).
// Crash    fold() is one transaction; a frame it already holds is passed over.
// Errors   corrupt ("row-broken", "database-broken", "vault-incomplete").
#pragma once
#include <optional>
#include <string>

#include "store/frame_body.h"
#include "store/mac_table.h"
#include "store/payloads.h"

namespace vermilion::store {

struct FrameMark {
  std::uint64_t number = 0;  // 0: none yet
  Bytes digest;
};

class Vault {
 public:
  static void create(const Path& store, const RowMac& mac);
  Vault(const Path& store, RowMac mac);

  [[nodiscard]] FrameMark last_frame();
  void fold(const FrameMark& frame, const FrameBody& body);

  [[nodiscard]] std::optional<WrappedKey> wrapped_key(const std::string& payload);
  [[nodiscard]] std::optional<KeptKey> kept_key(const std::string& account);
  // The names of all key-encryption keys that rows speak of and that begin with `family`.
  [[nodiscard]] std::vector<std::string> kek_names(const std::string& family);

  // Checks the database and every row; visits each good wrapped key. Returns rows checked.
  std::size_t check(const Fault& fault, const std::function<void(const WrappedKey&)>& visit);
  [[nodiscard]] static std::string name_of_wrapped(const std::string& payload);

 private:
  RowMac mac_;
  Database database_;
  MacTable wrapped_keys_;
  MacTable person_keys_;
  MacTable frames_;
};

}  // namespace vermilion::store
