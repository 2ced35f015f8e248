// CommonMark to our tree. cmark knows no tables: it sees them as paragraphs. Their rows are cut out
// of the source, and all cells of the document are parsed in one second pass, each as a paragraph
// of its own, so that links in cells find their definitions and the cost stays linear.
#include <cmark.h>
#include <fmt/format.h>

#include "base/error.h"
#include "base/handle.h"
#include "base/text.h"
#include "markup/clauses.h"
#include "markup/document.h"
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

  std::vector<Block> parse() {
    const auto tree = parse_tree(source_.text);
    auto blocks = children(tree.get(), 0, 0);
    parse_pending(blocks);
    return blocks;
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
    std::vector<Inline> result;
    for (auto* node = cmark_node_first_child(parent); node; node = cmark_node_next(node)) {
      result.push_back(inline_of(node, line, depth));
      if (result.back().kind == InlineKind::text && result.back().text.empty()) result.pop_back();
    }
    return result;
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

  // --- Tables

  void add_paragraph(cmark_node* node, int quotes, std::vector<Block>& into) {
    const auto lines = paragraph_lines(node, quotes);
    const auto table = find_table(lines);
    Block paragraph;
    paragraph.line = line_of(node);
    if (!table) {
      paragraph.content = inlines(node, paragraph.line, 0);
      into.push_back(std::move(paragraph));
      return;
    }
    if (table->header > 0) {
      std::string above;
      for (std::size_t i = 0; i < table->header; ++i) above += (i ? "\n" : "") + lines[i];
      paragraph.content = later(above, paragraph.line);
      into.push_back(std::move(paragraph));
    }
    into.push_back(table_of(*table, lines, line_of(node)));
  }

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
    for (std::size_t i = start.header; i < lines.size(); ++i) {
      if (i != start.header + 1)
        table.rows.push_back(
            row_of(lines[i], start.columns.size(), first_line + static_cast<int>(i)));
    }
    return table;
  }

  std::vector<Cell> row_of(std::string_view line, std::size_t columns, int number) {
    require_cells(cells_ += columns, number);
    auto texts = split_row(line);
    texts.resize(columns);
    std::vector<Cell> row;
    for (const auto& text : texts)
      row.push_back({text.empty() ? std::vector<Inline>{} : later(text, number)});
    return row;
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
    replace(block.content, parsed);
    for (auto& row : block.rows) {
      for (auto& cell : row) replace(cell.content, parsed);
    }
    for (auto& child : block.children) replace(child, parsed);
  }

  void replace(std::vector<Inline>& content, std::vector<std::vector<Inline>>& parsed) const {
    if (content.empty() || !content.front().text.starts_with(source_.mark)) return;
    const auto index = std::stoul(content.front().text.substr(source_.mark.size()));
    content = std::move(parsed.at(index));
  }

  Source source_;
  std::vector<Pending> pending_;
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
  document.blocks = Parser(prepare(front.body, lines_cut(source, front.body))).parse();
  number_clauses(document.blocks);
  return document;
}

}  // namespace vermilion::markup
