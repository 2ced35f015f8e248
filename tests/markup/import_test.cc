#include "markup/import.h"

#include <random>

#include "base/text.h"
#include "counting.h"
#include "markup/outline.h"
#include "support/shared.h"

using namespace vermilion;
using namespace vermilion::markup;

namespace {

// An invented original with what real ones have: cover, contents, page breaks, broken numbering,
// tables with line ends in cells.
const char* const original =
    "\n\n彩虹市政府資訊局\n\n\n遠距工作管理要點\n\n第 2.1 版\n\n核准文號：彩資字第 1120000123 "
    "號函\n\n頒行：108 年 3 月\n\n"
    "修訂：112 年 5 月 4 日\n\n彩虹市政府資訊局遠距工作管理要點\n\n目錄\n"
    "壹、\t總則.....\t1\n一、\t目的.....\t1\n二、\t對象\t2\n貳、\t規範......\t3\n\n"
    "壹、總則\n\n一、目的\n\n為使同仁於辦公處所以外安全處理公務，特訂定**本要點**"
    "，並依各單位業務性\n\n質調整之。\n\n"
    "二、對象\n\n- (一) 本局員工。\n - (二) 派駐人員\n\n貳、規範\n\n（一）設備\n\n2. "
    "應使用公發設備。\n3. 設備遺失時：\n"
    " - (1) 立即通報。\n - （２）停用帳號，並於 24\n\n小時內補正。\n\n1. 另依財產規定辦理。\n\n圖 "
    "1：通報流程\n\n(二)下列各項由資訊局辦理：\n\n"
    "- 1、核發憑證。\n核發後登錄。\n- 2、檢視紀錄\n\n附件：聯絡窗口\n\n"
    "單位\t窗口\t備註\n資訊安全\t張大明 李小華\t假日由值日人\n\t王美玉\t員代理 "
    "業務聯繫\n\t*待補*\n";

std::string without_space(std::string_view text) {
  std::string result;
  for (const char32_t c : code_points(text)) {
    if (!is_space(c) && c != 0xFEFF) result += utf8(c);
  }
  return result;
}

// Whether each character of `wanted` stands in `text`, in order.
bool in_order(const std::u32string& wanted, const std::u32string& text) {
  std::size_t at = 0;
  for (const char32_t c : wanted) {
    at = text.find(c, at);
    if (at == text.npos) return false;
    ++at;
  }
  return true;
}

// The characters of an input that must come out: not those of lines the notes say were left out,
// nor bullets, nor the asterisks that may become strong text.
std::u32string kept_characters(const std::string& input, const Imported& imported) {
  std::set<int> dropped;
  for (const auto& note : imported.notes) {
    const bool left_out = note.en.starts_with("contents line") || note.en.starts_with("cover line");
    if (left_out) dropped.insert(note.line);
  }
  std::u32string result;
  int line = 1;
  bool start = true;
  const auto points = code_points(input);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const char32_t c = points[i];
    if (c == '\n' || (c == '\r' && (i + 1 == points.size() || points[i + 1] != '\n'))) ++line;
    const bool bullet = start && c == '-' && i + 1 < points.size() && points[i + 1] == ' ';
    start = c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == 0x85 || c == 0x2028 ||
            c == 0x2029 || (start && (is_space(c) || c == 0xFEFF));
    if (is_space(c) || c == 0xFEFF || c == '*' || c == 0x85 || c == 0x2028 || c == 0x2029 ||
        bullet || dropped.contains(line))
      continue;
    result += c;
  }
  return result;
}

// "" if everything came out, else what is wrong.
std::string loss(const std::string& input) {
  const auto imported = import_text(input);
  const auto document = parse_markdown(imported.markdown);
  const auto out = code_points(whole_text(document.blocks));
  // A second list in the same clause is written "1)": both spellings of the delimiter count as one.
  const auto same_stop = [](std::u32string text) {
    for (auto& c : text) c = c == ')' ? U'.' : c;
    return text;
  };
  return in_order(same_stop(kept_characters(require_text(input, "input"), imported)),
                  same_stop(out))
             ? ""
             : imported.markdown;
}

}  // namespace

