#include "search/query_parser.h"

#include <algorithm>

#include "base/text.h"
#include "search/query_words.h"
#include "search/spellings.h"

namespace vermilion::search {
namespace {

constexpr std::size_t longest_query = 16 * 1024;
constexpr std::size_t most_words = 32;
constexpr std::size_t most_tokens = 256;
constexpr std::size_t most_also = 8;

// Two letters at least: "A9" is more often one mark than two words.
bool is_name_with_number(const Phrase& phrase) {
  return phrase.size() == 2 && !phrase[0].han && !phrase[1].han &&
         phrase[0].end == phrase[1].begin && phrase[0].term.size() >= 2 &&
         phrase[0].term.find_first_of("0123456789") == std::string::npos;
}

class Parser {
 public:
  ParsedQuery parse(std::string_view text) {
    for (const auto& word : split_query(code_points(text.substr(0, longest_query)))) take(word);
    const bool single = query_.required.size() == 1 && !query_.required[0][0].apart;
    if (single || saw_or_) query_.together.clear();
    return std::move(query_);
  }

 private:
  void take(const QueryWord& word) {
    if (is_or(word)) {
      join_ = previous_ == Previous::wanted;
      previous_ = Previous::none;
      return;
    }
    auto phrase = analyse(utf8(word.text));
    if (phrase.size() > most_tokens - tokens_) phrase.resize(most_tokens - tokens_);
    if (phrase.empty() || words_ == most_words) return;
    tokens_ += phrase.size();
    ++words_;
    word.negated ? exclude(phrase) : require(phrase, word.quoted);
  }

  void exclude(const Phrase& phrase) {
    query_.excluded.push_back({spellings(phrase)});
    previous_ = Previous::none;
    join_ = false;
  }

  void require(const Phrase& phrase, bool quoted) {
    Wanted wanted{spellings(phrase), !quoted && is_name_with_number(phrase)};
    offer(wanted);
    if (join_) {
      saw_or_ = true;
      query_.required.back().push_back(std::move(wanted));
    } else {
      query_.required.push_back({std::move(wanted)});
    }
    append_together(phrase);
    previous_ = Previous::wanted;
    join_ = false;
  }

  void offer(const Wanted& wanted) {
    for (std::size_t i = 1; i < wanted.spellings.size(); ++i) {
      auto spelling = written(wanted.spellings[i]);
      auto& also = query_.also;
      const bool known = std::find(also.begin(), also.end(), spelling) != also.end();
      if (!known && also.size() < most_also) also.push_back(std::move(spelling));
    }
  }

  void append_together(const Phrase& phrase) {
    auto& all = query_.together;
    const auto shift = all.empty() ? 0 : all.back().position;
    for (auto token : phrase) {
      token.position += shift;
      all.push_back(std::move(token));
    }
  }

  enum class Previous { none, wanted };

  ParsedQuery query_;
  Previous previous_ = Previous::none;
  bool join_ = false;  // the next word is an alternative of the one before
  bool saw_or_ = false;
  std::size_t words_ = 0;
  std::size_t tokens_ = 0;
};

}  // namespace

ParsedQuery parse_query(std::string_view text) { return Parser().parse(text); }

}  // namespace vermilion::search
