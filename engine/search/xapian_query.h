// A parsed query and the asker's rights as one Xapian query.
//
// Shape   Term prefixes: none = text and clause title, S = title and number of the document, Q =
//         all entries of one document, XG = access class, XK = the version in force, XF = first
//         entry of a version. A word is found in the entry's own text or in its document's title;
//         but of the entries that have none of the words themselves only the first of the version
//         counts, or every clause would answer to a title. Rights are OP_FILTER terms inside the
//         query, so that counts and pages never show what they exclude.
// Source  architecture invariant 12; docs-src/formats/search.md.
#pragma once
#include <xapian.h>

#include <optional>
#include <string>
#include <vector>

#include "search/query_parser.h"

namespace vermilion::search {

inline constexpr const char* current_term = "XK";
inline constexpr const char* first_term = "XF";
inline constexpr const char* title_prefix = "S";
inline constexpr const char* document_prefix = "Q";
inline constexpr const char* access_prefix = "XG";

// The term for an opaque key; nothing when the key is too long to be one (240 bytes, U+0000
// counting twice).
[[nodiscard]] std::optional<std::string> key_term(const char* prefix, const std::string& key);

// Matches nothing when `parsed` is empty or none of `access_classes` can be a term.
[[nodiscard]] Xapian::Query to_xapian(const ParsedQuery& parsed,
                                      const std::vector<std::string>& access_classes,
                                      bool current_only);

}  // namespace vermilion::search
