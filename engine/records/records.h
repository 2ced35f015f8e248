// Records as the evidence holds them: find, list, open. Rights are the caller's (service) business.
//
// Errors  not_found "no-record"; "record-destroyed" from open_content and open_part when the keys are gone; corrupt when what is
//         opened is not what was signed.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "evidence/revision.h"
#include "model/record.h"
#include "store/store.h"

namespace vermilion::records {

// By id (ULID) or by number.
[[nodiscard]] std::optional<model::Record> find_record(const store::Snapshot& evidence,
                                                       const std::string& id_or_number);
[[nodiscard]] model::Record require_record(const store::Snapshot& evidence,
                                           const std::string& id_or_number);
// Every record in order of sequence, each manifest read: for who needs them all. Others ask Snapshot::records.
[[nodiscard]] std::vector<model::Record> all_records(const store::Snapshot& evidence);
// The record that corrects this one, if there is one.
[[nodiscard]] std::optional<model::Record> correction_of(const store::Snapshot& evidence,
                                                         const std::string& id);

enum class RecordState { signing, complete, corrected };  // destroyed: retention knows
[[nodiscard]] const char* record_state_name(RecordState state) noexcept;
[[nodiscard]] RecordState state_of(const store::Snapshot& evidence, const model::Record& record);

// The values as they were filed.
[[nodiscard]] Json open_values(store::Store& store, const model::Record& record);
[[nodiscard]] bool has_part(const model::Record& record, const std::string& part);
[[nodiscard]] Bytes open_part(store::Store& store, const model::Record& record,
                              const std::string& part);
// What the commitments to a record's content rest on.
[[nodiscard]] Bytes open_salt(store::Store& store, const model::Record& record);
// The PDF that those who signed so far signed within; else the one drawn when it was complete; else nothing.
[[nodiscard]] std::optional<Bytes> open_pdf(store::Store& store, const model::Record& record);
// The same where some have signed within it and others not: as far as it goes. Nothing if nobody has.
[[nodiscard]] std::optional<Bytes> open_signed_pdf(store::Store& store,
                                                   const model::Record& record);
// The same, handed on piece by piece; only when it returns is it known that they were the whole.
void stream_part(store::Store& store, const model::Record& record, const std::string& part,
                 const Sink& content);
// Whom it is about, who signed it, and for whom it was signed.
[[nodiscard]] bool concerns(const model::Record& record, const std::string& account);
// The signed statements, opened, in order.
[[nodiscard]] std::vector<evidence::FiledStatement> open_statements(store::Store& store,
                                                                    const model::Record& record);

// What the verifier looks for in one record that is not destroyed: every part opens; statements verify, name this record, its form's
// digest and the commitments of content and shown; slots are filled in order by whom the form allows; account and date agree with
// the manifest; a correction is of an earlier record of the same form, account and date, and the only one.
void check_record(store::Store& store, const model::Record& record, const Fault& fault);
// Sequence and running numbers have no gap, no number is given twice, and records/numbers.json is what the manifests make it.
void check_numbers(const store::Snapshot& evidence, const std::vector<model::Record>& all,
                   const Fault& fault);

}  // namespace vermilion::records
