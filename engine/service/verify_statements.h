// The verifier's part about the statements that lie in plain: each has a good signature by who had the right to give it that day.
#pragma once
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "base/fault.h"
#include "service/context.h"

namespace vermilion::service {

struct StatementChecks {
  std::optional<std::set<std::string>> changed;  // paths to look at; nothing: all
  std::function<void()> count;                   // called for each one
  Fault fault;
};
void check_statements(Context& context, const StatementChecks& checks);

}  // namespace vermilion::service
