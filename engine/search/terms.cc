#include "search/terms.h"

namespace vermilion::search {
namespace {

bool han_pair(const Token& first, const Token& second) {
  return first.han && second.han && adjacent(first, second);
}

}  // namespace

std::vector<Posting> postings(const std::vector<Token>& tokens) {
  std::vector<Posting> result;
  result.reserve(tokens.size() * 2);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto& token = tokens[i];
    const bool inside_left = i > 0 && han_pair(tokens[i - 1], token);
    const bool inside_right = i + 1 < tokens.size() && han_pair(token, tokens[i + 1]);
    result.push_back({token.term, inside_left && inside_right ? 0 : token.position});
    if (inside_right) result.push_back({token.term + tokens[i + 1].term, token.position});
    const bool last = i + 1 == tokens.size();
    if (!last && !adjacent(token, tokens[i + 1]))
      result.push_back({joint(token, tokens[i + 1]), 0});
  }
  return result;
}

std::string joint(const Token& before, const Token& after) {
  return before.term + '|' + after.term;
}

std::vector<std::vector<Token>> segments(const std::vector<Token>& phrase) {
  std::vector<std::vector<Token>> result;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (i == 0 || !adjacent(phrase[i - 1], phrase[i])) result.emplace_back();
    result.back().push_back(phrase[i]);
  }
  return result;
}

std::vector<std::string> segment_terms(const std::vector<Token>& segment) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    const bool more = i + 1 < segment.size();
    if (more && han_pair(segment[i], segment[i + 1])) {
      result.push_back(segment[i].term + segment[i + 1].term);
    } else if (more || i == 0 || !han_pair(segment[i - 1], segment[i])) {
      result.push_back(segment[i].term);
    }
  }
  return result;
}

}  // namespace vermilion::search
