// Statements of one revision, as the workflow files them.
#pragma once
#include <string>
#include <vector>

#include "evidence/revision.h"

namespace round_of_tests {

using namespace vermilion;
using namespace vermilion::evidence;

inline RevisionDigests digests(const std::string& text = "三版") {
  return {"commit-" + text, content_digest(text), content_digest("metadata"),
          content_digest("pdf-" + text)};
}

inline Json subject(const RevisionDigests& d, const Json& more = Json::object()) {
  Json value = {{"type", "revision"}, {"id", "ISMS-01-002"},  {"version", "3.6"},
                {"draft", d.draft},   {"content", d.content}, {"metadata", d.metadata},
                {"pdf", d.pdf}};
  if (!d.files.empty()) value["files"] = d.files;
  value.update(more);
  return value;
}

inline model::SignerFields by(const std::string& account,
                              const std::optional<std::string>& principal = std::nullopt) {
  return {account, "林堃", "監資處", "處長", "", principal};
}

// The statements of a revision in the order they are filed.
class Filing {
 public:
  Filing& file(const std::string& kind, const model::SignerFields& signer, const Json& what,
               const std::string& at = "2026-11-22T08:00:00Z") {
    const auto name = "0" + std::to_string(filed_.size() + 1) + "-" + kind;
    filed_.push_back({name, {kind, "", what, signer, {}, parse_instant(at), "v-test"}});
    return *this;
  }
  Filing& submit(const RevisionDigests& d = digests(), const std::vector<std::string>& units = {}) {
    return file("submission", by("lin01"),
                subject(d, {{"authors", std::vector<std::string>{"lin01", "wu06"}},
                            {"countersign", units}}));
  }
  Filing& review(const RevisionDigests& d = digests(),
                 const model::SignerFields& who = by("zhao02")) {
    return file("review", who, subject(d));
  }
  Filing& give_back(const RevisionDigests& d = digests()) {
    return file("review", by("zhao02"),
                subject(d, {{"decision", "return"}, {"comment", "缺附表二"}}));
  }
  Filing& countersign(const std::string& unit, const RevisionDigests& d = digests()) {
    return file("countersignature", by("wang03"), subject(d, {{"unit", unit}}));
  }
  Filing& approve(const std::string& at = "2026-11-22T08:00:00Z",
                  const RevisionDigests& d = digests()) {
    return file("approval", by("chen04"), subject(d), at);
  }
  [[nodiscard]] Round round() const { return current_round(filed_); }

 private:
  std::vector<FiledStatement> filed_;
};

inline std::string code_of(const std::optional<Refusal>& refusal) {
  return refusal ? refusal->code : "allowed";
}

}  // namespace round_of_tests
