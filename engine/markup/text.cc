#include "markup/text.h"

#include "base/text.h"
#include "markup/document.h"

namespace vermilion::markup {

bool is_wide(char32_t c) noexcept {
  return is_cjk(c) || (c >= 0x3000 && c <= 0x303F) || (c >= 0xFE30 && c <= 0xFE4F) ||
         (c >= 0xFF00 && c <= 0xFF60) || (c >= 0xFFE0 && c <= 0xFFE6);
}

char32_t first_point(std::string_view text) noexcept {
  const auto points = code_points(text.substr(0, 4));
  return points.empty() ? 0 : points.front();
}

char32_t last_point(std::string_view text) noexcept {
  std::size_t start = text.empty() ? 0 : text.size() - 1;
  while (start > 0 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
  return first_point(text.substr(start));
}

void SoftText::add(std::string_view more) {
  if (more.empty()) return;
  if (broken_ && !text_.empty() && text_.back() != '\n') {
    if (!is_wide(last_point(text_)) || !is_wide(first_point(more))) text_ += ' ';
  }
  broken_ = false;
  text_ += more;
}

namespace {

void collect(const std::vector<Inline>& content, SoftText& into) {
  for (const auto& part : content) {
    switch (part.kind) {
      case InlineKind::soft_break:
        into.soft_break();
        break;
      case InlineKind::hard_break:
        into.add("\n");
        break;
      default:
        into.add(part.text);
        collect(part.children, into);
    }
  }
}

}  // namespace

std::string plain_text(const std::vector<Inline>& content) {
  SoftText text;
  collect(content, text);
  return text.take();
}

}  // namespace vermilion::markup
