// A record as main holds it: a manifest in plain, everything that was written or signed in it sealed.
//
// Shape   records/00/12/34/00123456/manifest.json; schemas/record.schema.json is its definition. Nothing in it tells a
//         name, a title or a value: only ids, dates, digests of ciphertext and who signed when. Sealed parts: "content"
//         (canonical JSON {values}), "shown" (the PDF the first signer read), "NN-<kind>.statement",
//         "NN-<kind>.p7s", "NN-<kind>.update" (what a signature within the PDF appended), "pdf" (once complete, unless all signed
//         within the first), "scan" (paper), "attachment-NN" with its .statement and .p7s.
// Why     Statements about a record are sealed with it (architecture section 2): they go when it goes.
// Errors  record_from throws Failure::invalid naming the member.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/json.h"
#include "model/version.h"

namespace vermilion::model {

struct SealedPart {
  std::string part;        // "content"
  std::string payload;     // ULID
  std::string ciphertext;  // sha256:…
};

struct RecordSignature {
  std::string name;  // "01-agreement"; its parts are <name>.statement and <name>.p7s
  std::string kind;
  std::string meaning;
  std::string role;
  std::string account;
  std::optional<std::string> on_behalf_of;
  Instant at;
  std::string certificate;  // SHA-256, 64 hex
};

enum class Medium { electronic, paper };

struct Record {
  std::string id;              // ULID
  std::uint64_t sequence = 0;  // 1, 2, 3 … over all records
  std::string number;          // NDA-115-0001
  std::string form;
  Version form_version;
  std::string form_digest;     // sha256 over the form's three files, see records/forms.h
  std::string classification;
  std::string retention;       // class
  int filing_year = 0;         // Gregorian; with the class it names the key-encryption key
  Date date;                   // the day the record is of (an imported one: then), not when it was typed in
  std::string account;         // whom it is about, or who filed it
  Medium medium = Medium::electronic;
  bool imported = false;
  std::optional<std::string> corrects;  // id of the record this one corrects
  int signatures_due = 1;               // as the form had it
  std::vector<RecordSignature> signatures;
  std::vector<RecordSignature> attachments = {};  // "attachment-01": who added that part, and when
  std::vector<SealedPart> parts;
  Instant filed;
};

[[nodiscard]] Json to_json(const Record& record);
[[nodiscard]] Record record_from(const Json& value);

[[nodiscard]] bool is_complete(const Record& record);
[[nodiscard]] std::string record_folder(std::uint64_t sequence);  // records/00/12/34/00123456

}  // namespace vermilion::model
