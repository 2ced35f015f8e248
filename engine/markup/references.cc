#include "markup/references.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "markup/label.h"
#include "markup/notes.h"

namespace vermilion::markup {
namespace {

constexpr std::u32string_view formal = U"壹貳參肆伍陸柒捌玖拾";
constexpr std::u32string_view common = U"一二三四五六七八九十";

bool is_slash(char32_t c) { return c == U'/' || c == U'／'; }

char32_t half_width(char32_t c) { return c >= U'０' && c <= U'９' ? c - U'０' + U'0' : c; }

// Reads one path; `at` ends behind it.
class PathReader {
 public:
  PathReader(std::u32string_view text, std::size_t at) : text_(text), at_(at) {}

  std::optional<Reference> read() {
    Reference found{at_, at_, ""};
    int parts = 0;
    for (int depth = 0;;) {
      const auto part = next_part();
      const int own = part.empty() ? 0 : part_depth(part, 0);
      const bool first = parts == 0;
      if (part.empty() || (first ? own > 2 : own < depth || (own == depth && own != 4))) break;
      found.path += (first ? "" : "/") + part;
      found.end = at_;
      depth = own;
      ++parts;
      if (at_ >= text_.size() || !is_slash(text_[at_])) break;
      ++at_;
    }
    if (parts == 0 || (parts == 1 && !stands_alone(found))) return std::nullopt;
    return found;
  }

 private:
  [[nodiscard]] char32_t peek() const { return at_ < text_.size() ? half_width(text_[at_]) : 0; }

  std::string run_of(std::u32string_view characters) {
    constexpr int longest = 6;
    std::string run;
    for (int i = 0; i < longest && characters.find(peek()) != characters.npos; ++i, ++at_)
      run += utf8(peek());
    return run;
  }

  std::string number() {
    const auto numerals = run_of(common);
    return numerals.empty() ? run_of(U"0123456789") : numerals;
  }

  std::string next_part() {
    auto part = bare_part();
    if (part.empty() || peek() != U'~') return part;
    const auto tilde = at_++;
    const auto times = run_of(U"0123456789");
    if (times.empty()) at_ = tilde;
    return times.empty() ? part : part + "~" + times;
  }

  std::string bare_part() {
    if (text_.substr(at_).starts_with(U"附件")) {
      at_ += 2;
      const auto digits = number();
      return digits.empty() ? "" : "附件" + std::to_string(numeral_value(code_points(digits)));
    }
    if (peek() == U'(' || peek() == U'（') {
      ++at_;
      const auto inner = number();
      const bool closed = peek() == U')' || peek() == U'）';
      at_ += closed ? 1 : 0;
      return inner.empty() || !closed ? "" : "(" + inner + ")";
    }
    const auto numerals = run_of(formal);
    return numerals.empty() ? number() : numerals;
  }

  [[nodiscard]] bool stands_alone(const Reference& found) const {
    if (text_.substr(found.begin).starts_with(U"附件")) return true;
    return formal.find(text_[found.begin]) != formal.npos &&
           (found.end >= text_.size() || !is_cjk(text_[found.end]));
  }

  std::u32string_view text_;
  std::size_t at_;
};

class Linking {
 public:
  explicit Linking(Document& document) : document_(document) { collect(document.blocks); }

  void link() {
    walk(document_.blocks);
    for (auto& note : document_.notes) {
      int line = note.line;
      link(note.content, line);
    }
  }

 private:
  void collect(const std::vector<Block>& blocks) {
    for (const auto& block : blocks) {
      if (block.opens_clause) anchors_.insert(clause_anchor(block.clause));
      collect(block.children);
    }
  }

  void walk(std::vector<Block>& blocks) {
    for (auto& block : blocks) {
      each_content(block, [&](auto& content, int line) { link(content, line); });
      walk(block.children);
    }
  }

  void link(std::vector<Inline>& content, int& line) {
    std::vector<Inline> linked;
    for (auto& part : content) {
      line += is_break(part) ? 1 : 0;
      if (part.kind == InlineKind::text) {
        add(linked, std::move(part), line);
        continue;
      }
      if (part.kind == InlineKind::link) {
        check(part, line);
      } else {
        link(part.children, line);
      }
      linked.push_back(std::move(part));
    }
    content = std::move(linked);
  }

  void check(const Inline& link, int line) {
    const bool inside = link.url.starts_with("#c-");
    if (inside && !anchors_.contains(link.url.substr(1)))
      document_.unresolved.push_back({line, link.url});
  }

  void add(std::vector<Inline>& linked, Inline words, int line) {
    if (words.text.find("見") == std::string::npos) return linked.push_back(std::move(words));
    const auto text = code_points(words.text);
    std::size_t from = 0;
    const auto add_text = [&](std::size_t to) {
      if (to > from)
        linked.push_back({InlineKind::text, utf8(text.substr(from, to - from)), "", {}});
      from = to;
    };
    for (const auto& reference : find_references(text)) {
      const auto anchor = clause_anchor(reference.path);
      if (!anchors_.contains(anchor)) {
        document_.unresolved.push_back({line, reference.path});
        continue;
      }
      add_text(reference.begin);
      from = reference.end;
      const auto shown = utf8(text.substr(reference.begin, reference.end - reference.begin));
      linked.push_back({InlineKind::link, "", "#" + anchor, {{InlineKind::text, shown, "", {}}}});
    }
    add_text(text.size());
  }

  Document& document_;
  std::set<std::string> anchors_;
};

}  // namespace

std::vector<Reference> find_references(std::u32string_view text) {
  std::vector<Reference> found;
  for (auto at = text.find(U'見'); at != text.npos; at = text.find(U'見', at + 1)) {
    auto begin = at + 1;
    while (begin < text.size() && is_space(text[begin])) ++begin;
    if (auto reference = PathReader(text, begin).read()) found.push_back(std::move(*reference));
  }
  return found;
}

void link_references(Document& document) {
  Linking(document).link();
  std::stable_sort(document.unresolved.begin(), document.unresolved.end(),
                   [](const Unresolved& a, const Unresolved& b) { return a.line < b.line; });
}

}  // namespace vermilion::markup
