#include "identity/rules.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/guarded.h"
#include "crypto/digest.h"
#include "identity/rights.h"
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

// A right that nothing asks for would be a promise without effect; a misspelt one too.
std::set<std::string> known_rights(const Json& role) {
  auto rights = text_set(role, "rights");
  for (const auto& right : rights) {
    if (!find_right(right))
      bad_rules(
          {fmt::format("沒有權限「{}」", right), fmt::format("there is no right '{}'", right)});
  }
  return rights;
}

std::vector<Purpose> purposes_of(const Json& profile) {
  std::vector<Purpose> purposes;
  for (const auto& one : profile.value("purposes", Json::array())) {
    purposes.push_back(
        {require_string(one, "code"), require_string(one, "zh"), require_string(one, "en")});
  }
  return purposes;
}

// Those of the store's profile, else of the one that a new store begins with.
std::vector<Purpose> purposes_in(const store::Snapshot& evidence) {
  const std::string path = "rules/profile.json";
  const auto bytes = evidence.read(path);
  auto purposes = bytes ? purposes_of(parse_json(*bytes)) : std::vector<Purpose>();
  if (!purposes.empty()) return purposes;
  for (const auto& [name, content] : default_rules())
    if (name == path) purposes = purposes_of(parse_json(content));
  return purposes;
}

}  // namespace

std::shared_ptr<const Rules::Content> Rules::parse(const store::Snapshot& evidence) {
  auto content = std::make_shared<Content>();
  read_rows(evidence, "rules/roles.json", [&](const Json& role) {
    content->roles.push_back({require_string(role, "id"), require_string(role, "zh"),
                              require_string(role, "en"), known_rights(role),
                              text_set(role, "apart")});
  });
  read_rows(evidence, "rules/classification.json", [&](const Json& label) {
    // Without a rank a label would be open to all.
    const auto rank = model::member_or(label, "rank", -1);
    if (rank < 0) bad_rules({"缺少「rank」", "'rank' is missing"});
    content->classifications.push_back({require_string(label, "label"), rank,
                                        text_set(label, "readers"),
                                        model::member_or(label, "authorisation", false)});
  });
  content->purposes = purposes_in(evidence);
  return content;
}

// Every request asks for the rules, and they hardly ever change.
Rules::Rules(const store::Snapshot& evidence) {
  using Parsed = std::pair<std::optional<git::ObjectId>, std::shared_ptr<const Content>>;
  static Guarded<Parsed> newest;
  const auto id = evidence.id_of("rules");
  if (id) {
    auto known = newest.lock();
    if (known->first == id) content_ = known->second;
  }
  if (content_) return;
  content_ = parse(evidence);
  *newest.lock() = {id, content_};
}

const Role& Rules::require_role(const std::string& id) const {
  const auto found = std::find_if(content_->roles.begin(), content_->roles.end(),
                                  [&](const Role& role) { return role.id == id; });
  if (found != content_->roles.end()) return *found;
  std::string known;
  for (const auto& role : content_->roles) known += fmt::format("{}（{}） ", role.id, role.zh);
  throw Error(Failure::invalid, "unknown-role",
              {fmt::format("沒有角色「{}」；可用的有：{}", id, known),
               fmt::format("no role '{}'; known: {}", id, known)});
}

const Classification& Rules::require_classification(const std::string& label) const {
  const auto found =
      std::find_if(content_->classifications.begin(), content_->classifications.end(),
                   [&](const Classification& c) { return c.label == label; });
  if (found != content_->classifications.end()) return *found;
  std::string known;
  for (const auto& c : content_->classifications) known += c.label + " ";
  throw Error(Failure::invalid, "unknown-classification",
              {fmt::format("沒有分級「{}」；可用的有：{}", label, known),
               fmt::format("no classification '{}'; known: {}", label, known)});
}

const Purpose& Rules::require_purpose(const std::string& code) const {
  const auto found = std::find_if(content_->purposes.begin(), content_->purposes.end(),
                                  [&](const Purpose& purpose) { return purpose.code == code; });
  if (found != content_->purposes.end()) return *found;
  std::string known;
  for (const auto& purpose : content_->purposes)
    known += fmt::format("{}（{}） ", purpose.code, purpose.zh);
  throw Error(Failure::invalid, "unknown-purpose",
              {"沒有這個目的代碼；可用的有：" + known, "no such purpose; known: " + known});
}

std::string Rules::role_apart(const model::Person& person,
                              const model::RoleInterval& interval) const {
  const auto& wanted = require_role(interval.role);
  for (const auto& held : person.roles) {
    const bool together = (!held.to || interval.from <= *held.to) &&
                          (!interval.to || held.from <= *interval.to) &&
                          (!held.to || held.from <= *held.to);
    const auto role = std::find_if(content_->roles.begin(), content_->roles.end(),
                                   [&](const Role& one) { return one.id == held.role; });
    const bool apart = wanted.apart.contains(held.role) ||
                       (role != content_->roles.end() && role->apart.contains(interval.role));
    if (together && apart) return held.role;
  }
  return "";
}

std::string Rules::role_with(const model::Person& person, const std::string& right, Date day,
                             const std::string& unit) const {
  for (const auto& role : content_->roles) {
    if (role.rights.contains(right) && model::holds(person, role.id, day, unit)) return role.id;
  }
  return "";
}

bool Rules::may_read(const model::Person* person, const std::string& label, Date day) const {
  const auto& classification = require_classification(label);
  if (classification.rank == 0) return true;
  if (!person || !model::is_active(*person, day)) return false;
  if (classification.readers.contains("*")) return true;
  return std::any_of(classification.readers.begin(), classification.readers.end(),
                     [&](const std::string& role) { return model::holds(*person, role, day); });
}

std::vector<std::string> Rules::readable_labels(const model::Person* person, Date day) const {
  std::vector<std::string> labels;
  for (const auto& classification : content_->classifications) {
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
