#include <sys/wait.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <regex>
#include <thread>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "samples.h"
#include "support/shared.h"

using namespace vermilion;
using namespace samples;

namespace {

markup::Document one_paragraph(const std::string& text) {
  markup::Document document;
  document.blocks.emplace_back().content.push_back({markup::InlineKind::text, text, "", {}});
  return document;
}

// The lines of a clause, of a table each cell.
std::vector<std::string> pieces_of(const std::string& text) {
  std::vector<std::string> pieces;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::size_t at = 0;
    for (auto end = line.find(" | "); end != std::string::npos; end = line.find(" | ", at)) {
      pieces.push_back(line.substr(at, end - at));
      at = end + 3;
    }
    pieces.push_back(line.substr(at));
  }
  return pieces;
}

// On paper no colon stands between the name of a member of an obligation and its value.
std::string compared(const std::string& text) {
  return std::regex_replace(without_space(text), std::regex("："), "");
}

}  // namespace

TEST_CASE("a task has its box for a mark", "[render]") {
  CHECK(body_of(rendered("- [ ] 待辦\n- [x] 已完成\n- 一般\n\n1. [ ] 有號\n")) ==
        "☐待辦☑已完成•一般1.☐有號");
}

TEST_CASE("code is set in letters half as wide as ideographs, tabs lead to columns", "[render]") {
  const auto pdf = rendered("執行 `git log`：\n\n```\nif\t資\tend\n```\n");
  CHECK(body_of(pdf) == "執行gitlog：if資end");
  const TemporaryFile file(pdf);
  const auto words = output_of("pdftotext -bbox " + file.path() + " -");
  const auto left = [&](const std::string& word) {
    const auto at = words.rfind("xMin=", words.find(">" + word + "<"));
    return std::stof(words.substr(at + 6));
  };
  CHECK(left("end") - left("if") == Approx(8 * 8.8 / 2).margin(0.05));
  CHECK(left("資") - left("if") == Approx(4 * 8.8 / 2).margin(0.05));
}

TEST_CASE("a PDF gives back its Chinese text exactly, rare characters included", "[render]") {
  const std::string sentences =
      "凡參與\U00020BB7田案之同仁（\U0002137C、㛄、䧟、堃、犇）皆應以電子簽章簽署；核准文號為環署資"
      "字第 1041105975 號函。";
  const std::string boxes = "☐ 初評 ☑ 複評 ☒ 退件 ✓ ■ □ ○ ● ※ → ≥ 95% — … ‧";
  const auto pdf = rendered(sentences + "\n\n" + boxes +
                            "\n\n「引號」『雙引號』〔龜甲〕《書名》〈篇名〉【方頭】\n");
  CHECK(body_of(pdf) ==
        without_space(sentences + boxes + "「引號」『雙引號』〔龜甲〕《書名》〈篇名〉【方頭】"));
}

TEST_CASE(
    "the whole text of the regulation comes back out of its PDF, clause by clause, labels before "
    "their sentences",
    "[render]") {
  const std::string text = compared(body_of(regulation_pdf()));
  std::size_t at = 0, pieces = 0;
  for (const auto& clause :
       markup::clauses(markup::parse_markdown(starter_text("ISMS-01-002.md")))) {
    INFO(clause.path);
    at = text.find(compared(clause.label + clause.title), at);
    REQUIRE(at != std::string::npos);
    for (const auto& piece : pieces_of(clause.text)) {
      INFO(piece);
      CHECK(text.find(compared(piece), at) != std::string::npos);
      ++pieces;
    }
  }
  CHECK(pieces > 700);
}

TEST_CASE("all fonts are embedded, subset and mapped to Unicode", "[render]") {
  const TemporaryFile file(regulation_pdf());
  std::istringstream table(output_of("pdffonts " + file.path()));
  std::string line;
  std::getline(table, line);
  std::getline(table, line);
  int fonts = 0;
  while (std::getline(table, line)) {
    INFO(line);
    CHECK(std::regex_search(line, std::regex("yes +yes +yes +[0-9]")));
    ++fonts;
  }
  CHECK(fonts >= 3);  // regular, bold and one for rare characters
}

TEST_CASE("poppler and qpdf have nothing to complain of", "[render]") {
  const TemporaryFile file(regulation_pdf());
  CHECK(output_of("qpdf --check " + file.path()).find("No syntax or stream encoding errors") !=
        std::string::npos);
  CHECK(output_of("pdftotext " + file.path() + " /dev/null") == "");
  CHECK(output_of("(pdftoppm -r 20 -gray " + file.path() + " > /dev/null)") == "");
}

TEST_CASE("a PDF says what it is, in whose language, and no clock", "[render]") {
  const TemporaryFile file(regulation_pdf());
  const auto info = output_of("TZ=Asia/Taipei pdfinfo " + file.path());
  CHECK(info.find("ISMS-01-002 資訊安全管理規範") != std::string::npos);
  CHECK(info.find("CreationDate:    Sun Nov 22 00:00:00 2026") != std::string::npos);
  CHECK(output_of("qpdf --qdf --object-streams=disable " + file.path() + " - | grep -a /Lang")
            .find("zh-Hant-TW") != std::string::npos);
}

TEST_CASE("every page carries number, title, classification, version, notice and page of pages",
          "[render]") {
  const auto pages = page_texts(regulation_pdf());
  REQUIRE(pages.size() > 20);
  for (size_t i = 0; i < pages.size(); ++i) {
    INFO(i);
    CHECK(pages[i].starts_with("ISMS-01-002資訊安全管理規範公開版次3.6列印後為非管制文件"));
    CHECK(pages[i].find(fmt::format("第{}／{}頁", i + 1, pages.size())) != std::string::npos);
  }
}

