// The rules a store works by, read from its own repository: roles and their rights, classification labels.
//
// Shape    rules/roles.json [{id, zh, en, rights[]}], rules/classification.json [{label, rank, readers[]}] where readers
//          lists roles ("*": any account); rank 0 is open to all, the console included. rules/profile.json: numbers.
// Why      Rules are data, versioned and approved like documents (architecture invariant 14). A statement names the
//          commit and digest of the rules it was made under (policy_of).
// Errors   corrupt "bad-rules" when a file is missing or malformed.
#pragma once
#include <map>
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
};

struct Classification {
  std::string label;  // 公開
  int rank = 0;
  std::set<std::string> readers;
};

class Rules {
 public:
  explicit Rules(const store::Snapshot& evidence);

  [[nodiscard]] const Role& require_role(
      const std::string& id) const;  // throws invalid "unknown-role"
  [[nodiscard]] const std::vector<Role>& roles() const { return roles_; }
  [[nodiscard]] const Classification& require_classification(const std::string& label) const;
  // A role the person holds on that day which carries the right (for the unit, when named); "" if none does.
  [[nodiscard]] std::string role_with(const model::Person& person, const std::string& right,
                                      Date day, const std::string& unit = "") const;
  [[nodiscard]] bool may_read(const model::Person* person, const std::string& label,
                              Date day) const;
  // The labels this person may read; nullptr is the local console.
  [[nodiscard]] std::vector<std::string> readable_labels(const model::Person* person,
                                                         Date day) const;

 private:
  std::vector<Role> roles_;
  std::vector<Classification> classifications_;
};

[[nodiscard]] model::Policy policy_of(const store::Snapshot& evidence);

// The files a new store begins with: the seed regulation's rules.
[[nodiscard]] std::vector<std::pair<std::string, Bytes>> default_rules();

}  // namespace vermilion::identity
