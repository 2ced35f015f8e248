#include "search/variants.h"

#include <string_view>
#include <unordered_map>

namespace vermilion::search {
namespace {

// The first of each pair is the variant, the second the character that stands for it.
constexpr std::u32string_view glyph_pairs =
    U"臺台爲為裏裡着著証證啓啟衆眾綫線羣群峯峰麪麵牀床脣唇姪侄覈核污汙汚汙僱雇佈布佔占煙菸"
    U"鑒鑑内內户戶戸戶産產强強温溫録錄税稅説說閲閱脱脫兑兌敎教眞真値值衞衛卽即旣既黄黃靑青吿告没沒"
    U"删刪册冊"
    U"叙敘恒恆决決况況净淨减減";

std::unordered_map<char32_t, char32_t> make_glyphs() {
  static_assert(glyph_pairs.size() % 2 == 0);
  std::unordered_map<char32_t, char32_t> result;
  for (std::size_t i = 0; i < glyph_pairs.size(); i += 2) {
    result.emplace(glyph_pairs[i], glyph_pairs[i + 1]);
  }
  return result;
}

}  // namespace

char32_t fold_glyph(char32_t c) noexcept {
  static const auto glyphs = make_glyphs();
  if (c < 0x4E00) return c;
  const auto found = glyphs.find(c);
  return found == glyphs.end() ? c : found->second;
}

const std::vector<std::vector<std::u32string>>& word_variants() {
  static const std::vector<std::vector<std::u32string>> groups = {
      {U"身分", U"身份"}, {U"紀錄", U"記錄"}, {U"計畫", U"計劃"}, {U"規劃", U"規畫"},
      {U"企劃", U"企畫"}, {U"週", U"周"},     {U"帳號", U"賬號"}, {U"帳戶", U"賬戶"},
      {U"部分", U"部份"}, {U"委託", U"委托"}, {U"註記", U"注記"}, {U"布署", U"部署"},
  };
  return groups;
}

}  // namespace vermilion::search
