// Pieces as Markdown that our parser reads back to the same text: what looks like Markdown in the
// original is escaped, only its ** pairs stay.
#include <fmt/format.h>

#include "base/text.h"
#include "markup/import_parts.h"
#include "markup/source.h"
#include "markup/tables.h"
#include "markup/text.h"

namespace vermilion::markup {
namespace {

bool is_special(char c) { return std::string_view("\\*_[]<|`").find(c) != std::string_view::npos; }
// The end of the strong text that begins with the "**" at `at`, or 0.
std::size_t strong_end(std::string_view text, std::size_t at) {
  if (!text.substr(at).starts_with("**")) return 0;
  const auto end = text.find("**", at + 2);
  if (end == text.npos || end == at + 2) return 0;
  const auto inner = text.substr(at + 2, end - at - 2);
  const bool plain = inner == trim(inner) && inner.find_first_of("*\n\\") == inner.npos;
  return plain && !text.substr(end + 2).starts_with('*') ? end : 0;
}

std::string escaped(std::string_view text) {
  std::string result;
  std::size_t closing = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (closing == 0) closing = strong_end(text, i);
    if (closing != 0 && text[i] == '*') {
      result += "**";
      if (i++ == closing) closing = 0;
      continue;
    }
    const bool entity =
        text[i] == '&' && i + 1 < text.size() && (text[i + 1] == '#' || is_letter(text[i + 1]));
    if (is_special(text[i]) || entity) result += '\\';
    result += text[i];
  }
  return result;
}

// Keeps the start of a line from reading as a heading, list, quote, rule or fence.
std::string with_plain_start(std::string line) {
  if (!line.empty() && std::string_view("#>-+=~").find(line[0]) != std::string_view::npos)
    return "\\" + line;
  std::size_t digits = 0;
  while (digits < line.size() && is_digit(line[digits])) ++digits;
  if (digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')'))
    line.insert(digits, "\\");
  return line;
}

// The lines of a piece, escaped; `indent` stands before all but the first.
std::string paragraph(std::string_view text, const std::string& indent) {
  std::string result;
  for (const auto& line : split_lines(escaped(text))) {
    result += (result.empty() ? "" : "\n" + indent) + with_plain_start(std::string(trim(line)));
  }
  return result;
}

std::string heading(int level, std::string_view text) {
  std::string line;
  for (const char c : escaped(text)) {
    if (c == '#') line += '\\';
    line += c == '\n' ? ' ' : c;
  }
  return std::string(static_cast<std::size_t>(level), '#') + " " + line;
}

class MarkdownWriter {
 public:
  void write(const Piece& piece) {
    if (piece.kind == Piece::Kind::table) return table(piece);
    if (piece.kind == Piece::Kind::title) return top(heading(1, piece.text));
    if (is_heading(piece)) return top(heading(piece.label->depth + 1, piece.text));
    if (piece.label && is_list_label(piece.label->printed)) return item(piece);
    if (piece.label && piece.label->depth == 5) return within(piece);
    top((piece.bullet && !piece.label ? "- " : "") +
        paragraph(piece.text, piece.bullet && !piece.label ? "  " : ""));
  }

  std::string take() { return std::move(markdown_); }

 private:
  // "1." and "1)" are Markdown's own; other spellings stay as printed, in a paragraph.
  static bool is_list_label(std::string_view printed) {
    return is_digit(printed.front()) && (printed.back() == '.' || printed.back() == ')');
  }

  void add(const std::string& block) {
    markdown_ += (markdown_.empty() ? "" : "\n") + block + "\n";
  }

  void top(const std::string& block) {
    list_open_ = false;
    add(block);
  }

  // （1） belongs to the item above it.
  void within(const Piece& piece) {
    const auto indent = list_open_ ? std::string(indent_, ' ') : "";
    add(indent + paragraph(piece.text, indent));
  }

  // Where the printed number is not the next one, the other delimiter begins a list that starts
  // with it.
  void item(const Piece& piece) {
    const int number = std::stoi(piece.label->part);
    if (!list_open_) {
      delimiter_ = piece.label->printed.back();
    } else if (number != next_) {
      delimiter_ = delimiter_ == '.' ? ')' : '.';
    }
    list_open_ = true;
    next_ = number + 1;
    const auto marker = fmt::format("{}{} ", number, delimiter_);
    indent_ = marker.size();
    const auto text =
        std::string_view(piece.text).substr(std::min(piece.label->size, piece.text.size()));
    add(std::string(trim(marker + paragraph(text, std::string(indent_, ' ')))));
  }

  void table(const Piece& piece) {
    const auto columns = piece.rows.front().size();
    if (widest_row(piece) > most_columns) return top(wide_table(piece));
    std::string block = row(piece.rows.front()) + "\n|";
    for (std::size_t i = 0; i < columns; ++i) block += " --- |";
    for (std::size_t i = 1; i < piece.rows.size(); ++i) block += "\n" + row(piece.rows[i]);
    top(block);
  }

  static std::string row(const std::vector<std::string>& cells) {
    std::string line = "|";
    for (const auto& cell : cells) line += " " + escaped(cell) + " |";
    return line;
  }

  // More columns than our tables have: one paragraph a row.
  static std::string wide_table(const Piece& piece) {
    std::string block;
    for (const auto& row : piece.rows) {
      block +=
          (block.empty() ? "" : "\n\n") + paragraph(fmt::format("{}", fmt::join(row, " ")), "");
    }
    return block;
  }

  std::string markdown_;
  bool list_open_ = false;
  char delimiter_ = '.';
  int next_ = 0;
  std::size_t indent_ = 0;
};

}  // namespace

std::string write_markdown(const std::vector<Piece>& pieces) {
  MarkdownWriter writer;
  for (const auto& piece : pieces) writer.write(piece);
  return writer.take();
}

}  // namespace vermilion::markup
