// What a part of the verifier is given: where to look, and whom to tell.
#pragma once
#include <functional>
#include <string>

#include "base/fault.h"

namespace vermilion::service {

struct FolderChecks {
  std::function<bool(const std::string& folder)> wanted;  // is it to be looked at?
  std::function<void()> count;                            // called for each thing looked at
  Fault fault;
};

}  // namespace vermilion::service
