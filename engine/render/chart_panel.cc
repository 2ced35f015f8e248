#include "render/chart_panel.h"

#include <algorithm>
#include <cmath>

#include "render/chart_line.h"
#include "render/chart_words.h"

namespace vermilion::render {
namespace {

constexpr float gap = 5;
constexpr float target_height = 12;  // the line of 「目標 ≤ 5 次」
constexpr float note_height = 11;    // the line of 「橫軸自 97 % 起」

struct Axis {
  double from = 0;
  double to = 1;
  [[nodiscard]] float at(double value, float width) const {
    return static_cast<float>((value - from) / (to - from)) * width;
  }
};

// Where the axis begins when everything on it lies in its last fifth: 96 for 97.6, 98 and 98.7.
double shortened_from(double least, double most) {
  const double span = most > least ? most - least : most * 0.02;
  const double power = std::round(std::log10(span));
  const double unit = std::pow(10, std::abs(power));  // a whole number: 97.1 stays 97.1
  const double from = power < 0 ? std::floor((least - span) * unit) / unit
                                : std::floor((least - span) / unit) * unit;
  return std::max(0.0, from);
}

Axis axis_of(const Chart& chart) {
  double least = chart.target.value_or(1e12);
  double most = chart.target.value_or(0);
  for (const Bar& bar : chart.bars) {
    if (!bar.value) continue;
    least = std::min(least, *bar.value);
    most = std::max(most, *bar.value);
  }
  if (most <= 0) return {0, 1};
  const bool near = chart.comparison == ">=" && chart.target && least > 0.8 * most;
  return {near ? shortened_from(least, most) : 0, most};
}

// Lines at 45 degrees within the rectangle, and its outline.
void hatch(Ink& ink, const Fill& r) {
  const auto rule = [&](float x1, float y1, float x2, float y2) {
    ink.rules.push_back({x1, y1, x2, y2, 0.55F, style::vermilion});
  };
  for (float d = 2.4F; d < r.width + r.height; d += 2.4F) {
    const float down = std::min(d, r.height), along = std::max(0.0F, d - r.height);
    const float right = std::min(d, r.width), above = std::max(0.0F, d - r.width);
    rule(r.x + along, r.y + down, r.x + right, r.y + above);
  }
  const float x2 = r.x + r.width, y2 = r.y + r.height;
  rule(r.x, r.y, x2, r.y);
  rule(x2, r.y, x2, y2);
  rule(x2, y2, r.x, y2);
  rule(r.x, y2, r.x, r.y);
}

class Panel {
 public:
  Panel(const Chart& chart, const PanelMeasure& measure, Typesetter& typesetter)
      : chart_(chart), measure_(measure), typesetter_(typesetter), axis_(axis_of(chart)) {
    left_ = measure.labels;
    plot_ = measure.plot();
  }

  PanelInk draw() {
    if (chart_.target) target_words();
    float y = target_height;
    for (const Bar& bar : chart_.bars) {
      row(bar, y);
      y += measure_.row_height;
    }
    ink_.rules.push_back({left_, target_height, left_, y, 0.5F, style::quiet});
    if (chart_.target) target_line(y);
    if (axis_.from > 0) note(y);
    return {std::move(ink_), y + (axis_.from > 0 ? note_height : 0)};
  }

 private:
  void put(const Line& line, float x, float top, float height) {
    ink_.add(line.ink, x, top + baseline({small_setting.size, height}));
  }

  void target_words() {
    const Line line = typesetter_.line(
        {span(target_text(chart_), Weight::regular, style::vermilion)}, small_setting.size);
    const float wanted = left_ + axis_.at(*chart_.target, plot_) - line.width / 2;
    put(line, std::clamp(wanted, 0.0F, std::max(0.0F, measure_.width - line.width)), 0,
        target_height - 1);
  }

  void target_line(float end) {
    const float x = left_ + axis_.at(*chart_.target, plot_);
    ink_.rules.push_back({x, target_height - 1, x, end, 0.9F, style::vermilion});
  }

