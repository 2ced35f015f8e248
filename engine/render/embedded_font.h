// A subset of a face as a font of a PDF.
//
// Shape    Type 0 with a TrueType descendant: codes of two bytes (/Identity-H), their glyphs in /CIDToGIDMap, widths, the characters they
//          stand for in /ToUnicode. The name begins with six letters that tell one subset from another.
// Source   ISO 32000-1 9.6.4, 9.7, 9.8, 9.10.3; ISO 19005-2 6.2.11.
#pragma once
#include "render/qpdf.h"
#include "render/subset.h"

namespace vermilion::render {

// `list_codes`: with a /CIDSet, as PDF/A-1 asks for it.
[[nodiscard]] QPDFObjectHandle embedded_font(QPDF& pdf, const Subset& subset, bool list_codes);

}  // namespace vermilion::render
