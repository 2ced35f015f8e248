#include "identity/rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "model/members.h"

namespace vermilion::identity {
namespace {

[[noreturn]] void bad_rules(Said said) {
  throw Error(Failure::corrupt, "bad-rules", std::move(said));
}

// Calls `take` with each row of a rules file.
void read_rows(const store::Snapshot& evidence, const std::string& path,
               const std::function<void(const Json&)>& take) {
  const auto bytes = evidence.read(path);
  if (!bytes) bad_rules({"資料庫缺少規則檔 " + path, "the store lacks the rules file " + path});
  try {
    for (const auto& row : parse_json(*bytes)) take(row);
  } catch (const Error& error) {
    bad_rules({"規則檔 " + path + " 無法讀取：" + error.said().zh,
               "rules file " + path + ": " + error.said().en});
  }
}

std::set<std::string> text_set(const Json& value, const char* key) {
  const auto list = model::member_or(value, key, std::vector<std::string>());
  return {list.begin(), list.end()};
}

}  // namespace

Rules::Rules(const store::Snapshot& evidence) {
  read_rows(evidence, "rules/roles.json", [&](const Json& role) {
    roles_.push_back({require_string(role, "id"), require_string(role, "zh"),
                      require_string(role, "en"), text_set(role, "rights")});
  });
  read_rows(evidence, "rules/classification.json", [&](const Json& label) {
    // Without a rank a label would be open to all.
    const auto rank = model::member_or(label, "rank", -1);
    if (rank < 0) bad_rules({"缺少「rank」", "'rank' is missing"});
    classifications_.push_back({require_string(label, "label"), rank, text_set(label, "readers")});
  });
}

const Role& Rules::require_role(const std::string& id) const {
  const auto found =
      std::find_if(roles_.begin(), roles_.end(), [&](const Role& role) { return role.id == id; });
  if (found != roles_.end()) return *found;
  std::string known;
  for (const auto& role : roles_) known += fmt::format("{}（{}） ", role.id, role.zh);
  throw Error(Failure::invalid, "unknown-role",
              {fmt::format("沒有角色「{}」；可用的有：{}", id, known),
               fmt::format("no role '{}'; known: {}", id, known)});
}

const Classification& Rules::require_classification(const std::string& label) const {
  const auto found = std::find_if(classifications_.begin(), classifications_.end(),
                                  [&](const Classification& c) { return c.label == label; });
  if (found != classifications_.end()) return *found;
  std::string known;
  for (const auto& c : classifications_) known += c.label + " ";
  throw Error(Failure::invalid, "unknown-classification",
              {fmt::format("沒有分級「{}」；可用的有：{}", label, known),
               fmt::format("no classification '{}'; known: {}", label, known)});
}

std::string Rules::role_with(const model::Person& person, const std::string& right, Date day,
                             const std::string& unit) const {
  for (const auto& role : roles_) {
    if (role.rights.contains(right) && model::holds(person, role.id, day, unit)) return role.id;
  }
  return "";
}

bool Rules::may_read(const model::Person* person, const std::string& label, Date day) const {
  const auto& classification = require_classification(label);
  if (classification.rank == 0) return true;
  if (!person || (person->disabled && *person->disabled <= day)) return false;
  if (classification.readers.contains("*")) return true;
  return std::any_of(classification.readers.begin(), classification.readers.end(),
                     [&](const std::string& role) { return model::holds(*person, role, day); });
}

std::vector<std::string> Rules::readable_labels(const model::Person* person, Date day) const {
  std::vector<std::string> labels;
  for (const auto& classification : classifications_) {
    if (may_read(person, classification.label, day)) labels.push_back(classification.label);
  }
  return labels;
}

model::Policy policy_of(const store::Snapshot& evidence) {
  Json digests = Json::object();
  evidence.each_file("rules", [&](const std::string& path, const Bytes& bytes) {
    digests[path] = crypto::digest_text(bytes);
  });
  return {evidence.commit() ? evidence.commit()->hex() : "",
          crypto::digest_text(canonical(digests))};
}

}  // namespace vermilion::identity
