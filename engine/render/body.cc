#include "render/body.h"

#include "base/text.h"
#include "markup/blocks.h"
#include "markup/images.h"
#include "markup/layout.h"
#include "render/boxes.h"
#include "render/spans.h"
#include "render/table.h"

namespace vermilion::render {
namespace {

using markup::Block;
using markup::BlockKind;

struct HeadingStyle {
  Setting setting;
  float before;
  float after;
};

// By depth: 壹, 一, （一） and below.
constexpr HeadingStyle heading_styles[] = {
    {{15.5F, 24}, 26, 5}, {{12.5F, 20}, 15, 2}, {{10.8F, 17.5F}, 9, 0}};

const std::string bullet = "•";

class BodyComposer {
 public:
  BodyComposer(const markup::Document& document, std::string title, int below,
               const Pictures& pictures, Typesetter& typesetter)
      : document_(document),
        title_(std::move(title)),
        below_(below),
        pictures_(pictures),
        typesetter_(typesetter),
        structure_(typesetter.structure()),
        indents_(document, typesetter),
        landscape_(markup::layout_of(document.front_matter).landscape),
        right_(style::text_width_of(landscape_ ? style::landscape : style::upright)) {}

  Body compose() {
    for (const Block& block : document_.blocks) add(block, 0);
    for (size_t i = 0; i < document_.notes.size(); ++i) note(i + 1, document_.notes[i]);
    for (Piece& piece : body_.pieces) piece.landscape = piece.landscape || landscape_;
    return std::move(body_);
  }

 private:
  void add(const Block& block, float inherited_x) {
    const float x = std::max(inherited_x, indents_.text_x(block.clause));
    switch (block.kind) {
      case BlockKind::heading:
        return heading(block);
      case BlockKind::paragraph:
        return paragraph(block, block.opens_clause ? inherited_x : x);
      case BlockKind::list:
        return list(block, x, inherited_x);
      case BlockKind::item:
        return item(block, bullet, x, inherited_x);
      case BlockKind::table:
        return table(block, x);
      case BlockKind::code:
        return box(block, x);
      case BlockKind::quote:
        return quote(block, x);
      case BlockKind::rule:
        return rule(x);
      case BlockKind::terms:
        return terms(block, x);
      case BlockKind::term:
      case BlockKind::definition:
        return;  // set by their list
    }
  }

  void heading(const Block& block) {
    const Spans words =
        without_prefix(spans_of(block.content, Weight::bold), code_points(block.label));
    const std::string text = utf8(text_of(words));
    if (body_.pieces.empty() && block.label.empty() && text == title_) return title(words);
    const int depth =
        block.opens_clause ? clause_depth(block.clause) : std::max(1, block.level - 1);
    const HeadingStyle& look = heading_styles[std::clamp(depth, 1, 3) - 1];
    const bool hangs = depth > 2 && block.opens_clause;
    auto pieces = hangs ? labelled(words, block.label, indents_.label_x(block.clause),
                                   indents_.text_x(block.clause), look.setting, Weight::bold)
                        : line_pieces(heading_lines(block.label, words, look), 0, look.setting);
    for (Piece& piece : pieces) piece.keep_with_next = true;
    if (pieces.empty()) return;
    mark(pieces, structure_.add_heading(below_ + depth), structure_);
    pieces.front().space_before = look.before;
    pieces.front().starts_page = depth == 1 && block.label.starts_with("附");
    pieces.back().height += look.after;
    list_heading(block, depth, text, pieces.front());
    append(body_.pieces, std::move(pieces));
  }

  void title(const Spans& words) {
    constexpr Setting setting{17.5F, 28};
    below_ = 1;
    const Tag tag = structure_.add_heading(1);
    for (const Line& line : typesetter_.lines(words, setting.size, right_)) {
      body_.pieces.push_back(line_piece(line, (right_ - line.width) / 2, setting));
      body_.pieces.back().keep_with_next = true;
      structure_.mark(body_.pieces.back().ink, tag);
    }
    body_.pieces.back().height += 10;
  }

  std::vector<Line> heading_lines(const std::string& label, Spans words, const HeadingStyle& look) {
    const Colour colour = look.setting.size > 14 ? style::vermilion : style::ink;
    if (!label.empty()) words.insert(words.begin(), span(label, Weight::bold, colour));
    return typesetter_.lines(words, look.setting.size, right_);
  }

  void list_heading(const Block& block, int depth, const std::string& text, Piece& piece) {
    const std::string anchor = "h" + std::to_string(body_.headings.size());
    body_.headings.push_back({depth, block.label, text, anchor});
    piece.anchors.push_back(anchor);
    if (block.opens_clause) piece.anchors.push_back(markup::clause_anchor(block.clause));
  }

