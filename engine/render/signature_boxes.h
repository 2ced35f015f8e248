// Boxes at the end of a text in which signatures will stand, and the empty form fields inside them.
//
// Shape    Two boxes a row, each below a line that says what it is for. A field is a widget of type Sig with a tooltip (/TU), an
//          empty appearance and a Form element: signing fills /V and /AP and leaves the rest, so that the file stays PDF/A and
//          PDF/UA (pades.h).
// Errors   a name used twice is a bug.
// Source   ISO 32000-1 12.7.4.5; ISO 14289-1 7.18.4; ISO 19005-2 6.4.
#pragma once
#include <vector>

#include "render/pdf.h"
#include "render/pieces.h"
#include "render/qpdf.h"
#include "render/tags.h"

namespace vermilion::render {

inline constexpr float signature_width = 224;
inline constexpr float signature_height = 76;

[[nodiscard]] std::vector<Piece> signature_pieces(const std::vector<SignatureField>& fields,
                                                  Typesetter& typesetter);

// The fields of `pages` as annotations and form; nothing is added where there are none.
[[nodiscard]] std::vector<TaggedLink> add_fields(QPDF& pdf, const std::vector<Page>& pages);

}  // namespace vermilion::render
