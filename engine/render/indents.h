// How far each clause stands in from the margin: labels hang, and siblings hang alike.
//
// Shape    Headings of depth 1 and 2 (壹、 一、) and what stands in them begin at the margin. Below
// that,
//          a clause's label starts where its parent's text starts, and its text after the widest
//          label among its siblings. A sentence that opens a clause of depth 1 or 2 hangs by its
//          own label.
// Units    Points from the left margin.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "markup/document.h"
#include "render/typeset.h"

namespace vermilion::render {

// 1 for "壹", 3 for "肆/八/(三)"; 0 for "".
[[nodiscard]] int clause_depth(std::string_view path);

class Indents {
 public:
  Indents(const markup::Document& document, Typesetter& typesetter);

  [[nodiscard]] float label_x(const std::string& path) const;
  [[nodiscard]] float text_x(const std::string& path) const;  // 0 for ""

 private:
  void measure(const std::vector<markup::Block>& blocks, Typesetter& typesetter);
  void measure(const markup::Block& block, Typesetter& typesetter);

  std::map<std::string, float> hang_;  // by path of the parent, depth 3 and more
  std::map<std::string, float> own_;   // by path: sentences that open a clause of depth 1 or 2
};

// A label starting with （ is moved left by this much of an em, so that its ink, not its blank,
// meets the edge.
[[nodiscard]] float optical_shift(std::string_view label);

}  // namespace vermilion::render
