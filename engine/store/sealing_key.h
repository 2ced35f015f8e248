// The key that seals published PDFs, unwrapped for one seal. Nothing else outside this layer asks for it.
//
// Shape    The store's sealing key, until a certificate of the seal is revoked: then a key of its own, kept in the vault beside those in
//          server custody, under a name that is no account's and under the master key.
// Errors   as load_master_key and load_store_key (key_files.h).
#pragma once
#include "store/store.h"

namespace vermilion::store {

[[nodiscard]] crypto::PrivateKey sealing_key(Disk& disk, const Store& store);
// The newest one of the seal.
[[nodiscard]] crypto::PrivateKey seal_key(Disk& disk, Store& store);
// What an act keeps so that seal_key finds it.
[[nodiscard]] KeptKey kept_seal_key(Disk& disk, const Store& store, const crypto::PrivateKey& key,
                                    const std::string& certificate);

}  // namespace vermilion::store
