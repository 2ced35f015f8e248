// The inputs of a form on a page, and what was typed into them.
//
// Shape    One input for each field of the form (service::show_form, "fields") that is no list: text, date, whole number, number,
//          yes or no, one of several. Its name on the page is "f-" and the field's.
// Errors   values_from throws invalid "bad-number" naming the field by its title. What the schema says is asked by the service.
#pragma once
#include "base/json.h"
#include "web/message.h"

namespace vermilion::web {

// For the template shared/fields, filled with what was typed before.
[[nodiscard]] Json inputs_of(const Json& fields, const Request& request);
[[nodiscard]] Json values_from(const Json& fields, const Request& request);

}  // namespace vermilion::web
