#include "store/settings.h"

#include <yaml-cpp/yaml.h>

#include "base/error.h"

namespace vermilion::store {
namespace {

constexpr const char* kName = "vermilion.yaml";

// Text that a person may read in an editor; every value is quoted so that no value changes type.
std::string yaml_of(const Settings& settings) {
  YAML::Emitter out;
  out.SetStringFormat(YAML::DoubleQuoted);
  const auto put = [&](const char* key, const std::string& value) {
    out << YAML::Key << YAML::Auto << key << YAML::Value << YAML::DoubleQuoted << value;
  };
  out << YAML::BeginMap;
  put("store", settings.id);
  put("name", settings.name);
  put("time_zone", settings.time_zone);
  put("created", settings.created);
  out << YAML::Key << YAML::Auto << "log" << YAML::Value << YAML::BeginMap;
  put("origin", settings.log_origin);
  put("verifier_key", settings.verifier_key);
  out << YAML::EndMap << YAML::Key << YAML::Auto << "master_key" << YAML::Value << YAML::BeginMap;
  put("file", settings.master_key_file.string());
  out << YAML::EndMap << YAML::EndMap;
  return std::string(out.c_str()) + "\n";
}

Settings read_settings(const YAML::Node& node) {
  const auto text = [](const YAML::Node& value) { return value.as<std::string>(); };
  return {.id = text(node["store"]),
          .name = text(node["name"]),
          .time_zone = text(node["time_zone"]),
          .created = text(node["created"]),
          .log_origin = text(node["log"]["origin"]),
          .verifier_key = text(node["log"]["verifier_key"]),
          .master_key_file = text(node["master_key"]["file"])};
}

// A store whose making was cut short has its folders but not yet this file, which comes last.
void require_whole(Disk& disk, const Path& store) {
  if (disk.exists(store / kName)) return;
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
  const Bytes bytes = disk.read_all(store / kName);
  try {
    return read_settings(YAML::Load(bytes));
  } catch (const YAML::Exception& error) {
    throw Error(
        Failure::invalid, "bad-settings",
        {std::string("vermilion.yaml 無法讀取，請對照手冊修正：") + error.what(),
         std::string("vermilion.yaml cannot be read; correct it by the manual: ") + error.what()});
  }
}

void save_settings(Disk& disk, const Path& store, const Settings& settings) {
  disk.replace(store / kName, yaml_of(settings));
}

}  // namespace vermilion::store
