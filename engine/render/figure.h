// Pictures between the paragraphs of a text.
//
// Shape    Each picture is one piece and one Figure whose alternate text is what the Markdown says of it. It is as large as at 96 dots to
//          an inch, made smaller to fit between x and `right` and on a page with
//          `page_height` of text, never larger.
// Errors   As decode_image; invalid "images-too-large" for more than 48 million pixels in one text.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "markup/document.h"
#include "render/image.h"
#include "render/pieces.h"

namespace vermilion::render {

using Pictures = std::map<std::string, std::shared_ptr<const Image>>;  // by file name

// What the text shows of `files`; nothing else is decoded.
[[nodiscard]] Pictures decode_pictures(const markup::Document& document,
                                       const std::map<std::string, Bytes>& files);

// The pieces of a paragraph that is nothing but pictures, all of them known; none for any other.
[[nodiscard]] std::vector<Piece> figure_pieces(const markup::Block& block, float x, float right,
                                               float page_height, const Pictures& pictures,
                                               Typesetter& typesetter);

}  // namespace vermilion::render
