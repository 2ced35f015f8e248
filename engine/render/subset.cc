#include "render/subset.h"

#include <algorithm>

#include "base/error.h"

namespace vermilion::render {
namespace {

constexpr int thousand = 1000;

// Where a glyph of the face stands in the subset, for a character.
struct Numbered {
  hb_codepoint_t glyph;  // in the subset
  hb_codepoint_t former;
  char32_t c;
};

[[noreturn]] void subset_failed() {
  throw Error(Failure::unavailable, "font-subset-failed",
              {"字型子集無法產生；字型檔可能已損壞，請重新安裝字型。",
               "A font could not be subset; its file may be damaged. Install the font again."});
}

hb::SubsetInput glyphs_of_face(const Face& face) {
  hb::SubsetInput input(hb_subset_input_create_or_fail());
  VERMILION_ASSERT(input);
  // By the character where that names the glyph: by the glyph HarfBuzz looks through the whole cmap.
  hb_set_t* characters = hb_subset_input_unicode_set(input.get());
  hb_set_t* glyphs = hb_subset_input_glyph_set(input.get());
  for (const char32_t c : face.used) {
    if (face.exchanges_glyphs())
      hb_set_add(glyphs, face.glyph(c));
    else
      hb_set_add(characters, c);
  }
  hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const char* tag :
       {"GSUB", "GPOS", "GDEF", "BASE", "VORG", "DSIG", "STAT", "vhea", "vmtx", "cmap", "OS/2"}) {
    hb_set_add(dropped, hb_tag_from_string(tag, 4));
  }
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  return input;
}

// /FontFile2 takes TrueType outlines alone, and HarfBuzz subsets others as well.
void require_true_type(hb_face_t* face) {
  const hb::Blob outlines(hb_face_reference_table(face, HB_TAG('g', 'l', 'y', 'f')));
  if (hb_blob_get_length(outlines.get()) > 0) return;
  throw Error(Failure::unavailable, "font-subset-failed",
              {"字型檔不是 TrueType 輪廓（glyf），無法嵌入；請改用 TrueType 字型檔。",
               "A font file has no TrueType outlines (glyf) and cannot be embedded. Use a TrueType "
               "font."});
}

Bytes file_of(hb_subset_plan_t* plan) {
  const hb::Face built(hb_subset_plan_execute_or_fail(plan));
  if (!built) subset_failed();
  const hb::Blob file(hb_face_reference_blob(built.get()));
  unsigned size = 0;
  const char* data = hb_blob_get_data(file.get(), &size);
  return Bytes(data, size);
}

// In the order of the glyphs.
std::vector<Numbered> numbered(hb_subset_plan_t* plan, const Face& face) {
  const hb_map_t* renumbered = hb_subset_plan_old_to_new_glyph_mapping(plan);
  std::vector<Numbered> found;
  for (const char32_t c : face.used) {
    const auto glyph = face.glyph(c);
    VERMILION_ASSERT(hb_map_has(renumbered, glyph));
    found.push_back({hb_map_get(renumbered, glyph), glyph, c});
  }
  std::sort(found.begin(), found.end(), [](const Numbered& a, const Numbered& b) {
    return std::pair(a.glyph, a.c) < std::pair(b.glyph, b.c);
  });
  return found;
}

void number(Subset& subset, const std::vector<Numbered>& characters, hb_font_t* font) {
  if (characters.size() > UINT16_MAX) {
    throw Error(Failure::invalid, "too-many-characters",
                {"本文所用的相異字元過多，無法排成一個檔案；請分為數份文件。",
                 "The text uses too many different characters for one file. Split it into several "
                 "documents."});
  }
  subset.glyphs = {0};
  subset.widths = {hb_font_get_glyph_h_advance(font, 0)};
  for (const auto& [glyph, former, c] : characters) {
    subset.codes[c] = static_cast<std::uint16_t>(subset.glyphs.size());
    subset.glyphs.push_back(static_cast<std::uint16_t>(glyph));
    subset.widths.push_back(hb_font_get_glyph_h_advance(font, former));
  }
}

// xMin, yMin, xMax and yMax of the table `head`.
std::array<int, 4> box_of(hb_face_t* face) {
  std::array<int, 4> box{};
  for (unsigned i = 0; i < box.size(); ++i) {
    const auto units = table_number(face, HB_TAG('h', 'e', 'a', 'd'), 36 + 2 * i);
    if (!units) subset_failed();
    box[i] = *units * thousand / static_cast<int>(hb_face_get_upem(face));
  }
  return box;
}

int metric(hb_font_t* font, hb_ot_metrics_tag_t tag) {
  hb_position_t value = 0;
  hb_ot_metrics_get_position_with_fallback(font, tag, &value);
  return value;
}

std::string name_of(hb_face_t* face) {
  std::array<char, 64> name{};
  unsigned size = name.size();
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &size, name.data());
  return {name.data(), size};
}

}  // namespace

Subset make_subset(const Face& face) {
  require_true_type(face.get());
  const auto input = glyphs_of_face(face);
  const hb::SubsetPlan plan(hb_subset_plan_create_or_fail(face.get(), input.get()));
  if (!plan) subset_failed();
  const hb::Font font(hb_font_create(face.get()));
  hb_font_set_scale(font.get(), thousand, thousand);
  Subset subset;
  subset.file = file_of(plan.get());
  subset.name = name_of(face.get());
  number(subset, numbered(plan.get(), face), font.get());
  subset.box = box_of(face.get());
  subset.ascent = metric(font.get(), HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
  subset.descent = metric(font.get(), HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
  subset.cap_height = metric(font.get(), HB_OT_METRICS_TAG_CAP_HEIGHT);
  return subset;
}

}  // namespace vermilion::render
