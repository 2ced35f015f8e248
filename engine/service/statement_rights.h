// The right behind a signed statement, for whoever verifies it: what the service asked when it was filed.
#pragma once
#include <string>
#include <vector>

#include "model/statement.h"

namespace vermilion::service {

// The rights without which nobody could have signed this; none where it takes no right, as of one's own agreement or the end of one's own
// delegation.
[[nodiscard]] std::vector<std::string> rights_of(const model::Statement& s);

}  // namespace vermilion::service
