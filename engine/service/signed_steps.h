// What the answers of documents, records, disposals and access reviews say alike of who signed.
//
// Shape    {name, kind, meaning, account, signer, role, at}; each adds what it has besides.
// Threads  Free functions: any thread.
#pragma once
#include "base/json.h"
#include "evidence/revision.h"
#include "model/record.h"
#include "service/context.h"

namespace vermilion::service {

[[nodiscard]] Json signed_step_json(const evidence::FiledStatement& filed);
// The same of a record's statement, with {unit, title, on_behalf_of, certificate, custody}: `lines` are the manifest's.
[[nodiscard]] Json record_step_json(Context& context,
                                    const std::vector<model::RecordSignature>& lines,
                                    const evidence::FiledStatement& filed);

}  // namespace vermilion::service
