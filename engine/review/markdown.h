// The pack's Markdown: words of records made harmless, tables, clauses.
//
// Text     Whatever a record says is printed as it says it: no mark of Markdown in it works. A line end becomes a space;
//          a character without a printable form (control, direction, variation selector) becomes 〔U+202E〕.
// Source   docs-src/formats/markdown.md, docs-src/formats/rendition.md section 3.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace vermilion::review {

// `text` as words within a line or a cell.
[[nodiscard]] std::string words(std::string_view text);

// A value of a record as words: a list is joined by 、, a number is shortest, null is nothing.
[[nodiscard]] std::string words_of(const Json& value);
[[nodiscard]] std::string words_of(const Json& object, const char* key);

// A number without needless digits: 5, 98.7.
[[nodiscard]] std::string number_text(double value);

using Row = std::vector<std::string>;  // Markdown, not words

class Markdown {
 public:
  void heading(int level, const std::string& text);
  void paragraph(const std::string& text);
  void quote(const std::string& text);
  void table(const Row& header, const std::vector<Row>& rows);
  void fence(const std::string& info, const std::string& body);
  void append(const Markdown& other) { text_ += other.text_; }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace vermilion::review
