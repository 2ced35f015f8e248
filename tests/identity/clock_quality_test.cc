// How well the clock was kept stands in the entry of each act.
#include "base/clock_quality.h"

#include "support/office.h"
#include "support/schemas.h"

using namespace office;

TEST_CASE("each entry says how well the kernel's clock is kept, where the kernel tells [SC-49]",
          "[identity]") {
  Office at;
  const auto before = at.store().log().size();
  at.store().commit(act("login", "account hsu01", "hsu01"));
  const auto told = clock_quality();
  at.store().log().each_entry(before, before + 1, [&](std::uint64_t, const Bytes& bytes) {
    const auto entry = parse_json(bytes);
    CHECK(schema_faults("log-entry", entry).empty());
    REQUIRE(entry.contains("ntp") == told.has_value());
    if (told) CHECK(entry["ntp"]["synchronised"] == told->synchronised);
  });
}
