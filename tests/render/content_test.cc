#include "render/content.h"

#include <catch2/catch.hpp>

using namespace vermilion;
using render::Colour;
using render::PageContent;
using render::Stroke;

namespace {

constexpr Colour black{};

// What is drawn on a page 100 points high.
PageContent page(const render::Structure* structure = nullptr) { return {{200, 100}, structure}; }

render::TextRun run(float tracking = 0, bool embolden = false) {
  render::TextRun text;
  text.x = 1.05F;
  text.y = 10;
  text.size = 9.2F;
  text.tracking = tracking;
  text.embolden = embolden;
  text.text = U"密";
  return text;
}

}  // namespace

TEST_CASE("numbers are written to thousandths, y from the bottom", "[pdf]") {
  auto content = page();
  content.draw(render::Fill{-0.5F, 0.25F, 1.0006F, -0.0004F, black});
  CHECK(content.finish() == "0 0 0 rg\n-0.5 99.75 1.001 0 re f\n");
}

TEST_CASE("a string holds any byte", "[pdf]") {
  auto content = page();
  content.draw(run(), "F1", std::string_view("\0(\\)\r\n", 6));
  const Bytes written = content.finish();
  CHECK(written.find(std::string_view("(\0\\(\\\\\\)\\r\n) Tj", 15)) != Bytes::npos);
}

TEST_CASE("font, colour and tracking are set when they change", "[pdf]") {
  auto content = page();
  content.draw(run(0.5F), "F1", "ab");
  content.draw(run(0.5F), "F1", "ab");
  content.draw(run(), "F2", "ab");
  const std::string text = "BT\n1.05 90 Td\n(ab) Tj\nET\n";
  CHECK(content.finish() ==
        "0 0 0 rg\n/F1 9.2 Tf\n0.5 Tc\n" + text + text + "/F2 9.2 Tf\n0 Tc\n" + text);
}

TEST_CASE("what is emboldened after a dotted rule has solid outlines and leaves the text as it was",
          "[pdf]") {
  auto content = page();
  content.draw(render::Rule{0, 0, 10, 0, 1, black, Stroke::dotted});
  content.draw(run(0, true), "F1", "ab");
  CHECK(content.finish() ==
        "0 0 0 RG\n[1 3] 0 d\n0 100 m\n10 100 l S\n"
        "0 0 0 rg\n/F1 9.2 Tf\n0.276 w\n[] 0 d\n2 Tr\nBT\n1.05 90 Td\n(ab) Tj\nET\n0 Tr\n");
}

TEST_CASE("marked content is numbered from nought, artifacts apart", "[pdf]") {
  render::Structure structure;
  const auto first = structure.add("P");
  const auto second = structure.add("P");
  auto content = page(&structure);
  const render::Fill fill{0, 0, 1, 1, black};
  for (const auto tag : {first, first, render::artifact, second}) {
    content.mark(tag);
    content.draw(fill);
  }
  CHECK(content.finish() ==
        "/P <</MCID 0>> BDC\n0 0 0 rg\n0 99 1 1 re f\n0 99 1 1 re f\nEMC\n"
        "/Artifact BMC\n0 99 1 1 re f\nEMC\n/P <</MCID 1>> BDC\n0 99 1 1 re f\nEMC\n");
  CHECK(content.marks() == std::vector{first, second});
}
