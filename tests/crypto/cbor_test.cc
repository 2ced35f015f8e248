// CBOR that promises more than it holds.
#include "crypto/cbor.h"

#include <catch2/catch.hpp>

#include "base/bytes.h"

using namespace vermilion;

namespace {

bool bounded(const std::string& digits) {
  return crypto::is_bounded_cbor(from_hex(digits).value());
}

}  // namespace

TEST_CASE("cbor: items of RFC 8949's appendix A are bounded, alone and in a row", "[crypto]") {
  for (const char* item :
       {"00", "17", "1818", "1b000000e8d4a51000", "3903e7", "f97e00", "fb3ff199999999999a", "f4",
        "f6", "f8ff", "c074323031332d30332d32315432303a30343a30305a", "40", "4401020304",
        "6449455446", "80", "8301820203820405", "a0", "a26161016162820203",
        "98190102030405060708090a0b0c0d0e0f101112131415161718181819"}) {
    INFO(item);
    CHECK(bounded(item));
    CHECK(bounded(std::string(item) + item));
  }
  CHECK(bounded(""));
}

TEST_CASE("cbor: what promises more than follows, goes on for ever or nests too deep is not",
          "[crypto]") {
  for (const char* item :
       {"18", "1b0000", "9b0000000fffffffff", "bb0000000fffffffff", "5b7fffffffffffffff", "ff",
        "8201", "a101", "c0", "9f01ff", "5f4101ff", "1c", "fc"}) {
    INFO(item);
    CHECK_FALSE(bounded(item));
  }
  CHECK(bounded("8181818181818101"));
  CHECK_FALSE(bounded("8181818181818181818101"));
}
