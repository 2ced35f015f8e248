// Puts pieces on pages from top to bottom.
//
// Shape    A piece is what is never cut: a line of text, a table row, the line of a box.
// keep_with_next chains
//          pieces that belong together (heading and first lines, first two and last two lines of a
//          paragraph).
// Rules    A chain goes to the next page when it does not fit, unless it would not fit there
// either.
//          A piece that starts a page is preceded by its `header` (the table's first row).
// Notes    A link to "#n-1" in a piece brings the lines of that note to the foot of its page. A note that does not fit
//          there is continued on the next page, before that page's own; then at least two of its lines stand with the
//          mark. The place of the first mark is the anchor "nr-1".
// Sizes    A landscape piece stands on a landscape page, with those it is kept with.
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
  bool landscape = false;
  std::shared_ptr<const Piece> header;  // repeated above this piece at the top of a page
  std::optional<Rule> at_break;         // drawn if this piece is the last one of its page
  std::vector<std::string> anchors;
};

struct Place {
  size_t page = 0;
  float y = 0;
};

// The lines of each note, by its anchor.
using Notes = std::map<std::string, std::vector<Piece>>;

struct Pages {
  std::vector<Page> pages;
  std::map<std::string, Place> anchors;
};

[[nodiscard]] Pages paginate(const std::vector<Piece>& pieces, const Notes& notes = {});

}  // namespace vermilion::render
