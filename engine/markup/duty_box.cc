#include "markup/duty_box.h"

#include <map>

#include "base/yaml.h"

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

std::string joined(const Yaml& node) {
  if (node.is_text()) return printed(node.text());
  std::string text;
  const auto add = [&](const char* between, const Yaml& part) {
    if (!text.empty()) text += between;
    text += joined(part);
  };
  if (node.is_list())
    for (const Yaml& item : node.items()) add("、", item);
  if (node.is_map())
    for (const auto& member : node.members()) add(" ", member.value);
  return text;
}

DutyBox box_of(const Yaml& map) {
  DutyBox box;
  for (const auto& member : map.members()) {
    auto value = joined(member.value);
    if (member.name == "id") {
      box.id = std::move(value);
    } else if (member.name == "duty" || member.name == "name") {
      box.duty += value;
    } else {
      box.details.emplace_back(printed(member.name), std::move(value));
    }
  }
  return box;
}

}  // namespace

bool is_duty_block(const Block& block) {
  return block.kind == BlockKind::code && (block.info == "obligation" || block.info == "indicator");
}

std::optional<DutyBox> read_duty_box(const Block& block) {
  if (!is_duty_block(block)) return std::nullopt;
  try {
    const Yaml map = read_yaml(block.literal);
    if (map.is_map()) return box_of(map);
  } catch (const YamlError&) {  // it is shown as it stands
  }
  return std::nullopt;
}

}  // namespace vermilion::markup
