// PDFs that nobody vouches for, read by the program beside this one: what it tells, and what it refuses within its limits.
#include "render/confined_reading.h"

#include <zlib.h>

#include "render/copies.h"
#include "render/hostile.h"
#include "samples.h"

using namespace vermilion;
using namespace samples;
using namespace std::chrono_literals;

namespace {

// The reader is beside the program, and so beside its tests.
std::string refusal_of(std::string_view pdf,
                       const render::PdfReader& reader = render::standard_reader()) {
  try {
    (void)render::read_confined(pdf, reader);
  } catch (const Error& error) {
    return error.code();
  }
  return "read";
}

Bytes deflated(std::string_view bytes) {
  auto size = compressBound(bytes.size());
  Bytes packed(size, '\0');
  REQUIRE(compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                    reinterpret_cast<const Bytef*>(bytes.data()), bytes.size(), 9) == Z_OK);
  packed.resize(size);
  return packed;
}

// Deflated as a whole, it unfolds to `blocks` times 16 MiB of zeros.
Bytes folded_zeros(int blocks) {
  z_stream stream{};
  REQUIRE(deflateInit(&stream, 9) == Z_OK);
  Bytes block(1 << 24, '\0'), out(1 << 20, '\0'), packed;
  for (int i = 0; i < blocks; ++i) {
    stream.next_in = reinterpret_cast<Bytef*>(block.data());
    stream.avail_in = static_cast<uInt>(block.size());
    do {
      stream.next_out = reinterpret_cast<Bytef*>(out.data());
      stream.avail_out = static_cast<uInt>(out.size());
      (void)deflate(&stream, i + 1 == blocks ? Z_FINISH : Z_NO_FLUSH);
      packed.append(out, 0, out.size() - stream.avail_out);
    } while (stream.avail_out == 0);
  }
  deflateEnd(&stream);
  return packed;
}

// Its cross-reference stream is deflated twice.
Bytes bomb(int blocks) {
  const auto table = deflated(folded_zeros(blocks));
  Bytes pdf =
      "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /AcroForm << /Fields [] >> /Pages 2 0 R >>\nendobj\n"
      "2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n";
  const auto at = std::to_string(pdf.size());
  pdf +=
      "3 0 obj\n<< /Type /XRef /Size 4 /W [1 2 1] /Root 1 0 R /Filter [/FlateDecode "
      "/FlateDecode] /Length " +
      std::to_string(table.size()) + " >>\nstream\n" + table + "\nendstream\nendobj\nstartxref\n" +
      at + "\n%%EOF\n";
  return pdf;
}

}  // namespace

TEST_CASE("a PDF without signatures is read, and what is none is refused by name",
          "[render][confined]") {
  const auto pdf = rendered("## 壹、總則\n\n條文。\n");
  const auto file = render::read_confined(pdf);
  CHECK(file.found.signatures.empty());
  CHECK(file.found.size == pdf.size());
  CHECK(refusal_of("這不是 PDF") == "pdf-unreadable");
  CHECK(refusal_of("") == "pdf-unreadable");
  CHECK(refusal_of(pdf.substr(0, pdf.size() / 2)) == "pdf-unreadable");
}

TEST_CASE("an encrypted copy is told as one, not as a damaged file", "[render][confined]") {
  const auto pdf = rendered("## 壹、總則\n\n條文。\n");
  CHECK(refusal_of(render::encrypted_copy(pdf, "open-sesame-115")) == "pdf-encrypted");
}

TEST_CASE("a few kilobytes that unfold to four gigabytes are refused within the limits",
          "[render][confined]") {
  const auto pdf = bomb(256);
  CHECK(pdf.size() < 32 * 1024);
  const auto begin = std::chrono::steady_clock::now();
  CHECK(refusal_of(pdf) == "pdf-reader-failed");
  CHECK(std::chrono::steady_clock::now() - begin < 30s);
}

TEST_CASE("a reader that takes too long is ended, one that is missing is told of",
          "[render][confined]") {
  const auto pdf = rendered("條文。\n");
  CHECK(refusal_of(bomb(64), {render::standard_reader().program, 1ms}) == "pdf-reader-failed");
  CHECK(refusal_of(pdf, {"/nowhere/vermilion-pdf"}) == "pdf-reader-missing");
  CHECK(refusal_of(pdf, {"/bin/echo"}) == "pdf-reader-failed");
}

TEST_CASE("a report that leads out of the file is not believed", "[render][confined]") {
  const auto report = [](const std::string& more) {
    return parse_json(
        R"({"size":100,"after":[{"changes":[],"unreadable":null}],"kept":null,"signatures":[)"
        R"({"field":"seal","name":"","reason":"","sub_filter":"","at":null,"cms":"",)" +
        more + "}]}");
  };
  const auto good = report(R"("hole":10,"hole_end":20,"end":100)");
  CHECK(render::to_json(render::signed_file_from(good, 100)) == good);
  const Json wrong[] = {report(R"("hole":10,"hole_end":20,"end":101)"),
                        report(R"("hole":30,"hole_end":20,"end":100)"),
                        report(R"("hole":10,"hole_end":-1,"end":100)"),
                        report(R"("hole":10,"end":100)"),
                        Json::array(),
                        Json("x")};
  for (const auto& value : wrong) CHECK_THROWS_AS(render::signed_file_from(value, 100), Error);
  auto keeping = good;
  keeping["kept"] = {{"certificates", {"MIIB"}}, {"crls", Json::array()}};
  CHECK(render::to_json(render::signed_file_from(keeping, 100)) == keeping);
  keeping["kept"]["certificates"] = {"*"};
  CHECK_THROWS_AS(render::signed_file_from(keeping, 100), Error);
  keeping.erase("kept");
  CHECK_THROWS_AS(render::signed_file_from(keeping, 100), Error);
  auto lonely = good;
  lonely["after"] = Json::array();
  CHECK_THROWS_AS(render::signed_file_from(lonely, 100), Error);
}
