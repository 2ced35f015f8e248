#include "search/query_words.h"

#include "base/text.h"

namespace vermilion::search {
namespace {

constexpr std::u32string_view opening = U"\"＂“„「『";
constexpr std::u32string_view closing = U"\"＂””」』";

bool is_minus(char32_t c) { return c == '-' || c == U'－'; }

class Splitter {
 public:
  explicit Splitter(std::u32string_view text) : rest_(text) {}

  std::vector<QueryWord> split() {
    std::vector<QueryWord> result;
    for (skip_spaces(); !rest_.empty(); skip_spaces()) result.push_back(next());
    return result;
  }

 private:
  void skip_spaces() {
    while (!rest_.empty() && is_space(rest_.front())) rest_.remove_prefix(1);
  }

  QueryWord next() {
    QueryWord word;
    if (is_minus(rest_.front()) && rest_.size() > 1 && !is_space(rest_[1])) {
      word.negated = true;
      rest_.remove_prefix(1);
    }
    const auto quote = opening.find(rest_.front());
    word.quoted = quote != opening.npos;
    if (word.quoted) rest_.remove_prefix(1);
    const auto end = word.quoted ? rest_.find(closing[quote]) : first_space();
    word.text = rest_.substr(0, end);
    rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + (word.quoted ? 1 : 0));
    return word;
  }

  std::size_t first_space() const {
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      if (is_space(rest_[i])) return i;
    }
    return rest_.npos;
  }

  std::u32string_view rest_;
};

}  // namespace

std::vector<QueryWord> split_query(std::u32string_view text) { return Splitter(text).split(); }

bool is_or(const QueryWord& word) noexcept {
  return !word.quoted && !word.negated && (word.text == U"OR" || word.text == U"ＯＲ");
}

}  // namespace vermilion::search
