// The two PDFs of a revision: what is reviewed, and what is published.
//
// Same draft, same bytes: dates come from the draft commit or the statement, never from the clock.
#pragma once
#include "base/bytes.h"
#include "base/json.h"
#include "evidence/revision.h"
#include "model/person.h"
#include "render/pdf.h"
#include "service/context.h"
#include "workflow/drafts.h"

namespace vermilion::service {

// 民國115年11月22日（2026-11-22）
[[nodiscard]] std::string in_both_calendars(Date date);
// The same for a date as it was printed or entered: 「89 年 2 月」 becomes 「89 年 2 月（2000-02）」, 2026-11-22 as above. What is no such
// date, or says both already, stays as it is.
[[nodiscard]] std::string in_both_calendars(const std::string& printed);
// 民國115年12月1日 2026-12-01 02:03:49+08:00, in the store's zone: a page that said one in UTC would name two days.
[[nodiscard]] std::string moment(Context& context, Instant at);
// The references of a text that lead nowhere: [{line,text}].
[[nodiscard]] Json unresolved_json(const markup::Document& document);
// SHA-256 of the certificate that signed a statement in plain, as the signature itself carries it.
[[nodiscard]] std::string certificate_behind(const store::Snapshot& evidence,
                                             const std::string& folder,
                                             const evidence::FiledStatement& filed);
// One line of an approval block.
[[nodiscard]] render::Approval approval_row(Context& context, const model::Statement& statement,
                                            const std::string& certificate);

// The draft as reviewers see it: no approval block, and 草案 across each page, whatever step it is at.
[[nodiscard]] Bytes review_rendition(Context& context, const std::string& id,
                                     const workflow::Draft& draft);

// What will be in force: with effective date, revision table, the approval block of this round, and what it was made from inside
// (rendition_files.h).
[[nodiscard]] Bytes published_rendition(Context& context, const std::string& id,
                                        const workflow::Draft& draft, Date effective);

// A document approved elsewhere: no approval block of ours.
[[nodiscard]] Bytes imported_rendition(Context& context, const model::Metadata& metadata,
                                       const model::Version& version, const Bytes& markdown,
                                       Date effective);

}  // namespace vermilion::service
