// Signatures within a PDF: what they leave as it is, and what stock programs say of the file.
#include "render/pades.h"

#include "base/error.h"
#include "crypto/pades.h"
#include "crypto/people.h"
#include "crypto/refused.h"
#include "markup/document.h"
#include "render/qpdf.h"
#include "render/signature_look.h"
#include "samples.h"
#include "support/process.h"

using namespace vermilion;
using namespace samples;
using Object = QPDFObjectHandle;

namespace {

// The starter agreement with a place for the seal and one for a person.
const Bytes& unsigned_pdf() {
  static const Bytes pdf = [] {
    const auto document = markup::parse_markdown(starter_text("ISMS-01-002.md"));
    auto request = published(document);
    request.signature_fields = {{"seal", "機關印章 Organisation seal"},
                                {"chair", "主席簽章 Chair"}};
    return render::render_pdf(request);
  }();
  return pdf;
}

Bytes signed_by(const people::Person& person, const Bytes& pdf, const std::string& field,
                const std::string& name = "林堃") {
  auto prepared = render::prepare_signature(
      pdf,
      {field, name, "核准", people::kSigned,
       render::draw_signature({name, {"核准　副局長", "民國115年11月22日（2026-11-22）"}, ""})});
  const auto cms =
      crypto::sign_pades(prepared.covered(), person.key, person.certificate, {person.issuer});
  return render::with_signature(std::move(prepared), cms);
}

Object field_of(QPDF& pdf, int number) {
  return pdf.getRoot().getKey("/AcroForm").getKey("/Fields").getArrayItem(number);
}

}  // namespace

TEST_CASE("a long name is set smaller, with its 代 and its office whole", "[render][pades]") {
  const render::SignatureLook look{
      "康卡蘿 Carol Alexandra Konstantinopoulou-Wellington",
      {"委外人員管理者確認　環境監測及資訊處資通安全推動小組　簡任高級分析師兼科長"},
      "王大明"};
  CHECK(samples::text_of(render::draw_signature(look)) ==
        samples::without_space("王大明（" + look.mark + " 代）" + look.lines[0]));
}

TEST_CASE("nobody signs on a page that holds nothing of what is signed", "[render][pades]") {
  size_t over = 0;
  std::string text;
  for (int lines = 1; lines <= 45; ++lines) {
    text += "第" + std::to_string(lines) + "項\n\n";
    const auto document = markup::parse_markdown(text);
    auto request = titled(document);
    request.signature_fields = {{"chair", "主席簽章 Chair"}};
    const auto pages = page_bodies(render::render_pdf(request));
    INFO(lines);
    CHECK(count_of(pages.back(), "項") > 0);
    over += pages.size() > 2 && count_of(pages.back(), "項") == 1;
  }
  CHECK(over > 0);  // for some lengths it is the signature that does not fit any more
}

TEST_CASE("an unsigned field is tagged, told aloud, printed, and has an appearance",
          "[render][pades]") {
  const auto pdf = render::open_pdf(unsigned_pdf());
  auto field = field_of(*pdf, 0);
  CHECK(field.getKey("/FT").getName() == "/Sig");
  CHECK(field.getKey("/TU").getUTF8Value() == "機關印章 Organisation seal");
  CHECK(field.getKey("/F").getIntValue() == 4);
  CHECK(field.getKey("/AP").getKey("/N").isStream());
  CHECK_FALSE(field.hasKey("/V"));
  const auto numbers =
      pdf->getRoot().getKey("/StructTreeRoot").getKey("/ParentTree").getKey("/Nums");
  Object owner;
  for (int i = 0; i + 1 < Object(numbers).getArrayNItems(); i += 2) {
    if (Object(numbers).getArrayItem(i).getIntValue() ==
        field.getKey("/StructParent").getIntValue())
      owner = Object(numbers).getArrayItem(i + 1);
  }
  REQUIRE(owner.isDictionary());
  CHECK(owner.getKey("/S").getName() == "/Form");
  CHECK(owner.getKey("/K").getArrayItem(0).getKey("/Obj").getObjGen() ==
        field.getObjGen());  // and nothing else
  CHECK(owner.getKey("/P").getKey("/S").getName() == "/P");
}

