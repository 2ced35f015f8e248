// The verifier's part about records and disposals.
#pragma once
#include <functional>
#include <string>

#include "base/fault.h"
#include "service/context.h"

namespace vermilion::service {

// Every record that is there, the numbers, every disposal. Calls fault for each problem; returns how many things were checked.
std::size_t check_records(Context& context, const Fault& fault);

}  // namespace vermilion::service
