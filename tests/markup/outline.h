// What the tests of this layer ask of a parsed text.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "markup/document.h"

// The paths of all clauses, in order.
std::vector<std::string> paths(const vermilion::markup::Document& document);

// The clause, or an empty one: the comparison that follows then fails and shows it.
vermilion::markup::Clause clause_at(const std::vector<vermilion::markup::Clause>& all,
                                    std::string_view path);

// All text of a document in order, with the labels of list items.
std::string whole_text(const std::vector<vermilion::markup::Block>& blocks);

// All tables, in order.
std::vector<vermilion::markup::Block> tables(const std::vector<vermilion::markup::Block>& blocks);

// The code of the Error that parsing throws, or "parsed".
std::string refusal(std::string_view markdown);
