// The rules a store works by, read from its own repository: roles and their rights, classification labels.
//
// Shape    rules/roles.json [{id, zh, en, rights[], apart[]?}], rules/classification.json [{label, rank, readers[]}] where readers
//          lists roles ("*": any account); rank 0 is open to all, the console included. A label with "authorisation" opens only to whom
//          the head of the unit has authorised (identity/authorisation.h). rules/profile.json: numbers, and the purposes [{code, zh, en}]
//          for which what is protected may be opened or taken away; a profile without them has the ones a new store begins with.
// Why      Rules are data, versioned and approved like documents (architecture invariant 14). A statement names the
//          commit and digest of the rules it was made under (policy_of).
// Errors   corrupt "bad-rules" when a file is missing or malformed, or a role has a right that does not exist (identity/rights.h).
#pragma once
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "model/person.h"
#include "model/statement.h"
#include "store/snapshot.h"

namespace vermilion::identity {

struct Role {
  std::string id;
  std::string zh;
  std::string en;
  std::set<std::string> rights;  // "document.approve"
  std::set<std::string> apart;   // roles that nobody holds on the same day as this one
};

struct Classification {
  std::string label;  // 公開
  int rank = 0;
  std::set<std::string> readers;
  bool authorisation = false;
};

struct Purpose {
  std::string code;  // "audit"
  std::string zh;
  std::string en;
};

// Threads  Any; a copy shares what was parsed, and the same content in rules/ is parsed once in a row.
class Rules {
 public:
  explicit Rules(const store::Snapshot& evidence);

  [[nodiscard]] const Role& require_role(
      const std::string& id) const;  // throws invalid "unknown-role"
  [[nodiscard]] const std::vector<Role>& roles() const { return content_->roles; }
  [[nodiscard]] const std::vector<Classification>& classifications() const {
    return content_->classifications;
  }
  [[nodiscard]] const Classification& require_classification(const std::string& label) const;
  [[nodiscard]] const std::vector<Purpose>& purposes() const { return content_->purposes; }
  // Throws invalid "unknown-purpose" naming the known ones.
  [[nodiscard]] const Purpose& require_purpose(const std::string& code) const;
  // A role the person holds on a day of the interval and may not hold beside its own; "" if there is none.
  [[nodiscard]] std::string role_apart(const model::Person& person,
                                       const model::RoleInterval& interval) const;
  // A role the person holds on that day which carries the right (for the unit, when named); "" if none does.
  [[nodiscard]] std::string role_with(const model::Person& person, const std::string& right,
                                      Date day, const std::string& unit = "") const;
  [[nodiscard]] bool may_read(const model::Person* person, const std::string& label,
                              Date day) const;
  // The labels this person may read; nullptr is the local console.
  [[nodiscard]] std::vector<std::string> readable_labels(const model::Person* person,
                                                         Date day) const;

 private:
  struct Content {
    std::vector<Role> roles;
    std::vector<Classification> classifications;
    std::vector<Purpose> purposes;
  };
  [[nodiscard]] static std::shared_ptr<const Content> parse(const store::Snapshot& evidence);

  std::shared_ptr<const Content> content_;
};

[[nodiscard]] model::Policy policy_of(const store::Snapshot& evidence);

// The files a new store begins with: the seed regulation's rules.
[[nodiscard]] std::vector<std::pair<std::string, Bytes>> default_rules();

}  // namespace vermilion::identity
