#include "render/chart_legend.h"

#include <algorithm>

#include "render/chart_line.h"

namespace vermilion::render {
namespace {

class Legend {
 public:
  Legend(const std::vector<Chart>& panels, Typesetter& typesetter)
      : panels_(panels), typesetter_(typesetter) {}

  Line draw() {
    for (const auto kind : {ChartKind::bar, ChartKind::line}) {
      for (const bool met : {true, false}) {
        if (judged(kind, met)) mark(kind, met);
      }
    }
    for (const auto kind : {ChartKind::bar, ChartKind::line}) {
      if (any(kind, [](const Chart& chart) { return chart.target.has_value(); })) target(kind);
    }
    if (any(ChartKind::line, [](const Chart& chart) { return chart.band.has_value(); })) band();
    if (line_.width > 0) line_.width -= between;
    return std::move(line_);
  }

 private:
  static constexpr float between = 10;

  template <typename Wanted>
  bool any(ChartKind kind, Wanted wanted) {
    return std::any_of(panels_.begin(), panels_.end(),
                       [&](const Chart& chart) { return chart.kind == kind && wanted(chart); });
  }

  bool judged(ChartKind kind, bool met) {
    return any(kind, [&](const Chart& chart) {
      return std::any_of(chart.bars.begin(), chart.bars.end(),
                         [&](const Bar& bar) { return bar.met == met; });
    });
  }

  void mark(ChartKind kind, bool met) {
    if (kind == ChartKind::bar) {
      draw_bar(line_.ink, {line_.width, -6.2F, 13, 6.4F, style::bar},
               met ? Manner::full : Manner::hatched);
      return words(17, met ? "達成" : "未達");
    }
    met ? draw_square(line_.ink, line_.width + 3, -2.9F)
        : draw_cross(line_.ink, line_.width + 3, -2.9F);
    words(9, met ? "達成" : "未達");
  }

  // As it stands in the panel: upright beside bars, lying in a line's.
  void target(ChartKind kind) {
    const float x = line_.width;
    const bool upright = kind == ChartKind::bar;
    line_.ink.rules.push_back(upright ? Rule{x + 4, -7, x + 4, 1, 0.9F, style::vermilion}
                                      : Rule{x, -2.9F, x + 13, -2.9F, 0.9F, style::vermilion});
    words(upright ? 9 : 17, "目標值");
  }

  void band() {
    line_.ink.fills.push_back({line_.width, -6.2F, 13, 6.4F, band_colour});
    words(17, "目標範圍");
  }

  void words(float after, const char* text) {
    line_.width += after;
    const Line line =
        typesetter_.line({span(text, Weight::regular, style::quiet)}, small_setting.size);
    line_.ink.add(line.ink, line_.width, 0);
    line_.width += line.width + between;
  }

  const std::vector<Chart>& panels_;
  Typesetter& typesetter_;
  Line line_;
};

}  // namespace

Line chart_legend(const std::vector<Chart>& panels, Typesetter& typesetter) {
  return Legend(panels, typesetter).draw();
}

}  // namespace vermilion::render
