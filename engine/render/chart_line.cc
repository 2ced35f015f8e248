#include "render/chart_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "render/chart_axis.h"
#include "render/chart_words.h"

namespace vermilion::render {
namespace {

constexpr float axis_gap = 5;
constexpr float axis_size = 6.6F;
constexpr float words_height = 12;  // the line of 「目標 ≤ 5 次」
constexpr float above_point = 12;   // a value above the highest point
constexpr float row_height = 9;     // of a label or a note
constexpr float reach_of_cross = 2.6F;
constexpr size_t most_named = 12;

struct Point {
  float x = 0;
  std::optional<float> y;
};

class LinePanel {
 public:
  LinePanel(const Chart& chart, const PanelMeasure& measure, Typesetter& typesetter)
      : chart_(chart), measure_(measure), typesetter_(typesetter), ticks_(ticks_of(chart)) {
    left_ = measure.labels;
    right_ = measure.width - 2;
    slot_ = (right_ - left_) / static_cast<float>(chart.bars.size());
    any_missed_ = std::any_of(chart.bars.begin(), chart.bars.end(), is_missed);
    dense_ = widest_words() + 3 > slot_;
    const float words = dense_ ? 4 : above_point + (any_missed_ ? row_height : 0);
    top_ = words_height + words;
    bottom_ = top_ + std::clamp(measure.width * 0.3F, 52.0F, 105.0F);
    for (size_t i = 0; i < chart.bars.size(); ++i) {
      const auto& value = chart.bars[i].value;
      points_.push_back({left_ + (static_cast<float>(i) + 0.5F) * slot_,
                         value ? std::optional(y_of(*value)) : std::nullopt});
    }
  }

  PanelInk draw() {
    aim();
    axis();
    for (size_t i = 1; i < points_.size(); ++i) join(i - 1, i);
    const size_t every = labelled();
    for (size_t i = 0; i < points_.size(); ++i) {
      if ((points_.size() - 1 - i) % every == 0) label(i);
      point(i);
    }
    float end = bottom_ + row_height + 3;
    if (dense_ && any_missed_) end = note(missed_names(), Weight::bold, end);
    if (ticks_.from() > 0) {
      const auto from = with_unit(value_text(ticks_.from()), chart_);
      end = note("縱軸自 " + from + " 起", Weight::regular, end);
    }
    return {std::move(ink_), end};
  }

 private:
  [[nodiscard]] float y_of(double value) const {
    const double part = (value - ticks_.from()) / (ticks_.to() - ticks_.from());
    return bottom_ - static_cast<float>(part) * (bottom_ - top_);
  }

  // Of a value, or of the word below it.
  float widest_words() {
    float widest = 0;
    for (const Bar& bar : chart_.bars) {
      widest = std::max(widest, typesetter_.natural_width({value_span(bar)}, small_setting.size));
      if (is_missed(bar)) widest = std::max(widest, 2 * small_setting.size);
    }
    return widest;
  }

  void put(const Line& line, float centre, float base) {
    ink_.add(line.ink, beginning(line, centre), base);
  }

  [[nodiscard]] float beginning(const Line& line, float centre) const {
    return std::clamp(centre - line.width / 2, 0.0F, std::max(0.0F, measure_.width - line.width));
  }

  // The same in the plot, with paper behind it where the target's line would strike it out.
  void put_in_plot(const Span& words, size_t i, float base) {
    const Line line = typesetter_.line({words}, small_setting.size);
    const float above = base - 0.8F * small_setting.size, below = base + 1.5F;
    const float target = chart_.target ? y_of(*chart_.target) : -1;
    if (target > above - 1 && target < below + 1) {
      const float x = beginning(line, points_[i].x), middle = (above + below) / 2;
      ink_.rules.push_back({x - 1, middle, x + line.width + 1, middle, below - above, {1, 1, 1}});
    }
    put(line, points_[i].x, base);
  }

  // The band or the line of the target, and its words.
  void aim() {
    if (chart_.band) {
      const float above = y_of(chart_.band->to);
      ink_.fills.push_back(
          {left_, above, right_ - left_, y_of(chart_.band->from) - above, band_colour});
    }
    const auto words = target_text(chart_);
    if (words.empty()) return;
    const Line line = typesetter_.fitted(span(words, Weight::regular, style::vermilion),
                                         small_setting.size, measure_.width);
    put(line, right_ - line.width / 2, words_height - 3);
  }

  // Where each value is printed, ticks are enough; else lines lead to the points.
  void axis() {
    for (const double tick : ticks_.values) {
      const bool foot = tick == ticks_.from();
      const float end = foot || dense_ ? right_ : left_ + 2.5F;
      ink_.rules.push_back({left_, y_of(tick), end, y_of(tick), foot ? 0.5F : 0.3F,
                            foot || !dense_ ? style::quiet : style::hairline});
      const Line line =
          typesetter_.fitted(span(tick_text(ticks_, tick), Weight::regular, style::quiet),
                             axis_size, left_ - axis_gap);
      ink_.add(line.ink, left_ - axis_gap - line.width, y_of(tick) + axis_size * 0.35F);
    }
    ink_.rules.push_back({left_, top_, left_, bottom_, 0.5F, style::quiet});
    if (!chart_.target) return;
    const float y = y_of(*chart_.target);
    ink_.rules.push_back({left_, y, right_, y, 0.9F, style::vermilion});
  }

