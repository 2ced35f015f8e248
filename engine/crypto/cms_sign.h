// What both profiles of CMS signature begin with. Inside this layer only.
#pragma once
#include <vector>

#include "crypto/certificate.h"
#include "crypto/openssl.h"

namespace vermilion::crypto {

inline constexpr unsigned kSignatureFlags =
    CMS_DETACHED | CMS_BINARY | CMS_NOSMIMECAP | CMS_PARTIAL | CMS_CADES;

struct SignatureDraft {
  Cms cms;
  CMS_SignerInfo* signer =
      nullptr;  // of `cms`, with signing-certificate-v2 among its signed attributes
};

// Throws invalid "key-not-for-cms", "key-certificate-mismatch".
[[nodiscard]] SignatureDraft begin_signature(const PrivateKey& key, const Certificate& certificate,
                                             const std::vector<Certificate>& intermediates);

// A detached CMS of exactly one signer; else invalid "bad-cms".
[[nodiscard]] Cms parse_signature(std::string_view bytes);
[[nodiscard]] CMS_SignerInfo* only_signer(CMS_ContentInfo* cms);

}  // namespace vermilion::crypto
