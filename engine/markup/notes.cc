#include "markup/notes.h"

#include <map>

#include "markup/text.h"

namespace vermilion::markup {
namespace {

class NoteNumbering {
 public:
  NoteNumbering(Document& document, std::vector<Note> definitions)
      : document_(document), definitions_(std::move(definitions)) {
    for (std::size_t i = 0; i < definitions_.size(); ++i)
      by_label_.emplace(definitions_[i].label, i);
  }

  void number() {
    walk(document_.blocks);
    for (std::size_t i = 0; i < order_.size(); ++i) {
      Note& note = definitions_[order_[i]];
      number(note.content, note.line);
    }
    for (const auto i : order_) document_.notes.push_back(std::move(definitions_[i]));
    for (std::size_t i = 0; i < definitions_.size(); ++i) {
      if (numbers_.contains(i)) continue;
      document_.unresolved.push_back({definitions_[i].line, "[^" + definitions_[i].label + "]:"});
      document_.blocks.push_back(as_written(std::move(definitions_[i])));
    }
  }

 private:
  void walk(std::vector<Block>& blocks) {
    for (auto& block : blocks) {
      each_content(block, [&](auto& content, int line) { number(content, line); });
      walk(block.children);
    }
  }

  void number(std::vector<Inline>& content, int line) {
    each_inline(content, [&](Inline& part) {
      line += is_break(part) ? 1 : 0;
      if (part.kind == InlineKind::note) number(part, line);
    });
  }

  void number(Inline& mark, int line) {
    const auto known = by_label_.find(mark.text);
    if (known == by_label_.end()) {
      document_.unresolved.push_back({line, "[^" + mark.text + "]"});
      mark = {InlineKind::text, "[^" + mark.text + "]", "", {}};
      return;
    }
    if (numbers_.emplace(known->second, order_.size() + 1).second) order_.push_back(known->second);
    mark.text.clear();
    mark.number = static_cast<int>(numbers_.at(known->second));
    mark.use = ++definitions_[known->second].uses;
  }

  static Block as_written(Note note) {
    Block block;
    block.line = note.line;
    block.content = std::move(note.content);
    each_inline(block.content, [](Inline& part) {
      if (part.kind == InlineKind::note) part = {InlineKind::text, "[^" + part.text + "]", "", {}};
    });
    block.content.insert(block.content.begin(),
                         {InlineKind::text, "[^" + note.label + "]: ", "", {}});
    return block;
  }

  Document& document_;
  std::vector<Note> definitions_;
  std::map<std::string, std::size_t> by_label_;  // the first of each label
  std::map<std::size_t, std::size_t> numbers_;   // by definition
  std::vector<std::size_t> order_;               // of the definitions, by their first marks
};

bool is_label_byte(char c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string_view note_label(std::string_view text, std::size_t at, std::size_t longest) {
  if (!text.substr(at).starts_with("[^")) return {};
  const auto rest = text.substr(at + 2, longest + 1);
  std::size_t size = 0;
  while (size < rest.size() && is_label_byte(rest[size])) ++size;
  return size < rest.size() && rest[size] == ']' ? rest.substr(0, size) : std::string_view();
}

void number_notes(Document& document, std::vector<Note> definitions) {
  NoteNumbering(document, std::move(definitions)).number();
}

}  // namespace vermilion::markup
