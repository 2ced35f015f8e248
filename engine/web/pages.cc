#include "web/pages.h"

#include <algorithm>
#include <kainjow/mustache.hpp>

#include "base/error.h"
#include "web/files.h"

namespace vermilion::web {
namespace {

using MustacheData = kainjow::mustache::data;
using kainjow::mustache::mustache;
using kainjow::mustache::partial;

std::string template_text(const std::string& name) {
  for (const auto& known : templates()) {
    if (known.name == name) return std::string(known.text);
  }
  throw Bug("no such template: " + name);
}

MustacheData data_from(const Json& value) {
  if (value.is_array()) {
    MustacheData list{MustacheData::type::list};
    for (const auto& item : value) list << data_from(item);
    return list;
  }
  if (value.is_object()) {
    MustacheData object{MustacheData::type::object};
    for (const auto& [key, member] : value.items()) object.set(key, data_from(member));
    return object;
  }
  if (value.is_null() || value == false || value == "")
    return MustacheData{MustacheData::type::bool_false};
  if (value == true) return MustacheData{MustacheData::type::bool_true};
  return MustacheData{value.is_string() ? value.get<std::string>() : value.dump()};
}

}  // namespace

std::string fill(const std::string& name, const Json& values) {
  auto filled = data_from(values);
  for (const auto& part : templates()) {
    if (part.name.starts_with("shared/"))
      filled.set(std::string(part.name),
                 MustacheData{partial{[text = std::string(part.text)] { return text; }}});
  }
  mustache page{template_text(name)};
  if (!page.is_valid()) throw Bug(name + ": " + page.error_message());
  auto html = page.render(filled);
  if (!page.is_valid()) throw Bug(name + ": " + page.error_message());
  return html;
}

}  // namespace vermilion::web
