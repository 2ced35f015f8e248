#include "support/schemas.h"

#define VALIJSON_USE_EXCEPTIONS 1
#include <algorithm>
#include <filesystem>
#include <map>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "support/shared.h"

namespace {

using vermilion::Json;
using Adapter = valijson::adapters::NlohmannJsonAdapter;

constexpr std::string_view kSuffix = ".schema.json";

std::filesystem::path folder() { return std::filesystem::path(VERMILION_SOURCE_DIR) / "schemas"; }

const valijson::Schema& parsed(const std::string& name) {
  static std::map<std::string, valijson::Schema> schemas;
  const auto [place, fresh] = schemas.try_emplace(name);
  if (fresh) {
    const Json json = schema_json(name);
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(Adapter(json), place->second);
  }
  return place->second;
}

}  // namespace

std::vector<std::string> schema_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    const auto file = entry.path().filename().string();
    if (file.ends_with(kSuffix)) names.push_back(file.substr(0, file.size() - kSuffix.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

Json schema_json(const std::string& name) {
  return vermilion::parse_json(file_bytes(folder() / (name + std::string(kSuffix))));
}

std::vector<std::string> schema_faults(const std::string& name, const Json& value) {
  valijson::ValidationResults results;
  valijson::Validator validator;
  std::vector<std::string> faults;
  if (validator.validate(parsed(name), Adapter(value), &results)) return faults;
  for (const auto& error : results) {
    std::string place;
    for (const auto& step : error.context) place += step;
    faults.push_back(place + ": " + error.description);
  }
  return faults;
}