  void paragraph(const Block& block, float x) {
    const float most = style::text_height_of(landscape_ ? style::landscape : style::upright);
    if (auto figures = figure_pieces(block, x, right_, most, pictures_, typesetter_);
        !figures.empty())
      return append(body_.pieces, std::move(figures));
    const Spans words = without_prefix(spans_of(block.content), code_points(block.label));
    constexpr Setting setting;
    if (!block.opens_clause)
      return flow(line_pieces(justified(words, x, setting), x, setting), words);
    clause(block, words, x, artifact);
  }

  // How much further in than by its path a clause stands that is part of something at `x`.
  [[nodiscard]] float shift_of(const Block& block, float x) const {
    return std::max(0.0F, x - indents_.label_x(block.clause));
  }

  // `label`: the element of the label where it is not part of the paragraph.
  void clause(const Block& block, const Spans& words, float inherited_x, Tag label) {
    const float shift = shift_of(block, inherited_x);
    auto pieces = labelled(words, block.label, indents_.label_x(block.clause) + shift,
                           indents_.text_x(block.clause) + shift, {}, Weight::regular, label);
    pieces.front().anchors.push_back(markup::clause_anchor(block.clause));
    flow(std::move(pieces), words);
  }

  std::vector<Line> justified(const Spans& words, float x, const Setting& setting) {
    return typesetter_.lines(words, setting.size, right_ - x, Edge::justified);
  }

  // Lines at x with the label hanging at label_x; a label alone still makes a line.
  std::vector<Piece> labelled(const Spans& words, const std::string& label, float label_x, float x,
                              const Setting& setting, Weight weight, Tag tag = artifact) {
    auto lines = justified(words, x, setting);
    if (lines.empty()) lines.emplace_back();
    auto pieces = line_pieces(lines, x, setting);
    // The label first: text is read out in the order in which it is drawn.
    Ink ink;
    ink.add(typesetter_.line({span(label, weight)}, setting.size).ink,
            label_x - optical_shift(label) * setting.size, baseline(setting));
    if (tag != artifact) structure_.mark(ink, tag);
    ink.add(pieces.front().ink, 0, 0);
    pieces.front().ink = std::move(ink);
    return pieces;
  }

  void flow(std::vector<Piece> pieces, const Spans& words) {
    if (!pieces.empty()) pieces.front().space_before = style::paragraph_gap;
    mark(pieces, structure_.add("P"), structure_);
    // 「……如下：」 stays with the first of what it announces.
    if (!pieces.empty() && render::text_of(words).ends_with(U'：'))
      pieces.back().keep_with_next = true;
    append(body_.pieces, std::move(pieces));
  }

  void list(const Block& block, float x, float clause_x) {
    const Inside list(structure_, structure_.add("L"));
    int number = block.start;
    for (const Block& child : block.children) {
      item(child, block.ordered ? std::to_string(number++) + block.delimiter : bullet, x, clause_x);
    }
  }

  // An item that opens a clause hangs by its depth, from clause_x at least; one whose first paragraph has a label of its own
  // prints no marker; any other hangs its marker at x.
  void item(const Block& block, const std::string& marker, float x, float clause_x) {
    const bool has_words =
        !block.children.empty() && block.children.front().kind == BlockKind::paragraph &&
        !markup::is_figure(block.children.front());
    const bool labelled_inside = has_words && block.children.front().opens_clause;
    const Spans words = has_words ? spans_of(block.children.front().content) : Spans{};
    const Inside item(structure_, structure_.add("LI"));
    const Tag label = labelled_inside ? artifact : structure_.add("Lbl");
    const Inside body(structure_, structure_.add("LBody"));
    const Block& owner = labelled_inside ? block.children.front() : block;
    const float text_x = owner.opens_clause
                             ? indents_.text_x(owner.clause) + shift_of(owner, clause_x)
                             : x + 1.5F * style::body_size;
    if (block.opens_clause && !labelled_inside) clause(block, words, clause_x, label);
    if (!owner.opens_clause) marked(block, words, marker, x, text_x, label);
    const size_t printed = has_words && !labelled_inside ? 1 : 0;
    for (size_t i = printed; i < block.children.size(); ++i)
      add(block.children[i], labelled_inside && i == 0 ? clause_x : text_x);
  }

