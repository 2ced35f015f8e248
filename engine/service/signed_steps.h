// What the answers of documents, records, disposals and access reviews say alike of who signed.
//
// Shape    {name, kind, meaning, account, signer, role, at}; each adds what it has besides.
// Threads  A free function: any thread.
#pragma once
#include "base/json.h"
#include "evidence/revision.h"

namespace vermilion::service {

[[nodiscard]] Json signed_step_json(const evidence::FiledStatement& filed);

}  // namespace vermilion::service
