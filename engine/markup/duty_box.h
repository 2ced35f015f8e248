// Fenced blocks `obligation` and `indicator` as a reader meets them, on paper and on a page.
//
// Shape   id and the duty (or name) first, then every other member of the YAML with the name it has in print. Known keys
//         and values are said in Chinese (yearly 每年), others as written.
// Source  docs-src/formats/markdown.md 3.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "markup/document.h"

namespace vermilion::markup {

struct DutyBox {
  std::string id;
  std::string duty;
  std::vector<std::pair<std::string, std::string>> details;  // 頻率, 每年
};

// By its name alone.
[[nodiscard]] bool is_duty_block(const Block& block);

// Nothing if the block is another one, or its YAML is not a map: then it is shown as it stands.
[[nodiscard]] std::optional<DutyBox> read_duty_box(const Block& block);

}  // namespace vermilion::markup
