// What stands on every page: header, footer, and the mark under the text.
#pragma once
#include <vector>

#include "render/pdf.h"
#include "render/typeset.h"

namespace vermilion::render {

// Adds number and title, classification, version, 列印後為非管制文件 and 第 n／N 頁 to each page,
// and request.state_mark beneath everything, if there is one.
void furnish(std::vector<Page>& pages, const PdfRequest& request, Typesetter& typesetter);

// `text` large and aslant over the middle of a page of that size.
[[nodiscard]] Ink aslant(const std::string& text, Colour colour, PageSize size,
                         Typesetter& typesetter);

}  // namespace vermilion::render
