// Indicators (量測指標) as the regulation states them, and measured values held against them.
//
// Shape    A fenced block `indicator` of a document: id IND-2, name, target {operator, value, unit}, every, source[].
// Rules    Met or missed is computed, never set by hand. A value without evidence is refused by the form.
// Errors   invalid "bad-indicator" naming document and line; "bad-measurement" for a row of a report without number or value,
//          or there twice.
// Source   seed 壹/五; architecture section 7; story S7.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "markup/document.h"

namespace vermilion::duties {

struct Indicator {
  std::string id;  // IND-2
  int number = 0;  // 2
  std::string name;
  std::string comparison;  // "<=", ">="
  double target = 0;
  std::string unit;
  std::string clause;      // where it stands: 壹/五/…
  std::vector<std::string> sources;
};

[[nodiscard]] std::vector<Indicator> indicators_in(const markup::Document& document);
[[nodiscard]] bool met(const Indicator& indicator, double value);

// From the values of a metric-annual-report record: {year, indicators: [{no, value, evidence[], analysis}]}.
struct Measured {
  int number = 0;
  double value = 0;
  std::vector<std::string> evidence;
  std::string analysis;
};
[[nodiscard]] std::vector<Measured> measured_in(const Json& values);

}  // namespace vermilion::duties