  // A task's box is its marker, in the place of a bullet.
  void marked(const Block& block, Spans words, std::string marker, float x, float text_x,
              Tag label) {
    if (marker == bullet && markup::is_task(block)) {
      const char32_t box = words.front().text.front();
      marker = utf8(box);
      words = without_prefix(std::move(words), {&box, 1});
    }
    flow(labelled(words, marker, x, text_x, {}, Weight::regular, label), words);
  }

  void table(const Block& block, float x) {
    const bool wide = landscape_ || wants_landscape(block, typesetter_);
    const PageSize page = wide ? style::landscape : style::upright;
    auto pieces = table_pieces(
        block,
        {wide ? 0 : table_x(block, x), style::text_width_of(page), {}, style::text_height_of(page)},
        typesetter_);
    for (Piece& piece : pieces) piece.landscape = wide;
    append(body_.pieces, std::move(pieces));
  }

  // A wide table may use the whole measure instead of standing in with its clause.
  static float table_x(const Block& block, float x) {
    return !block.rows.empty() && block.rows.front().size() > 3 ? 0 : x;
  }

  // A duty stays with the last lines of the clause it belongs to.
  void box(const Block& block, float x) {
    const bool duty = block.info == "obligation" || block.info == "indicator";
    if (duty && !body_.pieces.empty()) body_.pieces.back().keep_with_next = true;
    append(body_.pieces, box_pieces(block, x, right_, typesetter_));
  }

  void quote(const Block& block, float x) {
    const Inside quoted(structure_, structure_.add("BlockQuote"));
    const size_t first = body_.pieces.size();
    for (const Block& child : block.children) add(child, x + 14);
    for (size_t i = first; i < body_.pieces.size(); ++i) {
      Piece& piece = body_.pieces[i];
      const float above = i == first ? 0 : piece.space_before;
      piece.ink.rules.push_back({x + 3, -above, x + 3, piece.height, 1.6F, style::hairline});
    }
  }

  // The lines of a footnote; its number leads back to its first mark.
  void note(size_t number, const markup::Note& note) {
    constexpr Setting setting{8.4F, 12.6F};
    constexpr float text_x = 15;
    const Inside outside(structure_, Structure::document);
    const Tag tag = structure_.add("Note");
    structure_.at(tag).id = "note-" + std::to_string(number);
    const Inside inside(structure_, tag);
    Span mark = span(std::to_string(number), Weight::regular, style::vermilion);
    mark.target = "#nr-" + std::to_string(number);
    mark.raised = true;
    auto lines =
        typesetter_.lines(spans_of(note.content), setting.size, right_ - text_x, Edge::justified);
    if (lines.empty()) lines.emplace_back();
    auto pieces = line_pieces(lines, text_x, setting);
    Ink ink;
    ink.add(typesetter_.line({mark}, setting.size).ink, 3, baseline(setting));
    structure_.mark(ink, structure_.add("Lbl"));
    ink.add(pieces.front().ink, 0, 0);
    pieces.front().ink = std::move(ink);
    render::mark(pieces, structure_.add("P"), structure_);
    body_.notes["n-" + std::to_string(number)] = std::move(pieces);
  }

  // A term in bold, what it means below it, further in.
  void terms(const Block& block, float x) {
    const Inside list(structure_, structure_.add("L"));
    Tag item = artifact;
    for (const Block& part : block.children) {
      const bool term = part.kind == BlockKind::term;
      if (term || item == artifact) item = structure_.add("LI");
      const Inside inside(structure_, item);
      const Tag tag = structure_.add(term ? "Lbl" : "LBody");
      const float left = term ? x : x + 2 * style::body_size;
      const auto words = spans_of(part.content, term ? Weight::bold : Weight::regular);
      auto pieces = line_pieces(justified(words, left, {}), left, {});
      if (pieces.empty()) continue;
      render::mark(pieces, tag, structure_);
      if (term) {
        pieces.front().space_before = style::paragraph_gap;
        pieces.back().keep_with_next = true;
      }
      append(body_.pieces, std::move(pieces));
    }
  }

  void rule(float x) {
    Piece piece;
    piece.height = 15;
    piece.ink.rules.push_back({x, 8, right_, 8, 0.5F, style::hairline});
    body_.pieces.push_back(std::move(piece));
  }

  const markup::Document& document_;
  std::string title_;
  int below_;
  const Pictures& pictures_;
  Typesetter& typesetter_;
  Structure& structure_;
  Indents indents_;
  Body body_;
  bool landscape_;  // every page
  float right_;
};

}  // namespace

Body compose_body(const markup::Document& document, const std::string& title, int below,
                  Typesetter& typesetter, const Pictures& pictures) {
  return BodyComposer(document, title, below, pictures, typesetter).compose();
}

}  // namespace vermilion::render