TEST_CASE("the approval block names meaning, person, principal, time, kind of signature and digest",
          "[render]") {
  const auto text = text_of(regulation_pdf());
  for (const char* part :
       {"簽核紀錄", "會簽", "林堃", "政風室", "\U00020BB7田\U0002137C", "代王大明",
        "民國115年11月22日09:30", "電子簽章（本人保管金鑰檔）", "憑證a01b22c3d4e5f607",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("the cover prints long names and facts whole", "[render]") {
  const auto document = markup::parse_markdown("條文。\n");
  auto request = published(document);
  request.organisation =
      "行政院環境保護署環境監測及資訊處暨所屬各機關資訊安全聯合推動委員會資通安全工作小組";
  request.title =
      "資訊安全管理系統文件與紀錄管制作業程序書暨其附屬表單填寫說明與歸檔保存年限對照彙編";
  request.approval_number =
      "環署資字第1041105975號函、環署監字第1150012345號函及行政院院臺護字第1150000001號函核定";
  const auto cover = page_texts(render::render_pdf(request)).front();
  for (const auto& part : {request.organisation, request.title, request.approval_number}) {
    INFO(part);
    CHECK(cover.rfind(part) != std::string::npos);
  }
}

TEST_CASE("a review rendition has neither approval block nor effective date", "[render]") {
  const auto document = markup::parse_markdown("# 資訊安全管理規範\n\n## 壹、總則\n\n一、草案。\n");
  auto request = published(document);
  request.approvals.clear();
  request.effective.clear();
  const auto text = text_of(render::render_pdf(request));
  CHECK(text.find("簽核紀錄") == std::string::npos);
  CHECK(text.find("生效日期") == std::string::npos);
}

// Run by the next test in a process of its own.
TEST_CASE("write the regulation's PDF to the file named in VERMILION_TEST_OUTPUT",
          "[.render-write]") {
  std::ofstream(std::getenv("VERMILION_TEST_OUTPUT"), std::ios::binary) << regulation_pdf();
}

TEST_CASE("the same request gives the same bytes, in any process, zone, language and thread",
          "[render]") {
  const auto first = regulation_pdf();
  for (int run = 0; run < 2; ++run) CHECK(regulation_pdf() == first);
  for (const char* setting : {"TZ=America/New_York LANG=de_DE.UTF-8 LC_ALL=de_DE.UTF-8",
                              "TZ=Asia/Taipei LANG=C LC_ALL=C"}) {
    const TemporaryFile other("");
    const auto self = std::filesystem::read_symlink("/proc/self/exe").string();
    output_of(fmt::format("env {} VERMILION_TEST_OUTPUT={} {} '[.render-write]'", setting,
                          other.path(), self));
    CHECK(file_bytes(other.path()) == first);
  }
  std::vector<std::string> made(8);
  std::vector<std::thread> threads;
  for (auto& bytes : made) threads.emplace_back([&bytes] { bytes = regulation_pdf(); });
  for (auto& thread : threads) thread.join();
  for (const auto& bytes : made) CHECK(bytes == first);
}

TEST_CASE("the regulation's PDF stays under 600 KB and a second of processor time", "[render]") {
  const auto begin = std::clock();
  const auto pdf = regulation_pdf();
  CHECK(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC < 1.0);
  CHECK(pdf.size() < 600 * 1024);
}

TEST_CASE("a character that no font has is an error that names each of them", "[render]") {
  try {
    (void)rendered("承辦人 \U00012000\U0001F9FF，符號 \uE123。\n\n## 標題 \U000E0101\n");
    FAIL("rendered");
  } catch (const Error& error) {
    CHECK(error.failure() == Failure::invalid);
    CHECK(error.code() == "missing-glyph");
    for (const char* name : {"U+12000", "U+1F9FF", "U+E123", "U+E0101"}) {
      INFO(name);
      CHECK(error.said().zh.find(name) != std::string::npos);
      CHECK(error.said().en.find(name) != std::string::npos);
    }
    CHECK(error.said().zh.find("U+627F") == std::string::npos);  // 承
  }
}

TEST_CASE("an empty document still has cover and footer", "[render]") {
  const auto text = text_of(rendered(""));
  CHECK(text.find("試印") != std::string::npos);
  CHECK(text.find("第1／1頁") != std::string::npos);
}

TEST_CASE("naughty strings render once the characters that the error names are gone", "[render]") {
  const auto list = shared_suite("blns.json");
  if (!list) return;
  std::string text;
  for (const auto& naughty : Json::parse(file_bytes(*list)))
    text += naughty.get<std::string>() + "\n";
  std::string refused;
  try {
    const auto all = one_paragraph(text);
    (void)render::render_pdf(published(all));
    FAIL("emoji rendered");
  } catch (const Error& error) {
    refused = error.said().en;
  }
  std::u32string rest;
  for (const char32_t c : code_points(text)) {
    if (refused.find(fmt::format("U+{:04X}", static_cast<unsigned>(c))) == std::string::npos)
      rest += c;
  }
  const auto document = one_paragraph(utf8(rest));
  CHECK(render::render_pdf(published(document)).starts_with("%PDF"));
}

TEST_CASE("the manifest names libraries and font digests", "[render]") {
  const Json manifest = parse_canonical(render::render_manifest());
  for (const char* library :
       {"libharu", "harfbuzz", "qpdf", "icu", "zlib", "libdeflate", "vermilion"}) {
    INFO(library);
    CHECK_FALSE(manifest.at(library).get<std::string>().empty());
  }
  CHECK(
      manifest.at("fonts").at("NotoSansTC-Regular.ttf").get<std::string>().starts_with("sha256:"));
}
