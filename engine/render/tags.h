// Writes the structure of a document into its PDF: element tree, parent tree, alternate texts.
//
// Shape    Elements without content are left out, but for the empty cells of a row. The children of an element stand in
//          the order of what is drawn first in them. A link whose annotation was not made becomes a plain Span.
// Source   ISO 32000-1 14.7, 14.8; ISO 14289-1.
#pragma once
#include <utility>
#include <vector>

#include "render/drawing.h"
#include "render/written_file.h"

namespace vermilion::render {

// An annotation of a page, a link's or a form field's, and the element it belongs to.
struct TaggedLink {
  size_t page = 0;
  Tag tag = artifact;
  QPDFObjectHandle annotation;
};

// Before the file is written: what the catalogue, the pages and the annotations say of the structure to come.
void announce_tags(QPDF& pdf, const std::vector<TaggedLink>& links);
// After it: the structure itself.
void put_tags(WrittenFile& file, QPDF& pdf, const Structure& structure, const Drawn& drawn,
              const std::vector<TaggedLink>& links);

}  // namespace vermilion::render
