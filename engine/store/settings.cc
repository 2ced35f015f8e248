#include "store/settings.h"

#include <fmt/format.h>

#include "base/error.h"
#include "store/settings_part.h"

namespace vermilion::store {
namespace {

// Text that a person may read in an editor; every value is quoted so that no value changes type.
std::string yaml_of(const Settings& settings) {
  return fmt::format(
      "store: {}\nname: {}\ntime_zone: {}\ncreated: {}\n"
      "log:\n  origin: {}\n  verifier_key: {}\nmaster_key:\n  file: {}\n",
      yaml_quoted(settings.id), yaml_quoted(settings.name), yaml_quoted(settings.time_zone),
      yaml_quoted(settings.created), yaml_quoted(settings.log_origin),
      yaml_quoted(settings.verifier_key), yaml_quoted(settings.master_key_file.string()));
}

Settings read_settings(const Yaml& node) {
  return {.id = node.needed("store").text(),
          .name = node.needed("name").text(),
          .time_zone = node.needed("time_zone").text(),
          .created = node.needed("created").text(),
          .log_origin = node["log"].needed("origin").text(),
          .verifier_key = node["log"].needed("verifier_key").text(),
          .master_key_file = node["master_key"].needed("file").text()};
}

// A store whose making was cut short has its folders but not yet this file, which comes last.
void require_whole(Disk& disk, const Path& store) {
  if (disk.exists(store / settings_name)) return;
  if (disk.exists(store / "journal") || disk.exists(store / "evidence.git")) {
    throw Error(Failure::invalid, "store-incomplete",
                {"資料庫建立未完成，請移除此資料夾後重新執行 vermilion init：" + store.string(),
                 "making this store was cut short; remove the folder and run `vermilion init` "
                 "again: " +
                     store.string()});
  }
  throw Error(Failure::not_found, "no-store",
              {"此資料夾沒有資料庫（缺少 vermilion.yaml），請確認路徑或先執行 vermilion init：" +
                   store.string(),
               "no store in this folder (vermilion.yaml is missing); check the path or run "
               "`vermilion init`: " +
                   store.string()});
}

}  // namespace

Settings load_settings(Disk& disk, const Path& store) {
  require_whole(disk, store);
  const Bytes bytes = disk.read_all(store / settings_name);
  try {
    return read_settings(read_yaml(bytes));
  } catch (const YamlError& error) {
    bad_settings("", error.said());
  }
}

void save_settings(Disk& disk, const Path& store, const Settings& settings) {
  disk.replace(store / settings_name, yaml_of(settings));
}

}  // namespace vermilion::store
