#include "render/fonts.h"

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "render/pdf.h"

namespace fs = std::filesystem;

namespace vermilion::render {

namespace {

const std::string sung = "fonts-cns11643-sung";
const std::string kai = "fonts-cns11643-kai";
const std::string hana = "fonts-hanazono";
const std::string liberation = "fonts-liberation2";

bool is_ascii(char32_t c) { return c < 0x80; }

bool has_latin_form(char32_t c) { return c < 0x250 || (c >= 0x1E00 && c < 0x1F00); }

fs::path debian(const char* folder, const char* name) {
  return fs::path("/usr/share/fonts/truetype") / folder / name;
}

fs::path require_font(const fs::path& path, const std::string& package) {
  if (fs::exists(path)) return path;
  throw Error(Failure::unavailable, "font-missing",
              {fmt::format("公文樣式所需的字型「{}」沒有安裝；請安裝 {}。", path.string(), package),
               fmt::format("The font {} of the official style is not there. Install {}.",
                           path.string(), package)});
}

}  // namespace

FontFiles standard_fonts() {
  const fs::path regular = font_folder() / "NotoSansTC-Regular.ttf";
  const fs::path bold = font_folder() / "NotoSansTC-Bold.ttf";
  return {regular,
          bold,
          {regular, bold, "pwid", is_curly_quote},
          {regular, bold, "hwid", is_ascii},
          false,
          {{debian("cns11643", "TW-Sung-98_1.ttf"), sung},
           {debian("cns11643", "TW-Sung-Ext-B-98_1.ttf"), sung},
           {debian("cns11643", "TW-Sung-Plus-98_1.ttf"), sung},
           {debian("hanazono", "HanaMinA.ttf"), hana},
           {debian("hanazono", "HanaMinB.ttf"), hana}}};
}

FontFiles official_fonts() {
  const auto standard = standard_fonts();
  FontFiles files{require_font(debian("cns11643", "TW-Sung-98_1.ttf"), sung),
                  require_font(debian("cns11643", "TW-Kai-98_1.ttf"), kai),
                  {require_font(debian("liberation2", "LiberationSerif-Regular.ttf"), liberation),
                   require_font(debian("liberation2", "LiberationSerif-Bold.ttf"), liberation), "",
                   [](char32_t c) { return has_latin_form(c) || is_curly_quote(c); }},
                  standard.code,
                  true,
                  {{debian("cns11643", "TW-Kai-Ext-B-98_1.ttf"), kai, Weight::bold, true},
                   {debian("cns11643", "TW-Kai-Plus-98_1.ttf"), kai, Weight::bold, true}}};
  for (size_t i = 1; i < standard.fallbacks.size(); ++i)
    files.fallbacks.push_back(standard.fallbacks[i]);
  files.fallbacks.push_back({standard.regular, "", Weight::regular});
  files.fallbacks.push_back({standard.bold, "", Weight::bold});
  return files;
}

bool is_set_alone(char32_t c) noexcept {
  if (c >= 0xF0000) return is_cjk(c);
  const auto code = static_cast<UChar32>(c);
  constexpr auto refused = U_GC_M_MASK | U_GC_CF_MASK | U_GC_CC_MASK | U_GC_CS_MASK | U_GC_CN_MASK;
  if ((U_GET_GC_MASK(code) & refused) != 0) return false;
  constexpr UScriptCode scripts[] = {USCRIPT_COMMON,   USCRIPT_LATIN,    USCRIPT_HAN,
                                     USCRIPT_BOPOMOFO, USCRIPT_HIRAGANA, USCRIPT_KATAKANA,
                                     USCRIPT_HANGUL,   USCRIPT_GREEK,    USCRIPT_CYRILLIC};
  UErrorCode status = U_ZERO_ERROR;
  return std::ranges::find(scripts, uscript_getScript(code, &status)) != std::end(scripts);
}

bool is_curly_quote(char32_t c) noexcept {
  return c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D;
}

bool is_blank(char32_t c) noexcept {
  return c == U' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool is_invisible(char32_t c) noexcept {
  return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

std::optional<int> table_number(hb_face_t* face, hb_tag_t tag, unsigned at) {
  const hb::Blob table(hb_face_reference_table(face, tag));
  unsigned size = 0;
  const char* data = hb_blob_get_data(table.get(), &size);
  if (size < at + 2) return std::nullopt;
  const auto byte = [&](unsigned i) { return static_cast<unsigned char>(data[i]); };
  return static_cast<std::int16_t>(byte(at) << 8 | byte(at + 1));
}

namespace {

// sTypoAscender of OS/2: where the em box of the ideographs ends; other ascents are for the distance of lines.
float ascent_of(hb_face_t* face) {
  const auto ascent = table_number(face, HB_TAG('O', 'S', '/', '2'), 68);
  if (!ascent) return line_ascent;
  return static_cast<float>(*ascent) / static_cast<float>(hb_face_get_upem(face));
}

}  // namespace

Face::Face(const fs::path& path, std::string feature)
    : feature_(std::move(feature)), ascent_(line_ascent) {
  const hb::Blob blob(hb_blob_create_from_file_or_fail(path.c_str()));
  if (blob) face_.reset(hb_face_create(blob.get(), 0));
  if (!face_ || hb_face_get_glyph_count(face_.get()) == 0) {
    throw Error(
        Failure::unavailable, "font-missing",
        {fmt::format(
             "讀不到字型檔「{}」；請重新安裝本程式，或以 VERMILION_FONTS 指定字型所在資料夾。",
             path.string()),
         fmt::format("The font file {} cannot be read. Install the program again, or name the "
                     "folder of its fonts in VERMILION_FONTS.",
                     path.string())});
  }
  font_.reset(hb_font_create(face_.get()));
  hb_font_set_scale(font_.get(), 1000, 1000);
  ascent_ = ascent_of(face_.get());
}

hb_codepoint_t Face::glyph(char32_t c) const {
  hb_codepoint_t nominal = 0;
  if (!hb_font_get_nominal_glyph(font_.get(), c, &nominal) || feature_.empty()) return nominal;
  const hb::Buffer buffer(hb_buffer_create());
  const std::uint32_t text = c;
  hb_buffer_add_utf32(buffer.get(), &text, 1, 0, 1);
  hb_buffer_guess_segment_properties(buffer.get());
  const hb_feature_t wanted{hb_tag_from_string(feature_.c_str(), -1), 1, HB_FEATURE_GLOBAL_START,
                            HB_FEATURE_GLOBAL_END};
  hb_shape(font_.get(), buffer.get(), &wanted, 1);
  unsigned count = 0;
  const auto* shaped = hb_buffer_get_glyph_infos(buffer.get(), &count);
  return count == 1 ? shaped->codepoint : nominal;
}

float Face::advance(char32_t c) const {
  const auto glyph = this->glyph(c);
  if (glyph == 0) return -1;
  hb_glyph_extents_t extents{};
  const bool has_ink =
      hb_font_get_glyph_extents(font_.get(), glyph, &extents) && extents.width != 0;
  if (!has_ink && !is_blank(c)) return -1;
  return static_cast<float>(hb_font_get_glyph_h_advance(font_.get(), glyph)) / 1000.0F;
}

namespace {

template <typename Table>
auto& at(Table& table, Hand hand, Weight weight) {
  return table[static_cast<size_t>(hand)][static_cast<size_t>(weight)];
}

}  // namespace

Fonts::Fonts(FontFiles files) : files_(std::move(files)) {
  (void)open(files_.regular);
  (void)open(files_.bold);
}

int Fonts::open(const fs::path& path, const std::string& feature) {
  faces_.push_back(std::make_unique<Face>(path, feature));
  return static_cast<int>(faces_.size()) - 1;
}

void Fonts::open_fallbacks() {
  if (std::exchange(opened_fallbacks_, true)) return;
  for (const auto& [path, package, only, thin] : files_.fallbacks) {
    if (fs::exists(path)) {
      fallbacks_.push_back({open(path), only, thin});
    } else if (absent_packages_.empty() || absent_packages_.back() != package) {
      absent_packages_.push_back(package);
    }
  }
}

int Fonts::open_hand(Weight weight, Hand hand) {
  auto& known = at(of_hand_, hand, weight);
  if (known) return *known;
  const auto& pair = hand == Hand::latin ? files_.latin : files_.code;
  known = open(weight == Weight::bold ? pair.bold : pair.regular, pair.feature);
  faces_.back()->stand_with(*faces_.front());
  return *known;
}

std::optional<Fonts::Found> Fonts::find_of_hand(char32_t c, Weight weight, Hand hand) {
  if (hand == Hand::chinese) return std::nullopt;
  if (!(hand == Hand::latin ? files_.latin : files_.code).draws(c)) return std::nullopt;
  const int face = open_hand(weight, hand);
  const float advance = faces_[static_cast<size_t>(face)]->advance(c);
  if (advance < 0) return std::nullopt;
  return Found{face, advance};
}

Fonts::Found Fonts::find(char32_t c, Weight weight, Hand hand) {
  const int first = weight == Weight::bold ? 1 : 0;
  if (!is_set_alone(c)) {
    missing_.insert(c);
    return {first, 1.0F};
  }
  if (const auto found = find_of_hand(c, weight, hand)) return *found;
  if (const float advance = faces_[static_cast<size_t>(first)]->advance(c); advance >= 0)
    return {first, advance, weight == Weight::bold && files_.bold_is_thin};
  open_fallbacks();
  for (const auto& [face, only, thin] : fallbacks_) {
    if (only && *only != weight) continue;
    if (const float advance = faces_[static_cast<size_t>(face)]->advance(c); advance >= 0)
      return {face, advance, weight == Weight::bold && (!only || thin)};
  }
  missing_.insert(c);
  return {first, 1.0F};
}

Fonts::Found Fonts::use(char32_t c, Weight weight, Hand hand) {
  auto& cache = at(found_, hand, weight);
  const auto known = cache.find(c);
  if (known != cache.end()) return known->second;
  const Found found = find(c, weight, hand);
  if (!missing_.contains(c)) faces_[static_cast<size_t>(found.face)]->used.insert(c);
  return cache[c] = found;
}

void Fonts::require_all() const {
  if (missing_.empty()) return;
  std::string names;
  for (const char32_t c : missing_) {
    const std::string shown = is_set_alone(c) ? utf8(c) : "";
    names += fmt::format("{}「{}」U+{:04X}", names.empty() ? "" : "、", shown,
                         static_cast<std::uint32_t>(c));
  }
  const std::string packages = fmt::format("{}", fmt::join(absent_packages_, " "));
  throw Error(
      Failure::invalid, "missing-glyph",
      packages.empty()
          ? Said{fmt::format("下列字元沒有字型可印：{}。請改用其他字，或另附說明。", names),
                 fmt::format("No font has these characters: {}. Use other characters.", names)}
          : Said{
                fmt::format("下列字元沒有字型可印：{}。請安裝 {} 後再試。", names, packages),
                fmt::format("No installed font has these characters: {}. Install {} and try again.",
                            names, packages)});
}

}  // namespace vermilion::render
