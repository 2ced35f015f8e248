// Links and the outline (bookmarks) of a PDF.
#pragma once
#include "render/finish.h"
#include "render/qpdf.h"
#include "render/tags.h"

namespace vermilion::render {

// One annotation per link of `pages`: a URL, or a place in this document. A link to an unknown anchor is left out.
std::vector<TaggedLink> add_links(QPDF& pdf, const std::vector<Page>& pages, const Finish& finish);

// The entries as a tree; an entry whose anchor has no place is left out.
void add_outline(QPDF& pdf, const std::vector<Page>& pages, const Finish& finish);

// Each page's label is the number printed on it; that of a cover is 封面.
void add_page_labels(QPDF& pdf, const Finish& finish);

}  // namespace vermilion::render
