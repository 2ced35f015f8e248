// What PDF/A and PDF/UA ask of a file, looked for in the file itself with libqpdf.
#include <functional>
#include <map>
#include <set>

#include "base/text.h"
#include "render/conformance.h"
#include "render/qpdf.h"
#include "samples.h"

using namespace vermilion;
using namespace samples;
using Object = QPDFObjectHandle;

namespace {

// A PDF held open, with its structure elements in reading order.
class Opened {
 public:
  explicit Opened(std::string bytes) : bytes_(std::move(bytes)), pdf_(render::open_pdf(bytes_)) {}
  QPDF* operator->() { return pdf_.get(); }
  QPDF& operator*() { return *pdf_; }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

  void walk(const std::function<void(Object element, int depth)>& visit) {
    visit_kids(pdf_->getRoot().getKey("/StructTreeRoot").getKey("/K"), visit, 0);
  }

 private:
  static void visit_kids(Object kids, const std::function<void(Object, int)>& visit, int depth) {
    if (kids.isDictionary()) {
      if (!kids.hasKey("/S")) return;
      visit(kids, depth);
      visit_kids(kids.getKey("/K"), visit, depth + 1);
    }
    for (int i = 0; kids.isArray() && i < kids.getArrayNItems(); ++i)
      visit_kids(kids.getArrayItem(i), visit, depth);
  }

  std::string bytes_;
  std::unique_ptr<QPDF> pdf_;
};

std::vector<Object> kids_of(Object element) {
  Object kids = element.getKey("/K");
  if (kids.isArray()) return kids.getArrayAsVector();
  return kids.isNull() ? std::vector<Object>{} : std::vector<Object>{kids};
}

std::string role(Object element) { return element.getKey("/S").getName(); }

// Looks at the operators of a page: what is shown outside marked content, and the marks in their order.
class Marks : public Object::ParserCallbacks {
 public:
  void handleObject(Object object) override {
    if (!object.isOperator()) return operands_.push_back(object);
    const std::string name = object.getOperatorValue();
    if (name == "BMC" || name == "BDC") open();
    if (name == "EMC") --depth;
    if ((name == "Tj" || name == "TJ" || name == "f" || name == "S" || name == "Do") && depth != 1)
      ++unmarked;
    operands_.clear();
  }
  void handleEOF() override {}

  int depth = 0;
  int unmarked = 0;
  std::vector<int> contents;

 private:
  void open() {
    ++depth;
    if (operands_.size() == 2) contents.push_back(operands_[1].getKey("/MCID").getIntValueAsInt());
  }
  std::vector<Object> operands_;
};

Marks marks_of(Object page) {
  Marks marks;
  page.parsePageContents(&marks);
  return marks;
}

std::map<int, Object> parent_tree(QPDF& pdf) {
  std::map<int, Object> tree;
  const auto numbers = pdf.getRoot()
                           .getKey("/StructTreeRoot")
                           .getKey("/ParentTree")
                           .getKey("/Nums")
                           .getArrayAsVector();
  for (size_t i = 0; i + 1 < numbers.size(); i += 2)
    tree[Object(numbers[i]).getIntValueAsInt()] = numbers[i + 1];
  return tree;
}

std::string metadata_of(QPDF& pdf) {
  const auto data = pdf.getRoot().getKey("/Metadata").getStreamData();
  return {data->getBuffer(), data->getBuffer() + data->getSize()};
}

const std::string& regulation() {
  static const std::string pdf = regulation_pdf();
  return pdf;
}

}  // namespace

TEST_CASE("a document declares PDF/A-2a and PDF/UA-1, its title and its colours",
          "[render][archive]") {
  Opened pdf(regulation());
  const std::string metadata = metadata_of(*pdf);
  for (const char* part :
       {"<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>", "ISMS-01-002 資訊安全管理規範",
        "<xmp:CreateDate>2026-11-22T00:00:00+08:00</xmp:CreateDate>", "pdfaExtension:schemas"}) {
    INFO(part);
    CHECK(metadata.find(part) != std::string::npos);
  }
  auto intent = pdf->getRoot().getKey("/OutputIntents").getArrayItem(0);
  CHECK(intent.getKey("/DestOutputProfile").getStreamData()->getSize() > 1000);
  CHECK(pdf->getRoot().getKey("/MarkInfo").getKey("/Marked").getBoolValue());
  CHECK(pdf->getRoot().getKey("/ViewerPreferences").getKey("/DisplayDocTitle").getBoolValue());
  CHECK(pdf->getTrailer().getKey("/ID").isArray());
  CHECK_FALSE(pdf->isEncrypted());
}