TEST_CASE("a signature leaves every byte before it as it was, and covers all but itself",
          "[render][pades]") {
  const people::Authority authority;
  const people::Person person(authority);
  const auto pdf = signed_by(person, unsigned_pdf(), "seal");
  CHECK(pdf.starts_with(unsigned_pdf()));
  const auto opened = render::open_pdf(pdf);
  CHECK_FALSE(opened->anyWarnings());
  auto value = field_of(*opened, 0).getKey("/V");
  CHECK(value.getKey("/SubFilter").getName() == "/ETSI.CAdES.detached");
  CHECK(value.getKey("/M").getStringValue() == "D:20261122080000Z");
  const auto range = value.getKey("/ByteRange").getArrayAsVector();
  REQUIRE(range.size() == 4);
  CHECK(Object(range[2]).getIntValue() + Object(range[3]).getIntValue() ==
        static_cast<long long>(pdf.size()));
  // What stood there is there still: level, tags, the field's element.
  CHECK(opened->getRoot().getKey("/MarkInfo").getKey("/Marked").getBoolValue());
  CHECK(opened->getRoot().getKey("/Metadata").isStream());
  CHECK(field_of(*opened, 0).hasKey("/StructParent"));
  CHECK(field_of(*opened, 0).getKey("/F").getIntValue() == 4);
}

TEST_CASE("stock programs find two signatures in order valid, the second over the whole file",
          "[render][pades]") {
  if (!has_program("pdfsig") || !has_program("certutil")) return;
  const people::Authority authority;
  const people::Person first(authority), second(authority);
  const Scratch folder;
  folder.write("root.pem", authority.root.pem());
  const auto once = signed_by(first, unsigned_pdf(), "seal", "環境保護署");
  folder.write("once.pdf", once);
  folder.write("twice.pdf", signed_by(second, once, "chair"));
  const auto told = run(
      "cd " + quoted(folder.path()) +
      " && mkdir nss && certutil -N -d sql:nss --empty-password && certutil -A -d sql:nss -n root "
      "-t CT,C,C -i root.pem && for f in once twice; do qpdf --check $f.pdf && faketime 2026-12-01 "
      "pdfsig -nssdir sql:nss $f.pdf; done 2>&1; pdftotext twice.pdf - | tail -40");
  INFO(told.output);
  CHECK(told.status == 0);
  CHECK(count_of(told.output, "Signature is Valid") == 3);
  CHECK(count_of(told.output, "Certificate is Trusted") == 3);
  CHECK(count_of(told.output, "\n  - Total document signed") == 2);
  CHECK(count_of(told.output, "No syntax or stream encoding errors found") == 2);
  CHECK(told.output.find("WARNING") == std::string::npos);
}

TEST_CASE("a field takes one signature, and only a file that can be appended to takes any",
          "[render][pades]") {
  const people::Authority authority;
  const people::Person person(authority);
  const auto once = signed_by(person, unsigned_pdf(), "seal");
  CHECK(code_of([&] { (void)signed_by(person, once, "seal"); }) == "field-signed/conflict");
  CHECK(code_of([&] { (void)signed_by(person, once, "vice"); }) == "no-signature-field/not_found");
  CHECK(code_of([&] { (void)signed_by(person, once.substr(0, once.size() / 2), "chair"); }) ==
        "pdf-unreadable/corrupt");
  CHECK(code_of([&] { (void)signed_by(person, "不是 PDF", "chair"); }) == "pdf-unreadable/corrupt");
  auto prepared = render::prepare_signature(once, {"chair", "林堃", "核准", people::kSigned, {}});
  CHECK(code_of([&] {
          (void)render::with_signature(std::move(prepared), std::string(17000, 'x'));
        }) == "signature-too-large/invalid");
}
