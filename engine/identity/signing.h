// Prepare, sign, commit: the one path by which a statement comes to be, whoever keeps the key.
//
// Idea     prepare builds the exact bytes; the person's key signs them wherever it is; commit checks the signature as
//          the verifier would, then files statement, signature and whatever else the act changes, in one act.
// Units    A prepared statement expires after 15 minutes and leaves nothing.
// Errors   commit_signed throws forbidden with the verdict's name ("certificate-expired", "wrong-person" …) when the signature is
//          not good, invalid "prepared-expired", conflict "clock-step" (identity/clock.h), conflict "signed-already" for a signature that is filed there
//          already and was sent again, and whatever `decide` throws.
// Source   architecture section 3.
#pragma once
#include <functional>
#include <string>

#include "crypto/signer.h"
#include "evidence/revision.h"
#include "evidence/verification.h"
#include "model/statement.h"
#include "store/store.h"

namespace vermilion::identity {

// A PDF that is complete but for a signature: the key signs all but the hole (crypto/pades.h), so whoever signs can look at it first.
struct PdfToSign {
  Bytes file;
  std::size_t hole = 0,
              hole_end = 0;  // from the '<' of /Contents to behind its '>'; between them zeros
  [[nodiscard]] bool empty() const { return file.empty(); }
  [[nodiscard]] Bytes covered() const;
};

struct Signed;

struct Prepared {
  model::Statement statement;
  Bytes bytes;  // exactly what is to be signed
  Instant expires;
  store::Act act;  // kind, actor, from, subject, message; decide is set by commit_signed
  // Under the writer's lock: may refuse; puts further changes; returns the folder the statement is filed in.
  std::function<std::string(const store::Now&, store::Changes&)> decide;
  // Instead of decide: refuses, changes, and files statement and signature in its own way (sealed records).
  std::function<void(const store::Now&, store::Changes&, const Signed&)> file;
  // Where the name is fixed instead of "NN-<kind>": certificates, delegations. Empty: numbered.
  std::string fixed_name;
  // SHA-256 of the certificate this very act files; only the first certificate of a store may vouch for itself.
  std::string own_certificate;
  // SHA-256 of the only certificate that may sign this; "": any of the signer's.
  std::string must_sign = {};
  // What the same key signs in the same act beside the statement, which names what it covers; may be empty.
  PdfToSign pdf = {};
};

// Fills in the policy, the store's id, and the time unless the statement has one.
[[nodiscard]] Prepared prepare(
    store::Store& store, model::Statement statement, store::Act act,
    std::function<std::string(const store::Now&, store::Changes&)> decide);

// What was signed elsewhere: the same act prepared again, with the time and the policy of `bytes`, so that a signature over those
// bytes commits it. Throws conflict "prepared-differs" when the act, or what the rules say, is another one by now.
[[nodiscard]] Prepared prepared_before(Prepared again, std::string_view bytes);

// What a time-stamping authority gave over the signature (crypto/timestamp.h), or the code of why it gave none. Both empty: none was
// asked for.
struct Stamp {
  Bytes response;
  std::string missing;
};

struct Signed {
  Prepared prepared;
  Bytes cms;  // the detached signature over prepared.bytes
  Stamp stamp = {};  // filed beside it: NAME.tsr, or NAME.tsr-missing.json {code}
  Bytes pdf_cms = {};  // the one within the PDF, over prepared.pdf
};
// Where the statement itself is sealed, NAME is not beside it but by the digest of its signature: "timestamps/3f/3f9c…".
[[nodiscard]] std::string sealed_stamp_name(std::string_view cms);
// Whether what was filed as NAME.tsr, or as NAME.tsr-missing.json, lies there still and was never exchanged. The history of main knows: a
// signature cannot speak of a stamp that came after it.
[[nodiscard]] bool stamp_stays(const store::Store& store, const std::string& name);
[[nodiscard]] Said stamp_gone();  // what a verifier says of it

store::Receipt commit_signed(store::Store& store, const Prepared& prepared, std::string_view cms);
// One act that more than one person signs (executor and witness of a destruction): the first is the actor and decides; the others
// are checked alike and filed beside his under their fixed names.
store::Receipt commit_signed(store::Store& store, const Signed& first,
                             const std::vector<Signed>& others);

// How the verifier finds a certificate's issue: people/*.json of the evidence as it stands, and the log.
[[nodiscard]] evidence::FindCertificate certificate_finder(store::Store& store);

// The statements in a folder in the order they were filed, unread ones refused as corrupt.
[[nodiscard]] std::vector<evidence::FiledStatement> filed_statements(
    const store::Snapshot& evidence, const std::string& folder);
// "03-approval": the name the next statement of that kind gets in the folder.
[[nodiscard]] std::string next_statement_name(const store::Snapshot& evidence,
                                              const std::string& folder, const std::string& kind);

}  // namespace vermilion::identity
