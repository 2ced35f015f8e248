// The two PDFs of a revision: what is reviewed, and what is published.
//
// Same draft, same bytes: dates come from the draft commit or the statement, never from the clock.
#pragma once
#include "base/bytes.h"
#include "service/context.h"
#include "workflow/drafts.h"

namespace vermilion::service {

// The draft as reviewers see it: no approval block, no state mark.
[[nodiscard]] Bytes review_rendition(Context& context, const std::string& id,
                                     const workflow::Draft& draft);

// What will be in force: with effective date, revision table and the approval block of this round.
[[nodiscard]] Bytes published_rendition(Context& context, const std::string& id,
                                        const workflow::Draft& draft, Date effective);

// A document approved elsewhere: no approval block of ours.
[[nodiscard]] Bytes imported_rendition(Context& context, const model::Metadata& metadata,
                                       const model::Version& version, const Bytes& markdown,
                                       Date effective);

}  // namespace vermilion::service
