// The files of the pages, inside the program: templates, and the style and pictures that browsers ask for.
//
// Shape    Made at build time by embed.cmake from engine/web/**: each *.mustache by its path without the ending
//          ("documents/list"), one style sheet out of every style.css (shared/ first), each *.svg, the scripts of script/ importing each other by those names. An asset's name carries the hash
//          of its bytes, so a browser may keep it for ever.
// Threads  Constant.
#pragma once
#include <string_view>
#include <vector>

namespace vermilion::web {

struct Template {
  std::string_view name;
  std::string_view text;
};

struct Asset {
  std::string_view role;  // "style", "seal", "sign"
  std::string_view path;  // "/assets/style.1f0c….css"
  std::string_view type;
  std::string_view bytes;
};

[[nodiscard]] const std::vector<Template>& templates();
[[nodiscard]] const std::vector<Asset>& assets();

}  // namespace vermilion::web
