// Puts pieces on pages from top to bottom.
//
// Shape    A piece is what is never cut: a line of text, a table row, the line of a box.
// keep_with_next chains
//          pieces that belong together (heading and first lines, first two and last two lines of a
//          paragraph).
// Rules    A chain goes to the next page when it does not fit, unless it would not fit there
// either.
//          A piece that starts a page is preceded by its `header` (the table's first row).
// Units    Points; y from the top of the piece (ink) or of the page (Place).
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "render/ink.h"

namespace vermilion::render {

struct Piece {
  float space_before = 0;  // dropped at the top of a page
  float height = 0;
  Ink ink;
  bool keep_with_next = false;
  bool starts_page = false;
  std::shared_ptr<const Piece> header;  // repeated above this piece at the top of a page
  std::optional<Rule> at_break;         // drawn if this piece is the last one of its page
  std::vector<std::string> anchors;
};

struct Place {
  size_t page = 0;
  float y = 0;
};

struct Pages {
  std::vector<Ink> pages;
  std::map<std::string, Place> anchors;
};

[[nodiscard]] Pages paginate(const std::vector<Piece>& pieces);

}  // namespace vermilion::render
