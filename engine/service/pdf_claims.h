// What a PDF says of one of its signatures, against what the certificate says.
//
// Idea     /Name, /Reason and the field's name are words of whoever wrote the file, and his key signs any of them. So somebody who
//          may sign for himself could pass for the organisation, or for another person, with a signature that holds.
// Asked    of signatures that hold: in a certificate that nobody trusts the name is a claim too.
// Source   docs-src/formats/seal.md, section 4.
#pragma once
#include <string>
#include <vector>

#include "base/error.h"
#include "crypto/certificate.h"
#include "render/signatures.h"

namespace vermilion::service {

struct FalseClaim {
  std::string code;  // not-the-seal, name-differs
  Said said;
};

// `is_seal`: the certificate is one of the organisation's seals. Those sign under whichever name it has at that time.
[[nodiscard]] std::vector<FalseClaim> false_claims(const render::FoundSignature& one,
                                                   const crypto::Certificate& signer, bool is_seal);

}  // namespace vermilion::service
