// The faces of one document: which face has a character, how wide it is, and which characters were
// used.
//
// Shape    Two chains, regular and bold: the shipped Noto Sans TC first, then the fallback fonts of Debian, which have no bold. A
//          fallback that is not installed is skipped. A face counts as having a character only if the glyph leaves ink, or the
//          character is a blank. Before the chain stand the faces of a hand: Latin words and code.
// Limits   Each character is one glyph, from left to right: what needs more (Arabic, Thai, marks that join) or turns the order is
//          missing in every face.
// Units    Advances are in em.
// Threads  One document, one Fonts, one thread.
// Errors   unavailable "font-missing" (a shipped font cannot be read); invalid "missing-glyph" from
// require_all. Source   architecture invariant 11.
#pragma once
#include <array>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "render/harfbuzz.h"

namespace vermilion::render {

enum class Weight { regular, bold };

// Among what a character stands: Chinese, Latin words, or code, where a Latin letter is half as wide as an ideograph.
enum class Hand { chinese, latin, code };

struct FontFiles {
  // A pair of faces for a hand, drawn by a feature of OpenType.
  struct Pair {
    std::filesystem::path regular;
    std::filesystem::path bold;
    std::string feature;
    std::function<bool(char32_t)> draws;  // what it is asked for; the rest is the chain's
  };
  std::filesystem::path regular;
  std::filesystem::path bold;
  Pair latin;
  Pair code;
  bool bold_is_thin = false;  // another design, as light as the regular: to be emboldened
  struct Fallback {
    std::filesystem::path path;
    std::string package;  // what to install when it is absent
    std::optional<Weight> only = std::nullopt;  // stands in for this weight as it is
    bool thin = false;                          // but as light as the regular: to be emboldened
  };
  std::vector<Fallback> fallbacks;
};

// The shipped pair in font_folder() and Debian's fallbacks.
[[nodiscard]] FontFiles standard_fonts();
// 明體 for text and 楷體 for what is bold, from Debian's CNS fonts, with Liberation Serif for Latin words; then the same fallbacks
// and the shipped pair. Throws unavailable "font-missing" naming the package.
[[nodiscard]] FontFiles official_fonts();

class Face {
 public:
  // Opens a font file; glyphs are exchanged as `feature` says ("pwid"). Throws unavailable "font-missing".
  explicit Face(const std::filesystem::path& path, std::string feature = "");

  // 0 if it has none.
  [[nodiscard]] hb_codepoint_t glyph(char32_t c) const;
  [[nodiscard]] bool exchanges_glyphs() const noexcept { return !feature_.empty(); }
  // The advance of `c`, or a negative number if this face cannot draw it.
  [[nodiscard]] float advance(char32_t c) const;
  // How far its em box reaches above the base line, in em.
  [[nodiscard]] float ascent() const noexcept { return ascent_; }
  // Where an em box does not tell (a Latin face): as that of `other`, so that both stand on one base line.
  void stand_with(const Face& other) noexcept { ascent_ = other.ascent_; }
  [[nodiscard]] hb_face_t* get() const noexcept { return face_.get(); }

  std::set<char32_t> used;

 private:
  hb::Face face_;
  hb::Font font_;
  std::string feature_;
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
  Found use(char32_t c, Weight weight, Hand hand = Hand::chinese);

  // Throws invalid "missing-glyph" naming every character that was asked for and not found.
  void require_all() const;

  [[nodiscard]] const std::vector<std::unique_ptr<Face>>& faces() const noexcept { return faces_; }

 private:
  struct Opened {
    int face = 0;
    std::optional<Weight> only;
    bool thin = false;
  };
  [[nodiscard]] Found find(char32_t c, Weight weight, Hand hand);
  [[nodiscard]] std::optional<Found> find_of_hand(char32_t c, Weight weight, Hand hand);
  [[nodiscard]] int open_hand(Weight weight, Hand hand);
  [[nodiscard]] int open(const std::filesystem::path& path, const std::string& feature = "");
  void open_fallbacks();

  FontFiles files_;
  std::vector<std::string> absent_packages_;
  std::vector<std::unique_ptr<Face>> faces_;  // 0 regular, 1 bold, then others once they are needed
  std::vector<Opened> fallbacks_;
  template <typename T>
  using ByManner = std::array<std::array<T, 2>, 3>;  // by hand and weight
  ByManner<std::optional<int>> of_hand_;
  ByManner<std::unordered_map<char32_t, Found>> found_;
  std::set<char32_t> missing_;
  bool opened_fallbacks_ = false;
};

// The signed number of two bytes that stands at `at` in a table of a font, if that reaches so far.
[[nodiscard]] std::optional<int> table_number(hb_face_t* face, hb_tag_t tag, unsigned at);

// Whether one glyph, set from left to right, is the character: not so where letters join or the order turns.
[[nodiscard]] bool is_set_alone(char32_t c) noexcept;

// “ ” ‘ ’: as wide as an ideograph among Chinese, narrow in Latin words.
[[nodiscard]] bool is_curly_quote(char32_t c) noexcept;

// A space of any kind that is drawn as nothing; and a character that has neither width nor ink.
[[nodiscard]] bool is_blank(char32_t c) noexcept;
[[nodiscard]] bool is_invisible(char32_t c) noexcept;

}  // namespace vermilion::render
