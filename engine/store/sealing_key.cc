#include "store/sealing_key.h"

#include "crypto/sealing.h"
#include "store/key_files.h"

namespace vermilion::store {
namespace {

constexpr const char* kSealHolder = "seal/key";

}  // namespace

crypto::PrivateKey sealing_key(Disk& disk, const Store& store) {
  const auto master = load_master_key(disk, store.settings().master_key_file);
  return load_store_key(disk, store.path(), master, StoreKey::sealing);
}

crypto::PrivateKey seal_key(Disk& disk, Store& store) {
  const auto kept = store.kept_key(kSealHolder);
  if (!kept) return sealing_key(disk, store);
  const auto master = load_master_key(disk, store.settings().master_key_file);
  return crypto::PrivateKey::from_der(crypto::decrypt_secret(master, kSealHolder, kept->encrypted));
}

KeptKey kept_seal_key(Disk& disk, const Store& store, const crypto::PrivateKey& key,
                      const std::string& certificate) {
  const auto master = load_master_key(disk, store.settings().master_key_file);
  return {kSealHolder, certificate, {}, crypto::encrypt_secret(master, kSealHolder, key.der())};
}

}  // namespace vermilion::store
