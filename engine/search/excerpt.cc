#include "search/excerpt.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "search/analyser.h"
#include "search/matches.h"

namespace vermilion::search {
namespace {

constexpr std::size_t longest_source = 256 * 1024;
constexpr std::size_t excerpt_width = 300;  // of the window
constexpr std::size_t lead = 90;           // at most this much before the first mark
constexpr std::size_t longest_word = 120;  // kept whole at the edges
constexpr std::size_t most_starts = 500;   // windows compared
constexpr std::string_view ellipsis = "…";

struct Window {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::size_t snap(std::string_view text, std::size_t at) {
  while (at < text.size() && is_continuation(text[at])) ++at;
  return at;
}

// Where the sentence break that ends at or before `at` ends; nothing is found when it would lie
// before `from`.
std::size_t sentence_start(std::string_view text, std::size_t from, std::size_t at) {
  constexpr std::array<std::string_view, 5> breaks = {"。", "；", "！", "？", "\n"};
  std::size_t best = std::string_view::npos;
  const auto piece = text.substr(from, at - from);
  for (const auto mark : breaks) {
    const auto found = piece.rfind(mark);
    if (found == piece.npos) continue;
    const auto start = from + found + mark.size();
    if (best == std::string_view::npos || start > best) best = start;
  }
  return best;
}

// The match where the window holding the most different words begins.
std::size_t best_match(const std::vector<Match>& matches) {
  std::size_t best = 0;
  std::size_t most = 0;
  for (std::size_t i = 0; i < std::min(matches.size(), most_starts); ++i) {
    std::set<std::size_t> words;
    const auto reach = matches[i].begin + excerpt_width - lead;
    for (auto k = i; k < matches.size() && matches[k].end <= reach; ++k)
      words.insert(matches[k].word);
    if (words.size() > most) {
      best = i;
      most = words.size();
    }
  }
  return best;
}

// The token that `at` would cut, if it is short enough to be kept whole.
const Token* token_across(const std::vector<Token>& tokens, std::size_t at) {
  const auto after = std::partition_point(tokens.begin(), tokens.end(),
                                          [&](const Token& token) { return token.end <= at; });
  if (after == tokens.end() || after->begin >= at) return nullptr;
  return after->end - after->begin <= longest_word ? &*after : nullptr;
}

std::size_t window_begin(std::string_view text, const std::vector<Token>& tokens,
                         std::size_t match) {
  if (match <= lead) return 0;
  const auto from = snap(text, match - lead);
  const auto sentence = sentence_start(text, from, match);
  if (sentence != text.npos) return sentence;
  const auto* cut = token_across(tokens, from);
  return cut ? std::min(cut->end, match) : from;
}

std::size_t window_end(std::string_view text, const std::vector<Token>& tokens, std::size_t begin,
                       std::size_t match_end) {
  const auto furthest =
      std::max(begin + excerpt_width, std::min(match_end, begin + 4 * excerpt_width));
  if (furthest >= text.size()) return text.size();
  const auto sentence = sentence_start(text, begin + excerpt_width / 2, furthest);
  if (sentence != text.npos && sentence >= match_end) return sentence;
  const auto end = snap(text, furthest);
  const auto* cut = token_across(tokens, end);
  return cut ? cut->end : end;
}

bool is_blank(char byte) { return static_cast<unsigned char>(byte) <= ' ' || byte == 0x7F; }

Window choose(std::string_view text, const std::vector<Token>& tokens,
              const std::vector<Match>& matches) {
  Window window;
  if (matches.empty()) {
    window.end = window_end(text, tokens, 0, 0);
  } else {
    const auto& match = matches[best_match(matches)];
    window.begin = window_begin(text, tokens, match.begin);
    window.end = window_end(text, tokens, window.begin, match.end);
  }
  while (window.begin < window.end && is_blank(text[window.begin])) ++window.begin;
  while (window.end > window.begin && is_blank(text[window.end - 1])) --window.end;
  return window;
}

std::string shown(std::string_view text, const Window& window) {
  std::string result(text.substr(window.begin, window.end - window.begin));
  for (auto& byte : result) {
    if (is_blank(byte)) byte = ' ';  // one byte for one byte: the marks stay where they are
  }
  return result;
}

void add_marks(const std::vector<Match>& matches, const Window& window, std::size_t shift,
               Excerpt& excerpt) {
  for (const auto& match : matches) {
    const auto begin = std::max(match.begin, window.begin);
    const auto end = std::min(match.end, window.end);
    if (begin >= end) continue;
    auto& marks = excerpt.marks;
    const auto place = begin - window.begin + shift;
    const auto until = end - window.begin + shift;
    if (!marks.empty() && place <= marks.back().second) {
      marks.back().second = std::max(marks.back().second, until);
    } else {
      marks.emplace_back(place, until);
    }
  }
}

}  // namespace

Excerpt make_excerpt(std::string_view source, const ParsedQuery& query) {
  const auto whole = trim(source);
  const auto text =
      whole.substr(0, whole.size() <= longest_source ? whole.size() : snap(whole, longest_source));
  const auto tokens = analyse(text);
  const auto matches = find_matches(tokens, query);
  const auto window = choose(text, tokens, matches);
  Excerpt excerpt;
  if (window.begin > 0) excerpt.text = ellipsis;
  const auto shift = excerpt.text.size();
  excerpt.text += shown(text, window);
  if (window.end < whole.size()) excerpt.text += ellipsis;
  add_marks(matches, window, shift, excerpt);
  return excerpt;
}

}  // namespace vermilion::search
