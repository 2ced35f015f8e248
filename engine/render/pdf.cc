#include "render/pdf.h"

#include "base/error.h"
#include "markup/layout.h"
#include "render/conformance.h"
#include "render/finish.h"
#include "render/front.h"
#include "render/furniture.h"
#include "render/signature_boxes.h"

namespace vermilion::render {
namespace {

// Pages in printed order with the places of all anchors.
class Assembly {
 public:
  void add(Page page) { whole_.pages.push_back(std::move(page)); }

  void add(Pages part) {
    const size_t first = whole_.pages.size();
    for (Page& page : part.pages) whole_.pages.push_back(std::move(page));
    for (const auto& [anchor, place] : part.anchors)
      whole_.anchors[anchor] = {place.page + first, place.y};
  }

  Pages finish() { return std::move(whole_); }

 private:
  Pages whole_;
};

// The printed page of each anchor of the text, which begins after `before` pages.
std::map<std::string, size_t> page_numbers(const Pages& text, size_t before) {
  std::map<std::string, size_t> numbers;
  for (const auto& [anchor, place] : text.anchors) numbers[anchor] = before + place.page + 1;
  return numbers;
}

std::vector<Piece> text_pieces(Body& body, const PdfRequest& request, Typesetter& typesetter) {
  std::vector<Piece> pieces;
  if (request.sheet && request.code) pieces.push_back(sheet_code(*request.code, typesetter));
  append(pieces, std::move(body.pieces));
  auto approvals = approval_pieces(request, typesetter);
  if (request.sheet && !approvals.empty()) {
    approvals.front().starts_page = false;
    approvals.front().space_before = 20;
  }
  append(pieces, std::move(approvals));
  // Nobody signs on a page that holds nothing of what is signed.
  if (!request.signature_fields.empty() && !pieces.empty()) pieces.back().keep_with_next = true;
  append(pieces, signature_pieces(request.signature_fields, typesetter));
  if (!request.approvals.empty()) body.headings.push_back({1, "", "簽核紀錄", "approvals"});
  return pieces;
}

// `front`: the cover, unless it is a sheet.
Pages layout(const PdfRequest& request, std::optional<Page> front, Body& body,
             Typesetter& typesetter) {
  Pages text = paginate(text_pieces(body, request, typesetter), body.notes);
  if (!front) return text;
  Pages revisions = paginate(revision_pieces(request.revisions, typesetter));
  const size_t contents_pages =
      paginate(contents_pieces(body.headings, {}, typesetter)).pages.size();
  const auto numbers = page_numbers(text, 1 + revisions.pages.size() + contents_pages);
  Assembly assembly;
  assembly.add(std::move(*front));
  assembly.add(std::move(revisions));
  assembly.add(paginate(contents_pieces(body.headings, numbers, typesetter)));
  assembly.add(std::move(text));
  return assembly.finish();
}

std::vector<OutlineEntry> outline(const PdfRequest& request, const std::vector<Heading>& headings) {
  std::vector<OutlineEntry> entries;
  if (!request.revisions.empty()) entries.push_back({1, "修訂紀錄", "revisions"});
  if (!headings.empty() && !request.sheet) entries.push_back({1, "目錄", "contents"});
  for (const auto& heading : headings)
    entries.push_back({heading.level, heading.label + heading.title, heading.anchor});
  return entries;
}

// The tags of a long register would be eight times its size.
constexpr size_t most_tagged_pages = 200;

Conformance level_of(const PdfRequest& request, size_t pages) {
  if (request.conformance) return *request.conformance;
  const bool tagged = pages <= most_tagged_pages;
  if (request.attachments.empty()) return tagged ? Conformance::a2a : Conformance::u2;
  return tagged ? Conformance::a3a : Conformance::u3;
}

}  // namespace

Bytes render_pdf(const PdfRequest& request) {
  VERMILION_ASSERT(request.document != nullptr);
  const auto style = markup::layout_of(request.document->front_matter);
  Fonts fonts(style.official ? official_fonts() : standard_fonts());
  Structure structure;
  Typesetter typesetter(fonts, structure);
  std::optional<Page> front;
  if (!request.sheet) front = Page{cover(request, typesetter), style::upright};
  const Pictures pictures = decode_pictures(*request.document, request.pictures);
  Body body = compose_body(*request.document, request.title, front ? 1 : 0, typesetter, pictures);
  Pages pages = layout(request, std::move(front), body, typesetter);
  furnish(pages.pages, request, typesetter);
  fonts.require_all();
  const Conformance level = level_of(request, pages.pages.size());
  return finish_pdf(pages.pages, fonts,
                    {{level, request.id + " " + request.title, request.organisation, request.date},
                     &structure,
                     outline(request, body.headings),
                     std::move(pages.anchors),
                     request.attachments,
                     !request.sheet});
}

}  // namespace vermilion::render
