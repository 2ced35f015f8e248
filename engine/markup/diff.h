// What changed between two versions of a text: by clause, then line by line, then character by character.
//
// Shape  One ClauseChange per clause that differs, in the order of the newer text. Clauses are
//        matched by path, then by likeness among those left, so a moved or renumbered clause is one
//        change, not two. The lines of a clause are its paragraphs and the rows of its tables
//        (shown_lines.h). Joining kept + removed parts gives the old text, kept + added the new
//        one, exactly.
// Cost   Myers O(ND) on lines, then on the characters of two lines, bounded: beyond the bound they
//        are shown as replaced whole.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "markup/document.h"

namespace vermilion::markup {

enum class ChangeKind { added, removed, changed, moved };  // moved: same text, other path
enum class PartKind { kept, removed, added };

// whole: of whole lines, in a clause that changed: kept ones need not be read to see the change, the others
// have no counterpart.
struct Part {
  PartKind kind;
  std::string text;
  bool whole = false;
};

struct ClauseChange {
  ChangeKind kind;
  std::string old_path;  // "" when added
  std::string new_path;  // "" when removed
  std::string title;     // of the newer clause, else the older
  std::vector<Part> parts;
};

[[nodiscard]] std::vector<ClauseChange> diff_clauses(const Document& before, const Document& after);

// The character diff alone.
[[nodiscard]] std::vector<Part> diff_text(std::string_view before, std::string_view after);

}  // namespace vermilion::markup
