// The text of a document as pieces: clauses with hanging labels, headings, lists, quotes, tables,
// boxes.
//
// Pages    A table that an upright page is too narrow for stands on landscape pages; with "orientation: landscape" in the
//          front matter everything does.
//
// Shape    Each heading and each clause has an anchor; headings are listed for contents and
// outline. Units    Points from the left margin.
#pragma once
#include <string>
#include <vector>

#include "markup/document.h"
#include "render/figure.h"
#include "render/indents.h"
#include "render/pieces.h"

namespace vermilion::render {

struct Heading {
  int level = 1;      // 1 for the outermost kind of the document
  std::string label;  // 壹、
  std::string title;
  std::string anchor;
};

struct Body {
  std::vector<Piece> pieces;
  std::vector<Heading> headings;
  Notes notes;
};

// A first heading equal to `title` is set as the title of the text and is not listed. `below` is the level of the
// heading over the whole text: 1 where a cover has it, else 0.
[[nodiscard]] Body compose_body(const markup::Document& document, const std::string& title,
                                int below, Typesetter& typesetter,
                                const Pictures& pictures = {});

}  // namespace vermilion::render
