// Every right there is: what it lets a person do, in which group it stands, and whether it can be delegated.
//
// Idea     A right is what one function of the service asks for; a role is a list of rights (rules/roles.json, data of the store). The
//          rights themselves are fixed by the program: a roles file that names another one is refused, as it would promise nothing.
// Groups   read, write, approve, sign, destroy, export, administer: the columns an auditor asks for.
// Source   肆/五/(六)/2/(3); 肆/二/(二).
#pragma once
#include <string>
#include <vector>

#include "base/error.h"

namespace vermilion::identity {

enum class RightGroup { read, write, approve, sign, destroy, exporting, administer };

struct Right {
  const char* id;  // "document.approve"
  RightGroup group;
  Said said;               // 核准文件 / approve a document
  bool delegable = false;  // whether anybody can use it for its holder
};

// By group, then as a document or record goes its way.
[[nodiscard]] const std::vector<Right>& all_rights();
[[nodiscard]] const Right* find_right(const std::string& id);

[[nodiscard]] std::string group_name(RightGroup group);   // "read"
[[nodiscard]] std::string group_label(RightGroup group);  // 讀取

}  // namespace vermilion::identity
