#include "records/numbers.h"

#include <fmt/format.h>

#include <cstdlib>

#include "base/error.h"

namespace vermilion::records {

int roc_year(Date date) { return static_cast<int>(date.year()) - 1911; }

std::string number_text(const std::string& pattern, int year, int running) {
  const auto fields = pattern.find("{roc_year}");
  const int width = pattern.at(pattern.size() - 2) - '0';
  return fmt::format("{}{}-{:0{}}", pattern.substr(0, fields), year, running, width);
}

int running_of(const std::string& number) {
  const auto at = number.rfind('-');
  return at == std::string::npos ? 0 : std::atoi(number.c_str() + at + 1);
}

Numbers::Numbers(const store::Snapshot& evidence) {
  const auto bytes = evidence.read(kNumbersPath);
  last_ = bytes ? parse_json(*bytes) : Json{{"sequence", 0}, {"forms", Json::object()}};
}

std::uint64_t Numbers::take_sequence() {
  const auto next = last_.at("sequence").get<std::uint64_t>() + 1;
  last_["sequence"] = next;
  return next;
}

int Numbers::take(const std::string& form, int year) {
  auto& running = last_["forms"][form][std::to_string(year)];
  running = (running.is_null() ? 0 : running.get<int>()) + 1;
  return running.get<int>();
}

void Numbers::put(store::Changes& changes) const { changes.put(kNumbersPath, canonical(last_)); }

}  // namespace vermilion::records
