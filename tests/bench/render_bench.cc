// What a PDF costs: one Markdown file to one PDF in a process of its own, for scripts/bench render.
//
//   render_bench registers DIR                   register-ROWS.md for 100, 1000, 2200, 10000 and 22000 rows
//   render_bench html FILE.md                    the same text as a page for a browser, on stdout
//   render_bench tagged|untagged FILE.md OUT     prints MB at most, bytes
//   render_bench running FILE.md                 CPU of the tagged PDF once the process runs, as in the server: the median of 21 after
//                                                the first, seconds
//   render_bench signature FILE.md               the median of 51 signatures in the PDF of it, milliseconds: look, update, CMS (P-256)
#include <fmt/format.h>
#include <sys/resource.h>

#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/date.h"
#include "base/heap.h"
#include "benchmark.h"
#include "crypto/pades.h"
#include "crypto/people.h"
#include "markup/html.h"
#include "render/pades.h"
#include "render/pdf.h"
#include "render/signature_look.h"

using namespace vermilion;

namespace {

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string register_of(int rows) {
  std::string text =
      "# 資訊資產清冊\n\n| 資產編號 | 資產名稱 | 保管單位 | 處置情形 |\n| --- | --- | --- | ---: "
      "|\n";
  for (int i = 1; i <= rows; ++i) {
    text += fmt::format(
        "| A-115-{:05} | 空氣品質監測資料庫主機{} | 監資處 | {} |\n", i, i % 97,
        i % 7 < 5 ? "已完成弱點修補，並經業務承辦人與單位主管複核無誤，結果登錄於弱點管理清冊備查"
                  : "列管中");
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
    "@page{size:A4;margin:84pt 65pt 78pt}body{margin:0;font:10.5pt/17pt \"Noto Sans "
    "TC\",\"TW-Sung\",sans-serif}"
    "table{width:100%;border-collapse:collapse;font-size:9.2pt;line-height:14pt}"
    "td,th{border:.4pt solid #999;padding:4pt "
    "6pt}pre{font-size:7.6pt;line-height:11.6pt;white-space:pre-wrap}"
    "</style><body>";

void write_html(const std::string& path) {
  std::cout << kPage << markup::to_html(markup::parse_markdown(read(path))) << "</body></html>";
}

Bytes pdf_of(const std::string& path, render::Conformance level) {
  const auto document = markup::parse_markdown(read(path));
  render::PdfRequest request;
  request.document = &document;
  request.id = "ISMS-01-002";
  request.title = "資訊安全管理規範";
  request.version = "3.6";
  request.classification = "公開";
  request.date = parse_date("2026-11-22");
  request.conformance = level;
  request.signature_fields = {{"seal", "機關印章 Organisation seal"}};
  return render::render_pdf(request);
}

void write_pdf(const std::string& path, render::Conformance level, const std::string& out) {
  const Bytes pdf = pdf_of(path, level);
  std::ofstream(out, std::ios::binary) << pdf;
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::cout << used.ru_maxrss / 1024 << ' ' << pdf.size() << '\n';
}

void time_running(const std::string& path) {
  std::vector<double> times;
  for (int i = 0; i < 22; ++i) {
    const auto begin = std::clock();
    (void)pdf_of(path, render::Conformance::a2a);
    times.push_back(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  times.erase(times.begin());
  fmt::print("{:.3f}\n", bench::median(times));
}

Bytes sign(const Bytes& pdf, const people::Person& person) {
  auto prepared = render::prepare_signature(
      pdf, {"seal", "示範環境保護機關", "發布", people::kSigned,
            render::draw_signature({"示範環境保護機關", {"機關印章　發布"}, ""})});
  const auto cms =
      crypto::sign_pades(prepared.covered(), person.key, person.certificate, {person.issuer});
  return render::with_signature(std::move(prepared), cms);
}

void time_signatures(const std::string& path) {
  const people::Person person{people::Authority()};
  const Bytes pdf = pdf_of(path, render::Conformance::a2a);
  std::vector<double> times;
  for (int i = 0; i < 51; ++i) times.push_back(bench::seconds([&] { (void)sign(pdf, person); }));
  fmt::print("{:.1f}\n", bench::median(times) * 1000);
}

}  // namespace

int main(int count, char** words) {
  use_large_pages();  // as every command does
  const std::vector<std::string> given(words + 1, words + count);
  if (given.size() == 2 && given[0] == "registers") return write_registers(given[1]), 0;
  if (given.size() == 2 && given[0] == "running") return time_running(given[1]), 0;
  if (given.size() == 2 && given[0] == "signature") return time_signatures(given[1]), 0;
  if (given.size() == 2 && given[0] == "html") return write_html(given[1]), 0;
  if (given.size() == 3 && (given[0] == "tagged" || given[0] == "untagged")) {
    write_pdf(given[1], given[0] == "tagged" ? render::Conformance::a2a : render::Conformance::u2,
              given[2]);
    return 0;
  }
  return 2;
}
