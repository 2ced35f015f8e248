// The word of a unit's head that somebody may open what is classified (機密): who, which document or form, for which purpose, from when
// to when.
//
// Shape    authorisations/<ULID>/: a statement of kind authorisation {type "opening", id, account, unit, document | form, purpose, from,
//          to}, signed under the right classified.authorise held for that unit; an early end is a withdrawal {type "opening", id}.
//          The purpose is a code of rules/profile.json: there is no free text in which a name could stand.
// Source   肆/七/(四)/1.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "evidence/duties.h"
#include "store/snapshot.h"

namespace vermilion::identity {

struct Authorisation {
  std::string id;  // ULID
  std::string account;
  std::string unit;      // that owns it; "" for a form
  std::string document;  // this, or
  std::string form;
  std::string purpose;
  Date from;
  Date to;  // last day
  std::string authoriser;
  bool ended = false;
};

[[nodiscard]] std::string authorisation_folder(const std::string& id);
[[nodiscard]] Json authorisation_subject(const Authorisation& authorisation);
[[nodiscard]] std::vector<Authorisation> all_authorisations(const store::Snapshot& evidence);

// What somebody wants to open: a document or a record of a form.
struct Opening {
  std::string account;
  std::string document;
  std::string form;
  std::string purpose;
};
// The one that allows it on that day, for that very purpose.
[[nodiscard]] std::optional<Authorisation> find_authorisation(const store::Snapshot& evidence,
                                                              const Opening& opening, Date day);

// Of a statement of kind authorisation, whatever it authorises: that its signer is the one whom it lets see something.
[[nodiscard]] std::optional<evidence::DutyClash> authorisation_clash(
    const model::Statement& statement);

}  // namespace vermilion::identity
