// Who may do what: the rights matrix, as a page and as a table to take away.
#include "service/rights.h"

#include <algorithm>

#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {

Response show_rights(Visit& visit) {
  auto data = service::rights_matrix(visit.context());
  std::string group;
  for (auto& right : data["rights"]) {
    right["begins"] = right["group"] != group;
    group = require_string(right, "group");
    right["cells"] = Json::array();
    for (const auto& role : data["roles"]) {
      const auto& holders = right["roles"];
      const bool held = std::find(holders.begin(), holders.end(), role["role"]) != holders.end();
      right["cells"].push_back({{"held", held}, {"zh", role["zh"]}});
    }
  }
  return visit.page("rights/rights", "權限", data);
}

Response rights_csv(Visit& visit) {
  return file("text/csv; charset=utf-8", "rights.csv", service::rights_matrix_csv(visit.context()));
}

}  // namespace vermilion::web
