// Fenced blocks: obligations and indicators as quiet boxes, charts (chart.h), other code line by line.
//
// Shape    A box shows every member of its YAML: id and the duty (or name) first, the others as
// small labelled
//          values. A block whose YAML is not a map is drawn as code.
#pragma once
#include <vector>

#include "markup/document.h"
#include "render/pieces.h"

namespace vermilion::render {

// The pieces of a code block between x and `right`.
[[nodiscard]] std::vector<Piece> box_pieces(const markup::Block& block, float x, float right,
                                            Typesetter& typesetter);

}  // namespace vermilion::render
