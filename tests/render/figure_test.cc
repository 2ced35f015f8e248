// Pictures in a document's PDF, looked for in the file itself.
#include <fmt/format.h>

#include "base/error.h"
#include "pictures.h"
#include "render/qpdf.h"
#include "render/style.h"
#include "samples.h"

using namespace vermilion;
using namespace samples;
using Object = QPDFObjectHandle;

namespace {

const std::string kText =
    "# "
    "壹、網路架構\n\n一、架構如下圖：\n\n![核心交換器連接兩道防火牆](files/"
    "架構.png)\n\n二、每半年檢視一次。\n";

std::string pdf_with(const std::string& text, const std::map<std::string, Bytes>& files) {
  const auto document = markup::parse_markdown(text);
  auto request = published(document);
  request.pictures = files;
  return render::render_pdf(request);
}

// Structure elements in reading order.
void walk(Object kids, const std::function<void(Object)>& visit) {
  if (kids.isDictionary() && kids.hasKey("/S")) {
    visit(kids);
    walk(kids.getKey("/K"), visit);
  }
  for (int i = 0; kids.isArray() && i < kids.getArrayNItems(); ++i)
    walk(kids.getArrayItem(i), visit);
}

std::vector<Object> figures_of(QPDF& pdf) {
  std::vector<Object> figures;
  walk(pdf.getRoot().getKey("/StructTreeRoot").getKey("/K"), [&](Object element) {
    if (element.getKey("/S").getName() == "/Figure") figures.push_back(element);
  });
  return figures;
}

std::vector<Object> images_of(QPDF& pdf) {
  std::vector<Object> images;
  for (Object object : pdf.getAllObjects()) {
    if (object.isStream() && object.getDict().getKey("/Subtype").unparse() == "/Image")
      images.push_back(object);
  }
  return images;
}

float width_of(Object figure) {
  Object box = figure.getKey("/A").getKey("/BBox");
  return static_cast<float>(box.getArrayItem(2).getNumericValue() -
                            box.getArrayItem(0).getNumericValue());
}

std::string refused(const std::string& text, const std::map<std::string, Bytes>& files) {
  try {
    (void)pdf_with(text, files);
  } catch (const Error& error) {
    return error.code();
  }
  return "rendered";
}

}  // namespace

TEST_CASE("a picture is a Figure that says what is seen, in its place and with its pixels",
          "[render][image]") {
  const auto bytes = pdf_with(kText, {{"架構.png", pictures::png(120, 80)}});
  auto pdf = render::open_pdf(bytes);
  const auto figures = figures_of(*pdf);
  REQUIRE(figures.size() == 1);
  Object figure = figures.front();
  CHECK(figure.getKey("/Alt").getUTF8Value() == "核心交換器連接兩道防火牆");
  CHECK(width_of(figure) == Approx(90).margin(0.1));
  const auto images = images_of(*pdf);
  REQUIRE(images.size() == 1);
  Object dictionary = Object(images.front()).getDict();
  CHECK(dictionary.getKey("/ColorSpace").getName() == "/DeviceRGB");
  CHECK_FALSE(dictionary.hasKey("/SMask"));
  CHECK_FALSE(dictionary.hasKey("/Interpolate"));
  const auto data = Object(images.front()).getStreamData();
  CHECK(data->getSize() == 120 * 80 * 3);
  CHECK(bytes.find("<pdfaid:conformance>A</pdfaid:conformance>") != std::string::npos);
}

TEST_CASE("a picture is read where it stands: behind what announces it, before what follows",
          "[render][image]") {
  const auto bytes = pdf_with(kText, {{"架構.png", pictures::png(120, 80)}});
  auto pdf = render::open_pdf(bytes);
  std::vector<std::string> roles;
  walk(pdf->getRoot().getKey("/StructTreeRoot").getKey("/K"),
       [&](Object element) { roles.push_back(element.getKey("/S").getName()); });
  const auto figure = std::find(roles.begin(), roles.end(), "/Figure");
  REQUIRE(figure != roles.end());
  REQUIRE(figure != roles.begin());
  CHECK(*(figure - 1) == "/P");
  REQUIRE(figure + 1 != roles.end());
  CHECK(*(figure + 1) == "/P");
}