  // The line between two points that follow each other, short of a cross.
  void join(size_t from, size_t to) {
    if (!points_[from].y || !points_[to].y) return;
    float x1 = points_[from].x, y1 = *points_[from].y, x2 = points_[to].x, y2 = *points_[to].y;
    const float length = std::hypot(x2 - x1, y2 - y1);
    const float free = (reach_of_cross + 1.6F) / length;
    const float dx = (x2 - x1) * free, dy = (y2 - y1) * free;
    if (free > 0.4F) return;  // crosses that touch need no line
    if (is_missed(chart_.bars[from])) x1 += dx, y1 += dy;
    if (is_missed(chart_.bars[to])) x2 -= dx, y2 -= dy;
    ink_.rules.push_back({x1, y1, x2, y2, 1, style::quiet});
  }

  Line label_line(size_t i) {
    return typesetter_.fitted(span(chart_.bars[i].label, Weight::regular, style::quiet), axis_size,
                              (right_ - left_) / 2);
  }

  // Every how many points a label has room, the outer ones shifted inwards included.
  size_t labelled() {
    float widest = 0;
    for (size_t i = 0; i < points_.size(); ++i) widest = std::max(widest, label_line(i).width);
    if (widest + 3 <= slot_) return 1;
    return std::max<size_t>(2, static_cast<size_t>(std::ceil((1.5F * widest + 3) / slot_)));
  }

  void label(size_t i) {
    ink_.rules.push_back({points_[i].x, bottom_, points_[i].x, bottom_ + 2, 0.4F, style::quiet});
    put(label_line(i), points_[i].x, bottom_ + row_height);
  }

  void point(size_t i) {
    const Bar& bar = chart_.bars[i];
    if (!points_[i].y) {
      if (!dense_) words(bar, i, bottom_ - 3);
      return;
    }
    const float y = *points_[i].y;
    is_missed(bar) ? draw_cross(ink_, points_[i].x, y) : draw_square(ink_, points_[i].x, y);
    if (!dense_) words(bar, i, stands_below(i) ? y + 5 + 0.74F * small_setting.size : y - 5);
  }

  // The value, and 未達 on the side that is away from the point.
  void words(const Bar& bar, size_t i, float base) {
    put_in_plot(value_span(bar), i, base);
    if (!is_missed(bar) || !points_[i].y) return;
    const bool below = base > *points_[i].y;
    put_in_plot(span("未達", Weight::bold, style::vermilion), i,
                base + (below ? row_height : -row_height));
  }

  [[nodiscard]] bool stands_below(size_t i) const {
    const float height = is_missed(chart_.bars[i]) ? 5 + 2 * row_height : 5 + row_height;
    const float y = *points_[i].y;
    if (y + height > bottom_) return false;
    return crossed(i, y - height, y - 3) > crossed(i, y + 3, y + height);
  }

  // How many lines pass through the words of a point between these heights: to its neighbours, and the target's.
  [[nodiscard]] int crossed(size_t i, float above, float below) const {
    const float y = *points_[i].y;
    const bool upwards = below < y;
    int count = 0;
    for (const size_t next : {i - 1, i + 1}) {
      if (next >= points_.size() || !points_[next].y) continue;
      const float rise = *points_[next].y - y;
      if (std::abs(rise) > slot_ * 0.3F && (rise < 0) == upwards) ++count;
    }
    if (chart_.target) {
      const float line = y_of(*chart_.target);
      if (line > above && line < below) count += 2;
    }
    return count;
  }

  std::string missed_names() {
    std::string names;
    size_t count = 0;
    for (const Bar& bar : chart_.bars) {
      if (!is_missed(bar)) continue;
      if (++count > most_named) continue;
      names += (names.empty() ? "" : "、") + bar.label + " " +
               (bar.value ? value_text(*bar.value) : "—");
    }
    if (count > most_named) names += fmt::format(" 等 {} 點", count);
    return "未達：" + names;
  }

  float note(const std::string& text, Weight weight, float y) {
    const auto colour = weight == Weight::bold ? style::vermilion : style::quiet;
    for (const Line& line :
         typesetter_.lines({span(text, weight, colour)}, axis_size, measure_.width - left_)) {
      y += row_height;
      ink_.add(line.ink, left_, y - 2);
    }
    return y;
  }

  const Chart& chart_;
  const PanelMeasure& measure_;
  Typesetter& typesetter_;
  Ticks ticks_;
  float left_ = 0;
  float right_ = 0;
  float slot_ = 0;  // the width that a point has for itself
  float top_ = 0;
  float bottom_ = 0;
  bool any_missed_ = false;
  bool dense_ = false;
  std::vector<Point> points_;
  Ink ink_;
};

}  // namespace

float line_axis_width(const Chart& chart, Typesetter& typesetter) {
  const auto ticks = ticks_of(chart);
  float widest = 0;
  for (const double tick : ticks.values)
    widest = std::max(widest, typesetter.natural_width({span(tick_text(ticks, tick))}, axis_size));
  return widest + axis_gap + 0.5F;
}

float least_line_plot(const Chart& chart) {
  return std::clamp(static_cast<float>(chart.bars.size()) * 12, 60.0F, 180.0F);
}

PanelInk line_panel(const Chart& chart, const PanelMeasure& measure, Typesetter& typesetter) {
  return LinePanel(chart, measure, typesetter).draw();
}

void draw_square(Ink& ink, float x, float y) {
  ink.fills.push_back({x - 1.8F, y - 1.8F, 3.6F, 3.6F, style::quiet});
}

void draw_cross(Ink& ink, float x, float y) {
  const float r = reach_of_cross;
  ink.rules.push_back({x - r, y - r, x + r, y + r, 1.3F, style::vermilion});
  ink.rules.push_back({x - r, y + r, x + r, y - r, 1.3F, style::vermilion});
}

}  // namespace vermilion::render
