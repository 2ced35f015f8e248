// Holds (保全): what is held cannot be destroyed, whoever asks.
//
// Shape    holds/<ULID>/01-hold.statement.json (+ .p7s): kind hold, subject {type: hold, id, records[ids] or form with from and to,
//          ground (clause or case number), reason}. Released by 02-release.statement.json, kind release, by another person than
//          the requester (duties table requester-releaser).
// Errors   not_found "no-hold"; conflict "hold-released", "record-destroyed" (there is nothing left to hold); invalid "hold-scope",
//          "hold-reason"; forbidden "requester-releases".
// Source   architecture invariant 7; story S12.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/fault.h"
#include "identity/signing.h"

namespace vermilion::retention {

struct RecordFacts;

struct HoldScope {
  std::vector<std::string> records;  // ids; or
  std::string form;                  // every record of this form …
  std::optional<Date> from;          // … dated from
  std::optional<Date> to;            // … to, both included
};

struct Hold {
  std::string id;
  HoldScope scope;
  std::string ground;
  std::string reason;
  std::string requester;  // account
  Instant placed;
  std::optional<Instant> released;
  std::string released_by;
};

[[nodiscard]] std::vector<Hold> all_holds(const store::Snapshot& evidence);  // released ones too
[[nodiscard]] bool holds_record(
    const Hold& hold, const RecordFacts& facts);  // or one it corrects, and is not released

[[nodiscard]] identity::Prepared prepare_hold(store::Store& store, const HoldScope& scope,
                                              const std::string& ground, const std::string& reason,
                                              const model::SignerFields& signer,
                                              const store::Act& act);
[[nodiscard]] identity::Prepared prepare_release(store::Store& store, const std::string& id,
                                                 const std::string& reason,
                                                 const model::SignerFields& signer,
                                                 const store::Act& act);

// For the verifier: each hold is placed once and released by another person than its requester.
void check_holds(const store::Snapshot& evidence, const Fault& fault);

}  // namespace vermilion::retention
