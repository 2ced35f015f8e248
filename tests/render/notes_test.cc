// Footnotes on their pages.
#include "render/paginate.h"
#include "render/qpdf.h"
#include "render/style.h"
#include "samples.h"

using namespace vermilion;
using namespace vermilion::render;
using namespace samples;

namespace {

Piece plain_piece(float height, const std::string& target = "") {
  Piece result;
  result.height = height;
  if (!target.empty()) result.ink.links.push_back({0, 0, 1, height, target});
  return result;
}

// A note of so many lines of 20 points, each a fill as wide as its number.
std::vector<Piece> note_lines(int count) {
  std::vector<Piece> lines;
  for (int i = 0; i < count; ++i) {
    lines.push_back(plain_piece(20));
    lines.back().ink.fills.push_back({0, 0, static_cast<float>(i + 1), 20, {}});
  }
  lines.front().ink.links.push_back({0, 0, 1, 20, "#nr-1"});
  return lines;
}

constexpr float page_foot = style::margin_top + style::text_height;

}  // namespace

TEST_CASE("a note stands at the foot of the page where its mark stands", "[render]") {
  std::string text;
  for (int i = 1; i <= 90; ++i)
    text += fmt::format("第{}段{}。\n\n", i, i == 40 ? "[^甲]" : i == 80 ? "[^乙]再[^甲]" : "");
  const auto pages = page_bodies(rendered(text + "[^甲]: 甲註在此\n\n[^乙]: 乙註在此\n"));
  for (const auto& [mark, note] : {std::pair("第40段1", "1甲註在此"), {"第80段2", "2乙註在此"}}) {
    size_t found = 0;
    for (const auto& page : pages) {
      if (page.find(mark) == std::string::npos) continue;
      ++found;
      CHECK(page.ends_with(note));
    }
    CHECK(found == 1);
  }
  CHECK(count_of(text_of(rendered(text + "[^甲]: 甲註在此\n\n[^乙]: 乙註在此\n")), "甲註在此") ==
        1);
}

TEST_CASE("text makes room for the notes of its page", "[render]") {
  const Notes notes{{"n-1", note_lines(3)}};
  std::vector<Piece> pieces(60, plain_piece(17));
  pieces[20] = plain_piece(17, "#n-1");
  const auto pages = paginate(pieces, notes);
  REQUIRE(pages.pages.size() == 2);
  REQUIRE(pages.pages[0].fills.size() == 3);
  CHECK(pages.pages[0].fills.back().y + 20 == Approx(page_foot));
  CHECK(pages.anchors.at("n-1").page == 0);
  CHECK(pages.anchors.at("nr-1").page == 0);
}

TEST_CASE("a note that does not fit is continued on the next page and loses no line", "[render]") {
  for (const int lines : {5, 30, 33, 34, 60, 100}) {
    INFO(lines);
    const Notes notes{{"n-1", note_lines(lines)}};
    std::vector<Piece> pieces(39, plain_piece(17));
    pieces.back() = plain_piece(17, "#n-1");
    pieces.emplace_back(plain_piece(100)).starts_page = true;
    const auto pages = paginate(pieces, notes);
    std::vector<float> numbers;
    for (const auto& page : pages.pages) {
      for (const auto& fill : page.fills) {
        numbers.push_back(fill.width);
        CHECK(fill.y + fill.height <= page_foot + 0.1F);
      }
    }
    REQUIRE(numbers.size() == static_cast<size_t>(lines));
    CHECK(std::is_sorted(numbers.begin(), numbers.end()));
    CHECK(pages.pages[pages.anchors.at("nr-1").page].fills.size() >= 2);
  }
}

TEST_CASE("notes whose notes have notes all come, each once", "[render]") {
  std::string text = "甲[^0]\n\n";
  for (int i = 0; i < 200; ++i) text += fmt::format("[^{}]: 註解{}[^{}]\n\n", i, i, (i + 1) % 200);
  const auto body = body_of(rendered(text));
  CHECK(count_of(body, "註解") == 200);
}

TEST_CASE("each note is an element with an id, and its number a label that leads back",
          "[render][archive]") {
  const auto bytes = rendered("甲[^1]乙[^2]\n\n[^1]: 註一\n\n[^2]: 註二\n");
  const auto pdf = open_pdf(bytes);
  auto names = pdf->getRoot().getKey("/StructTreeRoot").getKey("/IDTree").getKey("/Names");
  REQUIRE(names.getArrayNItems() == 4);
  CHECK(names.getArrayItem(0).getStringValue() == "note-1");
  auto note = names.getArrayItem(1);
  CHECK(note.getKey("/S").getName() == "/Note");
  CHECK(note.getKey("/ID").getStringValue() == "note-1");
  auto label = note.getKey("/K").getArrayItem(0);
  CHECK(label.getKey("/S").getName() == "/Lbl");
  CHECK(label.getKey("/K").getArrayItem(0).getKey("/S").getName() == "/Link");
  CHECK(note.getKey("/K").getArrayItem(1).getKey("/S").getName() == "/P");
}
