#include "render/columns.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vermilion::render {
namespace {

constexpr float narrowest = 40;

std::vector<float> widest_cells(const CellWidths& cells) {
  std::vector<float> widest(cells.front().size(), 0);
  for (const auto& row : cells) {
    for (size_t c = 0; c < row.size(); ++c) widest[c] = std::max(widest[c], row[c]);
  }
  return widest;
}

std::vector<float> fair_shares(const std::vector<float>& wanted, float width) {
  std::vector<float> widths(wanted.size(), 0);
  size_t open = wanted.size();
  for (bool changed = true; changed && open > 0;) {
    changed = false;
    const float share = width / static_cast<float>(open);
    for (size_t c = 0; c < wanted.size(); ++c) {
      if (widths[c] > 0 || wanted[c] > share) continue;
      widths[c] = wanted[c];
      width -= wanted[c];
      --open;
      changed = true;
    }
  }
  for (float& column : widths) {
    if (column == 0) column = width / static_cast<float>(open);
  }
  return widths;
}

// Lines the sampled rows take: a row is as tall as its tallest cell; the sum of all cells breaks
// ties.
float lines_taken(const CellWidths& cells, const std::vector<float>& widths, float padding) {
  float taken = 0;
  for (size_t r = 0; r < std::min(cells.size(), sampled_rows); ++r) {
    float tallest = 1;
    for (size_t c = 0; c < widths.size(); ++c) {
      const float lines = std::ceil((cells[r][c] - padding) / std::max(1.0F, widths[c] - padding));
      tallest = std::max(tallest, lines);
      taken += lines * 0.01F;
    }
    taken += tallest;
  }
  return taken;
}

// The best single move of `step` points from one column to another; false if none helps.
bool move_width(const CellWidths& cells, const std::vector<float>& least,
                std::vector<float>& widths, float padding, float step) {
  float best = lines_taken(cells, widths, padding) - 0.001F;
  std::vector<float> chosen;
  for (size_t from = 0; from < widths.size(); ++from) {
    if (widths[from] - step < std::max(least[from], narrowest)) continue;
    for (size_t to = 0; to < widths.size(); ++to) {
      std::vector<float> moved = widths;
      moved[from] -= step;
      moved[to] += step;
      const float taken = lines_taken(cells, moved, padding);
      if (taken >= best) continue;
      best = taken;
      chosen = std::move(moved);
    }
  }
  if (chosen.empty()) return false;
  widths = std::move(chosen);
  return true;
}

// A very long word, such as a digest, is broken rather than given the place of all others.
std::vector<float> least_widths(std::vector<float> words, size_t columns, float width) {
  words.resize(columns, 1);
  const float most = std::max(width / static_cast<float>(columns), width * 0.2F);
  for (float& word : words) word = std::clamp(word, 1.0F, most);
  return fair_shares(words, width);
}

// What a column lacks comes from the columns with the most to spare.
void widen(std::vector<float>& widths, const std::vector<float>& least) {
  for (size_t c = 0; c < widths.size(); ++c) {
    while (widths[c] < least[c] - 0.01F) {
      size_t giver = 0;
      for (size_t g = 1; g < widths.size(); ++g) {
        if (widths[g] - least[g] > widths[giver] - least[giver]) giver = g;
      }
      const float given = std::min(least[c] - widths[c], widths[giver] - least[giver]);
      if (given <= 0) return;
      widths[giver] -= given;
      widths[c] += given;
    }
  }
}

}  // namespace

std::vector<float> column_shares(std::vector<float> shares, float width) {
  const float sum = std::accumulate(shares.begin(), shares.end(), 0.0F);
  for (float& share : shares) share *= width / std::max(sum, 1.0F);
  return shares;
}

std::vector<float> column_widths(const CellWidths& cells, float width, float padding,
                                 const std::vector<float>& words) {
  const auto wanted = widest_cells(cells);
  if (std::accumulate(wanted.begin(), wanted.end(), 0.0F) <= width)
    return column_shares(wanted, width);
  const auto least = least_widths(words, wanted.size(), width);
  auto widths = fair_shares(wanted, width);
  widen(widths, least);
  for (const float step : {36.0F, 18.0F, 9.0F, 4.5F}) {
    for (int moves = 0; moves < 20 && move_width(cells, least, widths, padding, step);) ++moves;
  }
  return widths;
}

}  // namespace vermilion::render
