// What stands before the text: cover, record of revisions, contents.
#pragma once
#include <map>
#include <vector>

#include "render/body.h"
#include "render/pdf.h"

namespace vermilion::render {

[[nodiscard]] Ink cover(const PdfRequest& request, Typesetter& typesetter);

// 修訂紀錄; nothing if there are no rows.
[[nodiscard]] std::vector<Piece> revision_pieces(const std::vector<RevisionRow>& rows,
                                                 Typesetter& typesetter);

// 目錄: the two outer levels with dotted leaders, linked. `numbers` gives the printed page of each
// anchor; heights do not depend on it, so a first call with an empty map tells how many pages the
// contents take.
[[nodiscard]] std::vector<Piece> contents_pieces(const std::vector<Heading>& headings,
                                                 const std::map<std::string, size_t>& numbers,
                                                 Typesetter& typesetter);

// 簽核紀錄 at the end, with the digest of the content; nothing if nobody has approved.
[[nodiscard]] std::vector<Piece> approval_pieces(const PdfRequest& request, Typesetter& typesetter);

// The QR code with its words: at the left of a cover's foot, or at the right above the text of a sheet, where it never stands alone
// on a page.
[[nodiscard]] Piece cover_code(const PaperCode& code, Typesetter& typesetter);
[[nodiscard]] Piece sheet_code(const PaperCode& code, Typesetter& typesetter);

// A page's heading such as 目錄, with an anchor.
[[nodiscard]] Piece page_heading(const std::string& text, const std::string& anchor,
                                 Typesetter& typesetter);

}  // namespace vermilion::render
