// Any bytes as a commit, a tag, a tree and a pack index: a value or corrupt, never a crash; a tree
// that is read writes the same bytes again. Seeds: `git cat-file` of any object.
#include <cstddef>
#include <cstdint>

#include "base/error.h"
#include "git/object.h"
#include "git/pack.h"

using namespace vermilion;
using namespace vermilion::git;

namespace {

template <typename Read>
void expect_corrupt(Read read) {
  try {
    read();
  } catch (const Error& error) {
    VERMILION_ASSERT(error.failure() == Failure::corrupt);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  expect_corrupt([&] { (void)parse_commit(bytes); });
  expect_corrupt([&] { (void)parse_tag(bytes); });
  expect_corrupt([&] { (void)signed_payload(bytes); });
  expect_corrupt([&] { (void)parse_index(bytes); });
  expect_corrupt([&] {
    auto entries = parse_tree(bytes);
    VERMILION_ASSERT(tree_bytes(std::move(entries)) == bytes);
  });
  return 0;
}
