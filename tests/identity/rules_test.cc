// Roles and classification labels as the store's own rules say.
#include "identity/rules.h"

#include "support/office.h"
#include "support/schemas.h"

using namespace office;

namespace {

const Date kToday = parse_date("2026-11-22");

struct Desk {
  Office office;
  identity::Rules rules{office.store().evidence()};
  [[nodiscard]] model::Person person(const std::string& account) {
    return identity::require_person(office.store().evidence(), account);
  }
  [[nodiscard]] std::string role(const std::string& account, const std::string& right,
                                 const std::string& unit = "") {
    return rules.role_with(person(account), right, kToday, unit);
  }
};

void change_rules(Office& at, const std::string& path, const std::string& bytes) {
  auto wanted = act("rules", "rules", "hsu01");
  wanted.decide = [&](const store::Now&, store::Changes& changes) { changes.put(path, bytes); };
  at.store().commit(wanted);
}

}  // namespace

TEST_CASE("the rules a store begins with fit their schemas", "[identity]") {
  const std::map<std::string, std::string> schemas = {
      {"rules/roles.json", "roles"},
      {"rules/classification.json", "classification"},
      {"rules/profile.json", "rules-profile"}};
  const auto rules = identity::default_rules();
  CHECK(rules.size() == schemas.size());
  for (const auto& [path, bytes] : rules) {
    INFO(path);
    CHECK(schema_faults(schemas.at(path), parse_json(bytes)).empty());
  }
}

TEST_CASE("a right comes from a role held that day, and what is not listed nobody may do",
          "[identity]") {
  Desk desk;
  CHECK(desk.role("chen04", "document.approve") == "approver");
  CHECK(desk.role("lin01", "document.submit") == "owner");
  CHECK(desk.role("lin01", "document.approve").empty());
  CHECK(desk.role("zhou07", "document.draft").empty());
  CHECK(desk.role("hsu01", "document.shred").empty());
  CHECK(desk.rules.role_with(desk.person("chen04"), "document.approve", parse_date("2026-11-21"))
            .empty());
}

TEST_CASE("who audits does not administer, on no day of both, whichever comes first [SC-34]",
          "[identity]") {
  Office at;
  const auto grant = [&](const char* account, const char* role, const char* from,
                         std::optional<Date> to = std::nullopt) {
    return at.refusal([&] {
      identity::grant_role(at.store(), account, {role, "", parse_date(from), to, "wu06"},
                           act("role", std::string("account ") + account, "wu06"));
    });
  };
  CHECK(grant("hsu01", "auditor", "2026-12-01") == "roles-apart");
  CHECK(grant("zhou07", "auditor", "2026-11-22", parse_date("2026-11-30")) == "done");
  CHECK(grant("zhou07", "administrator", "2026-11-30") == "roles-apart");
  CHECK(grant("zhou07", "administrator", "2026-12-01") == "done");
  CHECK(grant("zhou07", "external-auditor", "2026-11-25", parse_date("2026-11-26")) ==
        "roles-apart");
}

TEST_CASE("a countersigner serves his own unit", "[identity]") {
  Desk desk;
  CHECK(desk.role("wang03", "document.countersign", "政風室") == "countersigner");
  CHECK(desk.role("wang03", "document.countersign", "人事室").empty());
}

TEST_CASE("who may read which label", "[identity]") {
  Desk desk;
  const auto labels = [&](const std::string& account) {
    const auto person = desk.person(account);
    return desk.rules.readable_labels(&person, kToday);
  };
  using Labels = std::vector<std::string>;
  CHECK(desk.rules.readable_labels(nullptr, kToday) == Labels{"公開"});  // the console
  CHECK(labels("zhou07") == Labels{"公開", "內部使用"});
  CHECK(labels("lin01") == Labels{"公開", "內部使用", "限閱", "敏感", "機密"});
  CHECK(labels("sun05") == Labels{"公開", "內部使用", "限閱", "敏感", "機密"});
  CHECK(labels("chen04") == Labels{"公開", "內部使用", "限閱", "敏感", "機密"});
  auto gone = desk.person("chen04");
  gone.disabled = kToday;
  CHECK(desk.rules.readable_labels(&gone, kToday) == Labels{"公開"});
}

TEST_CASE("an unknown role or label is refused with the known ones named", "[identity]") {
  Desk desk;
  CHECK(desk.office.refusal([&] { (void)desk.rules.require_role("署長"); }) == "unknown-role");
  try {
    (void)desk.rules.require_classification("絕對機密");
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.code() == "unknown-classification");
    CHECK(error.said().zh.find("限閱") != std::string::npos);
  }
}

TEST_CASE("the purposes are the profile's, or the first ones where it has none", "[identity]") {
  Office at;
  CHECK(identity::Rules(at.store().evidence()).require_purpose("audit").zh == "稽核");
  change_rules(at, "rules/profile.json", "{\"certificate_days\": 365,\"profile\": \"seed-3.5\"}\n");
  CHECK(identity::Rules(at.store().evidence()).require_purpose("audit").zh == "稽核");
  change_rules(
      at, "rules/profile.json",
      "{\"purposes\": [{\"code\": \"court\", \"zh\": \"法院調閱\", \"en\": \"court\"}]}\n");
  const identity::Rules rules(at.store().evidence());
  CHECK(rules.require_purpose("court").zh == "法院調閱");
  CHECK(at.refusal([&] { (void)rules.require_purpose("audit"); }) == "unknown-purpose");
}

TEST_CASE("the policy of a statement is the digest of the rules and the commit they stood in",
          "[identity]") {
  Office at;
  const auto before = identity::policy_of(at.store().evidence());
  CHECK(before.commit == at.mark().head);
  CHECK(before.sha256.starts_with("sha256:"));
  at.store().commit(act("login", "account lin01", "lin01"));
  CHECK(identity::policy_of(at.store().evidence()).sha256 == before.sha256);
  change_rules(at, "rules/profile.json", "{\"certificate_days\": 365,\"profile\": \"seed-3.5\"}\n");
  const auto after = identity::policy_of(at.store().evidence());
  CHECK(after.sha256 != before.sha256);
  CHECK(after.commit == at.mark().head);
}

TEST_CASE("a store without its rules, or with broken ones, says so", "[identity]") {
  Office at;
  change_rules(at, "rules/roles.json", "[{\"id\":\"owner\"}]");
  CHECK(at.refusal([&] { (void)identity::Rules(at.store().evidence()); }) == "bad-rules");
  change_rules(at, "rules/roles.json", "不是 JSON");
  CHECK(at.refusal([&] { (void)identity::Rules(at.store().evidence()); }) == "bad-rules");
  // A right that no function asks for would promise nothing.
  change_rules(at, "rules/roles.json",
               "[{\"id\":\"owner\",\"zh\":\"文件擁有者\",\"en\":\"owner\",\"rights\":[\"document."
               "shred\"]}]");
  CHECK(at.refusal([&] { (void)identity::Rules(at.store().evidence()); }) == "bad-rules");
  change_rules(at, "rules/roles.json", identity::default_rules().front().second);
  CHECK(at.refusal([&] { (void)identity::Rules(at.store().evidence()); }) == "done");
  change_rules(at, "rules/classification.json",
               "[{\"label\":\"機密\",\"readers\":[\"approver\"]}]");
  CHECK(at.refusal([&] { (void)identity::Rules(at.store().evidence()); }) == "bad-rules");
  CHECK(at.refusal([] { (void)identity::Rules(store::Snapshot({}, std::nullopt)); }) ==
        "bad-rules");
}
