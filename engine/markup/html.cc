#include "markup/html.h"

#include <fmt/format.h>

#include "markup/blocks.h"
#include "markup/duty_box.h"
#include "markup/text.h"

namespace vermilion::markup {
namespace {

const char* class_of(Align align) {
  switch (align) {
    case Align::left:
      return " class=\"left\"";
    case Align::center:
      return " class=\"center\"";
    case Align::right:
      return " class=\"right\"";
    default:
      return "";
  }
}

// An info string names a language only as far as a class name can say it.
std::string class_of_info(const std::string& info) {
  const auto word = info.substr(0, info.find_first_of(" \t{"));
  return word.empty() ? "" : fmt::format(" class=\"language-{}\"", escape_html(word));
}

class HtmlWriter {
 public:
  explicit HtmlWriter(const FencedHtml& fenced) : fenced_(fenced) {}

  void blocks(const std::vector<Block>& all) {
    for (const auto& block : all) write(block);
  }

  void notes(const std::vector<Note>& all) {
    if (all.empty()) return;
    html_ += "<section class=\"notes\" role=\"doc-endnotes\">\n<ol>\n";
    for (std::size_t i = 0; i < all.size(); ++i) note(all[i], static_cast<int>(i) + 1);
    html_ += "</ol>\n</section>\n";
  }

  std::string take() { return std::move(html_); }

 private:
  static std::string mark_anchor(int number, int use) {
    return use > 1 ? fmt::format("nr-{}-{}", number, use) : fmt::format("nr-{}", number);
  }

  void note(const Note& note, int number) {
    html_ += fmt::format("<li id=\"n-{}\">", number);
    content(note.content);
    for (int use = 1; use <= note.uses; ++use)
      html_ += fmt::format(" <a href=\"#{}\" role=\"doc-backlink\" aria-label=\"回到註 {}\">↩</a>",
                           mark_anchor(number, use), number);
    html_ += "</li>\n";
  }

  void write(const Block& block) {
    switch (block.kind) {
      case BlockKind::heading:
        return element(fmt::format("h{}", block.level), block);
      case BlockKind::paragraph:
        return element("p", block);
      case BlockKind::list:
        return list(block);
      case BlockKind::item:
        return;  // written by its list, which knows the number
      case BlockKind::table:
        return table(block);
      case BlockKind::terms:
        html_ += "<dl>\n";
        blocks(block.children);
        html_ += "</dl>\n";
        return;
      case BlockKind::term:
        return element("dt", block);
      case BlockKind::definition:
        return element("dd", block);
      case BlockKind::code:
        return code(block);
      case BlockKind::quote:
        html_ += "<blockquote>\n";
        blocks(block.children);
        html_ += "</blockquote>\n";
        return;
      case BlockKind::rule:
        html_ += "<hr>\n";
    }
  }

  void code(const Block& block) {
    if (const auto drawn = fenced_ ? fenced_(block) : std::nullopt) {
      html_ += *drawn + "\n";
      return;
    }
    if (const auto box = read_duty_box(block)) return duty(block.info, *box);
    html_ += fmt::format("<pre><code{}>{}</code></pre>\n", class_of_info(block.info),
                         escape_html(block.literal));
  }

  void duty(const std::string& kind, const DutyBox& box) {
    html_ += fmt::format("<div class=\"duty {}\">\n<p><strong>{}</strong> {}</p>\n", kind,
                         escape_html(box.id), escape_html(box.duty));
    if (!box.details.empty()) html_ += "<dl>";
    for (const auto& [name, value] : box.details)
      html_ += fmt::format("<dt>{}</dt><dd>{}</dd>", escape_html(name), escape_html(value));
    html_ += box.details.empty() ? "</div>\n" : "</dl>\n</div>\n";
  }

  static std::string clause_attributes(const Block& block) {
    if (!block.opens_clause) return {};
    return fmt::format(" class=\"clause\" id=\"{}\"", escape_html(clause_anchor(block.clause)));
  }

  void element(const std::string& tag, const Block& block) {
    html_ += fmt::format("<{}{}>", tag, clause_attributes(block));
    content(block.content);
    html_ += fmt::format("</{}>\n", tag);
  }

  void list(const Block& block) {
    const std::string tag = block.ordered ? "ol" : "ul";
    html_ += "<" + tag;
    if (block.ordered && block.start != 1) html_ += fmt::format(" start=\"{}\"", block.start);
    if (block.ordered && block.delimiter == ')') html_ += " class=\"parenthesis\"";
    html_ += ">\n";
    for (const auto& item : block.children) {
      const bool task = !block.ordered && is_task(item);
      html_ += task ? "<li class=\"task\">" : fmt::format("<li{}>", clause_attributes(item));
      item_content(item.children);
      html_ += "</li>\n";
    }
    html_ += "</" + tag + ">\n";
  }

