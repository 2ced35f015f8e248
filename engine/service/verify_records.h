// The verifier's part about records and disposals.
#pragma once
#include <functional>
#include <string>

#include "base/fault.h"
#include "service/context.h"

namespace vermilion::service {

struct RecordChecks {
  std::function<bool(const std::string& folder)> wanted;  // of records and disposals: is it to be looked at?
  std::function<void()> count;                            // called for each one
  Fault fault;
};
// The numbers, what the log says was filed, and each record and disposal that is wanted.
void check_records(Context& context, const RecordChecks& checks);

}  // namespace vermilion::service
