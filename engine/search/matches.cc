#include "search/matches.h"

#include <string_view>
#include <unordered_map>

#include "search/terms.h"

namespace vermilion::search {
namespace {

struct Pattern {
  std::vector<Token> tokens;
  std::size_t word = 0;
};

void add_pattern(std::vector<Token> tokens, std::size_t word, std::vector<Pattern>& patterns) {
  if (!tokens.empty()) patterns.push_back({std::move(tokens), word});
}

std::vector<Pattern> patterns_of(const ParsedQuery& query) {
  std::vector<Pattern> result;
  std::size_t word = 0;
  for (const auto& group : query.required) {
    for (const auto& wanted : group) {
      for (const auto& spelling : wanted.spellings) {
        if (wanted.apart) {
          for (const auto& token : spelling) add_pattern({token}, word, result);
        } else {
          for (auto& segment : segments(spelling)) add_pattern(std::move(segment), word, result);
        }
      }
      ++word;
    }
  }
  return result;
}

// The keys point into `patterns`, which must outlive the map.
std::unordered_map<std::string_view, std::vector<const Pattern*>> by_first_term(
    const std::vector<Pattern>& patterns) {
  std::unordered_map<std::string_view, std::vector<const Pattern*>> result;
  for (const auto& pattern : patterns) result[pattern.tokens[0].term].push_back(&pattern);
  return result;
}

bool stands_at(const std::vector<Token>& text, std::size_t at, const std::vector<Token>& pattern) {
  if (at + pattern.size() > text.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (text[at + i].term != pattern[i].term) return false;
    if (i > 0 && !adjacent(text[at + i - 1], text[at + i])) return false;
  }
  return true;
}

}  // namespace

std::vector<Match> find_matches(const std::vector<Token>& text, const ParsedQuery& query) {
  const auto patterns = patterns_of(query);
  const auto lookup = by_first_term(patterns);
  std::vector<Match> result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto found = lookup.find(text[i].term);
    if (found == lookup.end()) continue;
    for (const auto* pattern : found->second) {
      if (!stands_at(text, i, pattern->tokens)) continue;
      result.push_back({text[i].begin, text[i + pattern->tokens.size() - 1].end, pattern->word});
    }
  }
  return result;
}

}  // namespace vermilion::search
