#include "render/chart_status.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "markup/blocks.h"
#include "render/table.h"

namespace vermilion::render {
namespace {

constexpr Setting status_heading{9.2F, 16};

struct StateWords {
  ItemState state;
  const char* mark;
  const char* word;
};
constexpr std::array<StateWords, 4> state_words = {{{ItemState::met, "●", "達成"},
                                                    {ItemState::watch, "▲", "注意"},
                                                    {ItemState::missed, "×", "未達"},
                                                    {ItemState::unmeasured, "○", "未量測"}}};

const StateWords& words_for(ItemState state) {
  return *std::find_if(state_words.begin(), state_words.end(),
                       [&](const StateWords& one) { return one.state == state; });
}

std::string marked(ItemState state) {
  return fmt::format("{} {}", words_for(state).mark, words_for(state).word);
}

struct Column {
  const char* head;
  std::string Item::*member;  // null: the state
};
constexpr std::array<Column, 7> all_columns = {{{"項次", &Item::label},
                                                {"項目", &Item::name},
                                                {"目標", &Item::target},
                                                {"現況", &Item::value},
                                                {"狀態", nullptr},
                                                {"負責", &Item::owner},
                                                {"期限", &Item::due}}};

std::vector<Column> used_columns(const std::vector<Item>& items) {
  std::vector<Column> used;
  for (const Column& column : all_columns) {
    const bool filled =
        column.member == nullptr || std::any_of(items.begin(), items.end(), [&](const Item& item) {
          return !(item.*column.member).empty();
        });
    if (filled) used.push_back(column);
  }
  return used;
}

// What is not as it should be stands out in bold.
markup::Cell cell_for(const Item& item, const Column& column) {
  if (column.member != nullptr) return markup::lines({item.*column.member});
  const bool good = item.state == ItemState::met;
  return good ? markup::lines({marked(item.state)}) : markup::headed(marked(item.state), {});
}

markup::Block table_for(const std::vector<Item>& items) {
  const auto columns = used_columns(items);
  std::vector<std::string> heads;
  for (const Column& column : columns) heads.emplace_back(column.head);
  auto table = markup::table_of(heads);
  for (const Item& item : items) {
    auto& row = table.rows.emplace_back();
    for (const Column& column : columns) row.push_back(cell_for(item, column));
  }
  return table;
}

// 達成 7　未達 1
std::string tally(const std::vector<Item>& items) {
  std::string text;
  for (const StateWords& one : state_words) {
    const auto count = std::count_if(items.begin(), items.end(),
                                     [&](const Item& item) { return item.state == one.state; });
    if (count > 0) text += fmt::format("　{} {}", marked(one.state), count);
  }
  return text;
}

}  // namespace

std::vector<Piece> status_pieces(const ChartBlock& block, float x, float right,
                                 Typesetter& typesetter) {
  const Spans title = {span(block.title, Weight::bold),
                       span(tally(block.items), Weight::regular, style::quiet)};
  auto pieces =
      line_pieces(typesetter.lines(title, status_heading.size, right - x), x, status_heading);
  mark(pieces, typesetter.structure().add("P"), typesetter.structure());
  for (Piece& piece : pieces) piece.keep_with_next = true;
  pieces.front().space_before = 10;
  auto table = table_pieces(table_for(block.items), {x, right, {}}, typesetter);
  table.front().space_before = 2;
  append(pieces, std::move(table));
  return pieces;
}

std::string spoken(const Item& item) {
  std::string text = item.label.empty() ? item.name : item.label + " " + item.name;
  text += "；" + std::string(words_for(item.state).word);
  for (const Column& column : all_columns) {
    if (column.member == nullptr || column.member == &Item::label || column.member == &Item::name)
      continue;
    if (!(item.*column.member).empty())
      text += fmt::format("；{} {}", column.head, item.*column.member);
  }
  return text;
}

}  // namespace vermilion::render
