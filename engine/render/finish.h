// What libharu cannot write, added with libqpdf: fonts, links, outline, tags, what an archive copy declares.
//
// Shape    PDF 1.7. Link annotations print (/F 4) and carry /Contents. /ID is the digest of the
// content, /Info has
//          the dates given and no clock.
// Errors   corrupt "pdf-unreadable".
#pragma once
#include <map>
#include <string>
#include <vector>

#include "render/conformance.h"
#include "render/drawing.h"
#include "render/paginate.h"

namespace vermilion::render {

struct OutlineEntry {
  int level = 1;
  std::string title;
  std::string anchor;
};

struct Finish {
  Declaration declaration;
  const Structure* structure = nullptr;  // not null where the level is tagged
  std::vector<OutlineEntry> outline;
  std::map<std::string, Place> anchors;
  std::vector<Attachment> attachments;
  bool cover = false;  // the first page is one
};

// Draws `pages` and adds `finish` and their links. A link to an unknown anchor is left out.
[[nodiscard]] Bytes finish_pdf(const std::vector<Page>& pages, const Fonts& fonts,
                               const Finish& finish);

// The pages and their fonts, and nothing else: to be laid over others.
[[nodiscard]] Bytes bare_pdf(const std::vector<Page>& pages, const Fonts& fonts);

}  // namespace vermilion::render
