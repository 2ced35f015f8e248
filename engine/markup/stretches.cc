#include "markup/stretches.h"

#include <algorithm>
#include <unordered_map>

#include "markup/edit_script.h"

namespace vermilion::markup {
namespace {

// Beyond this the sentences have nothing to say to each other, and memory grows with the square.
constexpr int most_text_edits = 1000;
constexpr std::size_t most_text_steps = 40'000'000;

std::vector<int> numbered(const Units& units, std::unordered_map<std::string_view, int>& numbers) {
  std::vector<int> result;
  for (const auto& unit : units) {
    result.push_back(numbers.try_emplace(unit, static_cast<int>(numbers.size())).first->second);
  }
  return result;
}

std::optional<Kept> edit_of(const Units& before, const Units& after) {
  std::unordered_map<std::string_view, int> numbers;
  const auto size = before.size() + after.size() + 1;
  const auto edits = std::min<std::size_t>({most_text_edits, most_text_steps / size, size});
  return shortest_edit(numbered(before, numbers), numbered(after, numbers),
                       static_cast<int>(edits));
}

}  // namespace

std::vector<Stretch> stretches_of(const Units& before, const Units& after) {
  const auto edit = edit_of(before, after);
  if (!edit) return {{false, before, after}};
  std::vector<Stretch> result;
  const auto at = [&](bool kept) -> Stretch& {
    if (result.empty() || result.back().kept != kept) result.push_back({kept, {}, {}});
    return result.back();
  };
  for (std::size_t i = 0, j = 0; i < before.size() || j < after.size();) {
    if (i < before.size() && !edit->old_kept[i]) {
      at(false).removed.push_back(before[i++]);
    } else if (j < after.size() && !edit->new_kept[j]) {
      at(false).added.push_back(after[j++]);
    } else {
      at(true).removed.push_back(before[i++]);
      ++j;
    }
  }
  return result;
}

}  // namespace vermilion::markup
