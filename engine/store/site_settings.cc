#include "store/site_settings.h"

#include "base/error.h"
#include "store/settings_part.h"

namespace vermilion::store {
namespace {

[[noreturn]] void bad_site(const std::string& reason) {
  throw Error(Failure::invalid, "bad-settings",
              {"vermilion.yaml 的 site 須為 https:// 開頭、不含路徑的網址：" + reason,
               "site in vermilion.yaml has to be an address that begins with https:// and has no "
               "path: " +
                   reason});
}

}  // namespace

std::string load_site(Disk& disk, const Path& store) {
  const auto address =
      read_settings_part(disk, store, "site", [](const Yaml& site) { return site.text(); });
  if (!address) return "";
  constexpr std::string_view scheme = "https://";
  if (!address->starts_with(scheme) || address->size() == scheme.size() ||
      address->find_first_of("/?# ", scheme.size()) != std::string::npos)
    bad_site(*address);
  return *address;
}

}  // namespace vermilion::store
