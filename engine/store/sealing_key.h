// The store's sealing key, unwrapped for one seal on a published PDF. Nothing else outside this layer asks for it.
//
// Errors   as load_master_key and load_store_key (key_files.h).
#pragma once
#include "store/store.h"

namespace vermilion::store {

[[nodiscard]] crypto::PrivateKey sealing_key(Disk& disk, const Store& store);

}  // namespace vermilion::store
