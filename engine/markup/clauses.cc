// Problem  Depth comes from the label's style, not from Markdown's nesting: 「（1）…」 belongs to
//          the item 「3.」 above it whether or not it is indented, and original texts skip depths
//          and repeat numbers.
// Idea     A stack of open clauses by depth; a label closes all that are not shallower and opens
//          its own. A block without a label belongs to the innermost open clause whose list item
//          (if it opened in one) is still around it.
// Example  五 > （六） > 1., 2. > （4）, then "1)": 肆/五/(六)/2/(4), then 肆/五/(六)/1~2, for 1 is
//          taken.
#include "markup/clauses.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "markup/duty_box.h"
#include "markup/label.h"
#include "markup/notes.h"
#include "markup/source.h"
#include "markup/text.h"

namespace vermilion::markup {
namespace {

class Numbering {
 public:
  void walk(std::vector<Block>& blocks) {
    for (auto& block : blocks) visit(block);
  }

 private:
  struct Open {
    int depth;
    std::string path;
    int container;      // the item it stands in, or 0
    int heading_level;  // 0 if no heading opened it
  };

  void visit(Block& block) {
    switch (block.kind) {
      case BlockKind::heading:
      case BlockKind::paragraph:
        visit_text(block);
        break;
      case BlockKind::list:
        block.clause = current();
        visit_list(block);
        break;
      case BlockKind::quote: {
        block.clause = current();
        const bool outer = std::exchange(quoted_, true);
        walk(block.children);
        quoted_ = outer;
        break;
      }
      case BlockKind::code:  // belongs to the sentence it follows
        block.clause = latest_;
        break;
      case BlockKind::terms:
        block.clause = current();
        for (auto& part : block.children) part.clause = block.clause;
        break;
      default:
        block.clause = current();
    }
    latest_ = last_within(block);
  }

  // The clause of the text that a following code block continues.
  std::string last_within(const Block& block) const {
    return block.children.empty() ? block.clause : latest_;
  }

  void visit_text(Block& block) {
    const bool heading = block.kind == BlockKind::heading;
    const auto label =
        quoted_ ? std::nullopt
                : read_label(plain_text(block.content), heading ? Place::heading : Place::text);
    if (label) {
      open(block, *label, block.level);
      return;
    }
    if (heading && !quoted_) close_headings(block.level);
    block.clause = current();
  }

  void visit_list(Block& list) {
    int number = list.start;
    for (auto& item : list.children) {
      containers_.push_back(++container_);
      if (list.ordered && !quoted_) {
        open(item, {fmt::format("{}{}", number, list.delimiter), std::to_string(number), 4, 0}, 0);
      } else {
        item.clause = current();
      }
      latest_ = item.clause;
      ++number;
      const int outer =
          std::exchange(item_depth_, item.opens_clause ? open_.back().depth : item_depth_);
      walk(item.children);
      item_depth_ = outer;
      containers_.pop_back();
    }
  }

  void open(Block& block, const Label& label, int heading_level) {
    const int depth =
        std::max(label.depth, item_depth_ + 1);  // inside an item is deeper than the item
    while (!open_.empty() && open_.back().depth >= depth) open_.pop_back();
    const auto above = open_.empty() ? "" : open_.back().path + "/";
    const bool annex = label.part == "附件";
    block.label = label.printed;
    block.clause = unique(above + label.part + (annex ? std::to_string(++annexes_) : ""));
    block.opens_clause = true;
    open_.push_back(
        {depth, block.clause, containers_.empty() ? 0 : containers_.back(), heading_level});
  }

  std::string unique(const std::string& path) {
    auto& uses = uses_[path];
    ++uses;
    return uses == 1 ? path : unique_suffix(path, uses);
  }

  static std::string unique_suffix(const std::string& path, int uses) {
    return fmt::format("{}~{}", path, uses);
  }

  // A heading without a label ends the clauses of its own level and below.
  void close_headings(int level) {
    while (!open_.empty() &&
           (open_.back().heading_level == 0 || open_.back().heading_level >= level))
      open_.pop_back();
  }

  std::string current() const {
    for (auto it = open_.rbegin(); it != open_.rend(); ++it) {
      const bool around = it->container == 0 ||
                          std::count(containers_.begin(), containers_.end(), it->container) > 0;
      if (around) return it->path;
    }
    return {};
  }

