#include "render/drawing.h"

#include <fmt/format.h>
#include <hpdf.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/handle.h"
#include "base/text.h"
#include "render/image.h"
#include "render/style.h"
#include "render/subset.h"

namespace vermilion::render {
namespace {

using PdfDocument = Handle<std::remove_pointer_t<HPDF_Doc>, HPDF_Free>;

struct LoadedFont {
  HPDF_Font font = nullptr;
  std::map<char32_t, std::uint16_t> codes;
};

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

class MemoryFile {
 public:
  explicit MemoryFile(const Bytes& bytes) : descriptor_(memfd_create("font", MFD_CLOEXEC)) {
    size_t done = 0;
    while (descriptor_ >= 0 && done < bytes.size()) {
      const auto written = write(descriptor_, bytes.data() + done, bytes.size() - done);
      if (written <= 0) break;
      done += static_cast<size_t>(written);
    }
    complete_ = descriptor_ >= 0 && done == bytes.size();
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() { close(descriptor_); }
  // The path, or one that does not exist when memory ran out; then libharu reports the failure.
  [[nodiscard]] std::string path() const {
    return complete_ ? "/proc/self/fd/" + std::to_string(descriptor_) : std::string();
  }

 private:
  int descriptor_;
  bool complete_ = false;
};

class Drawing {
 public:
  Drawing(const Fonts& fonts, const Structure* structure)
      : structure_(structure), document_(HPDF_New(nullptr, nullptr)) {
    VERMILION_ASSERT(document_);
    HPDF_SetCompressionMode(document_.get(), HPDF_COMP_ALL);
    HPDF_UseUTFEncodings(document_.get());
    for (const auto& face : fonts.faces()) load(*face);
    check(document_.get());
  }

  void add_page(const Page& ink) {
    size_ = ink.size;
    page_ = HPDF_AddPage(document_.get());
    check(document_.get());
    HPDF_Page_SetWidth(page_, size_.width);
    HPDF_Page_SetHeight(page_, size_.height);
    result_.contents.emplace_back();
    draw_lines(ink, artifact);
    auto figures = lined_figures(ink);
    auto image = ink.images.begin();
    for (size_t i = 0; i <= ink.texts.size(); ++i) {
      for (; image != ink.images.end() && image->texts_before <= i; ++image) draw_marked(*image);
      if (i == ink.texts.size()) break;
      const auto& text = ink.texts[i];
      if (figures.erase(text.tag) == 1) draw_lines(ink, text.tag);
      draw_marked(text);
    }
    for (const Tag tag : figures) draw_lines(ink, tag);
    close_mark();
    check(document_.get());
  }

  Drawn finish() {
    HPDF_SaveToStream(document_.get());
    check(document_.get());
    HPDF_UINT32 size = HPDF_GetStreamSize(document_.get());
    result_.pdf.resize(size);
    std::vector<HPDF_BYTE> bytes(size);
    HPDF_ReadFromStream(document_.get(), bytes.data(), &size);
    result_.pdf.assign(bytes.begin(), bytes.end());
    return std::move(result_);
  }

 private:
  void load(const Face& face) {
    LoadedFont& loaded = fonts_.emplace_back();
    if (face.used.empty()) return;
    Subset subset = make_subset(face);
    const MemoryFile file(subset.file);
    const char* name = HPDF_LoadTTFontFromFile(document_.get(), file.path().c_str(), HPDF_TRUE);
    check(document_.get());
    loaded.font = HPDF_GetFont(document_.get(), name, "UTF-8");
    EmbeddedFont& embedded = result_.fonts.emplace_back();
    embedded.name = name;
    for (const auto& [c, code] : subset.codes) embedded.characters[code] = c;
    loaded.codes = std::move(subset.codes);
  }

