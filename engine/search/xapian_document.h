// One entry as a Xapian document, and back.
//
// Shape   Terms as in xapian_query.h. Text from position 1; the clause title behind it at
//         positions of its own, counted twice; title and number of the document under the prefix
//         S, counted twice. Value 0 is the order among equals (document, version, place). Data: a
//         JSON object of what a hit shows, the text included: excerpts need it, and an index holds
//         unsealed texts only.
// Errors  Throws invalid when an entry's access class or document id is too long to be a term.
// Source  docs-src/formats/search.md.
#pragma once
#include <xapian.h>

#include <cstddef>
#include <string>

#include "search/index.h"

namespace vermilion::search {

inline constexpr Xapian::valueno order_slot = 0;

// `place` is the entry's place among those of its version, from 0.
[[nodiscard]] Xapian::Document to_document(const Entry& entry, std::size_t place);

// The entry without access_class and current.
[[nodiscard]] Entry from_document(const Xapian::Document& document);

// The term that all entries of a document carry. Throws invalid as above.
[[nodiscard]] std::string document_term(const std::string& document);

}  // namespace vermilion::search
