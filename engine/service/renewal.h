// Renewing sealed PDFs (PAdES B-LTA): before the certificate of the newest stamp on one expires, or the seal's where there is none, the
// whole gets a document time stamp and the validation data of that day (long_term.h).
//
// Which   Every published version that is sealed, in force or not: main keeps them all. One whose stamp has expired already is told and
//         left: no later stamp could mend that; the log still proves when it was published.
//         What the authority's present certificate would prove no longer than now waits until it has another.
// When    `timestamp.renew_days` before; daily by the server, or by command. Without an authority there is nothing to renew with.
// Log     "renewal" on each document; and on "documents" once a day by whoever looked, with "failed:<code>" when a stamp did not come.
// Errors  invalid "no-timestamp-authority".
// Source  ETSI EN 319 142-1 5.4.3, 6 (B-LTA); docs-src/adr/0022-long-term-validation.md.
#pragma once
#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

// schemas/renewals.schema.json. A person needs the right store.maintain; console and schedule do not.
[[nodiscard]] Json renew_seals(Context& context);
// There is an authority, and nobody has looked today.
[[nodiscard]] bool renewal_is_due(Context& context);

}  // namespace vermilion::service
