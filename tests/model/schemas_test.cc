// Every schema takes the values the engine writes, and nothing that differs in one member.
#include "support/schemas.h"

#include <algorithm>

#include "samples.h"

using samples::Sample;
using vermilion::Json;

namespace {

const Json::json_pointer kWhole;

// Calls `visit` with the pointer of every value inside.
void each_value(const Json& value, const Json::json_pointer& place,
                const std::function<void(const Json::json_pointer&)>& visit) {
  visit(place);
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) each_value(member, place / key, visit);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) each_value(value[i], place / i, visit);
  }
}

Json of_another_type(const Json& value) {
  return value.is_array() ? Json::object() : Json::array({0});
}

bool is_refused(const Sample& sample, const Json& changed) {
  return !schema_faults(sample.schema, changed).empty();
}

bool is_open(const Sample& sample, const Json::json_pointer& place) {
  const auto& open = sample.open;
  return std::find(open.begin(), open.end(), place.to_string()) != open.end();
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& line : lines) text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("every schema takes real values", "[model]") {
  for (const auto& sample : samples::all()) {
    INFO(sample.schema << ", " << sample.what << "\n" << sample.value.dump(2));
    CHECK(joined(schema_faults(sample.schema, sample.value)) == "");
  }
}

TEST_CASE("no schema is without a sample", "[model]") {
  std::set<std::string> used;
  for (const auto& sample : samples::all()) used.insert(sample.schema);
  for (const auto& name : schema_names()) {
    INFO(name);
    CHECK(used.contains(name));
  }
}

TEST_CASE("a schema refuses a member of another type", "[model]") {
  for (const auto& sample : samples::all()) {
    each_value(sample.value, kWhole, [&](const Json::json_pointer& place) {
      auto changed = sample.value;
      changed[place] = of_another_type(sample.value[place]);
      INFO(sample.schema << ", " << sample.what << ": " << place.to_string());
      CHECK(is_refused(sample, changed));
    });
  }
}

TEST_CASE("a schema refuses an object with a member more", "[model]") {
  for (const auto& sample : samples::all()) {
    each_value(sample.value, kWhole, [&](const Json::json_pointer& place) {
      if (!sample.value[place].is_object() || is_open(sample, place)) return;
      auto changed = sample.value;
      changed[place]["多餘"] = true;
      INFO(sample.schema << ", " << sample.what << ": " << place.to_string());
      CHECK(is_refused(sample, changed));
    });
  }
}

TEST_CASE("a schema refuses an object with a member less", "[model]") {
  for (const auto& sample : samples::all()) {
    each_value(sample.value, kWhole, [&](const Json::json_pointer& place) {
      if (place.empty() || !sample.value[place.parent_pointer()].is_object()) return;
      auto changed = sample.value;
      changed[place.parent_pointer()].erase(place.back());
      const auto& optional = sample.optional;
      const bool may_go =
          std::find(optional.begin(), optional.end(), place.to_string()) != optional.end();
      INFO(sample.schema << ", " << sample.what << ": " << place.to_string());
      CHECK(is_refused(sample, changed) == !may_go);
    });
  }
}

TEST_CASE("a statement of an unknown kind, or of another kind's subject, is refused", "[model]") {
  for (const auto& sample : samples::statements()) {
    INFO(sample.what);
    auto changed = sample.value;
    changed["kind"] = "endorsement";
    CHECK(is_refused(sample, changed));
    changed["kind"] = sample.what == "certificate" ? "delegation" : "certificate";
    CHECK(is_refused(sample, changed));
  }
}

TEST_CASE("a value of the right type but of a wrong form is refused", "[model]") {
  const auto refused = [](const std::string& schema, const std::string& what, const char* place,
                          const Json& bad) {
    for (auto sample : samples::all()) {
      if (sample.schema != schema || sample.what != what) continue;
      sample.value[Json::json_pointer(place)] = bad;
      INFO(schema << place << " = " << bad.dump());
      CHECK(is_refused(sample, sample.value));
      return;
    }
    FAIL("no sample " << schema << ", " << what);
  };
  refused("statement", "approval", "/at", "2026-11-22 08:00:00");
  refused("statement", "approval", "/at", "2026-13-22T08:00:00Z");
  refused("statement", "approval", "/subject/content", "md5:" + std::string(32, 'a'));
  refused("statement", "approval", "/subject/content", samples::digest('A'));
  refused("statement", "approval", "/subject/version", "3.06");
  refused("statement", "approval", "/subject/id", "../ISMS-01-002");
  refused("statement", "approval", "/signer/account", "林堃");
  refused("statement", "approval", "/signer/name", "");
  refused("statement", "submission", "/subject/authors", Json::array());
  refused("statement", "review", "/subject/decision", "accept");
  refused("statement", "publication", "/subject/rests_on", Json::array());
  refused("statement", "certificate", "/subject/custody", "memory");
  refused("document", "metadata", "/level", 5);
  refused("document", "metadata", "/title", "");
  refused("publication", "publication", "/effective", "115.12.1");
  refused("statement", "agreement", "/subject/content", samples::digest('3'));
  refused("statement", "agreement", "/subject/form", "../nda-employee");
  refused("statement", "minutes", "/subject/medium", "stone");
  refused("form", "form", "/number", "VND-{seq:4}");
  refused("form", "form", "/signers", Json::array());
  refused("form", "form", "/signers/0/subject", false);
  refused("record", "record", "/number", "NDA-0012");
  refused("record", "record", "/sequence", 0);
  refused("record", "record", "/parts/0/part", "../content");
  refused("person", "person", "/profile/payload", "01jd9v3k5w8q2m4n6p7r9s1t0v");
  refused("log-entry", "an entry", "/outcome", "ok");
  refused("log-entry", "an entry", "/index", -1);
  refused("document-list", "documents", "/0/state", "current");
  refused("verify", "none", "/ok", false);
  refused("pdf-check", "sealed", "/sound", false);
  refused("pdf-check", "sealed", "/signatures/0/role", "chairman");
  refused("verify", "problems", "/ok", true);
}
