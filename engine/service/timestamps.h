// Trusted time beside signatures: each is shown to the time-stamping authority that vermilion.yaml names, before it is committed.
//
// Rule     Where none is named nothing is asked. A stamp that does not come is told: an entry "timestamp" with "failed:<code>", and a
//          file beside the signature that the pages show; where the settings say `required`, nothing is signed then.
//          A stamp that is more than the profile's clock.offset_seconds from our own clock stops the signature.
// Errors   unavailable "timestamp-missing" when one is required; conflict "clock-adrift"; invalid "bad-settings".
// Source   RFC 3161; architecture section 3: never replaced by a local clock in silence.
#pragma once
#include <string>

#include "base/fault.h"
#include "base/json.h"
#include "service/context.h"

namespace vermilion::service {

// What the authority gave over a signature of that subject, or why it gave none; told and refused as above.
[[nodiscard]] identity::Stamp stamp_for(Context& context, const std::string& subject,
                                        std::string_view cms);
// The same over any bytes; empty where none is configured.
[[nodiscard]] identity::Stamp stamp_over(Context& context, const std::string& subject,
                                         std::string_view bytes);
// The authorities whose stamps count, by today's settings; none where no authority is named.
[[nodiscard]] std::vector<crypto::Certificate> stamp_authorities(Context& context);

// What a signature of that subject brings along for its stamp: the authorities and their revocation lists, of today's settings; no
// lists where no file is named. What cannot be read, and a list that no authority signed, is told and refused as a stamp that
// does not come.
struct StampData {
  std::vector<crypto::Certificate> authorities;
  std::vector<Bytes> lists;  // DER
};
[[nodiscard]] StampData stamp_data(Context& context, const std::string& subject);

// A signature within a PDF with the stamp inside it; as it was where no stamp came.
[[nodiscard]] Bytes stamped_inside(Context& context, const std::string& subject, Bytes cms);

// Stamps what was signed and commits it.
store::Receipt commit_stamped(Context& context, identity::Signed own);

// What stands beside a signature: {at} as its authority says, or {missing: code}; null where none was asked for. `name` is the path
// without ".statement.json".
[[nodiscard]] Json timestamp_json(const store::Snapshot& evidence, const std::string& name);

// The verifier's part: called for every file on main it looks at the stamps among them. Lives no longer than context and fault.
[[nodiscard]] std::function<void(const std::string& path, const Bytes& bytes)> timestamp_checker(
    Context& context, const Fault& fault);

}  // namespace vermilion::service
