#include "model/statement.h"

#include "base/error.h"
#include "samples.h"

using namespace vermilion;
using namespace vermilion::model;

namespace {

std::string bytes_of(const Statement& statement) { return statement_bytes(statement); }

std::string code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    CHECK(error.failure() == Failure::invalid);
    CHECK(!error.said().zh.empty());
    CHECK(!error.said().en.empty());
    return error.code();
  }
  return "accepted";
}

// The bytes of an approval with one member changed, still canonical.
std::string changed(const std::function<void(Json&)>& change) {
  auto value = parse_json(bytes_of(samples::statement("approval", samples::revision_subject())));
  change(value);
  return canonical(value);
}

std::string statement_refusal(const std::string& bytes) {
  return code_of([&] { (void)parse_statement(bytes); });
}

}  // namespace

TEST_CASE("a statement reads back as it was written, byte for byte", "[model]") {
  for (const auto& sample : samples::statements()) {
    INFO(sample.what);
    const auto bytes = canonical(sample.value);
    const auto statement = parse_statement(bytes);
    CHECK(bytes_of(statement) == bytes);
    CHECK(statement.kind == sample.what);
    CHECK(statement.signer.name == "陳昱");
    CHECK(statement.signer.on_behalf_of == "lin01");
    CHECK(rfc3339(statement.at) == "2026-11-22T08:00:00Z");
  }
}

TEST_CASE("the bytes of a statement are canonical: keys in order, no white space", "[model]") {
  const auto bytes = bytes_of(samples::statement("approval", samples::revision_subject()));
  CHECK(bytes.starts_with(
      R"({"at":"2026-11-22T08:00:00Z","kind":"approval","meaning":"核准","policy":{"commit":)"));
  CHECK(bytes.ends_with(R"("type":"revision","version":"3.6"}})"));
}

TEST_CASE("bytes that are not their own canonical form are refused", "[model]") {
  const auto bytes = bytes_of(samples::statement("approval", samples::revision_subject()));
  CHECK(statement_refusal(bytes) == "accepted");
  CHECK(statement_refusal(bytes + "\n") == "bad-json");
  CHECK(statement_refusal(" " + bytes) == "bad-json");
  CHECK(statement_refusal(parse_json(bytes).dump(2)) == "bad-json");
  auto escaped = bytes;
  escaped.replace(escaped.find("核准"), 6, "\\u6838\\u51c6");
  CHECK(statement_refusal(escaped) == "bad-json");
  auto doubled = bytes;
  doubled.insert(1, R"("at":"2026-11-22T08:00:00Z",)");
  CHECK(statement_refusal(doubled) == "bad-json");
}

TEST_CASE("a statement with a member more or less, at any depth the engine reads, is refused",
          "[model]") {
  const auto value =
      parse_json(bytes_of(samples::statement("approval", samples::revision_subject())));
  for (const char* parent : {"", "/signer", "/policy"}) {
    const Json::json_pointer place(parent);
    INFO(parent);
    CHECK(statement_refusal(changed([&](Json& v) { v[place]["proxy"] = "chen04"; })) != "accepted");
    for (const auto& member : value[place].items()) {
      INFO(member.key());
      CHECK(statement_refusal(changed([&](Json& v) { v[place].erase(member.key()); })) !=
            "accepted");
      CHECK(statement_refusal(changed([&](Json& v) { v[place][member.key()] = 7; })) != "accepted");
    }
  }
  CHECK(statement_refusal(changed([](Json& v) { v["subject"].erase("type"); })) != "accepted");
}

TEST_CASE("an unknown kind is refused both ways", "[model]") {
  CHECK(statement_refusal(changed([](Json& v) { v["kind"] = "endorsement"; })) == "bad-statement");
  CHECK(code_of([] {
          (void)statement_bytes(samples::statement("endorsement", {{"type", "revision"}}));
        }) == "bad-statement");
}

TEST_CASE("a name keeps its compatibility ideograph, and other text is NFC", "[model]") {
  auto statement = samples::statement("approval", samples::revision_subject());
  statement.signer.name = "\uF9B4堃";  // 領 as a compatibility ideograph, which NFC would replace
  CHECK(parse_statement(statement_bytes(statement)).signer.name == "\uF9B4堃");
  statement.signer.title = "e\u0301";
  CHECK(parse_statement(statement_bytes(statement)).signer.title == "\u00e9");
  CHECK(statement_refusal(changed([](Json& v) { v["signer"]["title"] = "e\u0301"; })) !=
        "accepted");
}

TEST_CASE("an instant that is none is refused", "[model]") {
  CHECK(statement_refusal(changed([](Json& v) { v["at"] = "2026-02-30T08:00:00Z"; })) ==
        "bad-instant");
  CHECK(statement_refusal(changed([](Json& v) { v["at"] = "2026-11-22T08:00:00+08:00"; })) ==
        "bad-instant");
}
