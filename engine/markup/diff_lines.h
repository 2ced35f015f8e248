// What changed between two forms of a clause: by line, then by character.
//
// Shape  Lines are matched in their order: equal ones, then those alike or with the same key. What stays
//        of a line that changed is not `whole`; nor is the heading, by which a reader knows the clause.
// Cost   Linear but for stretches of unlike lines, where each is compared with each: bounded, and
//        beyond it matched by key.
#pragma once
#include <vector>

#include "markup/diff.h"
#include "markup/shown_lines.h"

namespace vermilion::markup {

enum class Heading { no, yes };  // whether the first line is one

[[nodiscard]] std::vector<Part> diff_lines(const std::vector<ShownLine>& before,
                                           const std::vector<ShownLine>& after, Heading heading);

}  // namespace vermilion::markup
