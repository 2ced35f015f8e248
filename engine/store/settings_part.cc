#include "store/settings_part.h"

#include <fmt/format.h>

namespace vermilion::store {

void bad_settings(const std::string& part, const Said& why) {
  const auto zh = part.empty() ? part : fmt::format(" 的 {}", part);
  const auto en = part.empty() ? part : fmt::format("{} in ", part);
  throw Error(
      Failure::invalid, "bad-settings",
      {fmt::format("vermilion.yaml{} 無法讀取，請對照手冊修正：{}", zh, why.zh),
       fmt::format("{}vermilion.yaml cannot be read; correct it by the manual: {}", en, why.en)});
}

}  // namespace vermilion::store
