// The faces of one document: which face has a character, how wide it is, and which characters were
// used.
//
// Shape    Two chains, regular and bold: the shipped Noto Sans TC first, then the fallback fonts of
// Debian, which
//          have no bold. A fallback that is not installed is skipped. A face counts as having a
//          character only if the glyph leaves ink, or the character is a blank.
// Units    Advances are in em.
// Threads  One document, one Fonts, one thread.
// Errors   unavailable "font-missing" (a shipped font cannot be read); invalid "missing-glyph" from
// require_all. Source   architecture invariant 11.
#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "render/harfbuzz.h"

namespace vermilion::render {

enum class Weight { regular, bold };

struct FontFiles {
  std::filesystem::path regular;
  std::filesystem::path bold;
  struct Fallback {
    std::filesystem::path path;
    std::string package;  // what to install when it is absent
    std::optional<Weight> only = std::nullopt;  // stands in for this weight as it is
  };
  std::vector<Fallback> fallbacks;
};

// The shipped pair in font_folder() and Debian's fallbacks.
[[nodiscard]] FontFiles standard_fonts();
// 明體 for text and 楷體 for what is bold, from Debian's CNS fonts; then the same fallbacks and the shipped pair. Throws
// unavailable "font-missing" naming the package.
[[nodiscard]] FontFiles official_fonts();

class Face {
 public:
  // Opens a font file. Throws unavailable "font-missing".
  explicit Face(const std::filesystem::path& path);

  // The advance of `c`, or a negative number if this face cannot draw it.
  [[nodiscard]] float advance(char32_t c) const;
  // How far its em box reaches above the base line, in em.
  [[nodiscard]] float ascent() const noexcept { return ascent_; }
  [[nodiscard]] hb_face_t* get() const noexcept { return face_.get(); }

  std::set<char32_t> used;

 private:
  hb::Face face_;
  hb::Font font_;
  float ascent_;
};

// The ascent that lines are set by (pieces.h): of Noto Sans TC. A run of another face is moved by the difference.
inline constexpr float line_ascent = 0.88F;

class Fonts {
 public:
  explicit Fonts(FontFiles files);

  struct Found {
    int face = 0;
    float advance = 0;
    bool embolden = false;  // bold was wanted and the face has none
  };
  // The first face that has `c`, noting its use there. A character that none has is noted as
  // missing and measured as one em, so that layout can go on and all of them be named together.
  Found use(char32_t c, Weight weight);

  // Throws invalid "missing-glyph" naming every character that was asked for and not found.
  void require_all() const;

  [[nodiscard]] const std::vector<std::unique_ptr<Face>>& faces() const noexcept { return faces_; }

 private:
  [[nodiscard]] Found find(char32_t c, Weight weight);
  void open_fallbacks();

  std::vector<FontFiles::Fallback> fallbacks_;
  std::vector<std::string> absent_packages_;
  std::vector<std::unique_ptr<Face>>
      faces_;  // 0 regular, 1 bold, then fallbacks once one was needed
  std::vector<std::optional<Weight>> only_;  // by fallback opened
  std::unordered_map<char32_t, Found> found_[2];
  std::set<char32_t> missing_;
  bool opened_fallbacks_ = false;
};

// The signed number of two bytes that stands at `at` in a table of a font, if that reaches so far.
[[nodiscard]] std::optional<int> table_number(hb_face_t* face, hb_tag_t tag, unsigned at);

// A space of any kind that is drawn as nothing; and a character that has neither width nor ink.
[[nodiscard]] bool is_blank(char32_t c) noexcept;
[[nodiscard]] bool is_invisible(char32_t c) noexcept;

}  // namespace vermilion::render