TEST_CASE("an original comes out as clauses with its printed numbers", "[markup]") {
  const auto imported = import_text(original);
  INFO(imported.markdown);
  const auto document = parse_markdown(imported.markdown);
  CHECK(paths(document) == std::vector<std::string>{"", "壹", "壹/一", "壹/二", "壹/二/(一)",
                                                    "壹/二/(二)", "貳", "貳/(一)", "貳/(一)/2",
                                                    "貳/(一)/3", "貳/(一)/3/(1)", "貳/(一)/3/(2)",
                                                    "貳/(一)/1", "貳/(二)", "貳/(二)/1",
                                                    "貳/(二)/2", "附件1"});
  const auto all = clauses(document);
  CHECK(clause_at(all, "壹/一").title == "目的");
  CHECK(clause_at(all, "壹/一").text ==
        "目的\n為使同仁於辦公處所以外安全處理公務，特訂定本要點，並依各單位業務性質調整之。");
  CHECK(clause_at(all, "貳/(一)/3/(2)").text == "停用帳號，並於 24 小時內補正。");
  CHECK(clause_at(all, "貳/(二)/1").text == "核發憑證。核發後登錄。");
  CHECK(imported.markdown.find("**本要點**") != std::string::npos);
  CHECK(imported.markdown.find("圖 1：通報流程\n") != std::string::npos);
}

TEST_CASE("the cover becomes facts and the contents are left out, both with a note", "[markup]") {
  const auto imported = import_text(original);
  CHECK(imported.issuer == "彩虹市政府資訊局");
  CHECK(imported.title == "遠距工作管理要點");
  CHECK(imported.version == "2.1");
  CHECK(imported.approval_number == "彩資字第1120000123號函");
  CHECK(imported.promulgated == "108 年 3 月");
  CHECK(imported.revised == "112 年 5 月 4 日");
  CHECK(imported.markdown.starts_with("# 遠距工作管理要點\n\n## 壹、總則\n"));
  CHECK(count(imported.markdown, "總則") == 1);
  std::string notes;
  for (const auto& note : imported.notes) notes += std::to_string(note.line) + " " + note.zh + "\n";
  CHECK(notes.find("18 略去目錄：目錄") != std::string::npos);
  CHECK(notes.find("22 略去目錄：貳、\t規範......\t3") != std::string::npos);
  CHECK(notes.find("8 封面資料不列入本文：第 2.1 版") != std::string::npos);
  CHECK(notes.find("接續上一行未完的句子：質調整之。") != std::string::npos);
}

TEST_CASE(
    "rows with tabs become a table; line ends inside cells close only where the words show it",
    "[markup]") {
  const auto document = parse_markdown(import_text(original).markdown);
  const auto found = tables(document.blocks);
  REQUIRE(found.size() == 1);
  CHECK(found[0].clause == "附件1");
  REQUIRE(found[0].rows.size() == 4);
  CHECK(plain_text(found[0].rows[0][2].content) == "備註");
  CHECK(plain_text(found[0].rows[1][1].content) == "張大明 李小華");
  CHECK(found[0].rows[2][0].content.empty());
  CHECK(plain_text(found[0].rows[2][2].content) == "員代理 業務聯繫");
  CHECK(plain_text(found[0].rows[3][1].content) == "*待補*");
}

TEST_CASE("a row broken inside a cell is put together again", "[markup]") {
  const auto document = parse_markdown(
      import_text("項目\t頻率\t負責\n帳號清查\t每半\n年一次\t監資處\n備份\t每日\t值班\n人員\n")
          .markdown);
  const auto found = tables(document.blocks);
  REQUIRE(found.size() == 1);
  REQUIRE(found[0].rows.size() == 3);
  CHECK(plain_text(found[0].rows[1][2].content) == "監資處");
  CHECK(without_space(plain_text(found[0].rows[1][1].content)) == "每半年一次");
  CHECK(without_space(plain_text(found[0].rows[2][2].content)) == "值班人員");
}

TEST_CASE("what looks like Markdown in an original stays text", "[markup]") {
  for (const char* text : {"# 不是標題",
                           "a*b*c_d_e",
                           "<b>粗</b> & &amp; &lt;",
                           "[看](javascript:x)",
                           "![圖](x)",
                           "`碼` ~~~ ```",
                           "~~~\n碼",
                           "> 引",
                           "+ 加",
                           "---",
                           "===",
                           "甲\n===",
                           "甲\n---",
                           "2015. 年",
                           "104) 環署",
                           "|甲|乙|\n|---|---|\n|丙|丁|",
                           "\\*",
                           "C:\\路徑\\",
                           "甲\\",
                           "[^1]: 註",
                           "[x]: http://y",
                           "***甲***",
                           "**甲",
                           "** 乙 **",
                           "****",
                           "**a**b **(c)**d",
                           "1. ",
                           "（一）",
                           "壹、",
                           "附件：",
                           "1. - 甲",
                           "- # 乙",
                           "\t- 丙",
                           "一、\t目的",
                           "|",
                           "甲\t|乙\\\t`|`",
                           "-\t-\n-\t-",
                           "&nbsp;",
                           "# #",
                           "壹、甲 #",
                           "甲  \n乙",
                           "1. 甲\n\n    乙",
                           "- - - 甲",
                           "*",
                           "_"}) {
    INFO(text);
    CHECK(loss(text).empty());
  }
}

