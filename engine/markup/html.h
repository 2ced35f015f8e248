// The document as HTML: escaped text only, allow-listed URLs, clause anchors as ids.
#pragma once
#include <string>
#include <string_view>

#include "markup/document.h"

namespace vermilion::markup {

[[nodiscard]] std::string to_html(const Document& document);
[[nodiscard]] std::string escape_html(std::string_view text);  // & < > " '

}  // namespace vermilion::markup
