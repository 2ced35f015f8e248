#include "render/subset.h"

#include <algorithm>
#include <array>

#include "base/error.h"

namespace vermilion::render {
namespace {

constexpr std::uint16_t first_code = 0x0100;  // 0xD800, where surrogates begin, is out of reach

hb::Face subset_face(const Face& face) {
  const hb::SubsetInput input(hb_subset_input_create_or_fail());
  VERMILION_ASSERT(input);
  hb_set_t* characters = hb_subset_input_unicode_set(input.get());
  hb_set_add(characters, U' ');
  for (const char32_t c : face.used) hb_set_add(characters, c);
  hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const char* tag : {"GSUB", "GPOS", "GDEF", "BASE", "VORG", "DSIG", "STAT", "vhea", "vmtx"}) {
    hb_set_add(dropped, hb_tag_from_string(tag, 4));
  }
  hb_subset_input_set_flags(input.get(),
                            HB_SUBSET_FLAGS_NOTDEF_OUTLINE | HB_SUBSET_FLAGS_NAME_LEGACY);
  const hb::Face built(hb_subset_or_fail(face.get(), input.get()));
  if (!built) {
    throw Error(Failure::unavailable, "font-subset-failed",
                {"字型子集無法產生；字型檔可能已損壞，請重新安裝字型。",
                 "A font could not be subset; its file may be damaged. Install the font again."});
  }
  // A face from the builder does not list its tables (HarfBuzz 6); one made from its bytes does.
  const hb::Blob bytes(hb_face_reference_blob(built.get()));
  return hb::Face(hb_face_create(bytes.get(), 0));
}

std::vector<std::pair<std::uint16_t, char32_t>> by_glyph(hb_face_t* face,
                                                         const std::set<char32_t>& characters) {
  const hb::Font font(hb_font_create(face));
  std::vector<std::pair<std::uint16_t, char32_t>> glyphs;
  for (const char32_t c : characters) {
    hb_codepoint_t glyph = 0;
    const bool kept = hb_font_get_nominal_glyph(font.get(), c, &glyph) != 0;
    VERMILION_ASSERT(kept);
    glyphs.emplace_back(static_cast<std::uint16_t>(glyph), c);
  }
  std::sort(glyphs.begin(), glyphs.end());
  return glyphs;
}

Bytes with_cmap(hb_face_t* face, const Bytes& cmap) {
  const hb::Face builder(hb_face_builder_create());
  std::array<hb_tag_t, 64> tags{};
  unsigned count = tags.size();
  hb_face_get_table_tags(face, 0, &count, tags.data());
  for (unsigned i = 0; i < count; ++i) {
    if (tags[i] == HB_TAG('c', 'm', 'a', 'p')) continue;
    const hb::Blob table(hb_face_reference_table(face, tags[i]));
    hb_face_builder_add_table(builder.get(), tags[i], table.get());
  }
  const hb::Blob table(hb_blob_create(cmap.data(), static_cast<unsigned>(cmap.size()),
                                      HB_MEMORY_MODE_DUPLICATE, nullptr, nullptr));
  hb_face_builder_add_table(builder.get(), HB_TAG('c', 'm', 'a', 'p'), table.get());
  const hb::Blob file(hb_face_reference_blob(builder.get()));
  unsigned size = 0;
  const char* data = hb_blob_get_data(file.get(), &size);
  return Bytes(data, size);
}

}  // namespace

Subset make_subset(const Face& face) {
  Subset subset;
  const hb::Face small = subset_face(face);
  std::map<std::uint16_t, std::uint16_t> glyphs;
  std::uint16_t code = first_code;
  for (const auto& [glyph, c] : by_glyph(small.get(), face.used)) {
    glyphs[code] = glyph;
    subset.codes[c] = code++;
  }
  subset.file = with_cmap(small.get(), cmap_table(glyphs));
  return subset;
}

}  // namespace vermilion::render
