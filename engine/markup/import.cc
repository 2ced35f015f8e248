#include "markup/import.h"

#include <algorithm>

#include "base/text.h"
#include "markup/import_parts.h"
#include "markup/source.h"

namespace vermilion::markup {

Imported import_text(std::string_view text) {
  require_size(text.size());
  Imported result;
  auto lines = read_lines(with_unix_line_ends(require_text(text, "匯入的文字")));
  drop_contents(lines, result.notes);
  const auto cover = read_cover(lines, result);
  auto pieces = gather(lines, cover, result.notes);
  join_cells(pieces, lines, result.notes);
  result.markdown = write_markdown(pieces);
  std::stable_sort(result.notes.begin(), result.notes.end(),
                   [](const ImportNote& a, const ImportNote& b) { return a.line < b.line; });
  return result;
}

}  // namespace vermilion::markup
