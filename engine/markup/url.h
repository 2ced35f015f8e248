// Which addresses a text may point to: http, https, mailto, a path within the site, an anchor.
#pragma once
#include <string_view>

namespace vermilion::markup {

[[nodiscard]] bool is_allowed_url(std::string_view url);

// Throws invalid "bad-url" naming the line.
void require_url(std::string_view url, int line);

}  // namespace vermilion::markup
