// Charts for the pages of the web: fenced blocks `chart` as pictures.
//
// Errors  as render/chart_svg.h
#pragma once
#include <optional>
#include <string>

namespace vermilion::service {

struct ChartPictures {
  std::string title;
  std::string wide;  // SVG, 704 pixels
  std::string
      phone;  // the same for a small screen, 326 pixels; "" for a table, which keeps its width
};

// Nothing if `yaml` is no chart: then it is shown as it stands.
[[nodiscard]] std::optional<ChartPictures> chart_pictures(const std::string& yaml);

}  // namespace vermilion::service
