// Any bytes as the text of an original: Markdown that our parser takes, or an Error; and any two
// halves of it as two versions, whose parts join to them again.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "markup/diff.h"
#include "markup/document.h"
#include "markup/import.h"

using namespace vermilion;
using namespace vermilion::markup;

namespace {

void expect_parts(std::string_view before, std::string_view after) {
  std::string old_text;
  std::string new_text;
  for (const auto& part : diff_text(before, after)) {
    if (part.kind != PartKind::added) old_text += part.text;
    if (part.kind != PartKind::removed) new_text += part.text;
  }
  VERMILION_ASSERT(old_text == before);
  VERMILION_ASSERT(new_text == after);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  expect_parts(bytes.substr(0, size / 2), bytes.substr(size / 2));
  std::string markdown;
  try {
    markdown = import_text(bytes).markdown;
  } catch (const Error& error) {
    VERMILION_ASSERT(error.failure() == Failure::invalid);
    return 0;
  }
  VERMILION_ASSERT(!clauses(parse_markdown(markdown)).empty() || markdown.empty());
  return 0;
}
