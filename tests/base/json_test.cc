#include "base/json.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/bytes.h"
#include "base/error.h"
#include "support/shared.h"

using namespace vermilion;

TEST_CASE("canonical JSON orders keys by UTF-16 units and writes shortest numbers", "[base]") {
  const Json value = {{"€", 1}, {"\r", 2}, {"1", 3}, {"😀", 4}, {"\uFB33", 5}, {"ö", 6}, {"核准", 1e21}};
  CHECK(canonical(value) ==
        "{\"\\r\":2,\"1\":3,\"ö\":6,\"€\":1,\"核准\":1e+21,\"😀\":4,\"\uFB33\":5}");
  CHECK(canonical(Json(0.000001)) == "0.000001");
  CHECK(canonical(Json(1e-7)) == "1e-7");
  CHECK(canonical(Json(-0.0)) == "0");
  CHECK(canonical(Json(123456.75)) == "123456.75");
}

TEST_CASE("duplicate keys, deep nesting and integers beyond 2^53 are refused", "[base]") {
  CHECK_THROWS_AS(parse_json(R"({"版次":"3.5","版次":"3.6"})"), Error);
  CHECK_THROWS_AS(parse_json("9007199254740993"), Error);
  CHECK_THROWS_AS(parse_json(std::string(100, '[') + std::string(100, ']')), Error);
  CHECK(parse_json("9007199254740992").get<std::int64_t>() == 9007199254740992);
}

TEST_CASE("bytes that are not their own canonical form are refused", "[base]") {
  CHECK(parse_canonical(R"({"a":1,"b":2})").at("b") == 2);
  CHECK_THROWS_AS(parse_canonical(R"({"b":2,"a":1})"), Error);
  CHECK_THROWS_AS(parse_canonical(R"({"a": 1})"), Error);
}

TEST_CASE("the RFC 8785 vectors come out byte for byte", "[base]") {
  const auto suite = shared_suite("jcs-rfc8785");
  if (!suite) return;
  int compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*suite / "testdata" / "input")) {
    const auto expected = *suite / "testdata" / "output" / entry.path().filename();
    CHECK(canonical(parse_json(file_bytes(entry.path()))) == file_bytes(expected));
    ++compared;
  }
  CHECK(compared >= 5);
}

TEST_CASE("JSONTestSuite: y_ files parse, n_ files are refused, none crashes", "[base]") {
  const auto suite = shared_suite("JSONTestSuite");
  if (!suite) return;
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(*suite / "test_parsing")) {
    const auto name = entry.path().filename().string();
    // Ours is stricter on purpose: signed bytes may not have two meanings.
    const bool stricter = name.find("duplicated") != name.npos;
    bool parsed = true;
    try {
      (void)parse_json(file_bytes(entry.path()));
    } catch (const Error& error) {
      parsed = false;
      CHECK(error.failure() == Failure::invalid);
    }
    INFO(name);
    if (name[0] == 'y' && !stricter) CHECK(parsed);
    if (name[0] == 'n' || stricter) CHECK_FALSE(parsed);
    ++seen;
  }
  CHECK(seen > 300);
}
