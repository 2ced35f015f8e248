// The verifier's look at forms: what was published stands as it was published, and the newest of it is in force.
#include "base/error.h"
#include "records/forms.h"

namespace vermilion::records {
namespace {

using model::Version;
// The subject of the one statement that published this folder; null without one.
Json published_subject(const store::Snapshot& evidence, const std::string& folder) {
  const auto filed = identity::filed_statements(evidence, folder);
  if (filed.size() != 1 || filed.front().statement.kind != "publication") return nullptr;
  return filed.front().statement.subject;
}

void check_version(const store::Snapshot& evidence, const std::string& id, const Version& version,
                   const Fault& fault) {
  const auto folder = model::form_version_folder(id, version);
  const auto form = require_form_version(evidence, id, version);
  const auto subject = published_subject(evidence, folder);
  if (subject.is_null())
    return fault(folder, {"這一版沒有發布聲明，或不只一份；請由備份還原",
                          "this version has no publication statement, or several; restore it from "
                          "a backup"});
  const bool same =
      string_or_empty(subject, "type") == "form" && string_or_empty(subject, "id") == id &&
      form.form.id == id && string_or_empty(subject, "version") == version.text() &&
      form.form.version == version && string_or_empty(subject, "digest") == form.digest;
  if (!same)
    fault(folder, {"這一版不是發布聲明所指的內容；請由備份還原",
                   "this version is not what its publication statement names; restore it from a "
                   "backup"});
}

void check_in_force(const store::Snapshot& evidence, const std::string& id,
                    const std::vector<Version>& versions, const Fault& fault) {
  const bool newest =
      !versions.empty() && require_form(evidence, id).digest ==
                               require_form_version(evidence, id, versions.back()).digest;
  if (!newest)
    fault(model::form_folder(id), {"現行的表單不是發布過的最新一版；請由備份還原",
                                   "the form in force is not the newest version published; "
                                   "restore it from a backup"});
}

}  // namespace

void check_forms(const store::Snapshot& evidence, const Fault& fault) {
  for (const auto& id : form_ids(evidence)) {
    attempt(model::form_folder(id), fault, [&] {
      const auto versions = form_versions(evidence, id);
      for (const auto& version : versions) {
        attempt(model::form_version_folder(id, version), fault,
                [&] { check_version(evidence, id, version, fault); });
      }
      check_in_force(evidence, id, versions, fault);
    });
  }
}

}  // namespace vermilion::records
