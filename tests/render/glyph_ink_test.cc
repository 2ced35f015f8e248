// Text extraction cannot see a glyph that was lost: only a picture can. Every character gets a cell
// of its own.
#include <set>

#include "base/text.h"
#include "render/drawing.h"
#include "render/finish.h"
#include "render/typeset.h"
#include "samples.h"

using namespace vermilion;
using namespace vermilion::render;

namespace {

constexpr float cell = 24;
constexpr size_t columns = 22;
constexpr size_t sheet_rows = 32;

std::vector<char32_t> characters_of(const std::string& text) {
  std::set<char32_t> distinct;
  for (const char32_t c : code_points(text)) {
    if (!is_space(c) && !is_invisible(c)) distinct.insert(c);
  }
  return {distinct.begin(), distinct.end()};
}

std::string grid_pdf(const std::vector<char32_t>& characters, Weight weight) {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  std::vector<Ink> pages;
  for (size_t i = 0; i < characters.size(); ++i) {
    if (i % (columns * sheet_rows) == 0) pages.emplace_back();
    const size_t at = i % (columns * sheet_rows);
    const Line line = typesetter.line({{std::u32string(1, characters[i]), weight, {}, {}}}, 16);
    pages.back().add(line.ink, 20 + static_cast<float>(at % columns) * cell,
                     40 + static_cast<float>(at / columns) * cell);
  }
  fonts.require_all();
  const PageSize size{style::page_width, style::page_height};
  return mapped_pdf(draw_pages(pages, fonts, size, nullptr));
}

std::string cell_picture(const samples::Picture& page, size_t at) {
  const float scale = static_cast<float>(page.width) / style::page_width;
  const auto left = static_cast<size_t>((20 + static_cast<float>(at % columns) * cell - 3) * scale);
  const auto top = static_cast<size_t>((40 + static_cast<float>(at / columns) * cell - 17) * scale);
  const auto side = static_cast<size_t>(cell * scale);
  std::string pixels;
  for (size_t y = top; y < top + side; ++y)
    pixels += page.gray.substr(y * static_cast<size_t>(page.width) + left, side);
  return pixels;
}

}  // namespace

TEST_CASE("every character of the regulation leaves ink of its own, in both weights", "[render]") {
  const auto characters =
      characters_of(samples::starter_text("ISMS-01-002.md") +
                    "\U00020BB7\U0002137C㛄䧟☐☑☒✓■□○●※①⑳㊣℃㎡←↑→↓≦≧≠∞\U00029D5A");
  REQUIRE(characters.size() > 800);
  for (const Weight weight : {Weight::regular, Weight::bold}) {
    const auto pages = samples::pictures_of(grid_pdf(characters, weight), 100);
    std::set<std::string> different;
    for (size_t i = 0; i < characters.size(); ++i) {
      const auto picture =
          cell_picture(pages.at(i / (columns * sheet_rows)), i % (columns * sheet_rows));
      const bool ink = std::any_of(picture.begin(), picture.end(), [](char gray) {
        return static_cast<unsigned char>(gray) < 160;
      });
      INFO(utf8(characters[i]) << " U+" << std::hex << static_cast<unsigned>(characters[i]));
      CHECK(ink);
      different.insert(picture);
    }
    CHECK(different.size() + 3 >= characters.size());
  }
}
