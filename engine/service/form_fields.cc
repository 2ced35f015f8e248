#include "service/form_fields.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace vermilion::service {
namespace {

using Ordered = nlohmann::ordered_json;

std::string text_in(const Ordered& object, const char* key) {
  const auto member = object.find(key);
  return member != object.end() && member->is_string() ? member->get<std::string>() : "";
}

std::vector<FormField> read_fields(const Ordered& schema);

FormField read_field(const std::string& name, const Ordered& property, const Ordered& required) {
  FormField field;
  field.name = name;
  field.title = text_in(property, "title").empty() ? name : text_in(property, "title");
  field.type = text_in(property, "type").empty() ? "string" : text_in(property, "type");
  field.format = text_in(property, "format");
  field.description = text_in(property, "description");
  field.required = std::find(required.begin(), required.end(), name) != required.end();
  if (const auto choices = property.find("enum"); choices != property.end()) {
    for (const auto& choice : *choices)
      field.choices.push_back(choice.is_string() ? choice.get<std::string>() : choice.dump());
  }
  if (const auto items = property.find("items"); items != property.end())
    field.columns = read_fields(*items);
  return field;
}

std::vector<FormField> read_fields(const Ordered& schema) {
  std::vector<FormField> fields;
  const auto properties = schema.find("properties");
  if (properties == schema.end()) return fields;
  const Ordered required = schema.value("required", Ordered::array());
  for (const auto& [name, property] : properties->items())
    fields.push_back(read_field(name, property, required));
  return fields;
}

Json field_json(const FormField& field) {
  Json columns = Json::array();
  for (const auto& column : field.columns) columns.push_back(field_json(column));
  return {{"name", field.name},         {"title", field.title},  {"type", field.type},
          {"format", field.format},     {"enum", field.choices}, {"description", field.description},
          {"required", field.required}, {"columns", columns}};
}

}  // namespace

std::vector<FormField> fields_of(std::string_view schema) {
  return read_fields(Ordered::parse(schema));
}

Json to_json(const std::vector<FormField>& fields) {
  Json list = Json::array();
  for (const auto& field : fields) list.push_back(field_json(field));
  return list;
}

std::string printed(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "是" : "否";
  if (value.is_null()) return "";
  if (!value.is_array()) return value.dump();
  std::string text;
  for (const auto& one : value) text += (text.empty() ? "" : "、") + printed(one);
  return text;
}

}  // namespace vermilion::service
