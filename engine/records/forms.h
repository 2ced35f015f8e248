// Forms as the evidence holds them: published versions, and publishing another.
//
// Shape   forms/<id>/ holds the version in force; forms/<id>/versions/<version>/ each version ever published, with the
//         statement that published it (kind publication, subject {type: form, id, version, files{name: sha256}, digest}).
//         The digest of a form is the SHA-256 of the canonical JSON {file name: sha256:…} of its three files.
// Errors  not_found "no-form", "no-form-version"; invalid "bad-form", "bad-schema", and what Markdown refuses;
//         conflict "form-version-not-newer".
// Source  architecture sections 2 and 7; house rule: forms are versioned like documents.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "identity/signing.h"
#include "model/form.h"

namespace vermilion::records {

struct FormFiles {
  Bytes yaml;    // form.yaml
  Bytes schema;  // schema.json
  Bytes text;    // text.md
};

struct PublishedForm {
  model::Form form;
  FormFiles files;
  std::string digest;       // sha256:…
  std::string text_digest;  // sha256 of text.md: what an agreement was read as
};

// Reads and checks everything a form must be: members, schema is draft-07, text is Markdown, every role and the
// classification exist in the store's rules. What `form check` does. Throws invalid.
[[nodiscard]] PublishedForm check_form(const store::Snapshot& evidence, const FormFiles& files);

[[nodiscard]] std::vector<std::string> form_ids(const store::Snapshot& evidence);
[[nodiscard]] std::vector<model::Version> form_versions(const store::Snapshot& evidence,
                                                        const std::string& id);
[[nodiscard]] PublishedForm require_form(const store::Snapshot& evidence, const std::string& id);
[[nodiscard]] PublishedForm require_form_version(const store::Snapshot& evidence,
                                                 const std::string& id,
                                                 const model::Version& version);

[[nodiscard]] identity::Prepared prepare_form_publication(store::Store& store,
                                                          const FormFiles& files,
                                                          const model::SignerFields& signer,
                                                          const store::Act& act);

// What the verifier looks for in the forms: each version folder is what its publication statement names, and the copy in force is
// the newest of them.
void check_forms(const store::Snapshot& evidence, const Fault& fault);

}  // namespace vermilion::records
