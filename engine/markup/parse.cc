// CommonMark to our tree. cmark knows no tables: it sees them as paragraphs. Their rows are cut out
// of the source, and all cells of the document are parsed in one second pass, each as a paragraph
// of its own, so that links in cells find their definitions and the cost stays linear.
#include <cmark.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/handle.h"
#include "base/text.h"
#include "markup/clauses.h"
#include "markup/document.h"
#include "markup/notes.h"
#include "markup/references.h"
#include "markup/source.h"
#include "markup/tables.h"
#include "markup/url.h"

namespace vermilion::markup {
namespace {

using Tree = Handle<cmark_node, cmark_node_free>;

constexpr int deepest_block = 100;
constexpr int deepest_inline = 64;

Tree parse_tree(const std::string& text) {
  Tree tree(cmark_parse_document(text.data(), text.size(), CMARK_OPT_DEFAULT));
  cmark_consolidate_text_nodes(tree.get());
  return tree;
}

std::string or_empty(const char* text) { return text ? text : ""; }

class Parser {
 public:
  explicit Parser(Source source) : source_(std::move(source)) {}

  // The blocks, and all else that stands in the text.
  void parse(Document& document) {
    const auto tree = parse_tree(source_.text);
    document.blocks = children(tree.get(), 0, 0);
    parse_pending(document.blocks);
    number_notes(document, std::move(notes_));
  }

 private:
  // Text waiting for the second pass: a cell, or the lines of a paragraph above a table.
  struct Pending {
    std::string text;
    int line;
  };

  int line_of(cmark_node* node) const {
    return cmark_node_get_start_line(node) + source_.lines_before;
  }

  std::string clean(const char* text) const { return unmark(or_empty(text), source_.mark); }

  // --- Inlines; `line` is said in errors when cmark does not know it better.

  std::vector<Inline> inlines(cmark_node* parent, int line, int depth) const {
    if (depth > deepest_inline) refuse_depth(line);
    const bool linked = cmark_node_get_type(parent) == CMARK_NODE_LINK;
    std::vector<Inline> result;
    for (auto* node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
      if (cmark_node_get_type(node) == CMARK_NODE_TEXT && !linked)
        add_text(result, or_empty(cmark_node_get_literal(node)));
      else
        result.push_back(inline_of(node, line, depth));
      if (result.back().kind == InlineKind::text && result.back().text.empty()) result.pop_back();
    }
    return result;
  }

  // Text with the marks of footnotes in it (source.h).
  void add_text(std::vector<Inline>& into, const std::string& text) const {
    std::size_t from = 0;
    for (auto at = text.find("[^"); at != text.npos; at = text.find("[^", at + 2)) {
      const auto label = marked_label(text, at);
      if (label.empty()) continue;
      if (at > from) into.push_back(plain(text.substr(from, at - from)));
      into.push_back({InlineKind::note, label, "", {}});
      from = text.find(']', at) + 1;
    }
    if (from < text.size() || from == 0) into.push_back(plain(text.substr(from)));
  }

  [[nodiscard]] Inline plain(const std::string& text) const {
    return {InlineKind::text, clean(text.c_str()), "", {}};
  }

  // The label of the footnote's mark at `at`, or "".
  [[nodiscard]] std::string marked_label(std::string_view text, std::size_t at) const {
    auto label = note_label(text, at, 60 + source_.mark.size());
    if (!label.ends_with(source_.mark)) return {};
    label.remove_suffix(source_.mark.size());
    return std::string(label);
  }

  Inline inline_of(cmark_node* node, int line, int depth) const {
    const auto with_children = [&](InlineKind kind) {
      return Inline{kind, "", "", inlines(node, line, depth + 1)};
    };
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_SOFTBREAK:
        return {InlineKind::soft_break, "", "", {}};
      case CMARK_NODE_LINEBREAK:
        return {InlineKind::hard_break, "", "", {}};
      case CMARK_NODE_CODE:
        return {InlineKind::code, clean(cmark_node_get_literal(node)), "", {}};
      case CMARK_NODE_EMPH:
        return with_children(InlineKind::emphasis);
      case CMARK_NODE_STRONG:
        return with_children(InlineKind::strong);
      case CMARK_NODE_LINK:
        return link(with_children(InlineKind::link), node, line);
      case CMARK_NODE_IMAGE:
        return image(with_children(InlineKind::image), node, line);
      case CMARK_NODE_HTML_INLINE:
        refuse_html(node_line(node, line), or_empty(cmark_node_get_literal(node)));
      default:
        return {InlineKind::text, clean(cmark_node_get_literal(node)), "", {}};
    }
  }

