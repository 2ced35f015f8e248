// Gives each block of a parsed text the clause it opens or stands in.
#pragma once
#include <vector>

#include "markup/document.h"

namespace vermilion::markup {

void number_clauses(std::vector<Block>& blocks);

}  // namespace vermilion::markup
