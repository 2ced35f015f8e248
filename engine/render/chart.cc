#include "render/chart.h"

#include <algorithm>

#include "render/chart_legend.h"
#include "render/chart_line.h"
#include "render/chart_status.h"
#include "render/chart_words.h"

namespace vermilion::render {
namespace {

constexpr Setting chart_heading{9.2F, 16};
constexpr float least_panel = 130;
constexpr float least_plot = 40;
constexpr float between = 20;

class ChartLayout {
 public:
  ChartLayout(const ChartBlock& block, float x, float right, Typesetter& typesetter)
      : block_(block), x_(x), right_(right), typesetter_(typesetter) {
    const auto fitting = static_cast<size_t>((right - x + between) / (least_panel + between));
    columns_ = std::clamp<size_t>(std::min(fitting, block.panels.size()), 1, 3);
    measure();
    while (columns_ > 1 && too_narrow()) {
      --columns_;
      measure();
    }
  }

  std::vector<Piece> pieces() {
    std::vector<Piece> result{head()};
    for (size_t first = 0; first < block_.panels.size(); first += columns_)
      result.push_back(row(first));
    for (size_t i = 0; i + 1 < result.size(); ++i) result[i].keep_with_next = true;
    result.back().ink.rules.push_back(
        {x_, result.back().height, right_, result.back().height, 0.7F, style::quiet});
    result.back().height += 6;
    return result;
  }

 private:
  bool too_narrow() const {
    return std::any_of(block_.panels.begin(), block_.panels.end(), [&](const Chart& chart) {
      return chart.kind == ChartKind::line
                 ? measure_.width - measure_.labels < least_line_plot(chart)
                 : measure_.plot() < least_plot;
    });
  }

  void measure() {
    const auto count = static_cast<float>(columns_);
    const float width = (right_ - x_ - between * (count - 1)) / count;
    measure_ = measure_panels(block_.panels, width, typesetter_);
  }

  // Title at the left, the legend at the right, or below a long title.
  Piece head() {
    Piece piece;
    piece.space_before = 10;
    piece.ink.rules.push_back({x_, 0, right_, 0, 0.9F, style::vermilion});
    const Line legend = chart_legend(block_.panels, typesetter_);
    const auto lines = typesetter_.lines({span(block_.title, Weight::bold)}, chart_heading.size,
                                         right_ - x_ - legend.width - 12);
    for (size_t i = 0; i < lines.size(); ++i) {
      const float y = 4 + static_cast<float>(i) * chart_heading.leading + baseline(chart_heading);
      piece.ink.add(lines[i].ink, x_, y);
    }
    piece.ink.add(legend.ink, right_ - legend.width, 4 + baseline(chart_heading));
    typesetter_.structure().mark(piece.ink, typesetter_.structure().add("P"));
    piece.height =
        4 + chart_heading.leading * static_cast<float>(std::max<size_t>(1, lines.size()));
    return piece;
  }

  Piece row(size_t first) {
    const size_t end = std::min(first + columns_, block_.panels.size());
    std::vector<std::vector<Line>> titles;
    size_t most = 0;
    for (size_t i = first; i < end; ++i) {
      titles.push_back(title_lines(block_.panels[i], measure_.width, typesetter_));
      most = std::max(most, titles.back().size());
    }
    const float title_height = static_cast<float>(most) * small_setting.leading + 2;
    Piece piece;
    for (size_t i = first; i < end; ++i) {
      const float x = x_ + static_cast<float>(i - first) * (measure_.width + between);
      panel(piece, block_.panels[i], titles[i - first], x, title_height);
    }
    piece.height += 9;
    return piece;
  }

  void panel(Piece& piece, const Chart& chart, const std::vector<Line>& title, float x,
             float title_height) {
    Ink ink;
    for (size_t k = 0; k < title.size(); ++k)
      ink.add(title[k].ink, x,
              5 + static_cast<float>(k) * small_setting.leading + baseline(small_setting));
    const PanelInk panel = panel_ink(chart, measure_, typesetter_);
    ink.add(panel.ink, x, 5 + title_height);
    const Tag figure = typesetter_.structure().add("Figure");
    typesetter_.structure().at(figure).alternate = spoken(chart);
    typesetter_.structure().mark(ink, figure);
    piece.ink.add(ink, 0, 0);
    piece.height = std::max(piece.height, 5 + title_height + panel.height);
  }

  const ChartBlock& block_;
  float x_;
  float right_;
  Typesetter& typesetter_;
  size_t columns_ = 1;
  PanelMeasure measure_;
};

}  // namespace

std::vector<Piece> chart_pieces(const ChartBlock& block, float x, float right,
                                Typesetter& typesetter) {
  if (!block.items.empty()) return status_pieces(block, x, right, typesetter);
  return ChartLayout(block, x, right, typesetter).pieces();
}

}  // namespace vermilion::render
