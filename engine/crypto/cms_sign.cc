#include "crypto/cms_sign.h"

#include "base/error.h"
#include "crypto/cms.h"

namespace vermilion::crypto {
namespace {

void require_usable(const PrivateKey& key, const Certificate& certificate) {
  if (EVP_PKEY_get_base_id(key.native()) == EVP_PKEY_ED25519) {
    throw Error(Failure::invalid, "key-not-for-cms",
                {"Ed25519 金鑰不能用於文件簽章；請使用 P-256、P-384 或 RSA 金鑰",
                 "an Ed25519 key cannot sign documents; use a P-256, P-384 or RSA key"});
  }
  require_pair(key, certificate);
}

BorrowedCertificates stack_of(const std::vector<Certificate>& certificates) {
  BorrowedCertificates stack(check(sk_X509_new_null(), "making a list"));
  for (const auto& certificate : certificates) {
    check(sk_X509_push(stack.get(), certificate.native()), "filling a list");
  }
  return stack;
}

}  // namespace

SignatureDraft begin_signature(const PrivateKey& key, const Certificate& certificate,
                               const std::vector<Certificate>& intermediates) {
  require_usable(key, certificate);
  Cms cms(check(CMS_sign(nullptr, nullptr, stack_of(intermediates).get(), nullptr, kSignatureFlags),
                "making a signature"));
  CMS_SignerInfo* signer = check(CMS_add1_signer(cms.get(), certificate.native(), key.native(),
                                                 digest_of(key.native()), kSignatureFlags),
                                 "adding the signer");
  return {std::move(cms), signer};
}

Bytes sign_detached(std::string_view content, const PrivateKey& key, const Certificate& certificate,
                    const std::vector<Certificate>& intermediates, Instant at) {
  const auto [cms, signer] = begin_signature(key, certificate, intermediates);
  // Set beforehand, or OpenSSL would add the machine's own time.
  const auto time = asn1_time(at);
  check(CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, ASN1_STRING_type(time.get()),
                                    time.get(), -1),
        "adding the signing time");
  const auto source = reader(content);
  check(CMS_final(cms.get(), source.get(), nullptr, kSignatureFlags), "signing");
  return der_of(cms.get(), i2d_CMS_ContentInfo);
}

}  // namespace vermilion::crypto
