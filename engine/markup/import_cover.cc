#include <fmt/format.h>

#include "base/text.h"
#include "markup/import_parts.h"

namespace vermilion::markup {
namespace {

constexpr std::size_t longest_cover_line = 40;

std::string without_space(std::string_view text) {
  std::string result;
  for (const char32_t c : code_points(text)) {
    if (!is_space(c)) result += utf8(c);
  }
  return result;
}

bool can_be_cover(const Line& line) {
  return line.raw.find('\t') == line.raw.npos && !line.bullet && !line_label(line.text) &&
         length(line.text) <= longest_cover_line && !has_any(line.text, U"，。；");
}

// 第 3.5 版
std::optional<std::string> printed_version(const std::string& words) {
  constexpr std::string_view before = "第";
  constexpr std::string_view after = "版";
  if (!words.starts_with(before) || !words.ends_with(after)) return std::nullopt;
  const auto version = words.substr(before.size(), words.size() - before.size() - after.size());
  if (version.empty() || version.find_first_not_of("0123456789.Vv") != version.npos) {
    return std::nullopt;
  }
  return version;
}

struct Fact {
  std::string* field;
  std::string value;
};

std::optional<Fact> fact_of(const std::string& text, Imported& facts) {
  const auto words = without_space(text);
  if (const auto version = printed_version(words)) return Fact{&facts.version, *version};
  auto colon = text.find("：");
  const std::size_t width = colon == text.npos ? 1 : std::string_view("：").size();
  if (colon == text.npos) colon = text.find(':');
  if (colon == text.npos) return std::nullopt;
  const auto name = without_space(text.substr(0, colon));
  const auto value = std::string(trim(text.substr(colon + width)));
  if (name == "核准文號" || name == "文號" || name == "發文字號") {
    return Fact{&facts.approval_number, without_space(value)};
  }
  if (name == "版次" || name == "版本") return Fact{&facts.version, without_space(value)};
  if (name == "頒行" || name == "頒行日期" || name == "發布" || name == "發布日期" ||
      name == "訂定" || name == "訂定日期") {
    return Fact{&facts.promulgated, value};
  }
  if (name == "修訂" || name == "修訂日期" || name == "修正" || name == "修正日期") {
    return Fact{&facts.revised, value};
  }
  return std::nullopt;
}

bool names_organisation(const std::string& text) {
  for (const std::string_view ending : {"署", "部", "院", "會", "局", "處", "府", "廳", "所",
                                        "中心", "公司", "學校", "大學", "學院", "醫院", "銀行"}) {
    if (text.ends_with(ending)) return true;
  }
  return false;
}

// One pass over the lines that look like a cover.
class Reading {
 public:
  Reading(std::vector<Line>& lines, Imported& facts) : lines_(lines), facts_(facts) {
    while (size_ < lines.size() && can_be_cover(lines[size_])) ++size_;
    for (std::size_t i = 0; i < size_; ++i) {
      if (fact_of(lines[i].text, facts)) {
        facts_at_.push_back(i);
      } else {
        names_.push_back(i);
      }
    }
  }

  Cover read() {
    if (!name() && facts_at_.empty()) return {};
    if (title_) facts_.title = lines_[*title_].text;
    if (issuer_) facts_.issuer = lines_[*issuer_].text;
    if (facts_at_.empty()) return {title_};  // a title page of nothing but names stays in the text
    return take_out();
  }

 private:
  // Which lines are the title and the issuer.
  bool name() {
    if (names_.empty() || (facts_at_.empty() && !stands_alone(names_.front()))) return false;
    title_ = names_.front();
    if (names_.size() == 1) return true;
    const auto second = names_[1];
    if (facts_at_.empty() && !stands_alone(second)) return true;
    if (names_organisation(lines_[*title_].text)) {
      issuer_ = title_;
      title_ = second;
    } else if (names_organisation(lines_[second].text)) {
      issuer_ = second;
    }
    return true;
  }

  bool stands_alone(std::size_t i) const {
    return i + 1 < lines_.size() && lines_[i + 1].blank_before;
  }

  // Whether a line only says again what the facts say: 行政院環境保護署資訊安全管理規範.
  bool repeats(std::size_t i) const {
    return title_ != i && issuer_ &&
           without_space(lines_[i].text) == without_space(facts_.issuer + facts_.title);
  }

  Cover take_out() {
    std::vector<Line> rest;
    Cover cover;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const auto fact = i < size_ ? fact_of(lines_[i].text, facts_) : std::nullopt;
      if (fact) *fact->field = fact->value;
      if (fact || (i < size_ && (issuer_ == i || repeats(i)))) {
        note(lines_[i]);
        continue;
      }
      if (title_ == i) cover.title_line = rest.size();
      rest.push_back(lines_[i]);
    }
    lines_ = std::move(rest);
    return cover;
  }

  void note(const Line& line) {
    facts_.notes.push_back({line.number, fmt::format("封面資料不列入本文：{}", line.text),
                            fmt::format("cover line kept out of the text: {}", line.text)});
  }

  std::vector<Line>& lines_;
  Imported& facts_;
  std::size_t size_ = 0;
  std::vector<std::size_t> names_;
  std::vector<std::size_t> facts_at_;
  std::optional<std::size_t> title_;
  std::optional<std::size_t> issuer_;
};

}  // namespace

Cover read_cover(std::vector<Line>& lines, Imported& facts) { return Reading(lines, facts).read(); }

}  // namespace vermilion::markup