  // Inside the second pass every line is known from the cell, not from cmark.
  int node_line(cmark_node* node, int line) const {
    return second_pass_ || cmark_node_get_start_line(node) == 0 ? line : line_of(node);
  }

  Inline link(Inline result, cmark_node* node, int line) const {
    result.url = clean(cmark_node_get_url(node));
    require_url(result.url, node_line(node, line));
    return result;
  }

  Inline image(Inline result, cmark_node* node, int line) const {
    result = link(std::move(result), node, line);
    result.text = plain_text(result.children);
    result.children.clear();
    return result;
  }

  [[noreturn]] void refuse_html(int line, const std::string& html) const {
    const auto shown =
        unmark(html.substr(0, html.find_first_of(">\n")), source_.mark).substr(0, 40);
    refuse_line(
        "raw-html", line, fmt::format("不接受 HTML 標籤「{}」；要顯示小於符號請寫成「\\<」", shown),
        fmt::format("HTML (“{}”) is not accepted; write \"\\<\" to show a less-than sign", shown));
  }

  // --- Blocks; `quotes` counts the block quotes around them.

  std::vector<Block> children(cmark_node* parent, int depth, int quotes) {
    if (depth > deepest_block) refuse_depth(line_of(parent));
    std::vector<Block> result;
    for (auto* node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
      if (cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH) {
        add_paragraph(node, quotes, result);
      } else {
        result.push_back(block_of(node, depth, quotes));
      }
    }
    return result;
  }

  Block block_of(cmark_node* node, int depth, int quotes) {
    Block block;
    block.line = line_of(node);
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_HEADING:
        block.kind = BlockKind::heading;
        block.level = cmark_node_get_heading_level(node);
        block.content = inlines(node, block.line, 0);
        break;
      case CMARK_NODE_BLOCK_QUOTE:
        block.kind = BlockKind::quote;
        block.children = children(node, depth + 1, quotes + 1);
        break;
      case CMARK_NODE_LIST:
        fill_list(block, node);
        block.children = children(node, depth + 1, quotes);
        break;
      case CMARK_NODE_ITEM:
        block.kind = BlockKind::item;
        block.children = children(node, depth + 1, quotes);
        mark_task(block);
        break;
      case CMARK_NODE_CODE_BLOCK:
        block.kind = BlockKind::code;
        block.info = clean(cmark_node_get_fence_info(node));
        block.literal = clean(cmark_node_get_literal(node));
        break;
      case CMARK_NODE_HTML_BLOCK:
        refuse_html(block.line, or_empty(cmark_node_get_literal(node)));
      default:
        block.kind = BlockKind::rule;
    }
    return block;
  }

  static void fill_list(Block& block, cmark_node* node) {
    block.kind = BlockKind::list;
    block.ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    if (!block.ordered) return;
    block.start = cmark_node_get_list_start(node);
    block.delimiter = cmark_node_get_list_delim(node) == CMARK_PAREN_DELIM ? ')' : '.';
  }

  // GFM task lists: "[x] 已完成" reads "☑ 已完成".
  static void mark_task(Block& item) {
    if (item.children.empty() || item.children.front().kind != BlockKind::paragraph) return;
    auto& content = item.children.front().content;
    if (content.empty() || content.front().kind != InlineKind::text) return;
    auto& text = content.front().text;
    if (text.starts_with("[ ] ")) text.replace(0, 3, "☐");
    if (text.starts_with("[x] ") || text.starts_with("[X] ")) text.replace(0, 3, "☑");
  }

  // --- Paragraphs, and what cmark takes for one: tables, terms, footnotes

  using Lines = std::vector<std::string>;

