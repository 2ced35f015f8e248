#include "model/document.h"

#include "base/error.h"
#include "samples.h"

using namespace vermilion;
using namespace vermilion::model;

namespace {

template <typename Read>
void needs_exactly(const Json& value, Read read, const std::set<std::string>& required) {
  for (const auto& member : value.items()) {
    INFO(member.key());
    auto changed = value;
    changed.erase(member.key());
    if (required.contains(member.key())) {
      CHECK_THROWS_AS(read(changed), Error);
    } else {
      CHECK_NOTHROW(read(changed));
    }
  }
}

}  // namespace

TEST_CASE("metadata, publication and draft read back as they were written", "[model]") {
  const auto metadata = to_json(samples::metadata());
  CHECK(to_json(metadata_from(metadata)) == metadata);
  const auto publication = to_json(samples::publication());
  CHECK(to_json(publication_from(publication)) == publication);
  const auto draft = to_json(samples::draft());
  CHECK(to_json(draft_info_from(draft)) == draft);
}

TEST_CASE("a publication keeps its seal, its base and its origin", "[model]") {
  auto p = samples::publication();
  p.sealed_pdf = samples::digest('f');
  p.base = std::nullopt;
  p.imported = true;
  const auto read = publication_from(to_json(p));
  CHECK(read.sealed_pdf == samples::digest('f'));
  CHECK_FALSE(read.base);
  CHECK(read.imported);
  CHECK(roc_date(read.effective) == "民國115年12月1日");
}

TEST_CASE("what cannot do without a member says which one is missing", "[model]") {
  needs_exactly(to_json(samples::metadata()), [](const Json& v) { return metadata_from(v); },
                {"id", "title", "classification"});
  needs_exactly(to_json(samples::publication()), [](const Json& v) { return publication_from(v); },
                {"id", "version", "effective", "content", "metadata", "pdf", "statement"});
  needs_exactly(to_json(samples::draft()), [](const Json& v) { return draft_info_from(v); },
                {"version"});
}

TEST_CASE("a member of a wrong type is invalid, not a crash", "[model]") {
  for (const char* key : {"level", "countersign", "sealed"}) {
    INFO(key);
    auto value = to_json(samples::metadata());
    value[key] = "政風室";
    CHECK_THROWS_AS(metadata_from(value), Error);
  }
  auto value = to_json(samples::metadata());
  value["countersign"] = Json::array({1});
  CHECK_THROWS_AS(metadata_from(value), Error);
  auto publication = to_json(samples::publication());
  publication["imported"] = "是";
  CHECK_THROWS_AS(publication_from(publication), Error);
  for (const Json& none : {Json(nullptr), Json("文件"), Json::array()}) {
    CHECK_THROWS_AS(metadata_from(none), Error);
    CHECK_THROWS_AS(publication_from(none), Error);
    CHECK_THROWS_AS(draft_info_from(none), Error);
  }
}

TEST_CASE("a document number becomes part of paths, so only letters, digits and '-' pass",
          "[model]") {
  for (const char* id : {"ISMS-01-002", "EPA-01-001", "a", "0"})
    CHECK_NOTHROW(require_document_id(id));
  for (const std::string id : {"", "-ISMS", "ISMS 01", "ISMS/01", "..", "ISMS.01", "文件-01",
                               "ISMS_01", "a\n", "ISMS-01-002-ISMS-01-002-ISMS-01-002-ISMS-0"}) {
    INFO(id);
    CHECK_THROWS_AS(require_document_id(id), Error);
  }
}

TEST_CASE("paths and branches follow from number and version", "[model]") {
  CHECK(revision_folder("ISMS-01-002", {3, 6}) == "documents/ISMS-01-002/revisions/3.6");
  CHECK(draft_branch("ISMS-01-002", {3, 6}) == "ISMS-01-002/3.6");
}
