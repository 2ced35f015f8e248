// A form: what a record is filled on. A folder of three files, versioned as a whole.
//
// Shape   forms/<id>/form.yaml (this value), schema.json (JSON Schema draft-07 of the values), text.md (what the signer
//         reads; front matter none). `number` is a pattern that ends with "-{roc_year}-{seq:4}": "NDA-{roc_year}-{seq:4}" gives
//         NDA-115-0001, counted without gaps for each form and year. schemas/form.schema.json defines form.yaml once read as JSON.
// Errors  form_from throws Failure::invalid "bad-form" naming the member.
// Source  domain/forms.csv; house rule: a record keeps the version of the form it was filled on.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "model/version.h"

namespace vermilion::model {

// One signature of a record, in the order of the form.
struct SignerSlot {
  std::string kind;      // statement kind: "agreement", "record", "minutes"
  std::string meaning;   // 同意並簽署, 填報, 審查, 驗證, 結案
  std::string role;      // who may: holds this role on the day; "" with `subject`
  bool subject = false;  // must be the person whom the record is about
  bool differs = false;  // must be somebody who has not signed this record yet (verifier, closer)
};

struct Form {
  std::string id;     // nda-employee
  std::string title;  // 員工保密協定
  std::string title_en;
  Version version;               // of form, schema and text together
  std::string kind;              // "agreement" or "record"
  std::string classification;    // 敏感
  std::string retention;         // class of rules/retention.json: "nda-15y"
  bool personal_data = false;
  std::string number;            // pattern
  std::string clause;            // where the regulation asks for it: 肆/三/(一)/1
  std::vector<SignerSlot> signers;       // at least one; the first files the record
  std::vector<std::string> readers;      // roles that may open records of this form, besides their signers and subject
  std::vector<std::string> required_of;  // agreement: everybody with one of these roles must have signed this version
};

[[nodiscard]] Form form_from(const Json& value);
[[nodiscard]] Form form_from_yaml(std::string_view yaml);
[[nodiscard]] Json to_json(const Form& form);

// A form's id: lower-case letters, digits and '-'. Throws invalid "bad-form-id".
void require_form_id(const std::string& id);

[[nodiscard]] std::string form_folder(const std::string& id);                          // forms/<id>
[[nodiscard]] std::string form_version_folder(const std::string& id, const Version&);  // forms/<id>/versions/<v>

}  // namespace vermilion::model
