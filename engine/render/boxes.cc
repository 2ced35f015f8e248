#include "render/boxes.h"

#include <yaml-cpp/yaml.h>

#include <sstream>

#include "render/chart.h"

namespace vermilion::render {
namespace {

constexpr float box_padding = 7;

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

YAML::Node map_in(const std::string& literal) {
  try {
    const YAML::Node node = YAML::Load(literal);
    if (node.IsMap()) return node;
  } catch (const YAML::Exception&) {  // not YAML: it is shown as it stands
  }
  return YAML::Node(YAML::NodeType::Undefined);
}

Spans headline(const YAML::Node& map) {
  Spans spans;
  if (map["id"]) spans.push_back(span(joined(map["id"]) + "　", Weight::bold, style::vermilion));
  for (const char* key : {"duty", "name"}) {
    if (map[key]) spans.push_back(span(joined(map[key]), Weight::regular, style::ink));
  }
  return spans;
}

// Names such as room-daily-log stay on one line: U+2060 joins what stands around it.
std::string unbroken(const std::string& text) {
  std::string result;
  for (const char c : text) {
    result += c;
    if (c == '-') result += "\u2060";
  }
  return result;
}

Spans details(const YAML::Node& map) {
  Spans spans;
  for (const auto& member : map) {
    const auto key = member.first.as<std::string>();
    if (key == "id" || key == "duty" || key == "name") continue;
    const std::string gap = spans.empty() ? "" : "　";
    spans.push_back(span(gap + printed(key) + " ", Weight::regular, style::quiet));
    spans.push_back(span(unbroken(joined(member.second)), Weight::regular, style::ink));
  }
  return spans;
}

// Tint behind every line and a bar at the left; a little overlap, so that no seam shows between
// lines.
void dress(std::vector<Piece>& pieces, float x, float right, bool bar) {
  for (size_t i = 0; i < pieces.size(); ++i) {
    const float above = i == 0 ? 4 : 0;
    Ink moved;
    moved.add(pieces[i].ink, 0, above);
    pieces[i].ink = std::move(moved);
    pieces[i].height += above + (i + 1 == pieces.size() ? 4 : 0);
    const float overlap = i + 1 == pieces.size() ? 0 : 0.4F;
    pieces[i].ink.fills.push_back({x, 0, right - x, pieces[i].height + overlap, style::tint});
    if (bar)
      pieces[i].ink.fills.push_back(
          {x, 0, 1.4F, pieces[i].height + overlap, style::pale_vermilion});
  }
  if (!pieces.empty()) pieces.front().space_before = 4;
}

std::vector<Piece> duty_pieces(const YAML::Node& map, float x, float right,
                               Typesetter& typesetter) {
  std::vector<Line> lines;
  const Inside box(typesetter.structure(), typesetter.structure().add("Div"));
  for (const Spans& spans : {headline(map), details(map)}) {
    const Tag tag = typesetter.structure().add("P");
    for (Line& line : typesetter.lines(spans, small_setting.size, right - x - 2 * box_padding)) {
      typesetter.structure().mark(line.ink, tag);
      lines.push_back(std::move(line));
    }
  }
  auto pieces = line_pieces(lines, x + box_padding, small_setting);
  if (pieces.size() < 20) {
    for (size_t i = 0; i + 1 < pieces.size(); ++i) pieces[i].keep_with_next = true;
  }
  dress(pieces, x, right, true);
  return pieces;
}

std::vector<Piece> code_pieces(const std::string& literal, float x, float right,
                               Typesetter& typesetter) {
  constexpr Setting setting{8.8F, 14};
  std::vector<Line> lines;
  std::istringstream source(literal);
  for (std::string text; std::getline(source, text);) {
    auto broken = typesetter.lines({span(text)}, setting.size, right - x - 2 * box_padding);
    if (broken.empty()) broken.emplace_back();
    for (Line& line : broken) lines.push_back(std::move(line));
  }
  auto pieces = line_pieces(lines, x + box_padding, setting);
  mark(pieces, typesetter.structure().add("P"), typesetter.structure());
  dress(pieces, x, right, false);
  return pieces;
}

}  // namespace

std::vector<Piece> box_pieces(const markup::Block& block, float x, float right,
                              Typesetter& typesetter) {
  if (block.info == "obligation" || block.info == "indicator") {
    const YAML::Node map = map_in(block.literal);
    if (map.IsDefined()) return duty_pieces(map, x, right, typesetter);
  }
  if (block.info == "chart") {
    if (const auto chart = read_chart(block.literal))
      return chart_pieces(*chart, x, right, typesetter);
  }
  return code_pieces(block.literal, x, right, typesetter);
}

}  // namespace vermilion::render
