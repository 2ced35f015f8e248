#include "render/furniture.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace vermilion::render {
namespace {

constexpr float size = 8;
constexpr float header_y = 46;
constexpr float footer_y = style::page_height - 40;
constexpr float left = style::margin_left;
constexpr float right = style::page_width - style::margin_right;

void put_right(Ink& page, const Line& line, float y) { page.add(line.ink, right - line.width, y); }

void header(Ink& page, const PdfRequest& request, Typesetter& typesetter) {
  const Line grade =
      typesetter.line({span(request.classification, Weight::bold, style::vermilion)}, size);
  const Span name = span(request.id + "　" + request.title, Weight::regular, style::quiet);
  page.add(typesetter.fitted(name, size, right - left - grade.width - 20).ink, left, header_y);
  put_right(page, grade, header_y);
  page.rules.push_back({left, header_y + 7, right, header_y + 7, 0.4F, style::hairline});
}

void footer(Ink& page, const PdfRequest& request, size_t number, size_t count,
            Typesetter& typesetter) {
  const auto quiet = [&](const std::string& text) {
    return typesetter.line({span(text, Weight::regular, style::quiet)}, size);
  };
  page.rules.push_back({left, footer_y - 14, right, footer_y - 14, 0.4F, style::hairline});
  page.add(quiet("版次 " + request.version).ink, left, footer_y);
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
