#include "markup/layout.h"

#include <fmt/format.h>

#include <array>

#include "base/error.h"

namespace vermilion::markup {
namespace {

struct Choice {
  const char* name;
  const char* usual;
  const char* other;
};
constexpr std::array choices = {Choice{"style", "report", "official"},
                                Choice{"orientation", "portrait", "landscape"}};

bool is_other(const std::map<std::string, std::string>& front_matter, const Choice& choice) {
  const auto found = front_matter.find(choice.name);
  if (found == front_matter.end() || found->second == choice.usual) return false;
  if (found->second == choice.other) return true;
  throw Error(Failure::invalid, "bad-layout",
              {fmt::format("檔頭 {} 不能是「{}」；請寫 {} 或 {}", choice.name, found->second,
                           choice.usual, choice.other),
               fmt::format("{} in the front matter cannot be “{}”; write {} or {}", choice.name,
                           found->second, choice.usual, choice.other)});
}

}  // namespace

Layout layout_of(const std::map<std::string, std::string>& front_matter) {
  return {is_other(front_matter, choices[0]), is_other(front_matter, choices[1])};
}

std::string layout_lines(const std::map<std::string, std::string>& front_matter) {
  std::string lines;
  for (const auto& choice : choices) {
    if (is_other(front_matter, choice)) lines += fmt::format("{}: {}\n", choice.name, choice.other);
  }
  return lines.empty() ? "" : "---\n" + lines + "---\n";
}

}  // namespace vermilion::markup