  void add_paragraph(cmark_node* node, int quotes, std::vector<Block>& into) {
    const auto lines = paragraph_lines(node, quotes);
    std::size_t end = 0;
    while (end < lines.size() && defined_label(lines[end]).empty()) ++end;
    if (end == lines.size() && !find_table(lines) && !find_term(lines)) {
      Block paragraph;
      paragraph.line = line_of(node);
      paragraph.content = inlines(node, paragraph.line, 0);
      into.push_back(std::move(paragraph));
      return;
    }
    if (end > 0)
      add_lines({lines.begin(), lines.begin() + static_cast<long>(end)}, line_of(node), into);
    add_notes(lines, end, line_of(node));
  }

  // Text, then a table or terms if they begin in it.
  void add_lines(const Lines& lines, int first_line, std::vector<Block>& into) {
    const auto table = find_table(lines);
    const auto term = table ? std::nullopt : find_term(lines);
    const std::size_t text = table ? table->header : term.value_or(lines.size());
    if (text > 0) {
      Block paragraph;
      paragraph.line = first_line;
      paragraph.content = later(joined(lines, 0, text), first_line);
      into.push_back(std::move(paragraph));
    }
    if (table) into.push_back(table_of(*table, lines, first_line));
    if (term) add_terms(lines, *term, first_line, into);
  }

  static std::string joined(const Lines& lines, std::size_t begin, std::size_t end) {
    return fmt::format("{}", fmt::join(lines.begin() + static_cast<long>(begin),
                                       lines.begin() + static_cast<long>(end), "\n"));
  }

  // --- Footnotes: "[^1]: …", to the end of the paragraph or to the next one.

  [[nodiscard]] std::string defined_label(const std::string& line) const {
    const auto label = marked_label(line, 0);
    const auto colon = 3 + label.size() + source_.mark.size();
    return label.empty() || !line.substr(colon).starts_with(source_.mark + ":") ? "" : label;
  }

  void add_notes(const Lines& lines, std::size_t at, int first_line) {
    while (at < lines.size()) {
      std::size_t end = at + 1;
      while (end < lines.size() && defined_label(lines[end]).empty()) ++end;
      const int line = first_line + static_cast<int>(at);
      const auto label = defined_label(lines[at]);
      const auto text = joined(lines, at, end);
      const auto words = text.substr(4 + label.size() + 2 * source_.mark.size());
      notes_.push_back({label, {}, 0, line});
      if (!trim(words).empty()) notes_.back().content = later(std::string(trim(words)), line);
      at = end;
    }
  }

  // --- Terms: a line, and below it ": " and what it means.

  static bool is_definition(const std::string& line) { return line.starts_with(": "); }

  // The line of the first term.
  static std::optional<std::size_t> find_term(const Lines& lines) {
    for (std::size_t i = 1; i < lines.size(); ++i) {
      if (is_definition(lines[i])) return i - 1;
    }
    return std::nullopt;
  }

  void add_terms(const Lines& lines, std::size_t at, int first_line, std::vector<Block>& into) {
    if (into.empty() || into.back().kind != BlockKind::terms) {
      into.emplace_back().kind = BlockKind::terms;
      into.back().line = first_line + static_cast<int>(at);
    }
    while (at < lines.size()) {
      std::size_t end = at + 1;
      const bool meaning = is_definition(lines[at]);
      while (end < lines.size() && !is_definition(lines[end]) && !begins_term(lines, end)) ++end;
      Block part;
      part.kind = meaning ? BlockKind::definition : BlockKind::term;
      part.line = first_line + static_cast<int>(at);
      part.content = later(joined(lines, at, end).substr(meaning ? 2 : 0), part.line);
      into.back().children.push_back(std::move(part));
      at = end;
    }
  }

  static bool begins_term(const Lines& lines, std::size_t at) {
    return at + 1 < lines.size() && is_definition(lines[at + 1]) && !is_definition(lines[at]);
  }

  // --- Tables

  // The source lines of a paragraph without the indentation and quote marks of its containers.
  std::vector<std::string> paragraph_lines(cmark_node* node, int quotes) const {
    std::vector<std::string> result;
    const int first = cmark_node_get_start_line(node);
    for (int number = std::max(first, 1); number <= cmark_node_get_end_line(node); ++number) {
      std::string_view line = source_.lines.at(static_cast<std::size_t>(number) - 1);
      if (number == first) {
        const auto column =
            static_cast<std::size_t>(std::max(cmark_node_get_start_column(node), 1)) - 1;
        line.remove_prefix(std::min(column, line.size()));
      } else {
        for (int i = 0; i < quotes && trim(line).starts_with('>'); ++i)
          line.remove_prefix(line.find('>') + 1);
      }
      result.emplace_back(trim(line));
    }
    return result;
  }

