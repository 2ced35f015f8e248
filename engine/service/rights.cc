#include "service/rights.h"

#include "identity/rights.h"
#include "records/registers.h"

namespace vermilion::service {

Json rights_matrix(Context& context) {
  Json roles = Json::array();
  for (const auto& role : context.rules().roles())
    roles.push_back({{"role", role.id}, {"zh", role.zh}, {"en", role.en}});
  Json rights = Json::array();
  for (const auto& right : identity::all_rights()) {
    Json holders = Json::array();
    for (const auto& role : context.rules().roles())
      if (role.rights.contains(right.id)) holders.push_back(role.id);
    rights.push_back({{"right", right.id},
                      {"group", identity::group_name(right.group)},
                      {"group_zh", identity::group_label(right.group)},
                      {"zh", right.said.zh},
                      {"en", right.said.en},
                      {"delegable", right.delegable},
                      {"roles", holders}});
  }
  return {{"roles", roles}, {"rights", rights}};
}

Bytes rights_matrix_csv(Context& context) {
  const auto matrix = rights_matrix(context);
  records::Table table = {{"類別 group", "權限 right", "說明", "description"}};
  for (const auto& role : matrix["roles"]) {
    table.front().push_back(require_string(role, "zh") + " " + require_string(role, "en") + " (" +
                            require_string(role, "role") + ")");
  }
  for (const auto& right : matrix["rights"]) {
    std::vector<std::string> row = {
        require_string(right, "group_zh") + " " + require_string(right, "group"),
        require_string(right, "right"), require_string(right, "zh"), require_string(right, "en")};
    for (const auto& role : matrix["roles"]) {
      const auto& holders = right["roles"];
      const bool held = std::find(holders.begin(), holders.end(), role["role"]) != holders.end();
      row.push_back(held ? "✓" : "");
    }
    table.push_back(std::move(row));
  }
  return records::to_csv(table);
}

}  // namespace vermilion::service
