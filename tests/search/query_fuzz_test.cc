// Compiles the fuzz target with the tests and runs it over a few inputs.
#include "../fuzz/query_fuzz.cc"

TEST_CASE("the fuzz target of queries runs", "[search]") {
  for (const std::string input : {"", "機房 OR -\"稽核", "\xff\xfe「", "週週週週 ISO27001"}) {
    CHECK(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()),
                                 input.size()) == 0);
  }
}