  std::vector<Open> open_;
  std::vector<int> containers_;  // the items around the block, outermost first
  std::map<std::string, int> uses_;
  std::string latest_;
  int container_ = 0;
  int annexes_ = 0;
  int item_depth_ = 0;  // of the numbered item around the block, or 0
  bool quoted_ = false;
};

// An obligation as its box says it, one line a member.
std::string box_text(const DutyBox& box) {
  std::vector<std::string> lines;
  if (!box.id.empty() || !box.duty.empty())
    lines.push_back(box.id + (box.id.empty() || box.duty.empty() ? "" : "　") + box.duty);
  for (const auto& [name, value] : box.details) lines.push_back(name + "：" + value);
  return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string code_text(const Block& block) {
  if (const auto box = read_duty_box(block)) return box_text(*box);
  return block.literal.substr(0, block.literal.find_last_not_of('\n') + 1);
}

std::vector<std::string> cell_texts(const std::vector<Cell>& row) {
  std::vector<std::string> cells;
  for (const auto& cell : row) cells.push_back(plain_text(cell.content));
  return cells;
}

// Text that a clause gains from one block, without the blocks inside it.
std::string own_text(const Block& block) {
  switch (block.kind) {
    case BlockKind::heading:
    case BlockKind::paragraph: {
      const auto text = plain_text(block.content);
      if (!block.opens_clause) return text;
      const auto label =
          read_label(text, block.kind == BlockKind::heading ? Place::heading : Place::text);
      return label ? text.substr(label->size) : text;
    }
    case BlockKind::term:
    case BlockKind::definition:
      return plain_text(block.content);
    case BlockKind::code:
      return code_text(block);
    case BlockKind::table: {
      std::vector<std::string> rows;
      for (const auto& row : block.rows) {
        rows.push_back(fmt::format("{}", fmt::join(cell_texts(row), " | ")));
      }
      return fmt::format("{}", fmt::join(rows, "\n"));
    }
    default:
      return {};
  }
}

int path_depth(std::string_view path) {
  int depth = 0;
  for (std::size_t at = 0; at < path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    depth = part_depth(path.substr(at, end - at), depth);
    at = end + 1;
  }
  return depth;
}

class ClauseGathering {
 public:
  explicit ClauseGathering(const std::vector<Note>& notes) : notes_(notes) {}

  void walk(const std::vector<Block>& blocks) {
    for (const auto& block : blocks) {
      visit(block);
      walk(block.children);
    }
  }

  std::vector<Clause> take() {
    if (!preamble_.text.empty()) clauses_.insert(clauses_.begin(), std::move(preamble_));
    return std::move(clauses_);
  }

 private:
  void visit(const Block& block) {
    const auto text = own_text(block);
    if (block.opens_clause) begin(block, text);
    auto& clause = block.clause.empty() ? preamble_ : clauses_.at(place_.at(block.clause));
    if (text.empty()) return;
    add_line(clause.text, text);
    add_block(block, text, clause.lines);
    if (block.kind == BlockKind::code) return;
    add_line(clause.prose, text);
    each_content(block, [&](const auto& content, int) { add_notes(content, clause); });
  }

  // The notes whose first marks stand in `content`, and those that they have marks of.
  void add_notes(const std::vector<Inline>& content, Clause& clause) {
    std::vector<const std::vector<Inline>*> texts{&content};
    for (std::size_t i = 0; i < texts.size(); ++i) {
      each_inline(*texts[i], [&](const Inline& part) {
        if (part.kind != InlineKind::note || !said_.insert(part.number).second) return;
        const auto& note = notes_.at(static_cast<std::size_t>(part.number) - 1).content;
        const auto text = "註：" + plain_text(note);
        add_line(clause.text, text);
        add_line(clause.prose, text);
        add_texts(text, clause.lines);
        texts.push_back(&note);
      });
    }
  }

  static void add_line(std::string& lines, const std::string& line) {
    lines += (lines.empty() ? "" : "\n") + line;
  }

  static void add_block(const Block& block, const std::string& text,
                        std::vector<ClauseLine>& lines) {
    if (block.kind == BlockKind::table) return add_rows(block, lines);
    // Which obligation it is that changed is in the first line of its box.
    if (is_duty_block(block)) return add_texts(on_one_line(text, "；"), lines);
    add_texts(text, lines);
  }

  static std::string on_one_line(const std::string& text, const char* between) {
    return fmt::format("{}", fmt::join(split_lines(text), between));
  }

  static void add_texts(const std::string& text, std::vector<ClauseLine>& lines) {
    for (const auto& line : split_lines(text)) lines.push_back({line, {}, 0});
  }

  static void add_rows(const Block& table, std::vector<ClauseLine>& lines) {
    const auto head = lines.size();
    for (const auto& row : table.rows) {
      lines.push_back({"", cell_texts(row), head});
      for (auto& cell : lines.back().cells) cell = on_one_line(cell, "　");
    }
  }

  void begin(const Block& block, const std::string& text) {
    Clause clause;
    clause.path = block.clause;
    clause.anchor = clause_anchor(block.clause);
    clause.label = block.label;
    clause.depth = path_depth(block.clause);
    if (block.kind == BlockKind::heading) clause.title = text;
    place_[clause.path] = clauses_.size();
    clauses_.push_back(std::move(clause));
  }

  const std::vector<Note>& notes_;
  std::set<int> said_;
  std::vector<Clause> clauses_;
  std::map<std::string, std::size_t> place_;
  Clause preamble_;
};

}  // namespace

void number_clauses(std::vector<Block>& blocks) { Numbering().walk(blocks); }

std::vector<Clause> clauses(const Document& document) {
  ClauseGathering gathering(document.notes);
  gathering.walk(document.blocks);
  return gathering.take();
}

// Parentheses go, and one more hyphen stands for each depth skipped; after "." stands what an item
// holds out of style. So two paths never share an anchor: 肆/五/(五)/(1) is c-肆-五-五--1,
// 肆/五/(五)/1 is c-肆-五-五-1.
std::string clause_anchor(std::string_view path) {
  std::string anchor = "c";
  int depth = 0;
  for (std::size_t at = 0; at < path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    auto part = std::string(path.substr(at, end - at));
    const int own = part_depth(part, 0);
    const int next = part_depth(part, depth);
    if (own == next) std::erase_if(part, [](char c) { return c == '(' || c == ')'; });
    anchor += (own == next ? std::string(static_cast<std::size_t>(next - depth), '-') : ".") + part;
    depth = next;
    at = end + 1;
  }
  return anchor;
}

}  // namespace vermilion::markup
