#include "render/signature_boxes.h"

#include <fmt/format.h>

#include <set>

#include "base/error.h"

namespace vermilion::render {
namespace {

using Object = QPDFObjectHandle;

constexpr float gap = style::text_width - 2 * signature_width;
constexpr float caption_height = 15;

// A line of words, then the empty box; the field hangs below the words in the tree.
Ink box(const SignatureField& field, Typesetter& typesetter) {
  Structure& structure = typesetter.structure();
  const Tag caption = structure.add("P");
  Ink ink;
  ink.add(typesetter
              .fitted(span(field.purpose, Weight::regular, style::quiet), style::small_size,
                      signature_width)
              .ink,
          0, baseline(small_setting));
  structure.mark(ink, caption);
  const Inside inside(structure, caption);
  const float bottom = caption_height + signature_height;
  ink.fields.push_back({0, caption_height, signature_width, bottom, field.name, field.purpose,
                        structure.add("Form")});
  for (const float y : {caption_height, bottom})
    ink.rules.push_back({0, y, signature_width, y, 0.35F, style::hairline});
  for (const float x : {0.0F, signature_width})
    ink.rules.push_back({x, caption_height, x, bottom, 0.35F, style::hairline});
  return ink;
}

Object field_object(QPDF& pdf, const Field& field, const Object& page, float page_height) {
  auto look = Object::newStream(&pdf, "");
  look.replaceDict(Object::parse(
      fmt::format("<< /Type /XObject /Subtype /Form /BBox [0 0 {:.2f} {:.2f}] /Resources << >> >>",
                  field.x2 - field.x1, field.y2 - field.y1)));
  auto made = Object::parse(
      fmt::format("<< /Type /Annot /Subtype /Widget /FT /Sig /F 4 /Rect [{:.2f} {:.2f} {:.2f} "
                  "{:.2f}] /AP << >> >>",
                  field.x1, page_height - field.y2, field.x2, page_height - field.y1));
  made.getKey("/AP").replaceKey("/N", look);
  made.replaceKey("/P", page);
  made.replaceKey("/T", Object::newUnicodeString(field.name));
  made.replaceKey("/TU", Object::newUnicodeString(field.purpose));
  return pdf.makeIndirectObject(made);
}

void hang_on_page(Object page, const Object& annotation) {
  if (!page.getKey("/Annots").isArray()) page.replaceKey("/Annots", Object::newArray());
  page.getKey("/Annots").appendItem(annotation);
}

}  // namespace

std::vector<Piece> signature_pieces(const std::vector<SignatureField>& fields,
                                    Typesetter& typesetter) {
  std::set<std::string> names;
  std::vector<Piece> rows;
  for (size_t i = 0; i < fields.size(); ++i) {
    VERMILION_ASSERT(names.insert(fields[i].name).second);
    if (i % 2 == 0) {
      rows.emplace_back();
      rows.back().space_before = 20;
      rows.back().height = caption_height + signature_height;
    }
    rows.back().ink.add(box(fields[i], typesetter), i % 2 == 0 ? 0 : signature_width + gap, 0);
  }
  return rows;
}

std::vector<TaggedLink> add_fields(QPDF& pdf, const std::vector<Page>& pages) {
  std::vector<TaggedLink> added;
  auto fields = Object::newArray();
  for (size_t i = 0; i < pages.size(); ++i) {
    for (const Field& field : pages[i].fields) {
      const Object page = pdf.getAllPages().at(i);
      const auto made = field_object(pdf, field, page, pages[i].size.height);
      hang_on_page(page, made);
      fields.appendItem(made);
      added.push_back({i, field.tag, made});
    }
  }
  if (added.empty()) return added;
  auto form = pdf.makeIndirectObject(Object::newDictionary());
  form.replaceKey("/Fields", fields);
  pdf.getRoot().replaceKey("/AcroForm", form);
  return added;
}

}  // namespace vermilion::render
