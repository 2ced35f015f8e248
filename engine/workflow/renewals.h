// What was appended to a published PDF later, so that it stays checkable: document time stamps, each before the one before it expires.
//
// Idea     The published file never changes. A renewal files only the bytes that follow it: published.pdf, 01.update, 02.update … one
//          after the other are the renewed file. Nothing in between can have been altered, and no copy of the whole is kept.
// Shape    documents/<id>/renewals/<version>/NN.update, and NN.json {before, after, until} (schemas/renewal.schema.json): the digests of
//          the file before and after, and when the stamp's certificate expires.
// Act      "renewal" on "document <id> <version>", by the system: the stamp is its proof, no person decides anything.
// Errors   conflict "renewed-meanwhile"; corrupt by way of the JSON.
// Source   docs-src/adr/0022-long-term-validation.md.
#pragma once
#include <string>
#include <vector>

#include "workflow/documents.h"

namespace vermilion::workflow {

struct Renewal {
  std::string path;    // without ending: "documents/ISMS-02-001/renewals/1.0/01"
  std::string before;  // digests of the file
  std::string after;
  Instant until;
};

// By number.
[[nodiscard]] std::vector<Renewal> renewals_of(const store::Snapshot& evidence,
                                               const std::string& id,
                                               const model::Version& version);
// The published file with all that was appended.
[[nodiscard]] Bytes renewed_pdf(const store::Snapshot& evidence, const Published& published);

// `renewed` begins with what `former` is. The act names whom and from where.
store::Receipt file_renewal(store::Store& store, const Published& published, const Bytes& former,
                            const Bytes& renewed, Instant until, const store::Act& act);

}  // namespace vermilion::workflow