TEST_CASE("nothing of the invented original is lost", "[markup]") { CHECK(loss(original).empty()); }

TEST_CASE("a table of numbers is not taken for contents", "[markup]") {
  const auto imported = import_text("一、\t甲類\t1\n二、\t乙類\t3\n三、\t丙類\t5\n");
  CHECK(imported.notes.empty());
  CHECK(tables(parse_markdown(imported.markdown).blocks).size() == 1);
}

TEST_CASE("a text without a cover keeps all its lines", "[markup]") {
  CHECK(import_text("資訊安全政策\n\n壹、目的\n\n說明。\n").title == "資訊安全政策");
  CHECK(import_text("資訊安全政策\n\n壹、目的\n\n說明。\n").markdown ==
        "# 資訊安全政策\n\n## 壹、目的\n\n說明。\n");
  CHECK(import_text("只有一句話。").markdown == "只有一句話。\n");
  CHECK(import_text("").markdown.empty());
}

TEST_CASE("random text imports to Markdown that holds all of it", "[markup]") {
  const std::vector<std::string> pieces = {
      "資",  "訊",      "安全管理", "，",   "。",     "、", "一",      "壹",    "（一）",
      "(1)", "1. ",     "2) ",      "3、",  "附件：", "\n", "\n\n",    "\t",    " ",
      "- ",  "*",       "**",       "_",    "#",      "|",  "<b>",     "&amp;", "[",
      "](",  "`",       "~~~",      "\\",   "...",    "5",  "===",     "\f",    "\r",
      "　",  "第 1 版", "修訂：",   "圖 1", ">",      "+ ", "e\u0301", "\uFFFE"};
  std::mt19937 random(44);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (int i = 0; i < 30; ++i) text += pieces[random() % pieces.size()];
    INFO(text);
    const auto lost = loss(text);
    INFO(lost);
    CHECK(lost.empty());
  }
}

TEST_CASE("random bytes are refused with an Error or imported", "[markup]") {
  std::mt19937 random(45);
  int refused = 0;
  for (int round = 0; round < 500; ++round) {
    std::string bytes(random() % 200, ' ');
    for (auto& byte : bytes) byte = static_cast<char>(random());
    try {
      static_cast<void>(import_text(bytes));
    } catch (const Error& error) {
      refused += error.code() == "not-text" ? 1 : 0;
    }
  }
  CHECK(refused > 400);
}

TEST_CASE("naughty strings import whole", "[markup]") {
  const auto suite = shared_suite("blns.json");
  if (!suite) return;
  std::string all;
  for (const auto& entry : nlohmann::json::parse(file_bytes(*suite))) {
    const auto text = entry.get<std::string>();
    INFO(text);
    CHECK(loss(text).empty());
    all += text + "\n";
  }
  CHECK(loss(all).empty());
}

TEST_CASE("large originals import in proportion to their size", "[markup]") {
  const auto repeated = [](std::string_view what, int times) {
    std::string text;
    for (int i = 0; i < times; ++i) text += what;
    return text;
  };
  for (const auto& text :
       {repeated("未完的一行沒有標點\n", 100000), repeated("1、未完的一行，\n", 100000),
        repeated("**", 500000), repeated("甲\t乙\n", 40000), repeated("一、", 300000),
        repeated("甲乙丙.....1\n", 50000), repeated("(", 1000000)}) {
    const auto begin = std::chrono::steady_clock::now();
    static_cast<void>(import_text(text));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    INFO(text.substr(0, 20) << took.count());
    CHECK(took.count() < 10);
  }
  CHECK_THROWS_AS(import_text(std::string((8 << 20) + 1, 'a')), Error);
  CHECK_THROWS_AS(
      import_text(repeated("甲", 60) + repeated("\t乙", 60) + "\n" + repeated("丙\t丁\n", 8000)),
      Error);
  CHECK(loss(repeated("\t甲", 70) + "\n乙\t丙\n").empty());
}