  Block table_of(const TableStart& start, const std::vector<std::string>& lines, int first_line) {
    Block table;
    table.kind = BlockKind::table;
    table.columns = start.columns;
    table.line = first_line + static_cast<int>(start.header);
    std::vector<std::vector<std::string>> texts;
    for (std::size_t i = start.header; i < lines.size(); ++i) {
      if (i == start.header + 1) continue;
      require_cells(cells_ += start.columns.size(), first_line + static_cast<int>(i));
      texts.push_back(split_row(lines[i]));
      texts.back().resize(start.columns.size());
    }
    table.rows = merged_cells(texts);
    for (std::size_t r = 0; r < texts.size(); ++r) {
      const int line = table.line + static_cast<int>(r > 0 ? r + 1 : 0);
      for (std::size_t c = 0; c < texts[r].size(); ++c) {
        Cell& cell = table.rows[r][c];
        if (cell.columns > 0 && !texts[r][c].empty()) cell.content = later(texts[r][c], line);
      }
    }
    return table;
  }

  // --- The second pass. A placeholder is a text of the mark and a number; no text of the source
  // can look like it.

  std::vector<Inline> later(const std::string& text, int line) {
    pending_.push_back({text, line});
    return {{InlineKind::text, source_.mark + std::to_string(pending_.size() - 1), "", {}}};
  }

  void parse_pending(std::vector<Block>& blocks) {
    if (pending_.empty()) return;
    second_pass_ = true;
    const auto tree = parse_tree(pending_source());
    std::vector<std::vector<Inline>> parsed;
    auto* node = cmark_node_first_child(tree.get());
    for (const auto& pending : pending_) {
      VERMILION_ASSERT(node && cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH);
      parsed.push_back(inlines(node, pending.line, 0));
      node = cmark_node_next(node);
    }
    for (auto& block : blocks) replace(block, parsed);
    for (auto& note : notes_) replace(note.content, parsed);
  }

  // The mark and a space at the start of each line keep it a paragraph, whatever it begins with.
  std::string pending_source() const {
    std::string text;
    for (const auto& pending : pending_) {
      for (const auto& line : split_lines(pending.text)) text += source_.mark + " " + line + "\n";
      text += "\n";
    }
    for (const auto& line : source_.lines) {
      const auto definition = trim(line);
      if (definition.starts_with('[') && definition.find("]:") != definition.npos)
        text += std::string(definition) + "\n\n";
    }
    return text;
  }

  void replace(Block& block, std::vector<std::vector<Inline>>& parsed) const {
    each_content(block, [&](auto& content, int) { replace(content, parsed); });
    for (auto& child : block.children) replace(child, parsed);
  }

  void replace(std::vector<Inline>& content, std::vector<std::vector<Inline>>& parsed) const {
    if (content.empty() || !content.front().text.starts_with(source_.mark)) return;
    const auto index = std::stoul(content.front().text.substr(source_.mark.size()));
    content = std::move(parsed.at(index));
  }

  Source source_;
  std::vector<Pending> pending_;
  std::vector<Note> notes_;
  std::size_t cells_ = 0;
  bool second_pass_ = false;
};

int lines_cut(std::string_view source, std::string_view body) {
  const auto cut = source.substr(0, source.size() - body.size());
  return static_cast<int>(std::count(cut.begin(), cut.end(), '\n'));
}

}  // namespace

Document parse_markdown(std::string_view source) {
  require_size(source.size());
  auto front = split_front_matter(source);
  Document document;
  document.front_matter = std::move(front.members);
  for (const auto& [name, list] : front.lists)
    document.front_matter[name] = fmt::format("{}", fmt::join(list, ", "));
  Parser(prepare(front.body, lines_cut(source, front.body))).parse(document);
  number_clauses(document.blocks);
  link_references(document);
  return document;
}

}  // namespace vermilion::markup
