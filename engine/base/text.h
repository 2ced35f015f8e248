// Text rules shared by everything that stores or compares words.
//
// Text     UTF-8. Stored text is NFC, except that CJK compatibility ideographs (U+F900..FAFF,
//          U+2F800..2FA1F) are kept: they occur in personal names, and NFC would replace them.
// Errors   require_text throws Failure::invalid naming the byte offset; nothing is repaired silently.
// Source   architecture section 3; Unicode Annex 15.
#pragma once
#include <string>
#include <string_view>

namespace vermilion {

// True if `bytes` is well-formed UTF-8 without U+0000.
[[nodiscard]] bool is_text(std::string_view bytes);

// The text as stored: `bytes` checked and normalised (see above). `what` names the input in the error.
[[nodiscard]] std::string require_text(std::string_view bytes, const std::string& what);

// Full NFC, for lookups only: two names are the same if these are equal.
[[nodiscard]] std::string lookup_form(std::string_view text);

// Between UTF-8 and code points. Ill-formed UTF-8 becomes U+FFFD; call is_text first where it matters.
[[nodiscard]] std::u32string code_points(std::string_view utf8);
[[nodiscard]] std::string utf8(std::u32string_view code_points);
[[nodiscard]] std::string utf8(char32_t code_point);

// Han ideographs (all planes, compatibility ones too), kana, bopomofo and 々〇.
[[nodiscard]] bool is_cjk(char32_t c) noexcept;
// Space, tab, line ends and U+3000.
[[nodiscard]] bool is_space(char32_t c) noexcept;

// The text without leading and trailing white space.
[[nodiscard]] std::string_view trim(std::string_view text) noexcept;  // ASCII white space only

}  // namespace vermilion