  void row(const Bar& bar, float y) {
    put(typesetter_.fitted(span(bar.label, Weight::regular, style::quiet), small_setting.size,
                           measure_.labels - gap),
        0, y, measure_.row_height);
    if (bar.value) this->bar(bar, y + (measure_.row_height - measure_.bar_height) / 2);
    const Line value = typesetter_.line({value_span(bar)}, small_setting.size);
    put(value, left_ + plot_ + measure_.values - value.width, y, measure_.row_height);
    if (!is_missed(bar)) return;
    const Line mark =
        typesetter_.line({span("未達", Weight::bold, style::vermilion)}, small_setting.size);
    put(mark, measure_.width - mark.width, y, measure_.row_height);
  }

  void bar(const Bar& bar, float y) {
    const Fill place{left_, y, axis_.at(*bar.value, plot_), measure_.bar_height, style::bar};
    if (place.width < 0.1F) return;
    draw_bar(ink_, place, is_missed(bar) ? Manner::hatched : Manner::full);
    if (axis_.from > 0) slit(place);
  }

  // Two strokes of paper across the bar: part of it is left out.
  void slit(const Fill& place) {
    for (const float x : {place.x + 4, place.x + 7})
      ink_.rules.push_back({x, place.y + place.height + 1, x + 2.5F, place.y - 1, 1, {1, 1, 1}});
  }

  void note(float y) {
    const auto from = with_unit(value_text(axis_.from), chart_);
    put(typesetter_.line({span("橫軸自 " + from + " 起", Weight::regular, style::quiet)}, 6.6F),
        left_, y, note_height);
  }

  const Chart& chart_;
  const PanelMeasure& measure_;
  Typesetter& typesetter_;
  Axis axis_;
  float left_ = 0;
  float plot_ = 0;
  Ink ink_;
};

}  // namespace

Span value_span(const Bar& bar) {
  const auto weight = is_missed(bar) ? Weight::bold : Weight::regular;
  return span(bar.value ? value_text(*bar.value) : "—", weight);
}

void draw_bar(Ink& ink, const Fill& place, Manner manner) {
  if (manner == Manner::full) return ink.fills.push_back(place);
  hatch(ink, place);
}

PanelMeasure measure_panels(const std::vector<Chart>& panels, float width, Typesetter& typesetter) {
  PanelMeasure measure;
  measure.width = width;
  bool any_missed = false;
  for (const Chart& chart : panels) {
    if (chart.kind == ChartKind::line) {
      measure.labels = std::max(measure.labels, line_axis_width(chart, typesetter));
      continue;
    }
    for (const Bar& bar : chart.bars) {
      const auto wide = [&](const Span& words) {
        return typesetter.natural_width({words}, small_setting.size) + gap;
      };
      measure.labels = std::max(measure.labels, wide(span(bar.label)));
      measure.values = std::max(measure.values, wide(value_span(bar)));
      any_missed = any_missed || is_missed(bar);
    }
  }
  measure.labels = std::min(measure.labels, width / 3);
  if (any_missed) measure.marks = 2 * small_setting.size + gap;
  return measure;
}

std::vector<Line> title_lines(const Chart& chart, float width, Typesetter& typesetter) {
  const Line label = typesetter.line({span(chart.label, Weight::bold)}, small_setting.size);
  const float hang =
      chart.label.empty() ? 0 : std::min(width / 3, label.width + small_setting.size * 0.8F);
  auto lines =
      typesetter.lines({span(chart.title, Weight::bold)}, small_setting.size, width - hang);
  if (lines.empty()) lines.emplace_back();
  for (size_t i = 0; i < lines.size(); ++i) {
    Ink ink;
    if (i == 0) ink.add(label.ink, 0, 0);
    ink.add(lines[i].ink, hang, 0);
    lines[i].ink = std::move(ink);
  }
  return lines;
}

PanelInk panel_ink(const Chart& chart, const PanelMeasure& measure, Typesetter& typesetter) {
  return chart.kind == ChartKind::line ? line_panel(chart, measure, typesetter)
                                       : Panel(chart, measure, typesetter).draw();
}

}  // namespace vermilion::render
