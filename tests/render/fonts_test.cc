#include "render/fonts.h"

#include "base/disk.h"
#include "base/error.h"
#include "render/subset.h"
#include "render/typeset.h"
#include "samples.h"

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
std::array<int, 5> outline_of(hb_face_t* face, hb_codepoint_t glyph) {
  const hb::Font font(hb_font_create(face));
  hb_glyph_extents_t box{};
  hb_font_get_glyph_extents(font.get(), glyph, &box);
  return {hb_font_get_glyph_h_advance(font.get(), glyph), box.x_bearing, box.y_bearing, box.width,
          box.height};
}

hb_codepoint_t glyph_of(hb_face_t* face, hb_codepoint_t c) {
  const hb::Font font(hb_font_create(face));
  hb_codepoint_t glyph = 0;
  CHECK(hb_font_get_nominal_glyph(font.get(), c, &glyph));
  return glyph;
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

TEST_CASE("letters that join and marks that turn the order are missing, whatever font has them",
          "[render]") {
  for (const char32_t c : {U'\u202E', U'\u2067', U'\u200F', U'\u0628', U'\u05D0', U'\u0915',
                           U'\u0E01', U'\u0308', U'\U000E0100'}) {
    Fonts fonts(standard_fonts());
    (void)fonts.use(c, Weight::regular);
    INFO(static_cast<unsigned>(c));
    CHECK_THROWS_AS(fonts.require_all(), Error);
  }
  Fonts fonts(standard_fonts());
  for (const char32_t c : U"資ㄅㄚあアé Ω Я㎡①→℃€｜\u3000\u00A0") {
    if (c != 0) (void)fonts.use(c, Weight::regular);
  }
  fonts.require_all();
}

TEST_CASE("a curly quotation mark is narrow in Latin words and wide among Chinese", "[render]") {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  const auto width = [&](const char* text) { return typesetter.natural_width({span(text)}, 10); };
  CHECK(width("doesn’t") < width("doesnt") + 4);
  CHECK(width("“yes,”") < width("yes,") + 11);
  CHECK(width("所謂“資安”者") == Approx(70));
  const auto pdf = samples::rendered("The organisation’s ‘restricted’ 資料稱為“機密”。\n");
  CHECK(samples::body_of(pdf) == "Theorganisation’s‘restricted’資料稱為“機密”。");
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
      CHECK((code > 0 && codes.insert(code).second));
      const auto glyph = glyph_of(face->get(), c);
      CHECK(outline_of(small.get(), subset.glyphs.at(code)) == outline_of(face->get(), glyph));
      CHECK(subset.widths.at(code) == std::lround(face->advance(c) * 1000));
    }
  }
}

TEST_CASE("two characters that share a glyph come back as themselves", "[render]") {
  Fonts fonts(standard_fonts());
  const std::u32string_view pair = U"⼀一";  // U+2F00, the radical, and U+4E00
  for (const char32_t c : pair) (void)fonts.use(c, Weight::regular);
  const Subset subset = make_subset(*fonts.faces().front());
  const auto radical = subset.codes.at(pair[0]), one = subset.codes.at(pair[1]);
  CHECK(radical != one);
  CHECK(subset.glyphs.at(radical) == subset.glyphs.at(one));
  CHECK(samples::body_of(samples::rendered("部首⼀，數字一。\n")) == "部首⼀，數字一。");
}

TEST_CASE("a font without TrueType outlines is refused, not embedded as what it is not",
          "[render]") {
  SystemDisk disk;
  auto bytes = disk.read_all(standard_fonts().regular);
  bytes.replace(bytes.find("glyf"), 4, "glyx");
  const samples::TemporaryFile file(bytes);
  Face face(file.path());
  face.used = {U'資'};
  try {
    (void)make_subset(face);
    FAIL("subset");
  } catch (const Error& error) {
    CHECK(error.code() == "font-subset-failed");
    CHECK(error.said().zh.find("TrueType") != std::string::npos);
  }
}

TEST_CASE("a character that only CNS 11643 has is printed, copied as itself, and may end a line",
          "[render]") {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  const std::string name = "\U000F0000\U000F0001\U000F0006";
  CHECK(typesetter.lines({span(name)}, 10, 10.5F).size() == 3);
  fonts.require_all();
  const auto pdf = samples::rendered("承辦人" + name + "。\n");
  CHECK(samples::body_of(pdf) == "承辦人" + name + "。");
  const auto file = samples::TemporaryFile(pdf);
  CHECK(samples::output_of("qpdf --qdf --object-streams=disable " + file.path() + " -")
            .find("/Span <</ActualText <feffdb80dc00db80dc01db80dc06>>> BDC") != std::string::npos);
}

TEST_CASE("the em boxes of all faces stand on one line", "[render]") {
  Fonts fonts(standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  const auto line = typesetter.line({span("林\U0002137C")}, 10);
  REQUIRE(line.ink.texts.size() == 2);
  CHECK(line.ink.texts[0].y == 0);
  CHECK(line.ink.texts[1].y ==
        Approx(-0.8).margin(0.02));  // its em box reaches 0.80 em up, not 0.88
}

TEST_CASE("the official style sets text in 明體 and headings in 楷體, rare characters too",
          "[render]") {
  const auto pdf = samples::rendered(
      "---\nstyle: official\n---\n## 壹、總\U00020BB7則\n\n為保護\U00020BB7資訊 "
      "2026\U000F0000，**加強**管理☐。\n");
  const auto file = samples::TemporaryFile(pdf);
  const auto fonts = samples::output_of("pdffonts " + file.path());
  for (const char* name : {"TW-Sung", "TW-Kai", "TW-Kai-Ext-B", "TW-Sung-Ext-B", "TW-Sung-Plus"}) {
    INFO(name << "\n" << fonts);
    CHECK(fonts.find(name) != std::string::npos);
  }
  CHECK(fonts.find("Noto") == std::string::npos);
  CHECK(samples::body_of(pdf).find(
            "壹、總\U00020BB7則為保護\U00020BB7資訊2026\U000F0000，加強管理☐。") !=
        std::string::npos);
  Fonts official(official_fonts());
  CHECK(official.use(0x20BB7, Weight::bold).embolden);  // 楷體 is as light as 明體
  CHECK(official.use(U'資', Weight::bold).embolden);
  CHECK_FALSE(official.use(U'資', Weight::regular).embolden);
  CHECK_FALSE(official.use(U'A', Weight::bold, Hand::latin).embolden);
}

TEST_CASE("the official style sets Latin words in a serif of their own, on the line of the 明體",
          "[render]") {
  const auto pdf = samples::rendered(
      "---\nstyle: official\n---\n依 ISO 27001 與 café 之**規定 Annex**，don’t。\n");
  const auto file = samples::TemporaryFile(pdf);
  const auto names = samples::output_of("pdffonts " + file.path());
  CHECK(names.find("LiberationSerif ") != std::string::npos);
  CHECK(names.find("LiberationSerif-Bold") != std::string::npos);
  Fonts fonts(official_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  const auto line = typesetter.line({span("資A安")}, 10);
  REQUIRE(line.ink.texts.size() == 3);
  CHECK(line.ink.texts[0].y == line.ink.texts[1].y);
}
