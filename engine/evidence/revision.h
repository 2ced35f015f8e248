// What the signed statements about one revision amount to. Pure functions: state is computed, never stored.
//
// Idea    A revision's statements are read in the order they were filed. The last submission counts, unless a return follows
//         it. Reviews, countersignatures and approvals count only after it and only when they name the same draft
//         commit, content, metadata, files and rendition; so a changed text simply has no approval.
// Source  architecture invariant 4.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "evidence/duties.h"
#include "model/document.h"
#include "model/statement.h"

namespace vermilion::evidence {

struct FiledStatement {
  std::string name;  // "03-approval"
  model::Statement statement;
};

// What everybody in the round signs: must be the same in each statement.
struct RevisionDigests {
  std::string draft;     // commit of drafts.git
  std::string content;   // sha256 of document.md
  std::string metadata;  // sha256 of metadata.json
  std::string pdf;       // sha256 of the review rendition
  std::map<std::string, std::string> files = {};  // sha256 of each of its files, by name
  bool operator==(const RevisionDigests&) const = default;
};
[[nodiscard]] RevisionDigests digests_of(const Json& subject);

// How statements name bytes: "sha256:…".
[[nodiscard]] std::string content_digest(std::string_view bytes);

struct Round {
  std::optional<FiledStatement> submission;
  std::vector<FiledStatement> reviews;
  std::vector<FiledStatement> countersignatures;
  std::optional<FiledStatement> approval;
  std::optional<FiledStatement> returned;      // the return that ended the last round, if it did
  Persons authors;                             // as the submission lists them
  std::vector<std::string> countersign_units;  // as the submission lists them
};

[[nodiscard]] Round current_round(const std::vector<FiledStatement>& statements);

// Units that still have to countersign.
[[nodiscard]] std::vector<std::string> missing_countersignatures(const Round& round);

struct Refusal {
  Failure failure;
  std::string code;
  Said said;
};
[[noreturn]] void refuse(const Refusal& refusal);

// Why this person may not do this now, or nothing. An approval rests on every countersignature and on a review by somebody
// who is no author ("countersignature-missing", "review-missing"); a publication on the approval as well. `now` are the digests of the draft as it stands.
[[nodiscard]] std::optional<Refusal> cannot_sign(const std::string& kind, const Round& round,
                                                 const model::SignerFields& signer,
                                                 const RevisionDigests& now);
// Why this round cannot be published with that effective date, or nothing. `zone` gives the approval's day.
[[nodiscard]] std::optional<Refusal> cannot_publish(const Round& round, const RevisionDigests& now,
                                                    Date effective, const std::string& zone);

enum class State { draft, in_review, approved, in_force, superseded, withdrawn };
[[nodiscard]] const char* state_name(State state) noexcept;   // "in_force"
[[nodiscard]] const char* state_label(State state) noexcept;  // 現行

struct Withdrawal {
  Date effective;
};

// The version in force on a day: of the publications effective by then the one effective last (same day: the higher
// version); nothing if a withdrawal is effective by then.
[[nodiscard]] std::optional<model::Version> in_force_on(
    Date day, const std::vector<model::Publication>& publications,
    const std::optional<Withdrawal>& withdrawal);

[[nodiscard]] State published_state(const model::Publication& publication, Date day,
                                    const std::vector<model::Publication>& publications,
                                    const std::optional<Withdrawal>& withdrawal);

}  // namespace vermilion::evidence
