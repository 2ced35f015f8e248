// Values as a store of the Environmental Protection Administration would hold them, at least one
// for each schema.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "model/document.h"
#include "model/form.h"
#include "model/person.h"
#include "model/record.h"
#include "model/statement.h"

namespace samples {

struct Sample {
  std::string schema;
  std::string what;
  vermilion::Json value;
  std::vector<std::string> optional;   // members that may be absent: "/subject/comment"
  std::vector<std::string> open = {};  // members whose inside a form decides: "/values"
};

using Texts = std::vector<std::string>;
inline const std::string kUlid = "01JD9V3K5W8Q2M4N6P7R9S1T0V";
inline const std::string kCommit(40, 'c');

vermilion::Json with(vermilion::Json value, const vermilion::Json& more);  // `more` added to it
std::string digest(char digit);                                            // "sha256:1111…"
std::string commitment(char digit);                                        // "hmac-sha256:1111…"

vermilion::model::Metadata metadata();
vermilion::model::Publication publication();
vermilion::model::DraftInfo draft();
vermilion::model::Person person();
vermilion::model::Form form();
vermilion::model::Record record();
vermilion::Json revision_subject();
vermilion::model::Statement statement(const std::string& kind, const vermilion::Json& subject);

// Statements of every kind that has a shape of its own.
std::vector<Sample> statements();
// Everything else that is stored, and the answers that are sent.
std::vector<Sample> stored();
std::vector<Sample> answers();
std::vector<Sample> record_answers();  // of forms, records, retention
std::vector<Sample> backups();
std::vector<Sample> certificate_answers();  // of keys and certificates, and of signing from afar
std::vector<Sample> access_reviews();
std::vector<Sample> access_statements();
std::vector<Sample> all();

}  // namespace samples
