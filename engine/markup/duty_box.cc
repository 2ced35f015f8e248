#include "markup/duty_box.h"

#include <yaml-cpp/yaml.h>

#include <map>

namespace vermilion::markup {
namespace {

// What the keys and the usual values of obligations and indicators are called in print.
std::string printed(const std::string& word) {
  static const std::map<std::string, std::string> words = {{"by", "辦理"},
                                                           {"every", "頻率"},
                                                           {"evidence", "佐證"},
                                                           {"target", "目標值"},
                                                           {"source", "資料來源"},
                                                           {"event", "遇事辦理"},
                                                           {"daily", "每日"},
                                                           {"weekly", "每週"},
                                                           {"monthly", "每月"},
                                                           {"quarterly", "每季"},
                                                           {"half-yearly", "每半年"},
                                                           {"yearly", "每年"},
                                                           {"once", "一次"},
                                                           {"periodic", "定期"},
                                                           {"continuous", "持續"},
                                                           {"<=", "≤"},
                                                           {">=", "≥"}};
  const auto known = words.find(word);
  return known == words.end() ? word : known->second;
}

std::string joined(const YAML::Node& node) {
  if (node.IsScalar()) return printed(node.as<std::string>());
  std::string text;
  for (const auto& member : node) {
    if (!text.empty()) text += node.IsMap() ? " " : "、";
    text += joined(node.IsMap() ? member.second : YAML::Node(member));
  }
  return text;
}

// Throws YAML::Exception where a key is not a word.
DutyBox box_of(const YAML::Node& map) {
  DutyBox box;
  if (map["id"]) box.id = joined(map["id"]);
  for (const char* key : {"duty", "name"}) {
    if (map[key]) box.duty += joined(map[key]);
  }
  for (const auto& member : map) {
    const auto key = member.first.as<std::string>();
    if (key != "id" && key != "duty" && key != "name")
      box.details.emplace_back(printed(key), joined(member.second));
  }
  return box;
}

}  // namespace

std::optional<DutyBox> read_duty_box(const Block& block) {
  if (block.info != "obligation" && block.info != "indicator") return std::nullopt;
  try {
    const YAML::Node map = YAML::Load(block.literal);
    if (map.IsMap()) return box_of(map);
  } catch (const YAML::Exception&) {  // no map of words: it is shown as it stands
  }
  return std::nullopt;
}

}  // namespace vermilion::markup