  template <typename T>
  void draw_marked(const T& item) {
    if (structure_ != nullptr && marked_ != item.tag) {
      close_mark();
      open_mark(item.tag);
    }
    draw(item);
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
    const auto belongs = [&](Tag other) {
      return tag == other || (tag == artifact && !is_figure(other));
    };
    for (const Fill& fill : ink.fills) {
      if (belongs(fill.tag)) draw_marked(fill);
    }
    for (const Rule& rule : ink.rules) {
      if (belongs(rule.tag)) draw_marked(rule);
    }
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

  // libharu knows no marked content, but writes what it is given between its own operators.
  void write(const std::string& operators) {
    auto* attributes = static_cast<HPDF_PageAttr>(page_->attr);
    HPDF_Stream_WriteStr(attributes->stream, operators.c_str());
  }

  void open_mark(Tag tag) {
    marked_ = tag;
    if (tag == artifact) return write("/Artifact BMC\n");
    auto& contents = result_.contents.back();
    write(fmt::format("/{} <</MCID {}>> BDC\n", structure_->elements()[tag].role, contents.size()));
    contents.push_back(tag);
  }

  void close_mark() {
    if (marked_) write("EMC\n");
    marked_.reset();
  }

  void draw(const Fill& fill) {
    set_fill(fill.colour);
    HPDF_Page_Rectangle(page_, fill.x, size_.height - fill.y - fill.height, fill.width,
                        fill.height);
    HPDF_Page_Fill(page_);
  }

  void draw(const Rule& rule) {
    HPDF_Page_SetRGBStroke(page_, rule.colour.red, rule.colour.green, rule.colour.blue);
    HPDF_Page_SetLineWidth(page_, rule.thickness);
    const bool dotted = rule.stroke == Stroke::dotted;
    const HPDF_UINT16 pattern[] = {1, 3};
    HPDF_Page_SetDash(page_, dotted ? pattern : nullptr, dotted ? 2 : 0, 0);
    HPDF_Page_MoveTo(page_, rule.x1, size_.height - rule.y1);
    HPDF_Page_LineTo(page_, rule.x2, size_.height - rule.y2);
    HPDF_Page_Stroke(page_);
  }

  void draw(const TextRun& run) {
    const LoadedFont& loaded = fonts_[static_cast<size_t>(run.face)];
    std::u32string codes;
    for (const char32_t c : run.text) codes += loaded.codes.at(c);
    set_fill(run.colour);
    HPDF_Page_BeginText(page_);
    HPDF_Page_SetFontAndSize(page_, loaded.font, run.size);
    HPDF_Page_SetCharSpace(page_, run.tracking);
    place(run);
    if (run.embolden) thicken(run);
    show(run.text, utf8(codes));
    if (run.embolden) HPDF_Page_SetTextRenderingMode(page_, HPDF_FILL);
    HPDF_Page_EndText(page_);
  }

  // ISO 19005-2 6.2.11.7.3: what has only a private code says what it is read as.
  void show(const std::u32string& text, const std::string& codes) {
    const auto is_private = [](char32_t c) { return c >= 0xF0000; };
    const bool named = structure_ != nullptr && std::any_of(text.begin(), text.end(), is_private);
    if (named) write(fmt::format("/Span <</ActualText <FEFF{}>>> BDC\n", utf16_hex(text)));
    HPDF_Page_ShowText(page_, codes.c_str());
    if (named) write("EMC\n");
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
    const float bottom = size_.height - placed.y - placed.height;
    HPDF_Page_DrawImage(page_, loaded, placed.x, bottom, placed.width, placed.height);
    result_.boxes[placed.tag] = {placed.x, bottom, placed.x + placed.width, bottom + placed.height};
  }

  void thicken(const TextRun& run) {
    HPDF_Page_SetRGBStroke(page_, run.colour.red, run.colour.green, run.colour.blue);
    HPDF_Page_SetLineWidth(page_, run.size * 0.03F);
    HPDF_Page_SetDash(page_, nullptr, 0, 0);
    HPDF_Page_SetTextRenderingMode(page_, HPDF_FILL_THEN_STROKE);
  }

  void place(const TextRun& run) {
    if (run.degrees == 0) {
      HPDF_Page_MoveTextPos(page_, run.x, size_.height - run.y);
      return;
    }
    const float angle = run.degrees * std::numbers::pi_v<float> / 180;
    HPDF_Page_SetTextMatrix(page_, std::cos(angle), std::sin(angle), -std::sin(angle),
                            std::cos(angle), run.x, size_.height - run.y);
  }

  void set_fill(const Colour& colour) {
    HPDF_Page_SetRGBFill(page_, colour.red, colour.green, colour.blue);
  }

  PageSize size_;  // of the page
  const Structure* structure_;
  std::optional<Tag> marked_;
  PdfDocument document_;
  HPDF_Page page_ = nullptr;
  std::vector<LoadedFont> fonts_;  // by face
  std::map<const Image*, HPDF_Image> images_;
  Drawn result_;
};

}  // namespace

std::string utf16_hex(std::u32string_view text) {
  std::string digits;
  for (const char32_t c : text) {
    const auto value = static_cast<std::uint32_t>(c);
    digits += value < 0x10000 ? fmt::format("{:04X}", value)
                              : fmt::format("{:04X}{:04X}", 0xD800 + ((value - 0x10000) >> 10),
                                            0xDC00 + ((value - 0x10000) & 0x3FF));
  }
  return digits;
}

Drawn draw_pages(const std::vector<Page>& pages, const Fonts& fonts, const Structure* structure) {
  Drawing drawing(fonts, structure);
  for (const Page& page : pages) drawing.add_page(page);
  return drawing.finish();
}

}  // namespace vermilion::render
