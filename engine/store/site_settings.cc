#include "store/site_settings.h"

#include <yaml-cpp/yaml.h>

#include "base/error.h"

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
  try {
    const auto site = YAML::Load(disk.read_all(store / "vermilion.yaml"))["site"];
    if (!site) return "";
    const auto address = site.as<std::string>();
    constexpr std::string_view scheme = "https://";
    if (!address.starts_with(scheme) || address.size() == scheme.size() ||
        address.find_first_of("/?# ", scheme.size()) != std::string::npos)
      bad_site(address);
    return address;
  } catch (const YAML::Exception& error) {
    bad_site(error.what());
  }
}

}  // namespace vermilion::store
