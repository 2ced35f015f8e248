// STORE/index/checked.json: how far the last check came that found nothing wrong.
//
// Shape    Canonical JSON {log_size, root, main, sequence, segment, offset, mac}; schemas/checked.schema.json. The MAC keeps out whoever
//          can write the file and does not have the master key; the operator, who has it, is for the full check to find.
// Lost     The next check is a full one; so it is after a mark of nothing (log_size 0), which a verification leaves that found faults.
#pragma once
#include "store/checking.h"
#include "store/parts.h"

namespace vermilion::store {

[[nodiscard]] std::optional<Checked> load_checked(Parts& parts);
void save_checked(Parts& parts, const Checked& checked);

}  // namespace vermilion::store
