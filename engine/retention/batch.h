// Batches as files and subjects, and who took part in them: for the files of this layer alone.
#pragma once
#include "evidence/duties.h"
#include "retention/disposal.h"

namespace vermilion::retention {

// batch.json of a disposal, and the disposal it describes (without statements).
[[nodiscard]] Bytes batch_bytes(const Disposal& disposal);
[[nodiscard]] Disposal batch_of(const Bytes& bytes);

// {type: disposal, id, batch}
[[nodiscard]] Json disposal_subject(const Disposal& disposal);

// payloads.json of these records.
[[nodiscard]] Bytes payloads_bytes(const std::vector<RecordFacts>& facts);

// The last statement of that kind whose subject has that stage ("" for none); nullptr if there is none.
[[nodiscard]] const evidence::FiledStatement* find_step(const Disposal& disposal,
                                                        const std::string& kind,
                                                        const std::string& stage = "");

struct Participant {
  evidence::Duty duty;
  evidence::Persons persons;
};
[[nodiscard]] std::vector<Participant> participants(const Disposal& disposal);
// The first two of them who must be different persons and are not.
[[nodiscard]] std::optional<evidence::DutyClash> first_clash(
    const std::vector<Participant>& participants);

}  // namespace vermilion::retention
