// Destroying sealed payloads for good: their keys, the keys above those, their ciphertext.
//
// Order    A new key-encryption key of each family concerned, durable -> one vault transaction: the
//          destroyed rows go, the surviving ones are wrapped anew -> vault compacted, its rollback
//          journal overwritten -> older key files of the family overwritten and removed ->
//          ciphertext zeroed, punched, own files removed. Every step can be repeated: what it works
//          on is read from what is there, never remembered.
// Use      Under the store's lock, with nothing pending (settle).
// Source   architecture section 2 "Destruction"; store.h.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "store/parts.h"
#include "store/store.h"

namespace vermilion::store {

// What main says of a payload in disposals/*/payloads.json.
enum class Fate {
  begun,      // may be there, partly there or gone
  certified,  // disposals/<id>/certificate.json says that it is gone
};

[[nodiscard]] std::map<std::string, Fate> condemned_payloads(Parts& parts);

// Throws Bug for a payload that no disposal lists. No generation named in `taken` is made anew: a
// restored store does not know all that its original had.
Destroyed destroy_payloads(Parts& parts, const std::vector<std::string>& payloads,
                           const std::vector<std::string>& taken = {});
[[nodiscard]] std::vector<std::string> remains_of(Parts& parts,
                                                  const std::vector<std::string>& payloads);

}  // namespace vermilion::store
