// Members of stored JSON that may be absent, read strictly.
//
// Errors  Failure::invalid "bad-json" naming a member that is there but of another type.
#pragma once
#include <string>

#include "base/error.h"
#include "base/json.h"

namespace vermilion::model {

// The member as a T, or `otherwise` when it is absent or null.
template <typename T>
[[nodiscard]] T member_or(const Json& object, const char* key, T otherwise) {
  const auto member = object.is_object() ? object.find(key) : object.end();
  if (member == object.end() || member->is_null()) return otherwise;
  try {
    return member->get<T>();
  } catch (const Json::exception&) {
    const std::string name(key);
    throw Error(Failure::invalid, "bad-json",
                {"JSON 無效：欄位「" + name + "」的型別不對",
                 "invalid JSON: member '" + name + "' is of a wrong type"});
  }
}

}  // namespace vermilion::model
