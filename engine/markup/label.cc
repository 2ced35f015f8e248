#include "markup/label.h"

#include "base/text.h"

namespace vermilion::markup {
namespace {

constexpr std::u32string_view formal = U"壹貳參肆伍陸柒捌玖拾";
constexpr std::u32string_view plain = U"一二三四五六七八九十";
constexpr std::size_t longest_label = 24;  // code points that can matter

bool is_in(char32_t c, std::u32string_view set) { return set.find(c) != set.npos; }
bool is_open(char32_t c) { return c == '(' || c == U'（'; }
bool is_close(char32_t c) { return c == ')' || c == U'）'; }
bool is_comma(char32_t c) { return c == U'、' || c == U'､'; }
bool is_stop(char32_t c) { return c == '.' || c == U'．'; }

char32_t half_width(char32_t c) {
  if (c >= U'０' && c <= U'９') return c - U'０' + U'0';
  return c == U'叁' ? U'參' : c;
}
bool is_numeral(char32_t c) { return half_width(c) >= '0' && half_width(c) <= '9'; }

// One scan over the first code points of a text.
struct Reader {
  std::u32string text;
  std::size_t at = 0;

  [[nodiscard]] char32_t peek() const { return at < text.size() ? text[at] : 0; }
  void skip_spaces() {
    while (is_space(peek())) ++at;
  }
  bool take(bool (*wanted)(char32_t)) {
    if (!wanted(peek())) return false;
    ++at;
    return true;
  }
  std::u32string take_run(bool (*wanted)(char32_t)) {
    std::u32string run;
    while (wanted(peek())) run += half_width(text[at++]);
    return run;
  }
};

bool is_formal(char32_t c) { return c != 0 && is_in(half_width(c), formal); }
bool is_plain(char32_t c) { return c != 0 && is_in(c, plain); }

Reader reader(std::string_view text) {
  std::size_t size = std::min(text.size(), longest_label * 4);
  while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  return {code_points(text.substr(0, size))};
}

struct Found {
  std::u32string digits;
  int depth = 0;
};

// 壹、 or 一、
std::optional<Found> read_numeral(Reader& in) {
  const int depth = is_formal(in.peek()) ? 1 : 2;
  Found found{in.take_run(depth == 1 ? is_formal : is_plain), depth};
  if (found.digits.empty() || found.digits.size() > 4) return std::nullopt;
  in.skip_spaces();
  if (!in.take(is_comma) && !in.take(is_stop)) return std::nullopt;
  return found;
}

// 1. 1、 1)
std::optional<Found> read_digits(Reader& in) {
  Found found{in.take_run(is_numeral), 4};
  if (found.digits.empty() || found.digits.size() > 3) return std::nullopt;
  if (in.take(is_stop)) {
    if (is_numeral(in.peek())) return std::nullopt;  // 3.5, 104.9.1
    return found;
  }
  if (!in.take(is_comma) && !in.take(is_close)) return std::nullopt;
  return found;
}

// （一） or （1）; two digits at most, for （104） is a year
std::optional<Found> read_parenthesised(Reader& in) {
  if (!in.take(is_open)) return std::nullopt;
  in.skip_spaces();
  const int depth = is_numeral(in.peek()) ? 5 : 3;
  Found found{in.take_run(depth == 5 ? is_numeral : is_plain), depth};
  in.skip_spaces();
  if (found.digits.empty() || found.digits.size() > (depth == 5 ? 2U : 4U)) return std::nullopt;
  if (!in.take(is_close)) return std::nullopt;
  return found;
}

// ㈠ ⑴ ⒈, one character each
std::optional<Found> read_single(Reader& in) {
  const char32_t c = in.peek();
  const auto number = [&](char32_t first) {
    ++in.at;
    return code_points(std::to_string(c - first + 1));
  };
  if (c >= U'㈠' && c <= U'㈩') {
    ++in.at;
    return Found{std::u32string(1, plain[c - U'㈠']), 3};
  }
  if (c >= U'⑴' && c <= U'⒇') return Found{number(U'⑴'), 5};
  if (c >= U'⒈' && c <= U'⒛') return Found{number(U'⒈'), 4};
  return std::nullopt;
}

std::optional<Found> read_any(Reader& in) {
  if (is_open(in.peek())) return read_parenthesised(in);
  if (is_numeral(in.peek())) return read_digits(in);
  if (is_formal(in.peek()) || is_plain(in.peek())) return read_numeral(in);
  return read_single(in);
}

// 附件： 附件一： 附件 2、
std::optional<Found> read_annex(Reader& in) {
  for (const char32_t wanted : U"附件") {
    if (wanted == 0) break;
    if (in.peek() != wanted) return std::nullopt;
    ++in.at;
  }
  in.skip_spaces();
  const bool numbered = !in.take_run(is_numeral(in.peek()) ? is_numeral : is_plain).empty();
  const auto separates = [](char32_t c) { return c == U'：' || c == ':' || is_comma(c); };
  if (!in.take(separates) && in.peek() != 0 && !(numbered && is_space(in.peek())))
    return std::nullopt;
  return Found{U"附件", 1};
}

// A list within the sentence: 「一、二樓」「1、2 月」 say the next number at once;
// 「（一）至（三）」 another label.
bool is_enumeration(const Found& found, Reader rest) {
  if (found.depth == 3 || found.depth == 5) {
    if (is_in(rest.peek(), U"、至及或與和～~") && rest.peek() != 0) ++rest.at;
    return read_parenthesised(rest).has_value();
  }
  const bool comma = rest.at > 0 && is_comma(rest.text[rest.at - 1]);
  const auto next = rest.take_run(found.depth == 4   ? is_numeral
                                  : found.depth == 1 ? is_formal
                                                     : is_plain);
  return comma && !next.empty() && numeral_value(next) == numeral_value(found.digits) + 1;
}

std::string part_of(const Found& found) {
  auto digits = found.digits;
  if (found.depth >= 4) digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  const bool bare = found.depth != 3 && found.depth != 5;
  return bare ? utf8(digits) : "(" + utf8(digits) + ")";
}

}  // namespace

int numeral_value(std::u32string_view digits) {
  int total = 0;
  int pending = 0;
  for (const char32_t c : digits) {
    const auto set = is_formal(c) ? formal : plain;
    const auto place = set.find(c);
    if (is_numeral(c)) {
      pending = pending * 10 + static_cast<int>(half_width(c) - '0');
    } else if (place == 9) {
      total += std::max(pending, 1) * 10;
      pending = 0;
    } else if (place != set.npos) {
      pending = static_cast<int>(place) + 1;
    }
  }
  return total + pending;
}

std::optional<Label> read_label(std::string_view text, Place place) {
  Reader in = reader(text);
  in.skip_spaces();
  const std::size_t start = in.at;
  auto found = place == Place::heading ? read_annex(in) : std::nullopt;
  if (!found) {
    in.at = start;
    found = read_any(in);
    if (!found) return std::nullopt;
    if (place == Place::text && is_enumeration(*found, in)) return std::nullopt;
  }
  Label label;
  label.printed = utf8(std::u32string_view(in.text).substr(start, in.at - start));
  label.part = part_of(*found);
  label.depth = found->depth;
  in.skip_spaces();
  label.size = utf8(std::u32string_view(in.text).substr(0, in.at)).size();
  return label;
}

int part_depth(std::string_view part, int above) {
  const auto points = code_points(part);
  const char32_t first = points.size() > 1 && points[0] == '(' ? points[1]
                         : points.empty()                      ? 0
                                                               : points[0];
  int depth = above + 1;
  if (is_formal(first) || first == U'附') depth = 1;
  if (is_plain(first)) depth = points[0] == '(' ? 3 : 2;
  if (is_numeral(first)) depth = points[0] == '(' ? 5 : 4;
  return std::max(depth, above + 1);
}

}  // namespace vermilion::markup
