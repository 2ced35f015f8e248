// The management review pack: its order, its figures, its gaps, its sameness.
#include "review/pack.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>

#include "render/pdf.h"
#include "sources.h"

using namespace vermilion;

namespace {

Bytes pdf_of(const review::Pack& pack) {
  const auto document = markup::parse_markdown(pack.markdown);
  render::PdfRequest request;
  request.document = &document;
  request.id = "PACK-115";
  request.title = review::pack_title(115);
  request.title_en = "Management Review Pack";
  request.organisation = "行政院環境保護署";
  request.version = "1";
  request.classification = "內部";
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
