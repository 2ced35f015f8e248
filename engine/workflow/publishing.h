// Publication: the approved text goes on main under its tag, with the PDF made once; import of what was approved
// elsewhere; withdrawal.
//
// Errors   as evidence::cannot_publish; conflict "stale-base", "version-published", "document-exists", "not-in-force"; invalid
//          "effective-before-predecessor".
// Source   architecture sections 2 and 3; story S1.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "identity/signing.h"
#include "workflow/drafts.h"

namespace vermilion::workflow {

struct PublicationFiles {
  Bytes pdf;                           // the published rendition, unsealed
  std::map<std::string, Bytes> files;  // under documents/<id>/files/: raw.txt
  Bytes sealed_pdf = {};               // `pdf` with the seal; empty: there is none
};

// Throws what the commit would throw as things stand: asked before anything is sealed.
void require_publishable(store::Store& store, const std::string& id, const model::Version& version,
                         Date effective, const std::string& review_pdf);

// Of `given` only the PDFs count: the files are those of the draft.
[[nodiscard]] identity::Prepared prepare_publication(store::Store& store, const std::string& id,
                                                     const model::Version& version, Date effective,
                                                     const std::string& review_pdf,
                                                     const PublicationFiles& given,
                                                     const model::SignerFields& signer,
                                                     const store::Act& act);

struct Import {
  model::Metadata metadata;
  model::Version version;
  Date effective;
  Bytes markdown;
  std::string summary;
};
// A document approved outside this system, filed as such: statement of kind import, labelled so for ever.
[[nodiscard]] identity::Prepared prepare_import(store::Store& store, const Import& import,
                                                const PublicationFiles& files,
                                                const model::SignerFields& signer,
                                                const store::Act& act);

[[nodiscard]] identity::Prepared prepare_withdrawal(store::Store& store, const std::string& id,
                                                    Date effective, const std::string& reason,
                                                    const model::SignerFields& signer,
                                                    const store::Act& act);

}  // namespace vermilion::workflow
