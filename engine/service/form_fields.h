// The fields of a form, in the order in which its schema lists them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace vermilion::service {

struct FormField {
  std::string name;
  std::string title;
  std::string type;    // string, integer, number, boolean, array
  std::string format;  // date, or ""
  std::string description;
  std::vector<std::string> choices;  // enum
  bool required = false;
  std::vector<FormField> columns;  // array of objects: the fields of a row
};

// `schema` are the bytes of schema.json: JSON parsed elsewhere has lost their order.
[[nodiscard]] std::vector<FormField> fields_of(std::string_view schema);
[[nodiscard]] Json to_json(const std::vector<FormField>& fields);

// A value as it is read: 是／否 for a boolean, a number as it was written, lists joined by 、.
[[nodiscard]] std::string printed(const Json& value);

}  // namespace vermilion::service
