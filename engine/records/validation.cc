#include "records/validation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <regex>
#include <set>

#include "base/text.h"
#include "model/members.h"
#include "records/schema_check.h"

namespace vermilion::records {
namespace {

using Steps = std::vector<std::string>;

// Regular expressions recurse over a text: a value of a form is a page at most.
constexpr std::size_t kLongestText = 16 * 1024;
constexpr std::size_t kLargestValues = 256 * 1024;

// What is enforced, and what only tells. Another keyword would promise a check that nobody makes.
const std::set<std::string> kKeywords = {
    "$schema",   "$id",      "title",      "description", "type",
    "const",     "enum",     "properties", "required",    "additionalProperties",
    "items",     "minItems", "maxItems",   "uniqueItems", "minLength",
    "maxLength", "pattern",  "format",     "minimum",     "maximum",
    "allOf",     "contains"};

[[noreturn]] void bad_schema(const std::string& zh, const std::string& en) {
  throw Error(Failure::invalid, "bad-schema",
              {"schema.json 有誤：" + zh, "schema.json is wrong: " + en});
}

void require_pattern(const Json& schema) {
  const auto pattern = string_or_empty(schema, "pattern");
  try {
    (void)std::regex(pattern, std::regex::ECMAScript);
  } catch (const std::regex_error&) {
    bad_schema("pattern 不是正規表示式：" + pattern, "no regular expression: " + pattern);
  }
}

void require_keywords(const Json& schema) {
  if (!schema.is_object()) bad_schema("每一層須為物件", "each level must be an object");
  for (const auto& [key, value] : schema.items()) {
    if (!kKeywords.contains(key))
      bad_schema("不支援關鍵字 " + key, "keyword not supported: " + key);
  }
  require_pattern(schema);
}

void require_subschema(const Json& schema) {
  require_keywords(schema);
  const auto properties = model::member_or(schema, "properties", Json::object_t());
  for (const auto& [name, member] : properties) require_subschema(member);
  for (const char* key : {"items", "contains"}) {
    if (schema.contains(key)) require_subschema(schema[key]);
  }
  for (const auto& one : model::member_or(schema, "allOf", Json::array_t())) require_subschema(one);
}

// Titles are what a person sees: on screen, in messages, over the columns of a register.
void require_titles(const Json& schema, const std::string& place) {
  const auto properties = model::member_or(schema, "properties", Json::object_t());
  for (const auto& [name, member] : properties) {
    if (string_or_empty(member, "title").empty())
      bad_schema(fmt::format("欄位 {}/{} 缺少 title", place, name),
                 fmt::format("property {}/{} has no title", place, name));
    require_titles(member, place + "/" + name);
  }
  if (schema.contains("items")) require_titles(schema["items"], place + "/*");
}

// The schema of a place; null when the schema does not speak of it.
Json schema_at(const Json& schema, const Steps& place) {
  Json at = schema;
  for (const auto& step : place) {
    if (!at.is_object()) return nullptr;
    Json next = nullptr;
    if (at.contains("items")) {
      next = at["items"];
    } else if (at.contains("properties") && at["properties"].contains(step)) {
      next = at["properties"][step];
    }
    at = std::move(next);
  }
  return at;
}

std::string title_at(const Json& schema, const Steps& place) {
  return string_or_empty(schema_at(schema, place), "title");
}

bool is_index(const std::string& step) {
  return !step.empty() && step.size() < 10 &&
         step.find_first_not_of("0123456789") == std::string::npos;
}

// 「量測指標」第 2 列「量測值」
Said name_of(const Json& schema, const Steps& place) {
  Said name;
  Steps so_far;
  for (const auto& step : place) {
    so_far.push_back(step);
    const auto title = title_at(schema, so_far);
    if (title.empty() && is_index(step)) {
      name.zh += fmt::format("第 {} 列", std::stol(step) + 1);
      name.en += fmt::format("row {} ", std::stol(step) + 1);
    } else {
      name.zh += fmt::format("「{}」", title.empty() ? step : title);
      name.en += step + " ";
    }
  }
  if (!place.empty()) return name;
  return {"內容", "values "};
}

std::string pointer(const Steps& place) {
  Json::json_pointer at;
  for (const auto& step : place) at /= step;
  return at.to_string();
}

// The member that a message names after `words`: "… property 'name'."
std::string named_after(const std::string& what, const std::string& words) {
  const auto begin = what.find(words) + words.size();
  return what.substr(begin, what.rfind('\'') - begin);
}

std::optional<std::string> named_member(const std::string& what) {
  if (what.starts_with("Missing")) return named_after(what, "property '");
  if (what.starts_with("Object contains")) return named_after(what, "constraints: '");
  return std::nullopt;
}

std::string number_text(const Json& schema, const char* key) {
  return schema.contains(key) ? schema[key].dump() : "";
}

Said type_said(const Json& schema) {
  static const std::map<std::string, Said> names = {
      {"string", {"文字", "a text"}},        {"integer", {"整數", "a whole number"}},
      {"number", {"數字", "a number"}},      {"boolean", {"是或否", "true or false"}},
      {"array", {"清單", "a list of rows"}}, {"object", {"一組欄位", "a set of fields"}}};
  const auto type = schema.is_object() && schema.contains("type") ? schema["type"] : Json();
  const auto known = type.is_string() ? names.find(type.get<std::string>()) : names.end();
  if (known == names.end()) return {"型別不對", "is of a wrong type"};
  return {"須為" + known->second.zh, "must be " + known->second.en};
}

Said enum_said(const Json& schema) {
  std::string list;
  for (const auto& one : model::member_or(schema, "enum", Json::array_t())) {
    list += (list.empty() ? "" : "、") + (one.is_string() ? one.get<std::string>() : one.dump());
  }
  return {"只能是" + list, "must be one of " + list};
}

Said range_said(const Json& schema) {
  const auto low = number_text(schema, "minimum");
  const auto high = number_text(schema, "maximum");
  if (high.empty()) return {"不可小於 " + low, "must not be below " + low};
  if (low.empty()) return {"不可大於 " + high, "must not be above " + high};
  return {fmt::format("須在 {} 與 {} 之間", low, high), fmt::format("must be {} to {}", low, high)};
}

Said count_said(const Json& schema, const char* least, const char* most, const Said& unit) {
  const auto low = number_text(schema, least);
  const auto high = number_text(schema, most);
  if (high.empty()) {
    return low == "1" && unit.zh == "字" ? Said{"不可空白", "must not be empty"}
                                         : Said{fmt::format("至少 {} {}", low, unit.zh),
                                                fmt::format("needs {} {}", low, unit.en)};
  }
  return {fmt::format("須有 {} 至 {} {}", low.empty() ? "0" : low, high, unit.zh),
          fmt::format("needs {} to {} {}", low.empty() ? "0" : low, high, unit.en)};
}

Said shape_said(const Json& schema) {
  const auto told = string_or_empty(schema, "description");
  if (told.empty()) return {"格式不符", "does not have the form required"};
  return {"格式不符（" + told + "）", "does not have the form required (" + told + ")"};
}

// valijson's words, by how they begin. None of them holds a value, and neither do ours.
Said said_of(const std::string& what, const Json& schema) {
  const auto begins = [&](const char* words) { return what.starts_with(words); };
  if (begins("Missing")) return {"必填", "is required"};
  if (begins("Object contains a property"))
    return {"不是這張表單的欄位，請刪去", "is no field of this form; remove it"};
  if (begins("Value type")) return type_said(schema);
  if (begins("Failed to match against any enum")) return enum_said(schema);
  if (begins("String should be a valid date"))
    return {"須為日期，例如 2026-11-22", "must be a date such as 2026-11-22"};
  if (begins("String should"))
    return count_said(schema, "minLength", "maxLength", {"字", "characters"});
  if (begins("Array should")) return count_said(schema, "minItems", "maxItems", {"列", "rows"});
  if (begins("Expected number")) return range_said(schema);
  if (begins("Elements at")) return {"有重複的列", "has equal rows"};
  return shape_said(schema);
}

FieldFault fault_of(const Json& schema, const SchemaFault& raw) {
  auto place = raw.place;
  if (const auto member = named_member(raw.what)) place.push_back(*member);
  const auto name = name_of(schema, place);
  const auto said = said_of(raw.what, schema_at(schema, place));
  auto label = title_at(schema, place);
  if (label.empty()) label = place.empty() ? "" : place.back();
  return {pointer(place), label, {name.zh + said.zh, name.en + said.en}};
}

// Marks that turn the order of what is shown: a text would read otherwise than it is stored.
bool turns_about(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
         c == 0x200F || c == 0x061C;
}

// Spaces, controls, joiners, fillers and selectors: alone they show nothing.
bool is_invisible(char32_t c) {
  static constexpr std::array<std::pair<char32_t, char32_t>, 19> kRanges = {{{0, 0x20},
                                                                             {0x7F, 0xA0},
                                                                             {0xAD, 0xAD},
                                                                             {0x034F, 0x034F},
                                                                             {0x115F, 0x1160},
                                                                             {0x1680, 0x1680},
                                                                             {0x17B4, 0x17B5},
                                                                             {0x180B, 0x180F},
                                                                             {0x2000, 0x200F},
                                                                             {0x2028, 0x202F},
                                                                             {0x205F, 0x206F},
                                                                             {0x2800, 0x2800},
                                                                             {0x3000, 0x3000},
                                                                             {0x3164, 0x3164},
                                                                             {0xFE00, 0xFE0F},
                                                                             {0xFEFF, 0xFEFF},
                                                                             {0xFFA0, 0xFFA0},
                                                                             {0xFFF9, 0xFFFB},
                                                                             {0xE0000, 0xE0FFF}}};
  return std::any_of(kRanges.begin(), kRanges.end(),
                     [&](const auto& range) { return range.first <= c && c <= range.second; });
}

// What is wrong with a text whatever its schema says; length first, before any expression meets it.
std::optional<Said> text_said(const std::string& text) {
  if (text.size() > kLongestText)
    return Said{"太長（上限 16 KiB）", "is too long (at most 16 KiB)"};
  const auto points = code_points(text);
  if (std::any_of(points.begin(), points.end(), turns_about))
    return Said{"含看不見的方向控制字元，請刪去", "has unseen direction marks; remove them"};
  if (!points.empty() && std::all_of(points.begin(), points.end(), is_invisible))
    return Said{"不可空白", "must not be blank"};
  return std::nullopt;
}

void find_bad_texts(const Json& schema, const Json& value, Steps place,
                    std::vector<FieldFault>& faults) {
  if (value.is_string()) {
    if (const auto said = text_said(value.get_ref<const std::string&>())) {
      const auto name = name_of(schema, place);
      faults.push_back(
          {pointer(place), title_at(schema, place), {name.zh + said->zh, name.en + said->en}});
    }
  }
  if (!value.is_structured()) return;
  for (const auto& [key, member] : value.items()) {
    place.push_back(key);
    find_bad_texts(schema, member, place, faults);
    place.pop_back();
  }
}

std::vector<FieldFault> text_faults(const Json& schema, const Json& values) {
  std::vector<FieldFault> faults;
  find_bad_texts(schema, values, {}, faults);
  if (faults.empty() && canonical(values).size() > kLargestValues)
    faults.push_back({"", "", {"內容超過 256 KiB", "the values are larger than 256 KiB"}});
  return faults;
}

}  // namespace

std::vector<FieldFault> faults_of(const Json& schema, const Json& values) {
  auto faults = text_faults(schema, values);
  if (!faults.empty()) return faults;
  const auto raw = schema_faults(schema, values);
  // "Failed to validate" is what valijson says of everything around a fault.
  for (const auto& one : raw) {
    if (one.what.starts_with("Failed to validate")) continue;
    auto fault = fault_of(schema, one);
    const bool told = !faults.empty() && faults.back().field == fault.field &&
                      faults.back().said.zh == fault.said.zh;
    if (!told) faults.push_back(std::move(fault));
  }
  if (faults.empty() && !raw.empty()) faults.push_back(fault_of(schema, raw.front()));
  return faults;
}

void require_valid(const Json& schema, const Json& values) {
  const auto faults = faults_of(schema, values);
  if (faults.empty()) return;
  Said said{"內容不合表單：", "the values do not fit the form: "};
  for (const auto& fault : faults) {
    const bool first = &fault == &faults.front();
    said.zh += (first ? "" : "；") + fault.said.zh;
    said.en += (first ? "" : "; ") + fault.said.en;
  }
  throw Error(Failure::invalid, "values-invalid", said);
}

void require_schema(const Json& schema) {
  require_subschema(schema);
  const bool draft7 =
      string_or_empty(schema, "$schema") == "http://json-schema.org/draft-07/schema#";
  if (!draft7) bad_schema("$schema 須為 draft-07", "$schema must be that of draft-07");
  if (string_or_empty(schema, "type") != "object" || !schema.contains("properties"))
    bad_schema("最外層須為 type: object 並有 properties",
               "the whole must be an object with properties");
  require_titles(schema, "");
  (void)schema_faults(schema, Json::object());
}

}  // namespace vermilion::records
