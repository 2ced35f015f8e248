// The document as HTML: escaped text only, allow-listed URLs, clause anchors as ids.
//
// Shape  Blocks one below the other, no style and no script: <h1>..<h6>, <p>, <ol> with start and
//        value, <table> with class "left", "center" or "right" on aligned cells, <pre><code>. A
//        block that opens a clause has class "clause" and the clause's anchor as id. Footnotes end
//        the text as <section class="notes">: n-1 is a note, nr-1 its first mark. Obligations and
//        indicators are <div class="duty obligation">.
// Fenced The caller may draw fenced blocks itself: what it answers is trusted and stands in the place of <pre>.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "markup/document.h"

namespace vermilion::markup {

// The HTML of a block of code, or nothing: it is shown as its text.
using FencedHtml = std::function<std::optional<std::string>(const Block& block)>;

[[nodiscard]] std::string to_html(const Document& document, const FencedHtml& fenced = {});
[[nodiscard]] std::string escape_html(std::string_view text);  // & < > " '

}  // namespace vermilion::markup
