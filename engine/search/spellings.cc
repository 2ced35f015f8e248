#include "search/spellings.h"

#include <algorithm>

#include "base/text.h"
#include "search/variants.h"

namespace vermilion::search {
namespace {

using Phrase = std::vector<Token>;

bool stands_at(const Phrase& phrase, std::size_t at, const std::u32string& word) {
  if (at + word.size() > phrase.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const auto& token = phrase[at + i];
    if (!token.han || token.term != utf8(fold_glyph(word[i]))) return false;
    if (i > 0 && !adjacent(phrase[at + i - 1], token)) return false;
  }
  return true;
}

Phrase with(Phrase phrase, std::size_t at, const std::u32string& word) {
  for (std::size_t i = 0; i < word.size(); ++i) phrase[at + i].term = utf8(fold_glyph(word[i]));
  return phrase;
}

// Adds to `result` each phrase of it with the word at `at` written as `spelling`.
void multiply(std::vector<Phrase>& result, std::size_t at, const std::u32string& spelling) {
  const auto count = result.size();
  for (std::size_t i = 0; i < count && result.size() < most_spellings; ++i) {
    result.push_back(with(result[i], at, spelling));
  }
}

void vary(const Phrase& phrase, std::size_t at, std::vector<Phrase>& result) {
  for (const auto& group : word_variants()) {
    for (const auto& word : group) {
      if (!stands_at(phrase, at, word)) continue;
      for (const auto& other : group) {
        if (other != word) multiply(result, at, other);
      }
    }
  }
}

}  // namespace

std::vector<Phrase> spellings(const Phrase& phrase) {
  std::vector<Phrase> result{phrase};
  for (std::size_t at = 0; at < phrase.size() && result.size() < most_spellings; ++at) {
    vary(phrase, at, result);
  }
  return result;
}

std::string written(const Phrase& phrase) {
  std::string result;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    const bool joined =
        i > 0 && phrase[i - 1].han && phrase[i].han && adjacent(phrase[i - 1], phrase[i]);
    if (i > 0 && !joined) result += ' ';
    result += phrase[i].term;
  }
  return result;
}

}  // namespace vermilion::search
