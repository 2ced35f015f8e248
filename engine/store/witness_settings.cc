#include "store/witness_settings.h"

#include <yaml-cpp/yaml.h>

#include "base/error.h"

namespace vermilion::store {
namespace {

WitnessSettings read_witness_settings(const YAML::Node& node) {
  WitnessSettings settings;
  if (!node) return settings;
  if (const auto urls = node["urls"]) {
    for (const auto& one : urls)
      settings.urls.push_back(
          {one["url"].as<std::string>(), one["verifier_key"].as<std::string>()});
  }
  if (const auto mail = node["mail"]) {
    settings.mail_to = mail["to"].as<std::string>();
    settings.mail_command = mail["command"].as<std::string>();
  }
  if (const auto folder = node["folder"]) settings.folder = folder.as<std::string>();
  return settings;
}

}  // namespace

WitnessSettings load_witness_settings(Disk& disk, const Path& store) {
  try {
    return read_witness_settings(YAML::Load(disk.read_all(store / "vermilion.yaml"))["witness"]);
  } catch (const YAML::Exception& error) {
    throw Error(
        Failure::invalid, "bad-settings",
        {std::string("vermilion.yaml 的 witness 無法讀取，請對照手冊修正：") + error.what(),
         std::string("witness in vermilion.yaml cannot be read; correct it by the manual: ") +
             error.what()});
  }
}

}  // namespace vermilion::store
