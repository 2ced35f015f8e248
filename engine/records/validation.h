// Values against a form's schema: draft-07 by valijson, with messages a person can act on.
//
// Errors   require_valid throws invalid "values-invalid"; its message names every field that is wrong and how.
#pragma once
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"

namespace vermilion::records {

struct FieldFault {
  std::string field;  // JSON pointer: "/indicators/1/value"; "" the whole
  std::string label;  // the schema's title of that field, else the field
  Said said;
};

// Throws invalid "bad-schema" when `schema` itself is no draft-07 schema.
[[nodiscard]] std::vector<FieldFault> faults_of(const Json& schema, const Json& values);
void require_valid(const Json& schema, const Json& values);
// That `schema` can be used at all.
void require_schema(const Json& schema);

}  // namespace vermilion::records
