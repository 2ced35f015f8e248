// The purpose, asked for before something protected is shown.
#include "base/uri.h"
#include "web/routes.h"
#include "web/show.h"

namespace vermilion::web {

Response ask_purpose(Visit& visit, const Error& error) {
  Json purposes = Json::array();
  for (const auto& one : visit.context().rules().purposes())
    purposes.push_back({{"code", one.code}, {"zh", one.zh}, {"en", one.en}});
  Json kept = Json::array();
  for (const auto& [name, value] : visit.request.query)
    if (name != "purpose") kept.push_back({{"name", name}, {"value", value}});
  std::string path;
  for (const auto& part : visit.request.path) path += "/" + percent_encoded(part);
  auto response = visit.page("opening/purpose", "載明目的",
                             {{"purposes", purposes}, {"kept", kept}, {"path", path}});
  response.status = status_of(error.failure());
  return response;
}

}  // namespace vermilion::web
