// Adding a file to a record that is filed already: the evidence that belongs to it (佐證), sealed and signed like the rest of it.
//
// Idea     The content is sealed before anybody signs, piece by piece (store::Store::stage); the statement names its commitment, and
//          the act files it under the record's own key-encryption key, so that it is destroyed with the record.
// Who      Whom the record is about, who signed it (or for whom it was signed), and who has the right record.paper; nobody by delegation. When does not matter: what
//          comes late is seen by its date. The signatures of the record say nothing of its attachments.
// Subject  {type: "attachment", id (the record), form, file, size, content (hmac-sha256:…)}, kind "record", meaning 附件.
// Errors   invalid "bad-file-name", "attachment-empty"; forbidden "not-of-the-record", "role-not-held"; conflict "already-corrected" (add it to
//          the correction), "record-changed" (somebody attached meanwhile), "too-many-attachments" (99).
// Source   architecture section 2 Sealing; ADR 0025.
#pragma once
#include "identity/signing.h"
#include "model/record.h"

namespace vermilion::records {

struct NewAttachment {
  std::string file;  // its name: one line, without folders
  std::uint64_t size = 0;
  store::StagedPayload staged;
};

// What is said of an attachment by its statement.
struct Attachment {
  std::string part;  // "attachment-01"
  std::string file;
  std::uint64_t size = 0;
  model::Statement statement;
};

// What can be refused before anything is read and sealed.
void require_attachable(store::Store& store, const model::Record& record,
                        const model::SignerFields& signer, const std::string& file);
// How to seal the next attachment of a record.
[[nodiscard]] store::SealRequest attachment_request(const model::Record& record);
[[nodiscard]] identity::Prepared prepare_attachment(store::Store& store,
                                                    const model::Record& record,
                                                    const NewAttachment& attachment,
                                                    const model::SignerFields& signer,
                                                    const store::Act& act);

// Opened, in the order they came.
[[nodiscard]] std::vector<Attachment> attachments_of(store::Store& store,
                                                     const model::Record& record);
}  // namespace vermilion::records
