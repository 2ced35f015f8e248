#include "render/structure.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"

namespace vermilion::render {
namespace {

constexpr std::array heading_roles = {"H1", "H2", "H3", "H4", "H5", "H6"};

void note_letters(Element& element, std::u32string_view text) {
  for (const char32_t c : text) {
    element.has_chinese = element.has_chinese || is_cjk(c);
    element.has_english = element.has_english || (c >= U'a' && c <= U'z');
  }
}

}  // namespace

Language language_of(const Element& element) noexcept {
  if (element.has_chinese) return Language::chinese;
  return element.has_english ? Language::english : Language::unknown;
}

Structure::Structure() : elements_{{}, {"Document", artifact, {}, {}}} {}

Tag Structure::add(const char* role) {
  elements_.push_back({role, open_, {}, {}});
  return static_cast<Tag>(elements_.size() - 1);
}

Tag Structure::add_heading(int level) {
  last_level_ =
      std::clamp(level, 1, std::min(last_level_ + 1, static_cast<int>(heading_roles.size())));
  return add(heading_roles[static_cast<size_t>(last_level_) - 1]);
}

Tag Structure::add_loose(const char* role) {
  elements_.push_back({role, artifact, {}, {}});
  return static_cast<Tag>(elements_.size() - 1);
}

void Structure::mark(Ink& ink, Tag tag) {
  const auto belongs = [&](Tag& owner) {
    if (owner == artifact)
      owner = tag;
    else if (elements_[owner].parent == artifact && owner != tag)
      elements_[owner].parent = tag;
  };
  for (TextRun& run : ink.texts) {
    belongs(run.tag);
    note_letters(elements_[run.tag], run.text);
  }
  for (Link& link : ink.links) belongs(link.tag);
  if (std::string_view(elements_[tag].role) != "Figure") return;
  for (Fill& fill : ink.fills) fill.tag = tag;
  for (Rule& rule : ink.rules) rule.tag = tag;
  for (PlacedImage& placed : ink.images) placed.tag = tag;
}

}  // namespace vermilion::render
