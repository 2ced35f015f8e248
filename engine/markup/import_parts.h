// The steps of import_text, in order: lines, contents, cover, pieces, cells, Markdown.
//
// Shape   A Line is a printed line that is not blank. A Piece is a paragraph put together again, or
//         a table. Text is NFC, without the white space around it; "\n" inside a piece is a line
//         end the original meant.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "markup/import.h"
#include "markup/label.h"

namespace vermilion::markup {

struct Line {
  int number = 0;             // of the input, from 1
  std::string raw;            // with the tabs that separate cells
  std::string text;           // without white space around it and without its bullet
  bool bullet = false;        // "- " stood before it
  bool blank_before = false;  // an empty line or a page break stood before it
};

[[nodiscard]] std::vector<Line> read_lines(std::string_view text);

// A labelled line: as in running text, or 附件：… standing alone.
[[nodiscard]] std::optional<Label> line_label(std::string_view text);

// Takes the printed table of contents out of `lines`, a note for each of its lines.
void drop_contents(std::vector<Line>& lines, std::vector<ImportNote>& notes);

// Takes the cover out of `lines` and fills the facts; the title stays for the text as `title_line`
// (an index into `lines`), if the text has one.
struct Cover {
  std::optional<std::size_t> title_line;
};
[[nodiscard]] Cover read_cover(std::vector<Line>& lines, Imported& facts);

struct Piece {
  enum class Kind { paragraph, table, title };
  Kind kind = Kind::paragraph;
  int line = 0;
  std::string text;                            // paragraph, title; the label included
  std::optional<Label> label;                  // paragraph
  bool bullet = false;                         // paragraph
  std::vector<std::vector<std::string>> rows;  // table; of one width up to 64
  std::vector<int> row_lines;                  // table: the input line of each row
};

[[nodiscard]] std::vector<Piece> gather(const std::vector<Line>& lines, const Cover& cover,
                                        std::vector<ImportNote>& notes);

// A labelled line that names what follows: short, no clause of a sentence in it.
[[nodiscard]] bool is_heading(const Piece& piece);
[[nodiscard]] bool ends_sentence(std::string_view text);
[[nodiscard]] std::size_t length(std::string_view text);  // in code points
// length(text) >= points, at no cost for a long text.
[[nodiscard]] bool is_at_least(std::string_view text, std::size_t points);
[[nodiscard]] std::size_t widest_row(const Piece& piece);
[[nodiscard]] bool has_any(std::string_view text, std::u32string_view wanted);

// Removes the line ends inside cells (they come as spaces) where the words show that they are none.
void join_cells(std::vector<Piece>& pieces, const std::vector<Line>& lines,
                std::vector<ImportNote>& notes);

[[nodiscard]] std::string write_markdown(const std::vector<Piece>& pieces);

}  // namespace vermilion::markup
