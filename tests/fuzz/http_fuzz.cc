// libFuzzer target: any bytes as requests on one connection, read as the server reads them; then as form, path and cookies.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "base/text.h"
#include "web/chunks.h"
#include "web/head.h"
#include "web/message.h"
#include "web/multipart.h"

using namespace vermilion::web;

namespace {

// What follows the body; nothing when the connection would end.
std::string_view after_body(const Head& head, std::string_view rest) {
  if (head.body == BodyKind::sized)
    return rest.size() < head.length ? std::string_view()
                                     : rest.substr(static_cast<std::size_t>(head.length));
  if (head.body == BodyKind::none) return rest;
  ChunkReader reader(HeadLimits().body_bytes);
  const auto taken = reader.feed(rest);
  VERMILION_ASSERT(taken <= rest.size());
  VERMILION_ASSERT(reader.take().size() <= HeadLimits().body_bytes);
  return reader.done() ? rest.substr(taken) : std::string_view();
}

void read_requests(std::string_view input) {
  while (!input.empty()) {
    const auto end = find_head_end(input, {});
    if (!end.size) return;
    VERMILION_ASSERT(*end.size <= input.size());
    const auto parsed = parse_head(input.substr(0, *end.size), {});
    if (!parsed.head) {
      VERMILION_ASSERT(parsed.refusal.status >= 400);
      return;
    }
    VERMILION_ASSERT(!parsed.head->field("host").empty());
    VERMILION_ASSERT(parsed.head->body == BodyKind::none || parsed.head->method == "POST");
    input = after_body(*parsed.head, input.substr(*end.size));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  read_requests(input);
  (void)parse_head(input, {});
  if (const auto form = parse_form(input)) {
    for (const auto& [name, value] : *form)
      VERMILION_ASSERT(vermilion::is_text(name) && vermilion::is_text(value));
  }
  if (const auto path = parse_path(input)) {
    for (const auto& segment : *path)
      VERMILION_ASSERT(segment != ".." && segment.find('/') == std::string::npos);
  }
  (void)parse_cookies(input);
  (void)parse_multipart("multipart/form-data; boundary=x", vermilion::Bytes(input));
  return 0;
}
