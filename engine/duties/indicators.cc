#include "duties/indicators.h"

#include <fmt/format.h>

#include <charconv>

#include "base/error.h"
#include "base/text.h"
#include "base/yaml.h"
#include "model/members.h"

namespace vermilion::duties {
namespace {

struct Place {
  std::string document;
  int line = 0;
};

[[noreturn]] void refuse(const Place& place, const std::string& zh, const std::string& en) {
  throw Error(
      Failure::invalid, "bad-indicator",
      {fmt::format("{} 第 {} 行的量測指標有誤：{}；請修訂該份文件", place.document, place.line, zh),
       fmt::format("{} line {}: bad indicator: {}; revise the document", place.document, place.line,
                   en)});
}

std::string require_scalar(const Yaml& map, const char* key, const Place& place) {
  const Yaml& member = map[key];
  if (member.is_text() && !trim(member.text()).empty()) return std::string(trim(member.text()));
  refuse(place, fmt::format("缺少 {}", key), fmt::format("no '{}'", key));
}

int number_of(const std::string& id, const Place& place) {
  const auto dash = id.rfind('-');
  const std::string_view digits = std::string_view(id).substr(dash == id.npos ? 0 : dash + 1);
  int number = 0;
  const auto end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, number);
  if (dash != id.npos && read.ec == std::errc() && read.ptr == end && number > 0) return number;
  refuse(place, "id 應如 IND-2", "id must look like IND-2");
}

void read_target(const Yaml& map, const Place& place, Indicator& indicator) {
  const Yaml& target = map["target"];
  if (!target.is_map()) refuse(place, "缺少 target", "no 'target'");
  indicator.comparison = require_scalar(target, "operator", place);
  if (indicator.comparison != "<=" && indicator.comparison != ">=")
    refuse(place, "operator 應為 <= 或 >=", "operator must be <= or >=");
  indicator.target = target.needed("value").number();
  indicator.unit = require_scalar(target, "unit", place);
}

Indicator read_indicator(const markup::Block& block, const Place& place) {
  const Yaml map = read_yaml(block.literal, block.line + 1);
  if (!map.is_map()) refuse(place, "內容應為欄位與值", "it must be members and values");
  Indicator indicator;
  indicator.id = require_scalar(map, "id", place);
  indicator.number = number_of(indicator.id, place);
  indicator.name = require_scalar(map, "name", place);
  indicator.clause = block.clause;
  read_target(map, place, indicator);
  indicator.sources = map["source"].texts();
  return indicator;
}

void collect(const std::vector<markup::Block>& blocks, const std::string& document,
             std::vector<Indicator>& found) {
  for (const auto& block : blocks) {
    collect(block.children, document, found);
    if (block.kind != markup::BlockKind::code || block.info != "indicator") continue;
    const Place place{document, block.line};
    try {
      found.push_back(read_indicator(block, place));
    } catch (const YamlError& error) {
      refuse(place, error.said().zh, error.said().en);
    }
    for (size_t i = 0; i + 1 < found.size(); ++i) {
      if (found[i].number != found.back().number) continue;
      refuse(place, "編號 " + found[i].id + " 重複", found[i].id + " is there twice");
    }
  }
}

[[noreturn]] void refuse_values(const std::string& zh, const std::string& en) {
  throw Error(Failure::invalid, "bad-measurement",
              {"量測指標年報有誤：" + zh + "；請更正該份紀錄",
               "bad annual report of indicators: " + en + "; correct the record"});
}

Measured read_measured(const Json& row) {
  if (!row.is_object() || !row.contains("no") || !row["no"].is_number_integer())
    refuse_values("有一列沒有項次", "a row has no number");
  Measured measured;
  measured.number = row["no"].get<int>();
  if (!row.contains("value") || !row["value"].is_number())
    refuse_values(fmt::format("指標 {} 沒有數值", measured.number),
                  fmt::format("indicator {} has no value", measured.number));
  measured.value = row["value"].get<double>();
  measured.evidence = model::member_or(row, "evidence", measured.evidence);
  measured.analysis = string_or_empty(row, "analysis");
  return measured;
}

}  // namespace

std::vector<Indicator> indicators_in(const markup::Document& document) {
  const auto id = document.front_matter.find("id");
  std::vector<Indicator> found;
  collect(document.blocks, id == document.front_matter.end() ? "文件" : id->second, found);
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  return found;
}

bool met(const Indicator& indicator, double value) {
  return indicator.comparison == ">=" ? value >= indicator.target : value <= indicator.target;
}

std::vector<Measured> measured_in(const Json& values) {
  std::vector<Measured> all;
  for (const Json& row : model::member_or(values, "indicators", Json::array())) {
    auto measured = read_measured(row);
    for (const auto& other : all) {
      if (other.number == measured.number)
        refuse_values(fmt::format("指標 {} 有兩列", other.number),
                      fmt::format("indicator {} has two rows", other.number));
    }
    all.push_back(std::move(measured));
  }
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  return all;
}

}  // namespace vermilion::duties
