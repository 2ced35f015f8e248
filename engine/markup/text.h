// How lines of Chinese text join: a line end between two wide characters is nothing, elsewhere it
// is a space.
#pragma once
#include <string>
#include <string_view>

namespace vermilion::markup {

// Han and the full-width punctuation set beside it.
[[nodiscard]] bool is_wide(char32_t c) noexcept;

// Of ASCII.
[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The outermost code points of well-formed UTF-8; 0 for an empty text.
[[nodiscard]] char32_t first_point(std::string_view text) noexcept;
[[nodiscard]] char32_t last_point(std::string_view text) noexcept;

// Collects text; what a soft break becomes is known only when the next text arrives.
class SoftText {
 public:
  void add(std::string_view more);
  void soft_break() { broken_ = true; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool broken_ = false;
};

}  // namespace vermilion::markup