TEST_CASE("metadata lies in the file as clear text, and every stream ends on a line of its own",
          "[render][archive]") {
  CHECK(regulation().find("<pdfaid:part>2</pdfaid:part>") != std::string::npos);
  CHECK(count_of(regulation(), "endstream") == count_of(regulation(), "\nendstream"));
}

TEST_CASE("everything drawn is marked, and each mark belongs to the element that names it",
          "[render][archive]") {
  Opened pdf(regulation());
  const auto parents = parent_tree(*pdf);
  const auto pages = pdf->getAllPages();
  std::map<std::pair<QPDFObjGen, int>, std::pair<QPDFObjGen, int>>
      owners;  // page, mark: element, how often
  pdf.walk([&](Object element, int) {
    for (Object kid : kids_of(element)) {
      Object page =
          kid.isDictionary() && kid.hasKey("/Pg") ? kid.getKey("/Pg") : element.getKey("/Pg");
      Object number = kid.isDictionary() ? kid.getKey("/MCID") : kid;
      if (!number.isInteger()) continue;
      auto& owner = owners[{page.getObjGen(), number.getIntValueAsInt()}];
      owner = {element.getObjGen(), owner.second + 1};
    }
  });
  size_t marked = 0;
  for (Object page : pages) {
    const Marks marks = marks_of(page);
    CHECK(marks.depth == 0);
    CHECK(marks.unmarked == 0);
    Object row = parents.at(page.getKey("/StructParents").getIntValueAsInt());
    REQUIRE(row.getArrayNItems() == static_cast<int>(marks.contents.size()));
    for (size_t i = 0; i < marks.contents.size(); ++i) {
      const auto owner = owners.find({page.getObjGen(), marks.contents[i]});
      REQUIRE(owner != owners.end());
      CHECK(owner->second.second == 1);
      CHECK(owner->second.first == row.getArrayItem(static_cast<int>(i)).getObjGen());
    }
    marked += marks.contents.size();
  }
  CHECK(marked > 500);
  CHECK(owners.size() == marked);
}

TEST_CASE("no level of headings is left out, and the first is the document's title",
          "[render][archive]") {
  // Between 壹 and 附註 the author left two levels out.
  const auto skipping = markup::parse_markdown(
      "# 通報作業\n\n## 壹、總則\n\n一小時內通報。\n\n##### 附註\n\n電話另訂。\n");
  const Bytes pdfs[] = {regulation(), render::render_pdf(published(skipping))};
  for (const Bytes& bytes : pdfs) {
    Opened pdf(bytes);
    int last = 0, count = 0;
    pdf.walk([&](Object element, int) {
      const std::string name = role(element);
      if (name.size() != 3 || name[1] != 'H') return;
      const int level = name[2] - '0';
      CHECK(level <= last + 1);
      last = level;
      ++count;
    });
    CHECK(count > 3);
  }
}

TEST_CASE("tables are rows of equally many cells, the first row heads its columns",
          "[render][archive]") {
  Opened pdf(regulation());
  int tables = 0;
  pdf.walk([&](Object element, int) {
    if (role(element) != "/Table") return;
    ++tables;
    const auto rows = kids_of(element);
    REQUIRE_FALSE(rows.empty());
    const size_t columns = kids_of(rows.front()).size();
    for (size_t r = 0; r < rows.size(); ++r) {
      CHECK(role(rows[r]) == "/TR");
      const auto cells = kids_of(rows[r]);
      CHECK(cells.size() == columns);
      for (Object cell : cells) {
        CHECK(role(cell) == (r == 0 ? "/TH" : "/TD"));
        if (r == 0) CHECK(cell.getKey("/A").getKey("/Scope").getName() == "/Column");
      }
    }
  });
  CHECK(tables >= 4);
}

