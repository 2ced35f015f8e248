// What makes a PDF an archive copy: the declared level, its metadata, its colour profile, its attachments.
//
// Levels   a2a  PDF/A-2a and PDF/UA-1: tagged; documents and forms
//          u2   PDF/A-2u: text can be copied, nothing is tagged; long registers
//          a3a  PDF/A-3a and PDF/UA-1: as a2a with attachments
//          u3   PDF/A-3u: as u2 with attachments
//          b1   PDF/A-1b: a sample for the one checker that Debian ships; never stored
// Errors   unavailable "colour-profile-missing" naming the package.
// Source   ISO 19005-2 and -3, ISO 14289-1 5; docs-src/formats/rendition.md.
#pragma once
#include <string>
#include <vector>

#include "base/bytes.h"
#include "render/pdf.h"
#include "render/qpdf.h"

namespace vermilion::render {

[[nodiscard]] bool is_tagged(Conformance level);

// Date is D:YYYYMMDD as in /Info. Adds metadata, colour profile and attachments to `pdf`.
struct Declaration {
  Conformance level = Conformance::a2a;
  std::string title;
  std::string author;  // the organisation, or ""
  Date date;
};
void declare(QPDF& pdf, const Declaration& declaration);

// Files within the file, each with what it is to the document.
void attach(QPDF& pdf, const std::vector<Attachment>& attachments, Date date);

// D:20261122000000+08'00'
[[nodiscard]] std::string pdf_date(Date date);

// Where the colour profile is.
[[nodiscard]] std::filesystem::path colour_profile();

}  // namespace vermilion::render
