#include "service/charts.h"

#include "render/chart_svg.h"

namespace vermilion::service {
namespace {

constexpr float wide_points = 440;
constexpr float phone_points = 204;

}  // namespace

std::optional<ChartPictures> chart_pictures(const std::string& yaml) {
  const auto chart = render::read_chart(yaml);
  if (!chart) return std::nullopt;
  return ChartPictures{render::chart_title(*chart), render::chart_svg(*chart, wide_points),
                       chart->items.empty() ? render::chart_svg(*chart, phone_points) : ""};
}

}  // namespace vermilion::service
