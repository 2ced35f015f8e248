// What is printed on a page, or on a part of one: fills, rules, text, pictures and links.
//
// Units    Points. x grows to the right, y grows DOWN from the top of the page or part; a text's y
// is its
//          base line. content.cc turns y round for what is drawn; whoever places annotations or boxes on a page turns them.
// Threads  Values.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace vermilion::render {

// Which element of the structure (structure.h) something belongs to.
using Tag = std::uint32_t;
inline constexpr Tag artifact = 0;  // none: furniture and decoration

struct Colour {
  float red = 0;
  float green = 0;
  float blue = 0;
  bool operator==(const Colour&) const = default;
};

struct Fill {
  float x = 0, y = 0, width = 0, height = 0;
  Colour colour;
  Tag tag = artifact;
};

enum class Stroke { solid, dotted };

struct Rule {
  float x1 = 0, y1 = 0, x2 = 0, y2 = 0;
  float thickness = 0.4F;
  Colour colour;
  Stroke stroke = Stroke::solid;
  Tag tag = artifact;
};

// Characters of one face set from x to the right; `tracking` is added after each character.
struct TextRun {
  float x = 0, y = 0;
  float size = 0;
  int face = 0;
  Colour colour;
  float tracking = 0;
  float degrees = 0;      // counter-clockwise about (x, y)
  bool embolden = false;  // the face has no bold: outlines are thickened
  std::u32string text;
  Tag tag = artifact;
};

// A link target is a URL, or '#' and an anchor of this document.
struct Link {
  float x1 = 0, y1 = 0, x2 = 0, y2 = 0;
  std::string target;
  Tag tag = artifact;
};

// Where an empty form field for a signature lies (signature_boxes.h).
struct Field {
  float x1 = 0, y1 = 0, x2 = 0, y2 = 0;
  std::string name;
  std::string purpose;
  Tag tag = artifact;
};

struct Image;

// A picture in a rectangle. It is drawn, and so read out, before the text that follows it.
struct PlacedImage {
  float x = 0, y = 0, width = 0, height = 0;
  std::shared_ptr<const Image> image;
  std::size_t texts_before = 0;  // of the texts it stands among
  Tag tag = artifact;
};

struct Ink {
  std::vector<Fill> fills;
  std::vector<Rule> rules;
  std::vector<TextRun> texts;
  std::vector<Link> links;
  std::vector<Field> fields;
  std::vector<PlacedImage> images;

  // Adds a copy of `other`, moved by (dx, dy).
  void add(const Ink& other, float dx, float dy);
};

struct PageSize {
  float width = 0;
  float height = 0;
  bool operator==(const PageSize&) const = default;
};

// What is printed on a page, and how large that is.
struct Page : Ink {
  PageSize size;
};

// The same as decoration: what is repeated on a further page is read once only.
[[nodiscard]] Ink as_artifact(Ink ink);

}  // namespace vermilion::render
