// A store that only takes note: for who may look and not touch.
//
// Idea    Everything is read as from the store behind it. An act that changes nothing (a read, a refusal, a sign-in) is committed; one that
//         would change main, drafts, payloads or keys is refused at the change itself, whichever function asked for it. What belongs to
//         the account alone, his login password, may change.
// Errors  forbidden "read-only".
// Source  肆/八/(九)/3/(2).
#pragma once
#include <memory>

#include "store/store.h"

namespace vermilion::service {

// Borrows the store.
[[nodiscard]] std::unique_ptr<store::Store> read_only(store::Store& store);
[[noreturn]] void refuse_to_write();

}  // namespace vermilion::service
