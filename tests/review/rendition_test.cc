// The pack on paper: what pdftotext reads off it.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "render/pdf.h"
#include "sources.h"
#include "support/process.h"

using namespace vermilion;

namespace {

Bytes pdf_of(const review::Pack& pack) {
  const auto document = markup::parse_markdown(pack.markdown);
  render::PdfRequest request;
  request.document = &document;
  request.id = "MR-115";
  request.title = review::pack_title(115);
  request.organisation = "行政院環境保護署";
  request.version = "115";
  request.classification = "限閱";
  request.content_digest = pack.digest;
  request.date = parse_date("2027-01-08");
  return render::render_pdf(request);
}

}  // namespace

TEST_CASE("write the pack to the folder named in VERMILION_TEST_OUTPUT", "[.review-write]") {
  const auto pack = review::build_pack(meeting::sources());
  const std::string folder = std::getenv("VERMILION_TEST_OUTPUT");
  std::ofstream(folder + "/pack.md") << pack.markdown;
  std::ofstream(folder + "/pack.pdf", std::ios::binary) << pdf_of(pack);
}

TEST_CASE("pdftotext reads each indicator's target, values, result and source off one line",
          "[review]") {
  if (!has_program("pdftotext")) return;
  const Scratch scratch;
  const auto file = scratch.write("pack.pdf", pdf_of(review::build_pack(meeting::sources())));
  const auto text = run("pdftotext -layout " + file + " -").output;
  const std::vector<std::string> rows = {
      "≤ *5 *次 +0 +1 +0 +達成 +改善",         "≤ *5 *次 +3 +4 +6 +未達 +惡化",
      "≤ *3 *次 +0 +0 +0 +達成 +持平",         "≤ *5 *次 +4 +3 +2 +達成 +改善",
      "≤ *5 *次 +2 +1 +1 +達成 +持平",         "≤ *5 *次 +1 +0 +0 +達成 +持平",
      "≤ *3 *件 +0 +0 +0 +達成 +持平",         "≤ *5 *次 +0 +0 +1 +達成 +惡化",
      "≥ *98 *% +97.6 +98.2 +98.7 +達成 +改善"};
  for (size_t i = 0; i < rows.size(); ++i) {
    INFO(i + 1);
    const std::regex row("\n *" + std::to_string(i + 1) + " +[^\n]+ " + rows[i] +
                         " +MET-115-0001 1.0 版");
    CHECK(std::regex_search(text, row));
  }
  CHECK(std::regex_search(text, std::regex("9.3.2 f +風險評鑑結果與風險處理計畫")));
}

TEST_CASE("the same sources give the same PDF", "[review]") {
  const auto sources = meeting::sources();
  CHECK(pdf_of(review::build_pack(sources)) == pdf_of(review::build_pack(sources)));
}
