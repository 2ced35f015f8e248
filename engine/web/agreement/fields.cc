#include "web/agreement/fields.h"

#include <charconv>

#include "base/error.h"
#include "base/text.h"

namespace vermilion::web {
namespace {

std::string input_type(const std::string& type, const std::string& format) {
  if (type == "integer" || type == "number") return "number";
  return format == "date" ? "date" : "text";
}

Json choices_of(const Json& field, const std::string& typed) {
  Json choices = Json::array();
  for (const auto& choice : field.at("enum"))
    choices.push_back({{"text", choice}, {"chosen", choice == typed}});
  return choices;
}

Json input_of(const Json& field, const std::string& typed) {
  const auto type = require_string(field, "type");
  Json input = {{"name", field.at("name")},
                {"title", field.at("title")},
                {"required", field.at("required")},
                {"description", field.at("description")},
                {"value", typed}};
  if (!field.at("enum").empty()) {
    input["choose"] = true;
    input["choices"] = choices_of(field, typed);
  } else if (type == "boolean") {
    input["tick"] = true;
  } else {
    input["line"] = true;
    input["input_type"] = input_type(type, require_string(field, "format"));
    input["step"] = type == "number" ? "any" : "";
  }
  return input;
}

template <typename Number>
Json number_from(const std::string& title, std::string_view typed) {
  Number value{};
  const auto text = trim(typed);
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
    throw Error(Failure::invalid, "bad-number",
                {"「" + title + "」要填數字", "'" + title + "' must be a number"});
  }
  return value;
}

Json value_from(const Json& field, const std::string& typed) {
  const auto type = require_string(field, "type");
  const auto title = require_string(field, "title");
  if (type == "integer") return number_from<std::int64_t>(title, typed);
  if (type == "number") return number_from<double>(title, typed);
  return typed;
}

}  // namespace

Json inputs_of(const Json& fields, const Request& request) {
  Json inputs = Json::array();
  for (const auto& field : fields) {
    if (require_string(field, "type") == "array") continue;
    inputs.push_back(input_of(field, request.field("f-" + require_string(field, "name"))));
  }
  return inputs;
}

Json values_from(const Json& fields, const Request& request) {
  Json values = Json::object();
  for (const auto& field : fields) {
    const auto name = require_string(field, "name");
    const auto typed = request.field("f-" + name);
    const auto type = require_string(field, "type");
    if (type == "boolean") {
      values[name] = typed == "yes";
    } else if (type != "array" && !trim(typed).empty()) {
      values[name] = value_from(field, typed);
    }
  }
  return values;
}

}  // namespace vermilion::web
