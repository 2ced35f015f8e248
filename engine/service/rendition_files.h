// The files inside a published PDF: the text it was made from, and what was signed about that text before it was published.
//
// Names    As `document export --approvals` writes them, so that its recipe holds for what a reader takes out of the PDF: document.md,
//          03-approval.statement.json, 03-approval.statement.json.p7s, 03-approval.tsr.
// Rule     Nothing that the pages do not show: a statement with a written opinion stays in the store, as do pictures as they were
//          brought, which may hold where and by whom they were taken. The statement of the publication names the digest of the PDF, so it
//          cannot be inside.
// Source   ISO 19005-3 6.8; ADR 0023.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "evidence/revision.h"
#include "render/pdf.h"
#include "store/snapshot.h"

namespace vermilion::service {

// Name and bytes: a filed statement, its signature, and the stamp over that if there is one.
[[nodiscard]] std::vector<std::pair<std::string, Bytes>> statement_files(
    const store::Snapshot& evidence, const std::string& folder, const std::string& name);

[[nodiscard]] render::Attachment text_inside(const Bytes& markdown);
[[nodiscard]] std::vector<render::Attachment> statements_inside(
    const store::Snapshot& evidence, const std::string& folder,
    const std::vector<evidence::FiledStatement>& printed);

}  // namespace vermilion::service
