// Disposal in two acts: a batch is proposed, approved, executed with a witness; all four are different persons.
//
// Shape    disposals/<ULID>/
//            batch.json                         {format, id, track, method, records: [{id, number, form, retention, due, because, date,
//                                               account, manifest (sha256)}], proposed}
//            01-disposal-proposal.statement.json   subject {type: disposal, id, batch: sha256 of batch.json}
//            02-disposal-approval.statement.json   the same subject, with approval_number if there is one
//            03-destruction.statement.json, 04-witness.statement.json
//                                               act (a) executing: the same subject, stage "executing" and payloads: sha256 of
//                                               payloads.json {"payloads": […] (what Store::destroy may take), "records": {id: […]}}
//            05-destruction.statement.json, 06-witness.statement.json, certificate.json, certificate.pdf
//                                               act (c) done: stage "done", certificate and pdf: sha256 of both files
//          A batch proposed or approved may be withdrawn instead: kind withdrawal, the same subject with a reason. Its records are free again.
//          A batch on track archive that was approved without a number is approved once more with it; the numbers of what follows
//          move by one. From act (a) on the records answer as destroyed, at every date. Between (a) and (c) purge() may run any
//          number of times.
// Rules    Due, complete and not held at proposal, approval and execution alike; a hold placed in between stops execution
//          (forbidden "held"). Track archive needs the approval number before execution (forbidden "approval-number-missing").
//          A batch with a record of an archive class is on track archive (conflict "archive-track").
// Errors   not_found "no-disposal"; conflict "not-due", "record-incomplete", "retention-permanent", "trigger-open", "disposal-stage"
//          (what it is waiting for instead), "record-in-batch" (another batch has it), "record-changed" (its manifest is not the one
//          proposed), "certificate-mismatch"; invalid "no-records", "no-method"; forbidden "held" and the duties table's codes.
// Source   architecture section 2; 檔案保存年限及銷毀辦法 §8-17; story S11.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "identity/signing.h"
#include "retention/due.h"
#include "retention/holders.h"

namespace vermilion::retention {

enum class Stage { withdrawn, proposed, approved, executing, done };
[[nodiscard]] const char* stage_name(Stage stage) noexcept;
[[nodiscard]] const char* stage_label(
    Stage stage) noexcept;  // 已撤回, 擬案, 已核准, 銷毀中, 已銷毀

struct DisposalRecord {
  std::string id;
  std::string number;
  std::string form;
  std::string retention;
  std::string account;
  Date date;
  Date due;
  Said because;
  std::string manifest;  // sha256 of the manifest as proposed
};

struct Disposal {
  std::string id;
  std::vector<DisposalRecord> records;
  bool archive = false;
  std::string method;           // 消除電子檔
  std::string approval_number;  // of the archives authority, or ""
  Instant proposed;
  std::string batch;  // "sha256:…" of batch.json
  Stage stage = Stage::proposed;
  std::vector<evidence::FiledStatement> statements;
  std::optional<Json> certificate;
};

[[nodiscard]] std::vector<Disposal> all_disposals(const store::Snapshot& evidence);
[[nodiscard]] Disposal require_disposal(const store::Snapshot& evidence, const std::string& id);
[[nodiscard]] std::string disposal_folder(const std::string& id);  // disposals/<id>
// The disposal by which a record went, or is just going (stage executing or done); nothing if it is there.
[[nodiscard]] std::optional<Disposal> destroyed_by(const store::Snapshot& evidence,
                                                   const std::string& record);

// The facts of records as they stand in a snapshot, in the order asked: asked again under the writer's lock. Missing ones throw
// not_found.
using FactsOf = std::function<std::vector<RecordFacts>(const store::Snapshot&,
                                                       const std::vector<std::string>& ids)>;

[[nodiscard]] identity::Prepared prepare_proposal(store::Store& store, const FactsOf& facts,
                                                  const std::vector<std::string>& records,
                                                  const std::string& method, bool archive,
                                                  const model::SignerFields& signer,
                                                  const store::Act& act);
[[nodiscard]] identity::Prepared prepare_approval(store::Store& store, const FactsOf& facts,
                                                  const std::string& id,
                                                  const std::string& approval_number,
                                                  const model::SignerFields& signer,
                                                  const store::Act& act);

// Takes a batch back before it is executed.
[[nodiscard]] identity::Prepared prepare_withdrawal(store::Store& store, const std::string& id,
                                                    const std::string& reason,
                                                    const model::SignerFields& signer,
                                                    const store::Act& act);

// Act (a): two statements of one act, to be signed by each and committed together (identity::commit_signed).
struct PreparedPair {
  identity::Prepared executor;
  identity::Prepared witness;
};
[[nodiscard]] PreparedPair prepare_execution(store::Store& store, const FactsOf& facts,
                                             const std::string& id,
                                             const model::SignerFields& executor,
                                             const model::SignerFields& witness,
                                             const store::Act& act);

// (b) Purges every holder and asks each what is left; throws unavailable "destruction-incomplete" naming it. Needs nobody's key.
// Returns what they have to tell: [{name, done: […]}].
[[nodiscard]] Json purge(const std::vector<Condemned>& records, Holders& holders);
[[nodiscard]] std::vector<Condemned> condemned(const store::Snapshot& evidence,
                                               const Disposal& disposal);

// The certificate of destruction: the batch, what purge() returned, who did act (a) when, and until when recovery copies last, {zh, en,
// (expires)}; schemas/certificate-of-destruction. The disposal must be executing or done.
[[nodiscard]] Json certificate_json(const store::Store& store, const Disposal& disposal,
                                    const Json& holders, const Json& recovery_copies);

// (c) `certificate` from certificate_json; `pdf` its rendition. By executor and witness of (a), or others who may if those cannot:
// the pairs are checked again.
[[nodiscard]] PreparedPair prepare_certificate(store::Store& store, const std::string& id,
                                               const Json& certificate, const Bytes& pdf,
                                               const model::SignerFields& executor,
                                               const model::SignerFields& witness,
                                               const store::Act& act);

// For the verifier: stages in order, duties, digests, what was due on the day, no hold that stood then.
void check_disposal(store::Store& store, const FactsOf& facts, const Disposal& disposal,
                    const Fault& fault);

}  // namespace vermilion::retention
