// Draft-07 by valijson, as it comes: what does not fit, in valijson's own words. Within this layer only; validation.h makes them
// messages for a person.
//
// Errors  invalid "bad-schema" when the schema itself cannot be used.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"

namespace vermilion::records {

struct SchemaFault {
  std::vector<std::string> place;  // {"indicators", "1", "value"}
  std::string what;                // "Missing required property 'value'."
};

[[nodiscard]] std::vector<SchemaFault> schema_faults(const Json& schema, const Json& values);

}  // namespace vermilion::records
