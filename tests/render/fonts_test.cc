#include "render/fonts.h"

#include "base/error.h"
#include "render/subset.h"

using namespace vermilion;
using namespace vermilion::render;

namespace {

FontFiles without_fallbacks() {
  auto files = standard_fonts();
  for (auto& fallback : files.fallbacks)
    fallback.path = "/nonexistent/" + fallback.path.filename().string();
  return files;
}

// Advance and extents tell glyphs apart well enough.
std::array<int, 5> outline_of(hb_face_t* face, hb_codepoint_t c) {
  const hb::Font font(hb_font_create(face));
  hb_codepoint_t glyph = 0;
  CHECK(hb_font_get_nominal_glyph(font.get(), c, &glyph));
  hb_glyph_extents_t box{};
  hb_font_get_glyph_extents(font.get(), glyph, &box);
  return {hb_font_get_glyph_h_advance(font.get(), glyph), box.x_bearing, box.y_bearing, box.width,
          box.height};
}

}  // namespace

TEST_CASE("the shipped fonts come first and the fallbacks only for what they lack", "[render]") {
  Fonts fonts(standard_fonts());
  CHECK(fonts.use(U'資', Weight::regular).face == 0);
  CHECK(fonts.use(U'資', Weight::bold).face == 1);
  CHECK(fonts.faces().size() == 2);  // no fallback was opened
  const auto rare = fonts.use(0x20BB7, Weight::bold);
  CHECK(rare.face >= 2);
  CHECK(rare.embolden);
  fonts.require_all();
}

TEST_CASE("a missing glyph names the packages to install when fallbacks are absent", "[render]") {
  Fonts fonts(without_fallbacks());
  (void)fonts.use(0x20BB7, Weight::regular);
  (void)fonts.use(U'☐', Weight::regular);
  try {
    fonts.require_all();
    FAIL("nothing missing");
  } catch (const Error& error) {
    CHECK(error.code() == "missing-glyph");
    CHECK(error.said().zh.find("U+20BB7") != std::string::npos);
    CHECK(error.said().zh.find("U+2610") != std::string::npos);
    CHECK(error.said().zh.find("fonts-cns11643-sung fonts-hanazono") != std::string::npos);
  }
}

TEST_CASE("a shipped font that is not there is an error naming the file", "[render]") {
  auto files = standard_fonts();
  files.bold = "/nonexistent/NotoSansTC-Bold.ttf";
  try {
    Fonts fonts(files);
    FAIL("opened");
  } catch (const Error& error) {
    CHECK(error.code() == "font-missing");
    CHECK(error.said().zh.find("NotoSansTC-Bold.ttf") != std::string::npos);
  }
}

TEST_CASE("a subset maps each character to its own outline, through a code of its own",
          "[render]") {
  Fonts fonts(standard_fonts());
  for (const char32_t c :
       std::u32string_view(U"資訊安全管理規範ABC，。（一）㊣\U00020BB7\U0002137C\U00021375")) {
    (void)fonts.use(c, Weight::regular);
  }
  fonts.require_all();
  for (const auto& face : fonts.faces()) {
    const Subset subset = make_subset(*face);
    CHECK(subset.file.size() < 20000);
    const hb::Blob blob(hb_blob_create(subset.file.data(),
                                       static_cast<unsigned>(subset.file.size()),
                                       HB_MEMORY_MODE_READONLY, nullptr, nullptr));
    const hb::Face small(hb_face_create(blob.get(), 0));
    std::set<std::uint16_t> codes;
    for (const auto& [c, code] : subset.codes) {
      INFO(static_cast<unsigned>(c));
      CHECK((code >= 0x0100 && code < 0xD800 && codes.insert(code).second));
      CHECK(outline_of(small.get(), code) == outline_of(face->get(), c));
    }
  }
}
