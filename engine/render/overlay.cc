#include <fmt/format.h>

#include "render/drawing.h"
#include "render/finish.h"
#include "render/furniture.h"
#include "render/pdf.h"
#include "render/qpdf.h"

namespace vermilion::render {
namespace {

constexpr float label_size = 9;

constexpr float mark_height = 26;
constexpr float note_height = 14;  // above the line of a mark, so that both can stand

// A line at the top, and `aslant_mark` across the page unless it is empty.
Bytes overlay_page(const std::string& aslant_mark, const std::string& words, float height) {
  Fonts fonts(standard_fonts());
  Structure none;
  Typesetter typesetter(fonts, none);
  Ink ink = aslant_mark.empty() ? Ink() : aslant(aslant_mark, style::wash, typesetter);
  const Line label = typesetter.line({span(words, Weight::bold, style::vermilion)}, label_size);
  ink.add(label.ink, (style::page_width - label.width) / 2, height);
  fonts.require_all();
  const PageSize size{style::page_width, style::page_height};
  return mapped_pdf(draw_pages({ink}, fonts, size, nullptr));
}

// Multiplied into what is beneath: dark text stays dark.
void make_multiply(QPDFObjectHandle form) {
  form.getDict()
      .getKey("/Resources")
      .replaceKey("/ExtGState",
                  QPDFObjectHandle::parse("<< /Mark << /Type /ExtGState /BM /Multiply >> >>"));
  const auto content = form.getStreamData();
  const std::string bytes(content->getBuffer(), content->getBuffer() + content->getSize());
  form.replaceStreamData("/Mark gs\n" + bytes, QPDFObjectHandle::newNull(),
                         QPDFObjectHandle::newNull());
}

void stamp(QPDFPageObjectHelper page, QPDFObjectHandle form) {
  auto resources = page.getAttribute("/Resources", true);
  if (!resources.isDictionary()) {
    resources = QPDFObjectHandle::newDictionary();
    page.getObjectHandle().replaceKey("/Resources", resources);
  }
  resources.mergeResources(QPDFObjectHandle::parse("<< /XObject << >> >>"));
  int suffix = 1;
  const std::string name = resources.getUniqueResourceName("/VermilionMark", suffix);
  const auto box = page.getTrimBox().getArrayAsRectangle();
  const std::string content = page.placeFormXObject(form, name, box, true, true, true);
  auto& pdf = *page.getObjectHandle().getOwningQPDF();
  auto objects = resources.getKey("/XObject").shallowCopy();
  objects.replaceKey(name, form);
  resources.replaceKey("/XObject", objects);
  page.addPageContents(QPDFObjectHandle::newStream(&pdf, "q\n"), true);
  page.addPageContents(
      QPDFObjectHandle::newStream(&pdf, "\nQ\n/Artifact BMC\n" + content + "\nEMC\n"), false);
}

// A copy is written anew, so no signature in it could hold: none is shown.
void unseal(QPDF& copy) {
  auto fields = copy.getRoot().getKey("/AcroForm").getKey("/Fields");
  for (int i = 0; fields.isArray() && i < fields.getArrayNItems(); ++i) {
    auto field = fields.getArrayItem(i);
    if (!field.hasKey("/V")) continue;
    field.removeKey("/V");
    auto shown = QPDFObjectHandle::newStream(&copy, "");
    shown.replaceDict(QPDFObjectHandle::parse(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << >> >>"));
    field.getKey("/AP").replaceKey("/N", shown);
    copy.getRoot().getKey("/AcroForm").removeKey("/SigFlags");
  }
}

Bytes overlaid(std::string_view pdf, const Bytes& overlay) {
  const auto mark_pdf = open_pdf(overlay);
  const auto copy = open_pdf(pdf);
  unseal(*copy);
  auto mark_form = QPDFPageDocumentHelper(*mark_pdf).getAllPages().at(0).getFormXObjectForPage();
  make_multiply(mark_form);
  const auto form = copy->copyForeignObject(mark_form);
  for (const auto& page : QPDFPageDocumentHelper(*copy).getAllPages()) stamp(page, form);
  return written_pdf(*copy);
}

}  // namespace

// Words that say that this is a copy stand with the mark.
Bytes overlay_mark(std::string_view pdf, const std::string& mark) {
  return overlaid(pdf, overlay_page(mark, mark + "　加註副本，非正本", mark_height));
}

Bytes overlay_note(std::string_view pdf, const std::string& note) {
  return overlaid(pdf, overlay_page("", note, note_height));
}

}  // namespace vermilion::render
