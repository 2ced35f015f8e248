// What the ink of a document means: its headings, paragraphs, lists and tables as a tree.
//
// Shape    Elements are added in reading order under the one that is open (Inside). Ink is marked with the element it
//          belongs to; what is never marked is an artifact: header, footer, rules, tint. Content stands in the tree in
//          the order in which it is drawn.
// Roles    The standard structure types of ISO 32000-1 14.8.4: "P", "H1", "Table" …
// Threads  One document, one Structure, one thread.
// Source   ISO 14289-1 (PDF/UA-1); tags.h writes it into the file.
#pragma once
#include <string>
#include <vector>

#include "render/ink.h"

namespace vermilion::render {

// What an element is read out in: Chinese as soon as there is Chinese in it.
enum class Language { unknown, chinese, english };

struct Element {
  const char* role = "";
  Tag parent = artifact;
  std::string alternate;  // what a reader is told in the place of a picture
  std::string id;         // a Note has one of its own (ISO 14289-1 7.9)
  int columns = 1;        // how many columns and rows a cell spans
  int rows = 1;
  bool has_chinese = false;  // among its own words
  bool has_english = false;  // small Latin letters: an abbreviation or a number is of no language
};
[[nodiscard]] Language language_of(const Element& element) noexcept;

class Structure {
 public:
  static constexpr Tag document = 1;

  Structure();

  // A new element under the one that is open.
  Tag add(const char* role);
  // A heading of `level` (1: of the whole), lifted so that no level is left out.
  Tag add_heading(int level);
  // An element that gets its parent from the first ink it is marked within: a link in a line of text.
  Tag add_loose(const char* role);

  // Everything in `ink` that is not marked yet belongs to `tag`; what is drawn beside the words (fills, rules, pictures) too if
  // the element is a picture.
  void mark(Ink& ink, Tag tag);

  [[nodiscard]] Element& at(Tag tag) { return elements_[tag]; }
  [[nodiscard]] const std::vector<Element>& elements() const noexcept { return elements_; }

 private:
  friend class Inside;
  std::vector<Element> elements_;
  Tag open_ = document;
  int last_level_ = 0;
};

// While it lives, elements are added under `tag`.
class Inside {
 public:
  Inside(Structure& structure, Tag tag) : structure_(structure), outer_(structure.open_) {
    structure.open_ = tag;
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
  ~Inside() { structure_.open_ = outer_; }

 private:
  Structure& structure_;
  Tag outer_;
};

}  // namespace vermilion::render
