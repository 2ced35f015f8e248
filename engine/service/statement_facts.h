// What a person can judge of a statement before he signs it, on a page or on a terminal.
#pragma once
#include "base/json.h"

namespace vermilion::service {

// Of the statement's subject, in a fixed order: [{zh, value}]. Digests and the rest stand in the statement itself.
[[nodiscard]] Json statement_facts(const Json& subject);

}  // namespace vermilion::service
