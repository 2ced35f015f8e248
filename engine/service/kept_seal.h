// Sealed files between the preparing of a publication and its commit, when it is signed on another machine.
//
// Shape    STORE/cache/seals/<sha256 of the unsealed PDF>.pdf, mode 0600; 15 minutes old at most by the time the seal claims.
//          They are of a text that was approved and will be published: nothing in them is secret from who reads the store.
#pragma once
#include <optional>

#include "service/context.h"

namespace vermilion::service {

// Removes those that are too old, and keeps this one.
void keep_seal(Context& context, const Bytes& pdf, const Bytes& sealed);
// The one that was kept, if it is this PDF with a good seal of this store on it.
[[nodiscard]] std::optional<Bytes> find_kept_seal(Context& context, const Bytes& pdf);
void drop_kept_seal(Context& context, const Bytes& pdf);

}  // namespace vermilion::service
