#include <fmt/format.h>
#include <hpdf.h>
#include <libdeflate.h>
#include <unicode/uvernum.h>
#include <unicode/uversion.h>
#include <zlib.h>

#include <cstdlib>
#include <fstream>

#include "base/bytes.h"
#include "base/error.h"
#include "base/json.h"
#include "crypto/digest.h"
#include "render/conformance.h"
#include "render/fonts.h"
#include "render/pdf.h"
#include "render/qpdf.h"

namespace fs = std::filesystem;

namespace vermilion::render {
namespace {

std::string file_digest(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  crypto::Sha256 digest;
  std::vector<char> block(1 << 20);
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    digest.add({block.data(), static_cast<size_t>(file.gcount())});
  }
  return "sha256:" + hex(digest.finish());
}

// Of both styles, as far as they are installed.
std::vector<FontFiles> font_sets() {
  std::vector<FontFiles> sets{standard_fonts()};
  try {
    sets.push_back(official_fonts());
  } catch (const Error&) {  // nothing is set in it here
  }
  return sets;
}

Json font_digests() {
  Json digests = Json::object();
  const auto add = [&](const fs::path& path) {
    auto& digest = digests[path.filename().string()];
    if (digest.is_null()) digest = file_digest(path);
  };
  for (const FontFiles& fonts : font_sets()) {
    add(fonts.regular);
    add(fonts.bold);
    for (const auto* pair : {&fonts.latin, &fonts.code}) {
      add(pair->regular);
      add(pair->bold);
    }
    for (const auto& fallback : fonts.fallbacks) {
      if (fs::exists(fallback.path)) add(fallback.path);
    }
  }
  return digests;
}

std::string icu_version() {
  UVersionInfo version;
  u_getVersion(version);
  std::array<char, U_MAX_VERSION_STRING_LENGTH> text{};
  u_versionToString(version, text.data());
  return text.data();
}

}  // namespace

fs::path font_folder() {
  if (const char* named = std::getenv("VERMILION_FONTS")) return named;
  std::error_code ignored;
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  const fs::path installed = program.parent_path().parent_path() / "share" / "vermilion" / "fonts";
  if (!program.empty() && fs::exists(installed)) return installed;
  return fs::path(VERMILION_SOURCE_DIR) / "engine" / "render" / "fonts";
}

std::string render_manifest() {
  // The fonts are 330 MB to digest and do not change while the program runs.
  static const Json fonts = font_digests();
  return canonical({{"vermilion", VERMILION_VERSION},
                    {"libharu", HPDF_GetVersion()},
                    {"harfbuzz", hb_version_string()},
                    {"qpdf", QPDF::QPDFVersion()},
                    {"icu", icu_version()},
                    {"zlib", zlibVersion()},
                    {"libdeflate", LIBDEFLATE_VERSION_STRING},
                    {"colours", file_digest(colour_profile())},
                    {"fonts", fonts}});
}

}  // namespace vermilion::render
