// Any bytes as a signed note, a verifier key, a checkpoint and an entry bundle: a value or an
// Error, never a crash; a checkpoint that is read names the same tree again. Seeds: any
// `log/checkpoint`.
#include <cstddef>
#include <cstdint>

#include "base/error.h"
#include "log/note.h"
#include "log/tile.h"

using namespace vermilion;
using namespace vermilion::log;

namespace {

// A published key and a note it signed (golang.org/x/mod/sumdb/note).
constexpr const char* kKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

template <typename Read>
void expect_answer(Read read) {
  try {
    read();
  } catch (const Error& error) {
    VERMILION_ASSERT(error.failure() == Failure::invalid || error.failure() == Failure::corrupt);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  expect_answer([&] { (void)open_note(bytes, kKey); });
  expect_answer([&] { (void)open_note("a\n\n", bytes); });
  expect_answer([&] {
    const auto checkpoint = parse_checkpoint(bytes);
    VERMILION_ASSERT(bytes.starts_with(checkpoint_text(checkpoint)));
  });
  if (const auto entries = parse_bundle(bytes)) {
    Bytes again;
    for (const auto& entry : *entries) add_to_bundle(again, entry);
    VERMILION_ASSERT(again == bytes);
  }
  return 0;
}
