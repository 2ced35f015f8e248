// The signatures that a PDF claims to have, and which bytes each covers. For files of any origin.
//
// Limits   256 MiB, 1,000 fields, 8 levels of fields, 64 KiB of CMS; libqpdf mends nothing. What is beyond is refused.
// Trust    Nothing here says that a signature holds: crypto/cms.h does, over covered().
// Errors   invalid "pdf-unreadable", "pdf-encrypted", "pdf-too-large".
// Source   ISO 32000-1 12.8; findings on shadow content: docs-src/formats/seal.md.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/clock.h"

namespace vermilion::render {

struct FoundSignature {
  std::string field;  // its name; "" for one without
  std::string name;   // /Name and /Reason, as claimed
  std::string reason;
  std::string sub_filter;     // "ETSI.CAdES.detached"
  std::optional<Instant> at;  // /M, as claimed
  // [0, hole) and [hole_end, end) are covered. All 0 where /ByteRange is none that could cover anything, or what it leaves out is
  // not exactly this signature's /Contents.
  std::size_t hole = 0, hole_end = 0, end = 0;
  Bytes cms;  // without the zeros that fill it up; may be empty

  [[nodiscard]] bool range_sound() const { return end != 0; }
  [[nodiscard]] Bytes covered(std::string_view pdf) const;
  // Nothing but `cms` and zeros: whatever else stands there nobody signed.
  [[nodiscard]] bool hole_sound(std::string_view pdf) const;
};

// PAdES: `cms` is a signature over covered().
[[nodiscard]] bool is_pades(const FoundSignature& signature);

// /SubFilter ETSI.RFC3161: `cms` is the token, and stamps covered().
[[nodiscard]] bool is_document_timestamp(const FoundSignature& signature);

struct FoundSignatures {
  std::vector<FoundSignature> signatures;  // by where they end, those without a sound range last
  std::size_t size = 0;  // of the part that is a PDF: what follows its last %%EOF was appended
};

[[nodiscard]] FoundSignatures find_signatures(std::string_view pdf);

// After each "%%EOF" and its line end: where revisions of the file may have ended.
[[nodiscard]] std::vector<std::size_t> revision_ends(std::string_view pdf);

}  // namespace vermilion::render
