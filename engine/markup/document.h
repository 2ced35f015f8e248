// A controlled text as a tree: made once from Markdown and used for HTML, PDF, diff and search
// alike.
//
// Shape   Blocks hold inlines or blocks. Text is UTF-8. A clause is a block whose printed label
//         (壹、 一、 （一） 1. （1） 附件：) places it in the document; its path joins the labels:
//         "肆/八/(三)/6/(5)", "附件1". The label of a heading or paragraph stands in its content
//         too; that of a list item does not.
// Source  CommonMark 0.30 with GFM tables, task lists and footnotes, and lists of terms; docs-src/formats/markdown.md.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vermilion::markup {

// note: the mark of a footnote. inserted, deleted: of a text composed to show changes; no Markdown gives them.
enum class InlineKind {
  text,
  code,
  soft_break,
  hard_break,
  emphasis,
  strong,
  link,
  image,
  note,
  inserted,
  deleted
};

struct Inline {
  InlineKind kind = InlineKind::text;
  std::string text;              // text, code; alt text for an image
  std::string url;               // link, image; allow-listed
  std::vector<Inline> children;  // emphasis, strong, link, inserted, deleted
  int number = 0;                // note: Document::notes[number - 1]
  int use = 0;                   // note: which of the marks of that note it is, from 1
};

// terms holds each term and then its definitions.
enum class BlockKind {
  heading,
  paragraph,
  list,
  item,
  table,
  code,
  quote,
  rule,
  terms,
  term,
  definition
};
enum class Align { none, left, center, right };

struct Cell {
  std::vector<Inline> content;
  int columns = 1;  // that it spans; 0: it is a part of a cell at its left or above
  int rows = 1;
};

struct Block {
  BlockKind kind = BlockKind::paragraph;
  int level = 0;                        // heading 1..6
  std::vector<Inline> content;          // heading, paragraph, term, definition
  std::vector<Block> children;          // list (items), item, quote, terms
  bool ordered = false;                 // list
  int start = 1;                        // ordered list: the number of its first item
  char delimiter = '.';                 // ordered list: '.' or ')'
  std::vector<Align> columns;           // table
  std::vector<std::vector<Cell>> rows;  // table; rows[0] is the header
  std::string info;                     // code: info string ("obligation")
  std::string literal;                  // code: the text
  std::string label;   // the printed label as written ("（三）", "6.", "附件："), or ""
  std::string clause;  // path of the clause it opens or stands in ("肆/八/(三)"), or ""
  bool opens_clause = false;  // true on the block that begins `clause`
  int line = 0;               // first source line, from 1
};

// A footnote, in the order of the first marks.
struct Note {
  std::string label;  // as written: "1" of [^1]
  std::vector<Inline> content;
  int uses = 0;  // how many marks lead to it
  int line = 0;
};

// A reference that leads nowhere: 「肆/九」 after 見, "#c-肆-九" of a link, "[^3]" without a note, "[^3]:" without a mark.
struct Unresolved {
  int line = 0;
  std::string text;
};

struct Document {
  std::map<std::string, std::string> front_matter;  // scalar members as text; lists joined by ", "
  std::vector<Block> blocks;
  std::vector<Note> notes;
  std::vector<Unresolved> unresolved;  // in the order of their lines
};

// A line of a clause, an obligation in it, or a row of a table.
struct ClauseLine {
  std::string text;                // of what is no row
  std::vector<std::string> cells;  // of a row, each on one line
  std::size_t head = 0;            // of a row: which line of the clause is the head of its table
};

// One clause with everything that stands in it directly (not in its sub-clauses).
struct Clause {
  std::string path;    // "肆/八/(三)/6"
  std::string anchor;  // HTML id, stable: "c-肆-八-三-6"
  std::string label;
  int depth = 0;      // 1 for 壹 or 附件
  std::string title;  // heading text without its label, or "" when the clause is a sentence
  std::string text;   // plain text of the clause: title or sentence, then further blocks, one per
      // line; cells joined by " | "; 「註：」 and the text of each footnote whose
      // first mark stands in it
  std::string prose;  // the same without fenced blocks: what a reader reads and a search finds
  std::vector<ClauseLine> lines;  // what `text` says, with the rows of tables in cells
};

// Parses and numbers clauses. Throws invalid: "raw-html" (with the line), "markdown-too-large" (> 8
// MiB), "markdown-too-deep", "bad-front-matter", "bad-url", "not-text" (not UTF-8).
[[nodiscard]] Document parse_markdown(std::string_view source);

// Splits "---\nYAML\n---\nbody"; without front matter the map is empty and the body is the input.
// Throws invalid "bad-front-matter" (also for duplicate keys).
struct FrontMatter {
  std::map<std::string, std::string> members;
  std::map<std::string, std::vector<std::string>> lists;
  std::string body;
};
[[nodiscard]] FrontMatter split_front_matter(std::string_view source);

// All clauses in document order. Text before the first clause is one clause with path "" if there
// is any.
[[nodiscard]] std::vector<Clause> clauses(const Document& document);

// The HTML id of a clause: "c-肆-八-三-6". Two paths never share one.
[[nodiscard]] std::string clause_anchor(std::string_view path);

// Text without its marks. A soft break is nothing between two wide characters, else a space; a hard
// break is "\n".
[[nodiscard]] std::string plain_text(const std::vector<Inline>& content);

}  // namespace vermilion::markup
