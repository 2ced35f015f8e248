// The keys that lie in files: the master key outside the store, the store's own three keys, and one
// key-encryption key per (retention class, filing year, generation).
//
// Shape    Master key file: 64 hexadecimal digits (32 bytes) and a newline, mode 0600.
//          store-keys/{sealing,log,issuer}.key: crypto::encrypt_secret(master, its path, PKCS#8
//          DER). vault/kek/<class>-<year>-<generation>.kek: 40 bytes, AES-KW of 32 under the master
//          key. A class is letters a-z, digits and '-'.
// Errors   unavailable ("no-master-key") when its file is missing, invalid ("bad-master-key"),
//          corrupt ("key-broken") naming the file, invalid ("bad-key-class").
// Source   architecture section 2, "A store on disk" and "Sealing".
#pragma once
#include <optional>
#include <string>

#include "base/disk.h"
#include "crypto/key.h"

namespace vermilion::store {

constexpr unsigned kOwnerOnly = 0600;  // mode of files that hold secrets

[[nodiscard]] Bytes load_master_key(Disk& disk, const Path& file);
// Reads the file, or makes it with a fresh key when there is none.
[[nodiscard]] Bytes load_or_make_master_key(Disk& disk, const Path& file);

enum class StoreKey { sealing, log, issuer };
constexpr StoreKey kStoreKeys[] = {StoreKey::sealing, StoreKey::log, StoreKey::issuer};

// "store-keys/sealing.key"
[[nodiscard]] std::string store_key_name(StoreKey which);
[[nodiscard]] crypto::PrivateKey load_store_key(Disk& disk, const Path& store, const Bytes& master,
                                                StoreKey which);
void save_store_key(Disk& disk, const Path& store, const Bytes& master, StoreKey which,
                    const crypto::PrivateKey& key);

struct KeyEncryptionKey {
  std::string name;  // "people-2026-1"
  Bytes key;         // 32 bytes
};

class KeyEncryptionKeys {
 public:
  KeyEncryptionKeys(Disk& disk, const Path& store, Bytes master);

  // Throws invalid ("bad-key-class"). "people-2026-": what the names of all generations begin with.
  [[nodiscard]] static std::string family(const std::string& key_class, int year);
  // "people-2026-", of "people-2026-1"
  [[nodiscard]] static std::string family_of(const std::string& name);
  // "vault/kek/people-2026-1.kek"
  [[nodiscard]] static std::string file_name(const std::string& name);
  // The generation in a name of this family; 0 when the name is of another one.
  [[nodiscard]] static int generation(const std::string& family, const std::string& name);

  // The newest key of the family that lies in the folder; nothing if there is none.
  [[nodiscard]] std::optional<KeyEncryptionKey> newest(const std::string& family) const;
  // Nothing if its file is gone or overwritten: what it wrapped is destroyed.
  [[nodiscard]] std::optional<Bytes> find(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> names() const;
  void save(const KeyEncryptionKey& key);
  // Overwrites and removes the files that are there; durable when it returns. May be repeated.
  void remove(const std::vector<std::string>& names);

 private:
  Disk& disk_;
  Path store_;
  Bytes master_;
};

}  // namespace vermilion::store
