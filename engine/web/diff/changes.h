// What changed between two versions, as templates show it (shared/changes).
#pragma once
#include <string>

#include "base/json.h"

namespace vermilion::web {

// From the answer of service::diff_document: {changes: [{kind, kind_label, clause_label, link, moved_from, parts}]}.
[[nodiscard]] Json shown_changes(const Json& diff);
// Its pictures: [{name, kind, kind_label, link}].
[[nodiscard]] Json shown_files(const Json& diff);

}  // namespace vermilion::web
