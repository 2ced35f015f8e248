#include "render/written_file.h"

#include <catch2/catch.hpp>
#include <string>

using namespace vermilion;
using Object = QPDFObjectHandle;

namespace {

std::unique_ptr<QPDF> small_pdf() {
  auto pdf = std::make_unique<QPDF>();
  pdf->emptyPDF();
  pdf->getTrailer().replaceKey("/Info", pdf->makeIndirectObject(Object::parse("<< /Title (x) >>")));
  pdf->getRoot().replaceKey("/Later", pdf->makeIndirectObject(Object::parse("<< /Empty true >>")));
  return pdf;
}

}  // namespace

TEST_CASE("objects put behind what qpdf wrote are read like its own, over many streams", "[pdf]") {
  const auto pdf = small_pdf();
  Deflater deflater(stream_level);
  render::WrittenFile file(*pdf, deflater);
  std::string kids;
  for (int i = 0; i < 450; ++i) {
    const int number = file.reserve();
    file.put(number, "<</Number " + std::to_string(i) + ">>");
    kids += std::to_string(number) + " 0 R ";
  }
  file.put(file.number_of(pdf->getRoot().getKey("/Later")), "<</Kids[" + kids + "]>>");
  const Bytes bytes = file.finish();

  const auto read = render::open_pdf(bytes);
  auto numbered = read->getRoot().getKey("/Later").getKey("/Kids");
  REQUIRE(numbered.getArrayNItems() == 450);
  const auto places = read->getXRefTable();
  for (int i = 0; i < 450; ++i) {
    auto object = numbered.getArrayItem(i);
    CHECK(object.getKey("/Number").getIntValue() == i);
    CHECK(places.at(object.getObjGen()).getObjStreamIndex() ==
          i % 200);  // qpdf itself does not look at it
  }
  CHECK_FALSE(read->getRoot().getKey("/Later").hasKey("/Empty"));
  CHECK(read->getTrailer().getKey("/Info").getKey("/Title").getUTF8Value() == "x");
  CHECK(read->getWarnings().empty());
}

TEST_CASE("the identifier of a file follows from what is put into it", "[pdf]") {
  const auto id_with = [](const std::string& object) {
    const auto pdf = small_pdf();
    Deflater deflater(stream_level);
    render::WrittenFile file(*pdf, deflater);
    file.put(file.reserve(), object);
    const Bytes bytes = file.finish();
    return render::open_pdf(bytes)->getTrailer().getKey("/ID").unparse();
  };
  CHECK(id_with("(資產清冊)") == id_with("(資產清冊)"));
  CHECK(id_with("(資產清冊)") != id_with("(文件清冊)"));
}
