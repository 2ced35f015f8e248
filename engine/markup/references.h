// References to clauses: 「見 肆/八/(三)」 leads to that clause.
//
// Grammar  見, blanks or none, then a path: parts joined by "/" or "／". A part is 壹…拾, 一…十, digits, either of the last
//          two in parentheses, each with "~2" if need be, or 附件 with a number. The first part is 壹… or 一… or 附件; each is
//          deeper than the one before it. A single part is a reference only if it is 附件 with a number, or 壹… and no
//          ideograph follows.
// Source   docs-src/formats/markdown.md 2.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "markup/document.h"

namespace vermilion::markup {

struct Reference {
  std::size_t begin = 0;  // of the path in the text, in code points
  std::size_t end = 0;
  std::string path;  // as of a clause: "肆/八/(三)"
};

[[nodiscard]] std::vector<Reference> find_references(std::u32string_view text);

// Makes links of the references of a numbered document; those that lead nowhere, and links to anchors that do not exist,
// join document.unresolved.
void link_references(Document& document);

}  // namespace vermilion::markup
