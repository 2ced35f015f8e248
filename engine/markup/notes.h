// Footnotes: [^1] in a text, "[^1]: …" at the start of a line.
//
// Shape   A note is one paragraph. Notes are numbered by their first marks; a mark without a note stays as written, and
//         a note without a mark becomes a paragraph at the end, as written: nothing that was written is lost.
// Source  GitHub's footnotes; docs-src/formats/markdown.md 4.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "markup/document.h"

namespace vermilion::markup {

// The label of the mark or definition that begins at `at` (a "[^"), or "". Letters, digits, "-", "_", "." and all that
// is not ASCII, `longest` bytes at most.
[[nodiscard]] std::string_view note_label(std::string_view text, std::size_t at,
                                          std::size_t longest = 60);

// Numbers the marks of `document` (their label is their text until then) and gives it the notes among `definitions`.
void number_notes(Document& document, std::vector<Note> definitions);

// Calls `visit` for every inline of `content`, outer ones first.
template <typename Content, typename Visit>
void each_inline(Content& content, const Visit& visit) {
  for (auto& part : content) {
    visit(part);
    each_inline(part.children, visit);
  }
}

// Calls `visit` with the content of the block and its first line: its own, or that of each cell; not with that of the
// blocks inside it.
template <typename AnyBlock, typename Visit>
void each_content(AnyBlock& block, const Visit& visit) {
  visit(block.content, block.line);
  int line = block.line;
  for (auto& row : block.rows) {
    for (auto& cell : row) visit(cell.content, line);
    line += line == block.line ? 2 : 1;  // the delimiter row stands below the header
  }
}

[[nodiscard]] inline bool is_break(const Inline& part) {
  return part.kind == InlineKind::soft_break || part.kind == InlineKind::hard_break;
}

}  // namespace vermilion::markup
