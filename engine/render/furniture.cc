#include "render/furniture.h"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

namespace vermilion::render {
namespace {

constexpr float furniture_size = 8;
constexpr float header_y = 46;
constexpr float footer_above = 40;  // the foot of the page

float right_edge(const Page& page) { return page.size.width - style::margin_right; }

void put_right(Page& page, const Line& line, float y) {
  page.add(line.ink, right_edge(page) - line.width, y);
}

void rule_across(Page& page, float y) {
  page.rules.push_back({style::margin_left, y, right_edge(page), y, 0.4F, style::hairline});
}

void header(Page& page, const PdfRequest& request, Typesetter& typesetter) {
  const Line grade = typesetter.line({span(request.classification, Weight::bold, style::vermilion)},
                                     furniture_size);
  const Span name = span(request.id + "　" + request.title, Weight::regular, style::quiet);
  const float room = style::text_width_of(page.size) - grade.width - 20;
  page.add(typesetter.fitted(name, furniture_size, room).ink, style::margin_left, header_y);
  put_right(page, grade, header_y);
  rule_across(page, header_y + 7);
}

void footer(Page& page, const PdfRequest& request, size_t number, size_t count,
            Typesetter& typesetter) {
  const auto quiet = [&](const std::string& text) {
    return typesetter.line({span(text, Weight::regular, style::quiet)}, furniture_size);
  };
  const float y = page.size.height - footer_above;
  rule_across(page, y - 14);
  page.add(quiet("版次 " + request.version).ink, style::margin_left, y);
  const Line notice = quiet(request.notice);
  page.add(notice.ink, (page.size.width - notice.width) / 2, y);
  put_right(page, quiet(fmt::format("第 {}／{} 頁", number, count)), y);
}

}  // namespace

Ink aslant(const std::string& text, Colour colour, PageSize size, Typesetter& typesetter) {
  const float degrees = size.width < size.height ? 52 : 38;
  const float angle = degrees * std::numbers::pi_v<float> / 180;
  const float unit = std::max(1.0F, typesetter.line({span(text, Weight::bold)}, 1).width);
  const float large = std::min(170.0F, 560 / unit);
  Line line = typesetter.line({span(text, Weight::bold, colour)}, large);
  Ink ink;
  for (TextRun run : line.ink.texts) {
    const float along = run.x - line.width / 2;
    const float drop = 0.36F * large;  // centres the ideographs on the line
    run.x = size.width / 2 + along * std::cos(angle) + drop * std::sin(angle);
    run.y = size.height / 2 - along * std::sin(angle) + drop * std::cos(angle);
    run.degrees = degrees;
    ink.texts.push_back(std::move(run));
  }
  return ink;
}

void furnish(std::vector<Page>& pages, const PdfRequest& request, Typesetter& typesetter) {
  for (size_t i = 0; i < pages.size(); ++i) {
    Page page;
    page.size = pages[i].size;
    if (!request.state_mark.empty())
      page.texts = aslant(request.state_mark, style::ghost, page.size, typesetter).texts;
    header(page, request, typesetter);
    footer(page, request, i + 1, pages.size(), typesetter);
    page.add(pages[i], 0, 0);
    pages[i] = std::move(page);
  }
}

}  // namespace vermilion::render
