#include "render/pades.h"

#include <fmt/format.h>

#include "base/date.h"
#include "base/error.h"
#include "render/incremental.h"

namespace vermilion::render {
namespace {

using Object = QPDFObjectHandle;

constexpr size_t hole_bytes = 16 * 1024;
constexpr std::string_view range_blank = "[0 0000000000 0000000000 0000000000]";

Object find_field(QPDF& pdf, const std::string& name) {
  auto fields = pdf.getRoot().getKey("/AcroForm").getKey("/Fields");
  for (int i = 0; fields.isArray() && i < fields.getArrayNItems(); ++i) {
    auto field = fields.getArrayItem(i);
    if (field.getKey("/T").isString() && field.getKey("/T").getUTF8Value() == name) return field;
  }
  throw Error(Failure::not_found, "no-signature-field",
              {fmt::format("這個 PDF 沒有簽章欄「{}」", name),
               fmt::format("this PDF has no signature field '{}'", name)});
}

Object empty_field(QPDF& pdf, const std::string& name) {
  auto field = find_field(pdf, name);
  if (!field.hasKey("/V")) return field;
  throw Error(Failure::conflict, "field-signed",
              {fmt::format("簽章欄「{}」已經簽過", name),
               fmt::format("the signature field '{}' is signed already", name)});
}

// D:20261122080000Z
std::string signing_time(Instant at) {
  std::string digits;
  for (const char c : rfc3339(at)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return "D:" + digits + "Z";
}

struct SignatureText {
  std::string text;
  size_t range = 0;  // where /ByteRange and /Contents have their values
  size_t hole = 0;
};

SignatureText blank_text(const std::string& kind) {
  SignatureText made;
  made.text = "<< " + kind + " /Filter /Adobe.PPKLite /ByteRange ";
  made.range = made.text.size();
  made.text += range_blank;
  made.text += " /Contents ";
  made.hole = made.text.size();
  made.text += '<';
  made.text.append(2 * hole_bytes, '0');
  made.text += '>';
  return made;
}

SignatureText signature_text(const PdfSignature& signature) {
  auto made = blank_text("/Type /Sig /SubFilter /ETSI.CAdES.detached");
  made.text += " /M " + Object::newString(signing_time(signature.at)).unparse();
  made.text += " /Name " + Object::newUnicodeString(signature.name).unparse();
  made.text += " /Reason " + Object::newUnicodeString(signature.reason).unparse() + " >>";
  return made;
}

// The page as what is seen in the field.
void show(QPDF& pdf, QPDF& look, Object field) {
  auto form = QPDFPageDocumentHelper(look).getAllPages().at(0).getFormXObjectForPage();
  auto appearance = Object::newDictionary();
  appearance.replaceKey("/N", pdf.copyForeignObject(form));
  field.replaceKey("/AP", appearance);
}

void write_range(Bytes& file, size_t at, size_t hole, size_t hole_end) {
  std::string range = fmt::format("[0 {} {} {}]", hole, hole_end, file.size() - hole_end);
  VERMILION_ASSERT(range.size() <= range_blank.size());
  range.resize(range_blank.size(), ' ');
  file.replace(at, range.size(), range);
}

// There are signatures: append only.
Object marked_form(IncrementalUpdate& update) {
  auto form = update.pdf().getRoot().getKey("/AcroForm");
  form.replaceKey("/SigFlags", Object::newInteger(3));
  update.changed(form);
  return form;
}

UnsignedPdf with_hole(IncrementalUpdate& update, const Object& value, const SignatureText& text) {
  UnsignedPdf made;
  made.file = update.write();
  made.hole = update.literal_at(value) + text.hole;
  made.hole_end = made.hole + 2 * hole_bytes + 2;
  write_range(made.file, update.literal_at(value) + text.range, made.hole, made.hole_end);
  return made;
}

}  // namespace

Bytes UnsignedPdf::covered() const { return file.substr(0, hole) + file.substr(hole_end); }

UnsignedPdf prepare_signature(std::string_view pdf, const PdfSignature& signature) {
  IncrementalUpdate update(pdf);
  auto field = empty_field(update.pdf(), signature.field);
  const auto text = signature_text(signature);
  const auto value = update.add_literal(text.text);
  field.replaceKey("/V", value);
  update.changed(field);
  (void)marked_form(update);
  if (!signature.validation.empty()) add_validation_data(update, signature.validation);
  std::unique_ptr<QPDF> look;
  if (!signature.look.empty()) show(update.pdf(), *(look = open_pdf(signature.look)), field);
  return with_hole(update, value, text);
}

UnsignedPdf prepare_document_timestamp(std::string_view pdf, const std::string& name,
                                       const ValidationData& validation) {
  IncrementalUpdate update(pdf);
  auto text = blank_text("/Type /DocTimeStamp /SubFilter /ETSI.RFC3161");
  text.text += " >>";
  const auto value = update.add_literal(text.text);
  auto field = Object::parse("<< /FT /Sig /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /F 4 >>");
  field.replaceKey("/T", Object::newUnicodeString(name));
  field.replaceKey("/V", value);
  auto form = marked_form(update);
  auto fields = form.getKey("/Fields").shallowCopy();
  fields.appendItem(update.pdf().makeIndirectObject(field));
  form.replaceKey("/Fields", fields);
  if (!validation.empty()) add_validation_data(update, validation);
  return with_hole(update, value, text);
}

Bytes with_signature(UnsignedPdf prepared, std::string_view cms) {
  if (cms.size() > hole_bytes) {
    throw Error(Failure::invalid, "signature-too-large",
                {"簽章連同憑證鏈與時戳超過 16 KiB，放不進 PDF；請改用較短的憑證鏈",
                 "signature, certificates and time stamp are over 16 KiB, too large for the PDF; "
                 "use a shorter chain of certificates"});
  }
  const std::string digits = hex(cms);
  prepared.file.replace(prepared.hole + 1, digits.size(), digits);
  return std::move(prepared.file);
}

}  // namespace vermilion::render
