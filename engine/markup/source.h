// Markdown made ready for cmark: refused when it would take long, and marked where CommonMark
// misreads Chinese.
//
// Problem  CommonMark decides by the neighbours whether ** opens or closes; Chinese sets
//          punctuation without spaces, so 「**粗體。**後接字」 stays literal (commonmark-spec issue
//          650). 「[^1]: 註」 becomes a link definition.
// Idea     A code point that does not occur in the text is put beside such a ** (on the side of the
//          punctuation), between "]" and ":", and before the "]" of [^1]. cmark takes it for a letter,
//          so all are read as meant; unmark() removes it from all that comes out.
// Limits   8 MiB; 64 block quotes or list markers at the start of a line: cmark 0.30 needs > 20 s
//          for 40,000 of them.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace vermilion::markup {

inline constexpr std::size_t largest_text = 8 << 20;

struct Source {
  std::string text;                // marked, "\n" line ends
  std::string mark;                // the code point, in UTF-8
  int lines_before = 0;            // lines of front matter cut off
  std::vector<std::string> lines;  // of `text`
};

// Throws invalid: "markdown-too-large", "markdown-too-deep", "not-text".
[[nodiscard]] Source prepare(std::string_view body, int lines_before);

[[nodiscard]] std::string unmark(std::string text, const std::string& mark);

[[noreturn]] void refuse_line(const char* code, int line, const std::string& zh,
                              const std::string& en);
[[noreturn]] void refuse_depth(int line);

// Throws "markdown-too-large" beyond 8 MiB.
void require_size(std::size_t bytes);

[[nodiscard]] std::string with_unix_line_ends(std::string_view text);

[[nodiscard]] std::vector<std::string> split_lines(std::string_view text);

}  // namespace vermilion::markup
