// Draws pages: libharu makes the file with its pictures and pages, and only drawing.cc talks to it; content.h says what is on them.
//
// Shape    The PDF as libharu writes it, with empty pages and without fonts, links or outline (finish.h adds them); the content of each
//          page; the fonts to embed, and which pages use them.
// Threads  Any thread; one libharu document per call, never reused after an error.
// Errors   unavailable "pdf-writer-failed" with libharu's error number.
// Source   libharu 2.3.0. Its fonts are not used: it reads a font by seeking through a file, embeds 128 KiB of map for each, and prints
//          what is outside the BMP as a space.
#pragma once
#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/deflate.h"
#include "render/fonts.h"
#include "render/ink.h"
#include "render/structure.h"
#include "render/subset.h"

namespace vermilion::render {

struct Drawn {
  Bytes pdf;
  std::map<std::string, Subset> fonts;      // by what pages call them, without the slash
  std::vector<Bytes> streams;               // of each page: its operators, deflated
  std::vector<std::set<std::string>> used;  // of each page: its fonts
  std::vector<std::vector<Tag>>
      contents;  // of each page: the element of its marked content 0, 1, 2 …
  std::map<Tag, std::array<float, 4>> boxes;  // of a picture on its page: left, bottom, right, top
};

// Draws each page, with marked content for the elements of `structure` unless that is null.
[[nodiscard]] Drawn draw_pages(const std::vector<Page>& pages, const Fonts& fonts,
                               const Structure* structure, Deflater& deflater);

}  // namespace vermilion::render
