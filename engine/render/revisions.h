// What became of a signed PDF after its signature: object by object, against what a further signature may alter.
//
// Allowed  An empty signature field gets /V and a new /AP; the form gets /SigFlags, and fields of document time stamps that are on no
//          page; the catalogue gets more in its /DSS
//          (validation_data.h) and /Extensions, which names that. New objects count only through what leads to them. Everything else
//          is a change: pages, fonts, a field that was signed already, an object that is gone, an entry of /DSS that is gone.
// Errors   invalid "pdf-unreadable" as hostile.h.
// Source   ISO 32000-1 12.8.2.2; docs-src/formats/seal.md.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace vermilion::render {

struct ObjectChange {
  int number = 0;
  std::string kind;  // "page", "catalog", "signature", "field", "form", "font", "stream",
                     // "validation-data" or "object"
};

// `before` is the file as it was signed, `after` the same with what was appended.
[[nodiscard]] std::vector<ObjectChange> changes_between(std::string_view before,
                                                        std::string_view after);

}  // namespace vermilion::render