  // An item of one sentence is a line, not a paragraph in a line.
  void item_content(const std::vector<Block>& children) {
    const bool sentence =
        !children.empty() && children[0].kind == BlockKind::paragraph && !children[0].opens_clause;
    const bool alone =
        children.size() == 1 || (children.size() == 2 && children[1].kind == BlockKind::list);
    if (!sentence || !alone) {
      html_ += "\n";
      return blocks(children);
    }
    content(children[0].content);
    if (children.size() == 2) {
      html_ += "\n";
      list(children[1]);
    }
  }

  void table(const Block& block) {
    html_ += "<table>\n<thead>\n";
    for (std::size_t i = 0; i < block.rows.size(); ++i) {
      row(block, i);
      if (i == 0) html_ += block.rows.size() > 1 ? "</thead>\n<tbody>\n" : "</thead>\n";
    }
    html_ += block.rows.size() > 1 ? "</tbody>\n</table>\n" : "</table>\n";
  }

  void row(const Block& block, std::size_t number) {
    const char* tag = number == 0 ? "th" : "td";
    html_ += "<tr>";
    for (std::size_t i = 0; i < block.rows[number].size(); ++i) {
      const Cell& cell = block.rows[number][i];
      if (cell.columns == 0) continue;
      const auto align = i < block.columns.size() ? block.columns[i] : Align::none;
      html_ += fmt::format("<{}{}{}{}{}>", tag, scope(number, cell), span("colspan", cell.columns),
                           span("rowspan", cell.rows), class_of(align));
      content(cell.content);
      html_ += fmt::format("</{}>", tag);
    }
    html_ += "</tr>\n";
  }

  static const char* scope(std::size_t row, const Cell& cell) {
    if (row > 0) return "";
    return cell.columns > 1 ? " scope=\"colgroup\"" : " scope=\"col\"";
  }

  static std::string span(const char* attribute, int count) {
    return count > 1 ? fmt::format(" {}=\"{}\"", attribute, count) : "";
  }

  void content(const std::vector<Inline>& parts) {
    last_ = 0;
    broken_ = false;
    inlines(parts);
  }

  void inlines(const std::vector<Inline>& parts) {
    for (const auto& part : parts) write(part);
  }

  void write(const Inline& part) {
    switch (part.kind) {
      case InlineKind::text:
        return text(part.text, "", "");
      case InlineKind::code:
        return text(part.text, "<code>", "</code>");
      case InlineKind::soft_break:
        broken_ = true;
        return;
      case InlineKind::hard_break:
        html_ += "<br>\n";
        broken_ = false;
        return;
      case InlineKind::emphasis:
        return around("<em>", part, "</em>");
      case InlineKind::strong:
        return around("<strong>", part, "</strong>");
      case InlineKind::inserted:
        return around("<ins>", part, "</ins>");
      case InlineKind::deleted:
        return around("<del>", part, "</del>");
      case InlineKind::note:
        html_ += fmt::format("<sup><a id=\"{}\" href=\"#n-{}\" role=\"doc-noteref\">{}</a></sup>",
                             mark_anchor(part.number, part.use), part.number, part.number);
        return;
      case InlineKind::link:
        return around(fmt::format("<a href=\"{}\">", escape_html(part.url)), part, "</a>");
      case InlineKind::image:
        html_ += fmt::format("<img src=\"{}\" alt=\"{}\">", escape_html(part.url),
                             escape_html(part.text));
    }
  }

  void around(const std::string& open, const Inline& part, const char* close) {
    const auto first = plain_text(part.children);
    resolve_break(first);
    html_ += open;
    inlines(part.children);
    html_ += close;
  }

  void text(const std::string& words, const char* open, const char* close) {
    resolve_break(words);
    html_ += open + escape_html(words) + close;
    if (!words.empty()) last_ = last_point(words);
  }

  // A line end in the source shows only where a space would be written.
  void resolve_break(const std::string& next) {
    if (!broken_ || next.empty()) return;
    broken_ = false;
    if (!is_wide(last_) || !is_wide(first_point(next))) html_ += "\n";
  }

  const FencedHtml& fenced_;
  std::string html_;
  char32_t last_ = 0;  // the last character shown in the block
  bool broken_ = false;
};

}  // namespace

std::string escape_html(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string to_html(const Document& document, const FencedHtml& fenced) {
  HtmlWriter writer(fenced);
  writer.blocks(document.blocks);
  writer.notes(document.notes);
  return writer.take();
}

}  // namespace vermilion::markup