TEST_CASE("each link is an element with its annotations, and each annotation leads back to it",
          "[render][archive]") {
  const auto document = markup::parse_markdown(
      "# 準則\n\n見[法務部全國法規資料庫](https://law.moj.gov.tw/)與[無此條](#c-玖)。\n");
  Opened pdf(render::render_pdf(published(document)));
  const auto parents = parent_tree(*pdf);
  size_t annotations = 0;
  for (Object page : pdf->getAllPages()) {
    for (Object annotation : page.getKey("/Annots").isArray()
                                 ? page.getKey("/Annots").getArrayAsVector()
                                 : std::vector<Object>{}) {
      ++annotations;
      Object owner = parents.at(annotation.getKey("/StructParent").getIntValueAsInt());
      CHECK(role(owner) == "/Link");
      bool named = false;
      for (Object kid : kids_of(owner)) {
        named = named ||
                (kid.isDictionary() && kid.getKey("/Obj").getObjGen() == annotation.getObjGen());
      }
      CHECK(named);
      CHECK_FALSE(annotation.getKey("/Contents").getUTF8Value().empty());
    }
  }
  CHECK(annotations > 0);
  size_t lost = 0;
  pdf.walk([&](Object element, int) { lost += role(element) == "/Span"; });
  CHECK(lost == 1);  // a link that leads nowhere is words
}

TEST_CASE("an element says its language where that changes", "[render][archive]") {
  Opened pdf(rendered(
      "## Scope\n\nIt applies to all staff; see [本規範](https://www.moenv.gov.tw/).\n\n適用於全體 "
      "staff。\n\n| 代號 | Name |\n| --- "
      "| --- |\n| A-1 | Server |\n"));
  std::string languages;
  pdf.walk([&](Object element, int) {
    languages += role(element);
    if (element.hasKey("/Lang")) languages += ":" + element.getKey("/Lang").getStringValue();
  });
  INFO(languages);
  CHECK(languages.find("/H2:en/P:en") != std::string::npos);
  CHECK(languages.find("/P:en/Link:zh-Hant-TW/P/Table/TR/TH/TH:en/TR/TD/TD:en") !=
        std::string::npos);
  CHECK(pdf->getRoot().getKey("/Lang").getStringValue() == "zh-Hant-TW");
}

TEST_CASE("code is an element of its own", "[render][archive]") {
  Opened pdf(rendered("執行 `git log` 查閱。\n\n```\ngit show\n```\n"));
  std::string roles;
  pdf.walk([&](Object element, int) { roles += role(element); });
  CHECK(roles.find("/P/Code/P/Code") != std::string::npos);
}

TEST_CASE("lists have labels and bodies, quotations stand apart, a chart says its values",
          "[render][archive]") {
  const auto document = markup::parse_markdown(
      "# 檢討\n\n1. 盤點資產\n   - 伺服器\n2. 覆核權限\n\n> 引述：資安即國安。\n\n```chart\ntitle: "
      "網路入侵成功事件\nunit: 次\n"
      "target: 5\ncomparison: \"<=\"\nbars:\n  - {label: 114 年, value: 4, met: true}\n  - {label: "
      "115 年, value: 6, met: false}\n```\n");
  Opened pdf(render::render_pdf(published(document)));
  std::map<std::string, int> count;
  std::string alternate;
  std::vector<double> box;
  pdf.walk([&](Object element, int) {
    if (role(element) == "/Figure")
      CHECK(count["/LI"] + count["/BlockQuote"] == 4);  // it comes last
    ++count[role(element)];
    if (role(element) == "/LI") {
      const auto kids = kids_of(element);
      REQUIRE(kids.size() == 2);
      CHECK(role(kids[0]) == "/Lbl");
      CHECK(role(kids[1]) == "/LBody");
    }
    if (role(element) != "/Figure") return;
    alternate = element.getKey("/Alt").getUTF8Value();
    for (auto& edge : element.getKey("/A").getKey("/BBox").getArrayAsVector())
      box.push_back(edge.getNumericValue());
  });
  REQUIRE(box.size() == 4);
  CHECK(box[3] - box[1] > 40);
  CHECK(box[3] < 842 - 84);
  CHECK(count["/L"] == 2);
  CHECK(count["/LI"] == 3);
  CHECK(count["/BlockQuote"] == 1);
  CHECK(alternate == "網路入侵成功事件；目標 ≤ 5 次；114 年 4 次（達成）；115 年 6 次（未達）");
}

