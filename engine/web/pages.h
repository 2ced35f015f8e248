// Filling a template: mustache, everything escaped but what is written {{{so}}}.
//
// Shape    Data are JSON: null, false, "" and [] are false; numbers print as they are. {{> shared/badge}} includes another template.
// Errors   An unknown or broken template is a bug.
// Threads  Any.
#pragma once
#include <string>

#include "base/json.h"

namespace vermilion::web {

[[nodiscard]] std::string fill(const std::string& name, const Json& data);

}  // namespace vermilion::web
