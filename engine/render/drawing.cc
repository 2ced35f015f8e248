#include "render/drawing.h"

#include <fmt/format.h>
#include <hpdf.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "base/error.h"
#include "base/handle.h"
#include "render/content.h"
#include "render/image.h"
#include "render/style.h"

namespace vermilion::render {
namespace {

using PdfDocument = Handle<std::remove_pointer_t<HPDF_Doc>, HPDF_Free>;
using Codes = std::unordered_map<char32_t, std::uint16_t>;

// libharu keeps its first error and answers every later call with it, so one look at the end of a
// step sees whatever failed in it.
void check(HPDF_Doc document) {
  const HPDF_STATUS status = HPDF_GetError(document);
  if (status == HPDF_OK) return;
  throw Error(
      Failure::unavailable, "pdf-writer-failed",
      {fmt::format("PDF 產生失敗（libharu 0x{:04X}）；請重試，仍失敗時請通知系統管理者。", status),
       fmt::format("The PDF could not be written (libharu 0x{:04X}). Try again; if it fails again, "
                   "tell the administrator.",
                   status)});
}

class Drawing {
 public:
  Drawing(const Fonts& fonts, const Structure* structure, Deflater& deflater)
      : structure_(structure), document_(HPDF_New(nullptr, nullptr)), deflater_(deflater) {
    VERMILION_ASSERT(document_);
    HPDF_SetCompressionMode(document_.get(),
                            HPDF_COMP_IMAGE);  // or bare pixels stand in memory thrice
    for (const auto& face : fonts.faces()) load(*face);
    check(document_.get());
  }

  void add_page(const Page& ink) {
    size_ = ink.size;
    page_ = HPDF_AddPage(document_.get());
    check(document_.get());
    HPDF_Page_SetWidth(page_, size_.width);
    HPDF_Page_SetHeight(page_, size_.height);
    content_ = PageContent(size_, structure_);
    result_.used.emplace_back();
    draw_all(ink);
    deflater_.put(result_.streams.emplace_back(), content_.finish());
    result_.contents.push_back(content_.marks());
    check(document_.get());
  }

  Drawn finish() {
    HPDF_SaveToStream(document_.get());
    check(document_.get());
    HPDF_UINT32 size = HPDF_GetStreamSize(document_.get());
    result_.pdf.resize(size);
    HPDF_ReadFromStream(document_.get(), reinterpret_cast<HPDF_BYTE*>(result_.pdf.data()), &size);
    return std::move(result_);
  }

 private:
  void load(const Face& face) {
    const auto name = fmt::format("F{}", codes_.size());
    auto& codes = codes_.emplace_back(name, Codes());
    if (face.used.empty()) return;
    const auto& subset = result_.fonts[name] = make_subset(face);
    codes.second.insert(subset.codes.begin(), subset.codes.end());
  }

  void draw_all(const Page& ink) {
    draw_lines(ink, artifact);
    auto figures = lined_figures(ink);
    auto image = ink.images.begin();
    for (size_t i = 0; i <= ink.texts.size(); ++i) {
      for (; image != ink.images.end() && image->texts_before <= i; ++image) draw(*image);
      if (i == ink.texts.size()) break;
      const auto& text = ink.texts[i];
      if (figures.erase(text.tag) == 1) draw_lines(ink, text.tag);
      draw(text);
    }
    for (const Tag tag : figures) draw_lines(ink, tag);
  }

  [[nodiscard]] bool is_figure(Tag tag) const {
    return structure_ != nullptr && std::string_view(structure_->elements()[tag].role) == "Figure";
  }

  [[nodiscard]] std::set<Tag> lined_figures(const Ink& ink) const {
    std::set<Tag> figures;
    for (const Fill& fill : ink.fills)
      if (is_figure(fill.tag)) figures.insert(fill.tag);
    for (const Rule& rule : ink.rules)
      if (is_figure(rule.tag)) figures.insert(rule.tag);
    return figures;
  }

  // Decoration lies below everything; what belongs to a chart is read, and so drawn, where its words are.
  void draw_lines(const Ink& ink, Tag tag) {
    const auto draw_those_of = [&](const auto& lines) {
      for (const auto& line : lines) {
        if (tag != line.tag && (tag != artifact || is_figure(line.tag))) continue;
        content_.mark(line.tag);
        content_.draw(line);
      }
    };
    draw_those_of(ink.fills);
    draw_those_of(ink.rules);
    if (tag != artifact) result_.boxes.emplace(tag, box_of(ink, tag));
  }

  // As wide as the text of the page: how wide words are is not known here.
  [[nodiscard]] std::array<float, 4> box_of(const Ink& ink, Tag tag) const {
    float top = size_.height, bottom = 0;
    const auto cover = [&](Tag other, float from, float to) {
      if (other != tag) return;
      top = std::min(top, from);
      bottom = std::max(bottom, to);
    };
    for (const Fill& fill : ink.fills) cover(fill.tag, fill.y, fill.y + fill.height);
    for (const Rule& rule : ink.rules)
      cover(rule.tag, std::min(rule.y1, rule.y2), std::max(rule.y1, rule.y2));
    for (const TextRun& text : ink.texts)
      cover(text.tag, text.y - text.size, text.y + text.size / 2);
    return {style::margin_left, size_.height - bottom, size_.width - style::margin_right,
            size_.height - top};
  }

  void draw(const TextRun& run) {
    const auto& [name, codes] = codes_[static_cast<size_t>(run.face)];
    result_.used.back().insert(name);
    written_.clear();
    for (const char32_t c : run.text) {
      const auto code = codes.at(c);
      written_ += static_cast<char>(code >> 8);
      written_ += static_cast<char>(code);
    }
    content_.mark(run.tag);
    content_.draw(run, name, written_);
  }

  // Only bare pixels reach libharu: its own readers of picture files see none. The pixels are copied at once.
  void draw(const PlacedImage& placed) {
    const Image& image = *placed.image;
    HPDF_Image& loaded = images_[placed.image.get()];
    if (loaded == nullptr) {
      loaded = HPDF_LoadRawImageFromMem(
          document_.get(), reinterpret_cast<const HPDF_BYTE*>(image.rgb.data()), image.width,
          image.height, HPDF_CS_DEVICE_RGB, 8);
      check(document_.get());
    }
    const char* name = HPDF_Page_GetXObjectName(page_, loaded);
    check(document_.get());
    content_.mark(placed.tag);
    content_.draw(placed, name);
    const float bottom = size_.height - placed.y - placed.height;
    result_.boxes[placed.tag] = {placed.x, bottom, placed.x + placed.width, bottom + placed.height};
  }

  PageSize size_;  // of the page
  const Structure* structure_;
  PdfDocument document_;
  Deflater& deflater_;
  HPDF_Page page_ = nullptr;
  PageContent content_{{}, nullptr};
  std::vector<std::pair<std::string, Codes>> codes_;  // name and characters of each face
  std::map<const Image*, HPDF_Image> images_;
  std::string written_;
  Drawn result_;
};

}  // namespace

Drawn draw_pages(const std::vector<Page>& pages, const Fonts& fonts, const Structure* structure,
                 Deflater& deflater) {
  Drawing drawing(fonts, structure, deflater);
  for (const Page& page : pages) drawing.add_page(page);
  return drawing.finish();
}

}  // namespace vermilion::render
