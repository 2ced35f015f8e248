// Draws pages: libharu makes the file with its fonts, pictures and pages, and only drawing.cc talks to it; content.h says what is on them.
//
// Shape    The PDF as libharu writes it, with empty pages and without links, outline or text mapping (finish.h adds them); the content of
//          each page; for each embedded font the characters its codes stand for.
// Threads  Any thread; one libharu document per call, never reused after an error.
// Errors   unavailable "pdf-writer-failed" with libharu's error number.
// Source   libharu 2.3.0; fonts reach it by path only, hence memfd_create and no temporary file.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "render/fonts.h"
#include "render/ink.h"
#include "render/structure.h"

namespace vermilion::render {

struct EmbeddedFont {
  std::string name;                              // as libharu names it; the end of /BaseFont
  std::map<std::uint16_t, char32_t> characters;  // by code
};

struct Drawn {
  Bytes pdf;
  std::vector<EmbeddedFont> fonts;
  std::vector<Bytes> streams;  // of each page: its operators, deflated
  std::vector<std::vector<Tag>>
      contents;  // of each page: the element of its marked content 0, 1, 2 …
  std::map<Tag, std::array<float, 4>> boxes;  // of a picture on its page: left, bottom, right, top
};

// Draws each page, with marked content for the elements of `structure` unless that is null.
[[nodiscard]] Drawn draw_pages(const std::vector<Page>& pages, const Fonts& fonts,
                               const Structure* structure);

}  // namespace vermilion::render
