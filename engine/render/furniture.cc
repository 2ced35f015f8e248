#include "render/furniture.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace vermilion::render {
namespace {

constexpr float furniture_size = 8;
constexpr float header_y = 46;
constexpr float footer_y = style::page_height - 40;

void put_right(Ink& page, const Line& line, float y) {
  page.add(line.ink, style::right_edge - line.width, y);
}

void header(Ink& page, const PdfRequest& request, Typesetter& typesetter) {
  const Line grade = typesetter.line({span(request.classification, Weight::bold, style::vermilion)},
                                     furniture_size);
  const Span name = span(request.id + "　" + request.title, Weight::regular, style::quiet);
  page.add(
      typesetter
          .fitted(name, furniture_size, style::right_edge - style::margin_left - grade.width - 20)
          .ink,
      style::margin_left, header_y);
  put_right(page, grade, header_y);
  page.rules.push_back(
      {style::margin_left, header_y + 7, style::right_edge, header_y + 7, 0.4F, style::hairline});
}

void footer(Ink& page, const PdfRequest& request, size_t number, size_t count,
            Typesetter& typesetter) {
  const auto quiet = [&](const std::string& text) {
    return typesetter.line({span(text, Weight::regular, style::quiet)}, furniture_size);
  };
  page.rules.push_back(
      {style::margin_left, footer_y - 14, style::right_edge, footer_y - 14, 0.4F, style::hairline});
  page.add(quiet("版次 " + request.version).ink, style::margin_left, footer_y);
  const Line notice = quiet(request.notice);
  page.add(notice.ink, (style::page_width - notice.width) / 2, footer_y);
  put_right(page, quiet(fmt::format("第 {}／{} 頁", number, count)), footer_y);
}

}  // namespace

Ink aslant(const std::string& text, Colour colour, Typesetter& typesetter) {
  constexpr float degrees = 52;
  constexpr float angle = degrees * std::numbers::pi_v<float> / 180;
  const float unit = std::max(1.0F, typesetter.line({span(text, Weight::bold)}, 1).width);
  const float large = std::min(170.0F, 560 / unit);
  Line line = typesetter.line({span(text, Weight::bold, colour)}, large);
  Ink ink;
  for (TextRun run : line.ink.texts) {
    const float along = run.x - line.width / 2;
    const float drop = 0.36F * large;  // centres the ideographs on the line
    run.x = style::page_width / 2 + along * std::cos(angle) + drop * std::sin(angle);
    run.y = style::page_height / 2 - along * std::sin(angle) + drop * std::cos(angle);
    run.degrees = degrees;
    ink.texts.push_back(std::move(run));
  }
  return ink;
}

void furnish(std::vector<Ink>& pages, const PdfRequest& request, Typesetter& typesetter) {
  Ink under;
  if (!request.state_mark.empty()) under = aslant(request.state_mark, style::ghost, typesetter);
  for (size_t i = 0; i < pages.size(); ++i) {
    Ink page;
    page.texts = under.texts;
    header(page, request, typesetter);
    footer(page, request, i + 1, pages.size(), typesetter);
    page.add(pages[i], 0, 0);
    pages[i] = std::move(page);
  }
}

}  // namespace vermilion::render
