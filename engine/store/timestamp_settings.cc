#include "store/timestamp_settings.h"

#include <yaml-cpp/yaml.h>

#include <type_traits>

#include "base/error.h"

namespace vermilion::store {
namespace {

std::string text_or_empty(const YAML::Node& node) { return node ? node.as<std::string>() : ""; }

TimestampSettings read_timestamp(const YAML::Node& node) {
  TimestampSettings settings{text_or_empty(node["url"]), text_or_empty(node["command"]),
                             node["ca"].as<std::string>(), text_or_empty(node["crl"])};
  if (const auto required = node["required"]) settings.required = required.as<bool>();
  if (const auto days = node["renew_days"])
    settings.renew_before = std::chrono::days(days.as<int>());
  if (settings.renew_before < std::chrono::days(1))
    throw YAML::Exception(node.Mark(), "renew_days is 1 or more");
  if (settings.url.empty() == settings.command.empty())
    throw YAML::Exception(node.Mark(), "one of url and command");
  return settings;
}

template <typename Read>
auto read_part(Disk& disk, const Path& store, const char* part, Read read)
    -> std::optional<std::invoke_result_t<Read, YAML::Node>> {
  try {
    const auto node = YAML::Load(disk.read_all(store / "vermilion.yaml"))[part];
    if (!node) return std::nullopt;
    return read(node);
  } catch (const YAML::Exception& error) {
    throw Error(
        Failure::invalid, "bad-settings",
        {std::string("vermilion.yaml 的 ") + part + " 無法讀取，請對照手冊修正：" + error.what(),
         std::string(part) +
             " in vermilion.yaml cannot be read; correct it by the manual: " + error.what()});
  }
}

}  // namespace

std::optional<TimestampSettings> load_timestamp_settings(Disk& disk, const Path& store) {
  return read_part(disk, store, "timestamp", read_timestamp);
}

}  // namespace vermilion::store
