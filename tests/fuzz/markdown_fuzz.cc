// Any bytes as Markdown: a document or an Error, never a crash; each clause has an anchor of its
// own, and a text does not differ from itself.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>

#include "base/error.h"
#include "markup/diff.h"
#include "markup/document.h"
#include "markup/html.h"

using namespace vermilion;
using namespace vermilion::markup;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const auto document = parse_markdown(bytes);
    std::set<std::string> anchors;
    for (const auto& clause : clauses(document)) {
      VERMILION_ASSERT(anchors.insert(clause.anchor).second);
    }
    VERMILION_ASSERT(diff_clauses(document, document).empty());
    VERMILION_ASSERT(document.blocks.empty() == to_html(document).empty());
  } catch (const Error& error) {
    VERMILION_ASSERT(error.failure() == Failure::invalid);
  }
  return 0;
}
