// What a PDF costs: one Markdown file to one PDF in a process of its own, for scripts/bench render.
//
//   render_bench registers DIR                   register-ROWS.md for 100, 1000, 2200, 10000 and 22000 rows
//   render_bench html FILE.md                    the same text as a page for a browser, on stdout
//   render_bench tagged|untagged FILE.md OUT     prints pages, MB at most, bytes
#include <fmt/format.h>
#include <sys/resource.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include "base/date.h"
#include "markup/html.h"
#include "render/pdf.h"
#include "render/qpdf.h"

using namespace vermilion;

namespace {

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string register_of(int rows) {
  std::string text = "# 資訊資產清冊\n\n| 資產編號 | 資產名稱 | 保管單位 | 處置情形 |\n| --- | --- | --- | ---: |\n";
  for (int i = 1; i <= rows; ++i) {
    text += fmt::format("| A-115-{:05} | 空氣品質監測資料庫主機{} | 監資處 | {} |\n", i, i % 97,
                        i % 7 < 5 ? "已完成弱點修補，並經業務承辦人與單位主管複核無誤，結果登錄於弱點管理清冊備查" : "列管中");
  }
  return text;
}

void write_registers(const std::string& folder) {
  for (const int rows : {100, 1000, 2200, 10000, 22000})
    std::ofstream(fmt::format("{}/register-{}.md", folder, rows)) << register_of(rows);
}

// In the sizes of render/style.h, so that as much stands on a page.
constexpr const char* kPage =
    "<!doctype html><html lang=\"zh-Hant\"><meta charset=\"utf-8\"><title>bench</title><style>"
    "@page{size:A4;margin:84pt 65pt 78pt}body{margin:0;font:10.5pt/17pt \"Noto Sans TC\",\"TW-Sung\",sans-serif}"
    "table{width:100%;border-collapse:collapse;font-size:9.2pt;line-height:14pt}"
    "td,th{border:.4pt solid #999;padding:4pt 6pt}pre{font-size:7.6pt;line-height:11.6pt;white-space:pre-wrap}"
    "</style><body>";

void write_html(const std::string& path) {
  std::cout << kPage << markup::to_html(markup::parse_markdown(read(path))) << "</body></html>";
}

void write_pdf(const std::string& path, render::Conformance level, const std::string& out) {
  const auto document = markup::parse_markdown(read(path));
  render::PdfRequest request;
  request.document = &document;
  request.id = "ISMS-01-002";
  request.title = "資訊安全管理規範";
  request.version = "3.6";
  request.classification = "公開";
  request.date = parse_date("2026-11-22");
  request.conformance = level;
  const Bytes pdf = render::render_pdf(request);
  std::ofstream(out, std::ios::binary) << pdf;
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::cout << render::open_pdf(pdf)->getAllPages().size() << ' ' << used.ru_maxrss / 1024 << ' ' << pdf.size() << '\n';
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> given(words + 1, words + count);
  if (given.size() == 2 && given[0] == "registers") return write_registers(given[1]), 0;
  if (given.size() == 2 && given[0] == "html") return write_html(given[1]), 0;
  if (given.size() == 3 && (given[0] == "tagged" || given[0] == "untagged")) {
    write_pdf(given[1], given[0] == "tagged" ? render::Conformance::a2a : render::Conformance::u2, given[2]);
    return 0;
  }
  return 2;
}
