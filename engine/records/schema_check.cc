#include "records/schema_check.h"

#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "base/error.h"

namespace vermilion::records {
namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

void parse_schema(const Json& json, valijson::Schema& schema) {
  try {
    valijson::SchemaParser(valijson::SchemaParser::kDraft7).populateSchema(Adapter(json), schema);
  } catch (const std::exception& error) {
    throw Error(Failure::invalid, "bad-schema",
                {std::string("schema.json 不是可用的 JSON Schema draft-07：") + error.what(),
                 std::string("schema.json is no usable JSON Schema draft-07: ") + error.what()});
  }
}

// valijson writes a place as "<root>", "[indicators]", "[1]".
std::vector<std::string> steps(const std::vector<std::string>& context) {
  std::vector<std::string> place;
  for (const auto& step : context) {
    if (step.starts_with('[')) place.push_back(step.substr(1, step.size() - 2));
  }
  return place;
}

}  // namespace

std::vector<SchemaFault> schema_faults(const Json& schema, const Json& values) {
  valijson::Schema parsed;
  parse_schema(schema, parsed);
  valijson::ValidationResults results;
  valijson::Validator validator;
  std::vector<SchemaFault> faults;
  if (validator.validate(parsed, Adapter(values), &results)) return faults;
  for (const auto& error : results) faults.push_back({steps(error.context), error.description});
  return faults;
}

}  // namespace vermilion::records