TEST_CASE(
    "read by its structure alone a document gives every clause once, without headers and footers",
    "[render][archive]") {
  // Not the regulation: poppler takes quadratic time, 19 s for that.
  const auto document = markup::parse_markdown(starter_text("ISMS-02-001.md"));
  const TemporaryFile file(render::render_pdf(published(document)));
  const std::string read =
      without_space(output_of("pdfinfo -struct-text " + file.path() + " 2>/dev/null"));
  size_t at = 0;
  for (const auto& clause : markup::clauses(document)) {
    if (clause.title.empty()) continue;
    INFO(clause.path);
    at = read.find(without_space(clause.title), at);
    REQUIRE(at != std::string::npos);
  }
  CHECK(read.find("列印後為非管制文件") == std::string::npos);
}

TEST_CASE("a header repeated on the next page is read once", "[render][archive]") {
  std::string register_of_assets = "# 資產清冊\n\n| 編號 | 資產名稱 |\n| --- | --- |\n";
  for (int i = 1; i <= 75; ++i) register_of_assets += fmt::format("| A{:03} | 監測資料庫 |\n", i);
  const auto document = markup::parse_markdown(register_of_assets);
  Opened pdf(render::render_pdf(published(document)));
  CHECK(count_of(text_of(pdf.bytes()), "資產名稱") > 2);
  size_t headers = 0;
  pdf.walk([&](Object element, int) { headers += role(element) == "/TH"; });
  CHECK(headers >= 2);
  const TemporaryFile file(pdf.bytes());
  CHECK(count_of(output_of("pdfinfo -struct-text " + file.path()), "資產名稱") == 1);
}

TEST_CASE("a register of more than 200 pages is PDF/A-2u without tags, 3u with its source inside",
          "[render][archive]") {
  std::string register_of_assets = "# 資產清冊\n\n| 編號 | 資產名稱 |\n| --- | --- |\n";
  for (int i = 1; i <= 6500; ++i) register_of_assets += fmt::format("| A{:04} | 監測資料庫 |\n", i);
  const auto document = markup::parse_markdown(register_of_assets);
  Opened pdf(render::render_pdf(published(document)));
  CHECK(pdf->getAllPages().size() > 200);
  CHECK(metadata_of(*pdf).find("<pdfaid:conformance>U</pdfaid:conformance>") != std::string::npos);
  CHECK_FALSE(pdf->getRoot().hasKey("/StructTreeRoot"));
  auto request = published(document);
  request.attachments.push_back({"document.md", "text/markdown", "內文", "Source", "# 資產清冊\n"});
  Opened with_source(render::render_pdf(request));
  CHECK(metadata_of(*with_source).find("<pdfaid:part>3</pdfaid:part><pdfaid:conformance>U<") !=
        std::string::npos);
}

TEST_CASE("with its source inside a document is PDF/A-3a, and the source comes out as it went in",
          "[render][archive]") {
  const std::string source = "# 通報作業\n\n一小時內通報。\n";
  const auto document = markup::parse_markdown(source);
  auto request = published(document);
  request.attachments.push_back({"ISMS-02-005.md", "text/markdown", "原始文字", "Source", source});
  Opened pdf(render::render_pdf(request));
  CHECK(metadata_of(*pdf).find("<pdfaid:part>3</pdfaid:part>") != std::string::npos);
  auto file = pdf->getRoot().getKey("/AF").getArrayItem(0);
  CHECK(file.getKey("/AFRelationship").getName() == "/Source");
  const auto data = file.getKey("/EF").getKey("/F").getStreamData();
  CHECK(std::string(data->getBuffer(), data->getBuffer() + data->getSize()) == source);
}

TEST_CASE("Apache PDFBox finds the same text valid as PDF/A-1b", "[render][archive]") {
  const auto document = markup::parse_markdown(starter_text("ISMS-01-002.md"));
  auto request = published(document);
  request.conformance = render::Conformance::b1;
  const TemporaryFile file(render::render_pdf(request));
  const std::string jars = "/usr/share/java/";
  std::string path;
  for (const char* jar : {"preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging",
                          "javax.activation", "jaxb-api"})
    path += jars + jar + ".jar:";
  CHECK(output_of("java -cp " + path + " org.apache.pdfbox.preflight.Validator_A1b " + file.path())
            .find("is a valid PDF/A-1b file") != std::string::npos);
}

TEST_CASE("MuPDF and Ghostscript have nothing to complain of", "[render][archive]") {
  const TemporaryFile file(regulation());
  CHECK(output_of("gs -q -o /dev/null -sDEVICE=nullpage " + file.path()) == "");
  CHECK(output_of("(mutool draw -q -r 20 -o /dev/null -F ppm " + file.path() +
                  " 2>&1 | grep -v ICC || true)") == "");
}
