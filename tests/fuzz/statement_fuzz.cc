// Any bytes as a stored statement: a statement whose canonical form is those very bytes, or an Error. Seeds: *.statement.json.
#include <cstddef>
#include <cstdint>

#include "base/error.h"
#include "base/json.h"
#include "model/statement.h"

using namespace vermilion;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  try {
    const auto statement = model::parse_statement(bytes);
    VERMILION_ASSERT(model::statement_bytes(statement) == bytes);
  } catch (const Error& error) {
    VERMILION_ASSERT(error.failure() == Failure::invalid || error.failure() == Failure::corrupt);
  }
  return 0;
}
