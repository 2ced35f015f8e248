// A signature within a PDF, or a time stamp over the whole of it: an incremental update with a hole for either.
//
// Idea     prepare_signature writes everything but the signature; who has the key signs covered() (crypto/pades.h), wherever he is;
//          with_signature puts the CMS into the hole that was left. What was signed before stays valid, and the file PDF/A and PDF/UA.
// Shape    SubFilter ETSI.CAdES.detached; /ByteRange is the whole file but /Contents; a hole of 16 KiB. A signature fills an empty field.
//          A document time stamp (/DocTimeStamp, ETSI.RFC3161: the token in /Contents) brings a field of its own, of no size and on
//          no page: what was signed may not change.
// Errors   not_found "no-signature-field"; conflict "field-signed"; invalid "signature-too-large"; as incremental.h.
// Source   ETSI EN 319 142-1 4 and 5.4.3; ISO 32000-1 12.7, 12.8; docs-src/formats/seal.md.
#pragma once
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"
#include "render/validation_data.h"

namespace vermilion::render {

struct PdfSignature {
  std::string field;   // the name of an empty field
  std::string name;    // who signs
  std::string reason;  // what for: 發布
  Instant at;          // as claimed: /M
  Bytes look;          // one page of the field's size (signature_look.h), or empty: nothing is seen
  ValidationData validation = {};  // known before it signs, so covered by it
};

struct UnsignedPdf {
  Bytes file;
  std::size_t hole = 0;      // where '<' of /Contents stands
  std::size_t hole_end = 0;  // after its '>'
  [[nodiscard]] Bytes covered() const;
};

[[nodiscard]] UnsignedPdf prepare_signature(std::string_view pdf, const PdfSignature& signature);
// `field` names the new one.
[[nodiscard]] UnsignedPdf prepare_document_timestamp(std::string_view pdf, const std::string& field,
                                                     const ValidationData& validation);
[[nodiscard]] Bytes with_signature(UnsignedPdf prepared, std::string_view cms);

}  // namespace vermilion::render
