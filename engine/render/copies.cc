#include "render/copies.h"

#include "render/finish.h"
#include "render/furniture.h"
#include "render/qpdf.h"

namespace vermilion::render {
namespace {

constexpr float label_size = 9;
constexpr float words_height = 26;
constexpr float note_height = 14;  // above the words, so that both can stand

void add_line(Page& page, const std::string& words, float height, Typesetter& typesetter) {
  const Line line = typesetter.line({span(words, Weight::bold, style::vermilion)}, label_size);
  page.add(line.ink, (page.size.width - line.width) / 2, height);
}

Bytes label_page(const CopyLabel& label, PageSize size) {
  Fonts fonts(standard_fonts());
  Structure none;
  Typesetter typesetter(fonts, none);
  Page page;
  page.size = size;
  const auto colour = label.tone == Tone::alarm ? style::wash : style::ghost;
  if (!label.mark.empty()) page.add(aslant(label.mark, colour, size, typesetter), 0, 0);
  if (!label.words.empty()) add_line(page, label.words, words_height, typesetter);
  if (!label.note.empty()) add_line(page, label.note, note_height, typesetter);
  fonts.require_all();
  return bare_pdf({page}, fonts);
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

// What is inside has no mark, and would take the text past it.
void drop_attachments(QPDF& copy) {
  auto root = copy.getRoot();
  root.removeKey("/AF");
  if (auto names = root.getKey("/Names"); names.isDictionary()) names.removeKey("/EmbeddedFiles");
}

// A page that is laid over others, as a form of the copy; it has to live until that is written.
struct Overlay {
  Overlay(QPDF& copy, Bytes page) : bytes(std::move(page)), pdf(open_pdf(bytes)) {
    auto own = QPDFPageDocumentHelper(*pdf).getAllPages().at(0).getFormXObjectForPage();
    make_multiply(own);
    form = copy.copyForeignObject(own);
  }

  Bytes bytes;
  std::unique_ptr<QPDF> pdf;
  QPDFObjectHandle form;
};

}  // namespace

Bytes labelled_copy(std::string_view pdf, const CopyLabel& label) {
  const auto copy = open_pdf(pdf);
  unseal(*copy);
  drop_attachments(*copy);
  std::map<bool, Overlay> overlays;  // by whether the page is wider than high
  for (const auto& page : QPDFPageDocumentHelper(*copy).getAllPages()) {
    const auto box = QPDFPageObjectHelper(page).getTrimBox().getArrayAsRectangle();
    const bool wide = box.urx - box.llx > box.ury - box.lly;
    if (!overlays.contains(wide)) {
      const auto size = wide ? style::landscape : style::upright;
      overlays.try_emplace(wide, *copy, label_page(label, size));
    }
    stamp(page, overlays.at(wide).form);
  }
  return written_pdf(*copy);
}

}  // namespace vermilion::render