TEST_CASE("a large picture is fitted to the measure and to the page, a small one keeps its size",
          "[render][image]") {
  const auto bytes =
      pdf_with("# 圖\n\n![寬](files/a.png)\n\n![高](files/b.jpg)\n\n![小](files/c.png)\n",
               {{"a.png", pictures::png(3000, 300)},
                {"b.jpg", pictures::jpeg(300, 3000)},
                {"c.png", pictures::png(8, 8)}});
  auto pdf = render::open_pdf(bytes);
  const auto figures = figures_of(*pdf);
  REQUIRE(figures.size() == 3);
  CHECK(width_of(figures[0]) == Approx(render::style::text_width).margin(0.1));
  CHECK(width_of(figures[1]) < 80);
  CHECK(width_of(figures[2]) == Approx(6).margin(0.1));
  for (Object figure : figures) {
    Object box = figure.getKey("/A").getKey("/BBox");
    CHECK(box.getArrayItem(1).getNumericValue() > 40);
    CHECK(box.getArrayItem(3).getNumericValue() < render::style::page_height);
  }
}

TEST_CASE("the same pictures give the same bytes, a picture shown twice lies in the file once",
          "[render][image]") {
  const std::map<std::string, Bytes> files = {{"架構.png", pictures::png(120, 80)}};
  const auto twice = kText + "\n![同一張](files/架構.png)\n";
  const auto bytes = pdf_with(twice, files);
  CHECK(bytes == pdf_with(twice, files));
  auto pdf = render::open_pdf(bytes);
  CHECK(images_of(*pdf).size() == 1);
  CHECK(figures_of(*pdf).size() == 2);
}

TEST_CASE("a picture that is not there, or in the middle of a sentence, is words",
          "[render][image]") {
  CHECK(text_of(pdf_with(kText, {})).find("〔圖：核心交換器連接兩道防火牆〕") != std::string::npos);
  const auto bytes =
      pdf_with("# 圖\n\n按 ![開關](files/a.png) 開機。\n", {{"a.png", pictures::png(8, 8)}});
  CHECK(text_of(bytes).find("〔圖：開關〕") != std::string::npos);
}

TEST_CASE("a broken picture stops the page that shows it; many large ones are too many",
          "[render][image]") {
  CHECK(refused(kText, {{"架構.png", pictures::png(40, 40).substr(0, 60)}}) == "image-damaged");
  CHECK(refused("# 圖\n\n無圖。\n", {{"架構.png", "不是圖"}}) == "rendered");
  std::string text = "# 圖\n\n";
  std::map<std::string, Bytes> files;
  const auto large = pictures::jpeg(4000, 3900, 1);
  for (char name = 'a'; name <= 'd'; ++name) {
    text += fmt::format("![{0}](files/{0}.jpg)\n\n", name);
    files[std::string(1, name) + ".jpg"] = large;
  }
  CHECK(refused(text, files) == "images-too-large");
}

TEST_CASE("a picture in a list or a quotation keeps to its place", "[render][image]") {
  const auto bytes = pdf_with(
      "# 圖\n\n- 如下：\n\n  ![甲](files/a.png)\n- ![乙](files/a.png)\n\n> ![丙](files/a.png)\n",
      {{"a.png", pictures::png(40, 40)}});
  auto pdf = render::open_pdf(bytes);
  std::string alternates;
  for (Object figure : figures_of(*pdf)) alternates += figure.getKey("/Alt").getUTF8Value();
  CHECK(alternates == "甲乙丙");
}

TEST_CASE("on pages that lie across a picture is fitted to their height", "[render][image]") {
  const auto document =
      markup::parse_markdown("---\norientation: landscape\n---\n\n# 圖\n\n![高](files/b.jpg)\n");
  auto request = published(document);
  request.pictures = {{"b.jpg", pictures::jpeg(300, 3000)}};
  const auto bytes = render::render_pdf(request);
  auto pdf = render::open_pdf(bytes);
  for (Object figure : figures_of(*pdf)) {
    Object box = figure.getKey("/A").getKey("/BBox");
    CHECK(box.getArrayItem(1).getNumericValue() > 40);
    CHECK(box.getArrayItem(3).getNumericValue() < render::style::landscape.height);
  }
}
