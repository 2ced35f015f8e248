// The schemas themselves: draft-07, only keywords that are enforced, said in both languages.
#include <regex>

#include "base/text.h"
#include "samples.h"
#include "support/schemas.h"

using vermilion::Json;

namespace {

// What valijson enforces, and the three that only tell. A keyword it skips would promise a check
// nobody makes.
const std::set<std::string> kKeywords = {"$ref",
                                         "type",
                                         "const",
                                         "enum",
                                         "properties",
                                         "required",
                                         "additionalProperties",
                                         "items",
                                         "minItems",
                                         "maxItems",
                                         "minLength",
                                         "pattern",
                                         "minimum",
                                         "maximum",
                                         "minProperties",
                                         "uniqueItems",
                                         "dependencies",
                                         "allOf",
                                         "oneOf",
                                         "if",
                                         "then",
                                         "else",
                                         "description",
                                         "contentEncoding"};
const std::set<std::string> kOfTheWhole = {"$schema", "$id", "title", "definitions"};
const std::set<std::string> kTypes = {"object", "array",   "string", "integer",
                                      "number", "boolean", "null"};

bool has_han(const std::string& text) {
  const auto points = vermilion::code_points(text);
  return std::any_of(points.begin(), points.end(), vermilion::is_cjk);
}

bool has_english(const std::string& text) {
  return std::regex_search(text, std::regex("[a-z]{2}"));
}

// Looks at one subschema and all below it.
class Walk {
 public:
  explicit Walk(const Json& root) : root_(root) {}

  void schema(const Json& s, const std::string& place) {
    INFO(place);
    REQUIRE(s.is_object());
    for (const auto& [keyword, value] : s.items()) {
      INFO(keyword);
      CHECK((kKeywords.contains(keyword) || (place == "#" && kOfTheWhole.contains(keyword))));
    }
    plain(s);
    object(s);
    below(s, place);
  }

 private:
  void plain(const Json& s) {
    if (s.contains("type")) CHECK(kTypes.contains(s["type"].get<std::string>()));
    if (s.contains("pattern")) {
      const auto pattern = s["pattern"].get<std::string>();
      CHECK_NOTHROW(std::regex(pattern, std::regex::ECMAScript));
      CHECK((pattern.front() == '^' && pattern.back() == '$'));
    }
    if (s.contains("$ref")) {
      const auto target = s["$ref"].get<std::string>();
      REQUIRE(target.starts_with("#/"));
      CHECK(root_.contains(Json::json_pointer(target.substr(1))));
      CHECK(s.size() == 1);  // draft-07 ignores what stands beside a $ref
    }
    if (s.contains("description")) {
      CHECK((has_han(s["description"]) && has_english(s["description"])));
    }
  }

  // Whatever may be left out or added must be said.
  void object(const Json& s) {
    if (!s.contains("properties") || !s.contains("required")) return;
    for (const auto& name : s["required"]) CHECK(s["properties"].contains(name.get<std::string>()));
    const bool open = s["required"] == Json::array({"type"});  // the subject, narrowed by kind
    CHECK((open || s.value("additionalProperties", true) == false));
  }

  void below(const Json& s, const std::string& place) {
    for (const char* keyword : {"items", "if", "then", "else"}) {
      if (s.contains(keyword)) schema(s[keyword], place + "/" + keyword);
    }
    for (const char* keyword : {"allOf", "oneOf"}) {
      for (const auto& one : s.value(keyword, Json::array())) schema(one, place + "/" + keyword);
    }
    for (const char* keyword : {"properties", "definitions"}) {
      if (!s.contains(keyword)) continue;
      for (const auto& [name, member] : s[keyword].items()) {
        schema(member, place + "/" + keyword + "/" + name);
      }
    }
    if (s.contains("additionalProperties") && s["additionalProperties"].is_object()) {
      schema(s["additionalProperties"], place + "/additionalProperties");
    }
  }

  const Json& root_;
};

}  // namespace

TEST_CASE("every schema is draft-07, named, and said in both languages", "[model]") {
  const auto names = schema_names();
  REQUIRE(names.size() >= 17);
  for (const auto& name : names) {
    INFO(name);
    const auto schema = schema_json(name);
    CHECK(schema["$schema"] == "http://json-schema.org/draft-07/schema#");
    CHECK(schema["$id"] == "urn:vermilion:schema:" + name);
    for (const char* member : {"title", "description"}) {
      CHECK((has_han(schema[member]) && has_english(schema[member])));
    }
  }
}

TEST_CASE("every schema uses only keywords that are enforced, closed objects and whole patterns",
          "[model]") {
  for (const auto& name : schema_names()) {
    INFO(name);
    const auto schema = schema_json(name);
    Walk(schema).schema(schema, "#");
    const auto definitions = schema.value("definitions", Json::object());
    for (const auto& definition : definitions.items()) {
      INFO(definition.key());
      CHECK(schema.dump().find("\"#/definitions/" + definition.key() + "\"") != std::string::npos);
    }
  }
}

TEST_CASE("the schema of a statement knows exactly the kinds the engine knows", "[model]") {
  const auto kinds = schema_json("statement")["properties"]["kind"]["enum"];
  CHECK(kinds.size() == 22);
  for (const auto& kind : kinds)
    CHECK(vermilion::model::is_statement_kind(kind.get<std::string>()));
  CHECK_FALSE(vermilion::model::is_statement_kind("endorsement"));
}
