// Who may open a record, and how the log names one.
//
// Rule    The person it is about, who signed it (or for whom it was signed), whose turn it is, and the roles that both the form it
//         was filed on and the form in force list as readers: a new version can take readers away from old records, never add some.
//         An auditor opens what the scope of his audit covers, and his own. For everybody else the record does not exist. Rights are today's, and so is the record they are asked of, whatever date is
//         asked about.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/record.h"
#include "records/filing.h"
#include "records/forms.h"
#include "records/records.h"
#include "retention/disposal.h"
#include "retention/due.h"
#include "service/context.h"

namespace vermilion::service {

// A version of a form, or "" the one in force, as its reader meets it: outside an audit's scope refused, and agreements also open to who
// has still to sign them. Throws not_found "no-form".
[[nodiscard]] records::PublishedForm form_to_read(Context& context, const store::Snapshot& evidence,
                                                  const std::string& id,
                                                  const std::string& version);

class OpenRights {
 public:
  explicit OpenRights(Context& context);
  [[nodiscard]] bool may_open(const model::Record& record);
  // Whether he may because it is about him, by him or waits for him, not because he reads records of that form.
  [[nodiscard]] bool takes_part(const model::Record& record);

 private:
  [[nodiscard]] const std::vector<std::string>& readers_of(const model::Record& record);
  [[nodiscard]] bool his_turn(const model::Person& person, const model::Record& record) const;

  Context& context_;
  store::Snapshot evidence_;  // as it stands
  std::map<std::string, std::vector<std::string>> readers_;  // by form and version
};

// Ids of the records that are destroyed or just going. What was destroyed stays so at every date: always as known today.
[[nodiscard]] std::set<std::string> destroyed_records(Context& context);

// Throws not_found "no-record" for what is not there and for what the caller may not open, alike.
[[nodiscard]] model::Record require_record(Context& context, const store::Snapshot& evidence,
                                           const std::string& id_or_number);
// The same, but throws not_found "record-destroyed" for a record that is gone or just going.
[[nodiscard]] model::Record require_content(Context& context, const std::string& id_or_number);
[[noreturn]] void record_destroyed(const model::Record& record,
                                   const retention::Disposal& disposal);

// The id of a record that a hold or a disposal names. An id tells nothing to who has it already; a number, which can be guessed,
// counts only for those who may open the record.
[[nodiscard]] std::string named_record(Context& context, const std::string& id_or_number);

// "record 01J… nda-employee". Of what is no id or number only the kind is told: anything may have been typed there.
[[nodiscard]] std::string record_subject(const model::Record& record);

// What retention has to know of the records named, from the evidence given; throws not_found.
[[nodiscard]] std::vector<retention::RecordFacts> record_facts(const store::Snapshot& evidence,
                                                               const std::string& zone,
                                                               const std::vector<std::string>& ids);
// The same of the records asked for.
[[nodiscard]] std::vector<retention::RecordFacts> facts_asked(const store::Snapshot& evidence,
                                                              const std::string& zone,
                                                              const store::RecordQuery& query);

}  // namespace vermilion::service
