// From text to tokens, for the index and for queries alike.
//
// Shape    A token is one Han character (kana, bopomofo and private-use ones too), one run of
//          letters or one run of digits. Positions rise by 1; punctuation beside a Han character
//          leaves a gap of 8, so that no phrase reaches across it. White space and line ends never
//          separate: 資訊安全\n執行秘書 is one run. Between letters and digits - / . : and their
//          like join (ISO/IEC 27001:2013); brackets, and a full stop before a space, leave the gap
//          too.
// Units    Positions from 1. `begin` and `end` are bytes of the source. A term has at most 60
//          bytes; longer words are equal when their first 60 bytes are.
// Threads  Pure functions.
// Source   architecture invariant 10; docs-src/formats/search.md.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vermilion::search {

// Stored in every index. Change it whenever any text may come out differently.
inline constexpr std::string_view analyser_version = "2";

inline constexpr std::uint32_t punctuation_gap = 8;
inline constexpr std::size_t longest_term = 60;

struct Token {
  std::string term;
  bool han = false;
  std::uint32_t position = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
};

[[nodiscard]] std::vector<Token> analyse(std::string_view text);

// True when `after` stands directly behind `before`, with no punctuation between.
[[nodiscard]] bool adjacent(const Token& before, const Token& after) noexcept;

}  // namespace vermilion::search
