#include "store/sealing_key.h"

#include "store/key_files.h"

namespace vermilion::store {

crypto::PrivateKey sealing_key(Disk& disk, const Store& store) {
  const auto master = load_master_key(disk, store.settings().master_key_file);
  return load_store_key(disk, store.path(), master, StoreKey::sealing);
}

}  // namespace vermilion::store
