#include "render/indents.h"

#include <algorithm>

namespace vermilion::render {
namespace {

std::string parent_of(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

}  // namespace

int clause_depth(std::string_view path) {
  return path.empty() ? 0 : 1 + static_cast<int>(std::count(path.begin(), path.end(), '/'));
}

float optical_shift(std::string_view label) { return label.starts_with("（") ? 0.4F : 0; }

Indents::Indents(const markup::Document& document, Typesetter& typesetter) {
  measure(document.blocks, typesetter);
}

void Indents::measure(const std::vector<markup::Block>& blocks, Typesetter& typesetter) {
  for (const auto& block : blocks) {
    if (block.opens_clause) measure(block, typesetter);
    measure(block.children, typesetter);
  }
}

void Indents::measure(const markup::Block& block, Typesetter& typesetter) {
  const bool after_mark = block.label.ends_with("）") || block.label.ends_with("、");
  const float gap = after_mark ? 0.1F : 0.45F;
  const float width = typesetter.natural_width({span(block.label)}, style::body_size) +
                      (gap - optical_shift(block.label)) * style::body_size;
  if (clause_depth(block.clause) > 2) {
    float& widest = hang_[parent_of(block.clause)];
    widest = std::max(widest, width);
  } else if (block.kind != markup::BlockKind::heading) {
    own_[block.clause] = width;
  }
}

float Indents::label_x(const std::string& path) const {
  return clause_depth(path) > 1 ? text_x(parent_of(path)) : 0;
}

float Indents::text_x(const std::string& path) const {
  const bool outer = clause_depth(path) < 3;
  const auto& widths = outer ? own_ : hang_;
  const auto found = widths.find(outer ? path : parent_of(path));
  return found == widths.end() ? 0 : label_x(path) + found->second;
}

}  // namespace vermilion::render
