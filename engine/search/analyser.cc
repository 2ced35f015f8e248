#include "search/analyser.h"

#include <unicode/uchar.h>

#include "base/text.h"
#include "search/normalise.h"

namespace vermilion::search {
namespace {

enum class Class { han, letter, digit, mark, space, joiner, stop, other };

constexpr std::u32string_view joiners = U"-/_'\u2019&+@#~\u2010\u2011";
constexpr std::u32string_view stops = U".:,";

// Taiwan's old systems keep rare name characters in the private-use areas.
bool is_private(char32_t c) { return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000; }

bool is_han(char32_t c) {
  return (is_cjk(c) && c != 0x30A0 && c != 0x30FB) || is_private(c);  // ゠ and ・ are punctuation
}

Class class_of(char32_t c) {
  if (is_han(c)) return Class::han;
  const auto u = static_cast<UChar32>(c);
  if (u_isalpha(u)) return Class::letter;
  if (u_isdigit(u)) return Class::digit;
  if (U_GET_GC_MASK(u) & U_GC_M_MASK) return Class::mark;
  if (is_space(c) || u_isUWhiteSpace(u)) return Class::space;
  if (joiners.find(c) != joiners.npos) return Class::joiner;
  if (stops.find(c) != stops.npos) return Class::stop;
  return Class::other;
}

void append(std::string& term, char32_t c, Class kind) {
  if (kind == Class::digit) {
    term += static_cast<char>('0' + u_charDigitValue(static_cast<UChar32>(c)));
  } else {
    term += utf8(c);
  }
}

class Tokeniser {
 public:
  explicit Tokeniser(std::size_t expected) { tokens_.reserve(expected); }

  void take(const Character& c) {
    const auto kind = class_of(c.c);
    switch (kind) {
      case Class::han:
        begin(c, kind);
        open_ = Class::other;
        break;
      case Class::letter:
      case Class::digit:
        open_ == kind ? extend(c, kind) : begin(c, kind);
        break;
      case Class::mark:
        if (open_ == Class::letter) extend(c, kind);
        break;
      case Class::space:
        hard_ = hard_ || stop_last_;
        close();
        break;
      case Class::joiner:
        mark_punctuation(false);
        break;
      case Class::stop:
        mark_punctuation(false);
        stop_last_ = true;
        break;
      case Class::other:
        mark_punctuation(true);
        break;
    }
  }

  std::vector<Token> finish() { return std::move(tokens_); }

 private:
  void close() {
    open_ = Class::other;
    stop_last_ = false;
  }

  void mark_punctuation(bool hard) {
    close();
    punctuation_ = true;
    hard_ = hard_ || hard;
  }

  void begin(const Character& c, Class kind) {
    const bool han = kind == Class::han;
    const bool beside_han = han || (!tokens_.empty() && tokens_.back().han);
    position_ += punctuation_ && (hard_ || beside_han) ? 1 + punctuation_gap : 1;
    Token token{{}, han, position_, c.begin, c.end};
    append(token.term, c.c, kind);
    tokens_.push_back(std::move(token));
    open_ = kind;
    punctuation_ = hard_ = stop_last_ = false;
  }

  void extend(const Character& c, Class kind) {
    auto& token = tokens_.back();
    if (token.term.size() + 4 <= longest_term) append(token.term, c.c, kind);
    token.end = c.end;
  }

  std::vector<Token> tokens_;
  std::uint32_t position_ = 0;
  Class open_ = Class::other;  // the kind of word that the next character may continue
  bool punctuation_ = false;   // since the last token
  bool hard_ = false;          // punctuation that separates words too
  bool stop_last_ = false;     // the last character was one of `stops`
};

}  // namespace

std::vector<Token> analyse(std::string_view text) {
  const auto characters = normalise(text);
  Tokeniser tokeniser(characters.size());
  for (const auto& c : characters) tokeniser.take(c);
  return tokeniser.finish();
}

bool adjacent(const Token& before, const Token& after) noexcept {
  return before.position + 1 == after.position;
}

}  // namespace vermilion::search
