// The document as HTML: escaped text only, allow-listed URLs, clause anchors as ids.
//
// Shape  Blocks one below the other, no style and no script: <h1>..<h6>, <p>, <ol> with start and
//        value, <table> with class "left", "center" or "right" on aligned cells, <pre><code>. A
//        block that opens a clause has class "clause" and the clause's anchor as id. Footnotes end
//        the text as <section class="notes">: n-1 is a note, nr-1 its first mark. Obligations and
//        indicators are <div class="duty obligation">.
#pragma once
#include <string>
#include <string_view>

#include "markup/document.h"

namespace vermilion::markup {

[[nodiscard]] std::string to_html(const Document& document);
[[nodiscard]] std::string escape_html(std::string_view text);  // & < > " '

}  // namespace vermilion::markup
