#include <algorithm>

#include "markup/diff.h"
#include "markup/stretches.h"
#include "markup/units.h"

namespace vermilion::markup {
namespace {

std::size_t weight(const Stretch& change) {
  return std::max(change.removed.size(), change.added.size());
}

void append(Units& to, const Units& more) { to.insert(to.end(), more.begin(), more.end()); }

// A 的 or a comma left over between two replaced phrases only makes the change harder to read.
std::vector<Stretch> without_crumbs(const std::vector<Stretch>& stretches) {
  constexpr std::size_t largest_crumb = 2;
  std::vector<Stretch> result;
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const auto& next = stretches[i];
    const bool between = next.kept && !result.empty() && i + 1 < stretches.size();
    if (between && next.removed.size() <= largest_crumb &&
        next.removed.size() < std::min(weight(result.back()), weight(stretches[i + 1]))) {
      append(result.back().removed, next.removed);
      append(result.back().added, next.removed);
    } else if (!result.empty() && !next.kept && !result.back().kept) {
      append(result.back().removed, next.removed);
      append(result.back().added, next.added);
    } else {
      result.push_back(next);
    }
  }
  return result;
}

std::string joined(const Units& units) {
  std::string text;
  for (const auto& unit : units) text += unit;
  return text;
}

void add_part(std::vector<Part>& parts, PartKind kind, const std::string& text) {
  if (text.empty()) return;
  if (!parts.empty() && parts.back().kind == kind) {
    parts.back().text += text;
  } else {
    parts.push_back({kind, text});
  }
}

// Takes the units both texts begin with (or end with, from the other side).
template <typename Iterator>
std::size_t common(Iterator a, Iterator a_end, Iterator b, Iterator b_end) {
  return static_cast<std::size_t>(std::mismatch(a, a_end, b, b_end).first - a);
}

}  // namespace

std::vector<Part> diff_text(std::string_view before, std::string_view after) {
  const auto old_units = text_units(before);
  const auto new_units = text_units(after);
  const auto head = common(old_units.begin(), old_units.end(), new_units.begin(), new_units.end());
  const auto from = static_cast<std::ptrdiff_t>(head);
  const auto tail = common(old_units.rbegin(), old_units.rend() - from, new_units.rbegin(),
                           new_units.rend() - from);
  const auto middle = [&](const Units& all) {
    return Units(all.begin() + from, all.end() - static_cast<std::ptrdiff_t>(tail));
  };
  std::vector<Part> parts;
  add_part(parts, PartKind::kept, joined({old_units.begin(), old_units.begin() + from}));
  for (const auto& stretch : without_crumbs(stretches_of(middle(old_units), middle(new_units)))) {
    add_part(parts, stretch.kept ? PartKind::kept : PartKind::removed, joined(stretch.removed));
    if (!stretch.kept) add_part(parts, PartKind::added, joined(stretch.added));
  }
  add_part(parts, PartKind::kept,
           joined({old_units.end() - static_cast<std::ptrdiff_t>(tail), old_units.end()}));
  return parts;
}

}  // namespace vermilion::markup
