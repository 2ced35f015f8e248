// Any bytes as a manifest of a record, a document's metadata, a publication or a person: a value that writes itself again, or an Error.
// Seeds: manifest.json, metadata.json, publication.json, people/*.json.
#include <cstddef>
#include <cstdint>

#include "base/error.h"
#include "base/json.h"
#include "model/document.h"
#include "model/person.h"
#include "model/record.h"

using namespace vermilion;

namespace {

template <typename Read>
void expect_stable(const Json& value, Read read) {
  try {
    const auto once = model::to_json(read(value));
    VERMILION_ASSERT(model::to_json(read(once)) == once);
  } catch (const Error& error) {
    VERMILION_ASSERT(error.failure() == Failure::invalid);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Json value;
  try {
    value = parse_json({reinterpret_cast<const char*>(data), size});
  } catch (const Error& error) {
    VERMILION_ASSERT(error.failure() == Failure::invalid);
    return 0;
  }
  expect_stable(value, model::record_from);
  expect_stable(value, model::metadata_from);
  expect_stable(value, model::publication_from);
  expect_stable(value, model::person_from);
  return 0;
}
