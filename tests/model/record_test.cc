#include "model/record.h"

#include "base/error.h"
#include "samples.h"

using namespace vermilion;
using namespace vermilion::model;

TEST_CASE("a record's manifest reads back as it was written", "[model]") {
  const auto json = to_json(samples::record());
  CHECK(to_json(record_from(json)) == json);
  auto plain = samples::record();
  plain.corrects = std::nullopt;
  plain.signatures[0].on_behalf_of = std::nullopt;
  plain.medium = Medium::electronic;
  CHECK(to_json(record_from(to_json(plain))) == to_json(plain));
}

TEST_CASE("a manifest that misses a member, or has it of another type, is invalid", "[model]") {
  const auto whole = to_json(samples::record());
  for (const auto& member : whole.items()) {
    INFO(member.key());
    auto less = whole;
    less.erase(member.key());
    const std::set<std::string> optional = {"imported", "corrects", "signatures", "attachments",
                                            "parts"};
    if (!optional.contains(member.key())) CHECK_THROWS_AS(record_from(less), Error);
    auto other = whole;
    other[member.key()] = member.value().is_array() ? Json("文字") : Json::array({1});
    CHECK_THROWS_AS(record_from(other), Error);
  }
  for (const auto& [key, bad] : std::vector<std::pair<std::string, Json>>{
           {"sequence", 0}, {"sequence", -1}, {"signatures_due", 0}, {"medium", "stone"}}) {
    auto changed = whole;
    changed[key] = bad;
    INFO(key);
    CHECK_THROWS_AS(record_from(changed), Error);
  }
}

TEST_CASE("a record is complete when it has the signatures its form asks for", "[model]") {
  auto record = samples::record();
  CHECK_FALSE(is_complete(record));
  record.signatures.push_back(record.signatures[0]);
  CHECK(is_complete(record));
}

TEST_CASE("records stand by sequence, at most a hundred to a folder", "[model]") {
  CHECK(record_folder(1) == "records/00/00/00/00000001");
  CHECK(record_folder(123456) == "records/00/12/34/00123456");
  CHECK(record_folder(99999999) == "records/99/99/99/99999999");
}
