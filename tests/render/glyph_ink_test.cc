// Text extraction cannot see a glyph that was lost: only a picture can. Every character gets a cell
// of its own.
#include <unicode/unistr.h>

#include <set>

#include "base/text.h"
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
  std::vector<Page> pages;
  for (size_t i = 0; i < characters.size(); ++i) {
    if (i % (columns * sheet_rows) == 0) pages.emplace_back().size = style::upright;
    const size_t at = i % (columns * sheet_rows);
    const Line line = typesetter.line({{std::u32string(1, characters[i]), weight, {}, {}}}, 16);
    pages.back().add(line.ink, 20 + static_cast<float>(at % columns) * cell,
                     40 + static_cast<float>(at / columns) * cell);
  }
  fonts.require_all();
  return bare_pdf(pages, fonts);
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

namespace {

// Every `step`th character of Big5: level 1 (A440 to C67E) and level 2 (C940 to F9D5).
std::vector<char32_t> big5_sample(int offset, int step) {
  std::string bytes;
  int number = 0;
  for (int lead = 0xA4; lead <= 0xF9; ++lead) {
    for (int trail = 0x40; trail <= 0xFE; ++trail) {
      const int code = lead << 8 | trail;
      const bool in_use = (trail <= 0x7E || trail >= 0xA1) &&
                          (code <= 0xC67E || (code >= 0xC940 && code <= 0xF9D5));
      if (!in_use || ++number % step != offset) continue;
      bytes += static_cast<char>(lead);
      bytes += static_cast<char>(trail);
    }
  }
  const icu::UnicodeString text(bytes.data(), static_cast<int32_t>(bytes.size()), "Big5");
  std::string utf8;
  text.toUTF8String(utf8);
  return characters_of(utf8);
}

void check_ink(const std::vector<char32_t>& characters, Weight weight) {
  const auto pages = samples::pictures_of(grid_pdf(characters, weight), 100);
  std::set<std::string> different;
  for (size_t i = 0; i < characters.size(); ++i) {
    const auto picture =
        cell_picture(pages.at(i / (columns * sheet_rows)), i % (columns * sheet_rows));
    const bool ink = std::any_of(picture.begin(), picture.end(),
                                 [](char gray) { return static_cast<unsigned char>(gray) < 160; });
    INFO(utf8(characters[i]) << " U+" << std::hex << static_cast<unsigned>(characters[i]));
    CHECK(ink);
    different.insert(picture);
  }
  CHECK(different.size() + 3 >= characters.size());
}

}  // namespace

TEST_CASE("every character of the starter texts leaves ink of its own, in both weights",
          "[render]") {
  const auto characters = characters_of(
      samples::starter_texts() +
      "\U00020BB7\U0002137C㛄䧟☐☑☒✓■□○●※①⑳㊣℃㎡←↑→↓≦≧≠∞\U00029D5A\U000F0000\U000F0006");
  REQUIRE(characters.size() > 1000);
  for (const Weight weight : {Weight::regular, Weight::bold}) check_ink(characters, weight);
}

TEST_CASE("characters of both levels of Big5 leave ink of their own", "[render]") {
  const auto regular = big5_sample(0, 20);
  REQUIRE(regular.size() > 640);
  CHECK(std::find(regular.begin(), regular.end(), 0xFFFD) == regular.end());
  check_ink(regular, Weight::regular);
  check_ink(big5_sample(10, 20), Weight::bold);
}
