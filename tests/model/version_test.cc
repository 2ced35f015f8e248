#include "model/version.h"

#include "base/error.h"

using vermilion::Error;
using vermilion::model::Version;

TEST_CASE("a version reads back as it is printed", "[model]") {
  for (const char* text : {"3.5", "1.0", "0.1", "10.12", "9999.9999"}) {
    CHECK(Version::parse(text).text() == text);
  }
}

TEST_CASE("versions stand in the order of their numbers, not of their letters", "[model]") {
  CHECK(Version::parse("3.9") < Version::parse("3.10"));
  CHECK(Version::parse("3.10") < Version::parse("4.0"));
  CHECK(Version::parse("3.5").next() == Version::parse("3.6"));
}

TEST_CASE("what is no version is refused", "[model]") {
  for (const char* text : {"",      "3",     "3.",      ".5",      "3.5.1",         "03.5", "3.05",
                           "-1.0",  "+3.5",  "3.-5",    " 3.5",    "3.5 ",          "v3.5", "3,5",
                           "三.五", "３.５", "10000.0", "1.10000", "99999999999.1", "1e1.0"}) {
    INFO(text);
    CHECK_THROWS_AS(Version::parse(text), Error);
  }
}
