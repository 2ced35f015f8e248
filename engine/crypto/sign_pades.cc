// OpenSSL's CMS_final always adds a signing time. So the signed attributes are put together here and signed as RFC 5652 5.4 has
// it: over the DER of their SET OF.
#include <algorithm>
#include <array>

#include "base/error.h"
#include "crypto/cms_sign.h"
#include "crypto/pades.h"

namespace vermilion::crypto {
namespace {

void add_digest(CMS_SignerInfo* signer, std::string_view content, const EVP_MD* algorithm) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  check(EVP_Digest(content.data(), content.size(), digest.data(), &size, algorithm, nullptr),
        "digesting");
  check(CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING,
                                    digest.data(), static_cast<int>(size)),
        "adding the digest");
  check(CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_contentType, V_ASN1_OBJECT,
                                    OBJ_nid2obj(NID_pkcs7_data), -1),
        "adding the content type");
}

Bytes set_of(std::vector<Bytes> members) {
  std::sort(members.begin(), members.end());  // DER orders a SET OF by the bytes of its members
  Bytes body;
  for (const Bytes& member : members) body += member;
  const int size = ASN1_object_size(1, static_cast<int>(body.size()), V_ASN1_SET);
  check(size, "measuring a set");
  Bytes set(static_cast<std::size_t>(size) - body.size(), '\0');
  unsigned char* out = octets(set);
  ASN1_put_object(&out, 1, static_cast<int>(body.size()), V_ASN1_SET, V_ASN1_UNIVERSAL);
  return set + body;
}

Bytes signed_attributes(const CMS_SignerInfo* signer) {
  std::vector<Bytes> attributes;
  for (int i = 0; i < CMS_signed_get_attr_count(signer); ++i)
    attributes.push_back(der_of(CMS_signed_get_attr(signer, i), i2d_X509_ATTRIBUTE));
  return set_of(std::move(attributes));
}

}  // namespace

Bytes sign_pades(std::string_view content, const PrivateKey& key, const Certificate& certificate,
                 const std::vector<Certificate>& intermediates) {
  const auto draft = begin_signature(key, certificate, intermediates);
  add_digest(draft.signer, content, digest_of(key.native()));
  const Bytes value = key.sign(signed_attributes(draft.signer));
  check(ASN1_STRING_set(CMS_SignerInfo_get0_signature(draft.signer), value.data(),
                        static_cast<int>(value.size())),
        "setting the signature");
  return der_of(draft.cms.get(), i2d_CMS_ContentInfo);
}

bool follows_pades(std::string_view cms) {
  const QuietErrors quiet;
  const auto parsed = parse_signature(cms);
  return CMS_signed_get_attr_by_NID(only_signer(parsed.get()), NID_pkcs9_signingTime, -1) < 0;
}

}  // namespace vermilion::crypto
