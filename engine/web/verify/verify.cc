// The whole store verified, as `vermilion verify` does it.
#include "service/stores.h"
#include "web/routes.h"

namespace vermilion::web {

Response show_verify(Visit& visit) { return visit.page("verify/verify", "驗證", Json::object()); }

Response run_verify(Visit& visit) {
  const HeavyWork heavy(visit.site().whole_store);
  auto data = service::verify_store(visit.context(), {});
  data["ran"] = true;
  data["count"] = data["problems"].size();
  return visit.page("verify/verify", "驗證", data);
}

}  // namespace vermilion::web
