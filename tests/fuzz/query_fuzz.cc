// libFuzzer target: any bytes as a query, and as the text that is excerpted for it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "base/text.h"
#include "search/excerpt.h"
#include "search/query_parser.h"
#include "search/xapian_query.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const auto query = vermilion::search::parse_query(input);
  (void)vermilion::search::to_xapian(query, {"公開"}, true).get_description();
  const auto excerpt = vermilion::search::make_excerpt(input, query);
  VERMILION_ASSERT(!vermilion::is_text(input) || vermilion::is_text(excerpt.text));
  for (const auto& [begin, end] : excerpt.marks) {
    VERMILION_ASSERT(begin < end && end <= excerpt.text.size());
  }
  return 0;
}
