// A verdict has to say *what* is wrong, while CMS_verify only says that something is, and reports
// what it met first. So the steps of RFC 5652 section 5.4 and RFC 5280 section 6 are taken one by
// one, from the content outward; each looks only at what the one before has shown to be sound:
//
//   content == messageDigest attribute -> signature over the attributes -> chain to the root,
//   leaving time aside -> signing-certificate-v2 names that certificate -> chain at the instant
//   asked for.
//
// "good" is stricter than stock `openssl cms -verify -cades`: one signer, SHA-2, 112 bits of
// strength.
#include <array>

#include "base/error.h"
#include "crypto/cms.h"
#include "crypto/cms_sign.h"
#include "crypto/digest.h"

namespace vermilion::crypto {

Cms parse_signature(std::string_view bytes) {
  auto cms = from_der_bytes<Cms>(bytes, d2i_CMS_ContentInfo);
  if (!cms || OBJ_obj2nid(CMS_get0_type(cms.get())) != NID_pkcs7_signed ||
      OBJ_obj2nid(CMS_get0_eContentType(cms.get())) != NID_pkcs7_data ||
      CMS_is_detached(cms.get()) != 1 ||
      sk_CMS_SignerInfo_num(CMS_get0_SignerInfos(cms.get())) != 1) {
    throw Error(
        Failure::invalid, "bad-cms",
        {"這不是一位簽署人的分離式 CMS 簽章（.p7s）；請提供簽署時產生的檔案",
         "this is no detached CMS signature (.p7s) of one signer; give the file made at signing"});
  }
  return cms;
}

CMS_SignerInfo* only_signer(CMS_ContentInfo* cms) {
  return sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);
}

namespace {

// X509_VERIFY_PARAM's level 2: 112 bits, so no SHA-1 and no RSA below 2048 anywhere in the chain.
constexpr int kStrength = 2;
// CMS_signed_get0_data_by_OBJ: exactly one attribute with exactly one value.
constexpr int kOnlyOne = -3;

const ASN1_STRING* attribute(const CMS_SignerInfo* signer, int nid, int type) {
  return static_cast<const ASN1_STRING*>(
      CMS_signed_get0_data_by_OBJ(signer, OBJ_nid2obj(nid), kOnlyOne, type));
}

// The digest of the content as signed; null if there is none or its algorithm is not SHA-2.
const ASN1_STRING* stated_digest(CMS_SignerInfo* signer, int& algorithm) {
  X509_ALGOR* stated = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, nullptr, &stated, nullptr);
  algorithm = OBJ_obj2nid(stated->algorithm);
  if (algorithm != NID_sha256 && algorithm != NID_sha384 && algorithm != NID_sha512) return nullptr;
  return attribute(signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);
}

bool is_digest_of(const ASN1_STRING* stated, int algorithm, std::string_view content) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  check(EVP_Digest(content.data(), content.size(), digest.data(), &size,
                   EVP_get_digestbynid(algorithm), nullptr),
        "digesting");
  const unsigned char* bytes = ASN1_STRING_get0_data(stated);
  return same_bytes(Bytes(bytes, bytes + ASN1_STRING_length(stated)),
                    Bytes(digest.data(), digest.data() + size));
}

// Without the content type among what is signed, signed attributes could pass for other content.
bool signature_holds(CMS_SignerInfo* signer) {
  const auto* type = static_cast<const ASN1_OBJECT*>(CMS_signed_get0_data_by_OBJ(
      signer, OBJ_nid2obj(NID_pkcs9_contentType), kOnlyOne, V_ASN1_OBJECT));
  return type != nullptr && OBJ_obj2nid(type) == NID_pkcs7_data &&
         CMS_SignerInfo_verify(signer) == 1;
}

bool names_its_certificate(const CMS_SignerInfo* signer, const STACK_OF(X509) * chain) {
  const auto* value = attribute(signer, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE);
  if (value == nullptr) return false;
  const unsigned char* bytes = ASN1_STRING_get0_data(value);
  const auto named = from_der_bytes<EssCertificate>(Bytes(bytes, bytes + ASN1_STRING_length(value)),
                                                    d2i_ESS_SIGNING_CERT_V2);
  return named && OSSL_ESS_check_signing_certs(nullptr, named.get(), chain, 1) == 1;
}

// The path from the signer to an anchor through the certificates in the CMS and those given; null if there is none.
// Without `at`, validity in time is left aside.
OwnedCertificates path(const STACK_OF(X509) * enclosed, X509* signer, const Trust& trust,
                       const std::optional<Instant>& at) {
  const TrustStore anchors(check(X509_STORE_new(), "making a trust store"));
  for (const auto& anchor : trust.anchors)
    check(X509_STORE_add_cert(anchors.get(), anchor.native()), "trusting a root");
  BorrowedCertificates between(check(sk_X509_new_null(), "making a list"));
  for (int i = 0; i < sk_X509_num(enclosed); ++i)
    check(sk_X509_push(between.get(), sk_X509_value(enclosed, i)), "filling a list");
  for (const auto& one : trust.intermediates)
    check(sk_X509_push(between.get(), one.native()), "filling a list");
  const VerifyContext context(check(X509_STORE_CTX_new(), "making a verification"));
  check(X509_STORE_CTX_init(context.get(), anchors.get(), signer, between.get()),
        "starting a verification");
  check(X509_STORE_CTX_set_default(context.get(), "smime_sign"), "setting the purpose");
  X509_VERIFY_PARAM* terms = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_auth_level(terms, kStrength);
  if (at) {
    X509_VERIFY_PARAM_set_time(terms, static_cast<time_t>(at->time_since_epoch().count()));
  } else {
    check(X509_VERIFY_PARAM_set_flags(terms, X509_V_FLAG_NO_CHECK_TIME), "leaving time aside");
  }
  if (X509_verify_cert(context.get()) != 1) return nullptr;
  return OwnedCertificates(X509_STORE_CTX_get1_chain(context.get()));
}

CmsVerdict judge(CMS_ContentInfo* cms, CMS_SignerInfo* signer, X509* certificate,
                 std::string_view content, const Trust& trust, Instant at) {
  int algorithm = NID_undef;
  const auto* stated = stated_digest(signer, algorithm);
  if (stated == nullptr) return CmsVerdict::signature_bad;
  if (!is_digest_of(stated, algorithm, content)) return CmsVerdict::content_changed;
  if (certificate == nullptr) return CmsVerdict::chain_untrusted;
  if (!signature_holds(signer)) return CmsVerdict::signature_bad;
  const OwnedCertificates enclosed(CMS_get1_certs(cms));
  const auto chain = path(enclosed.get(), certificate, trust, std::nullopt);
  if (!chain) return CmsVerdict::chain_untrusted;
  if (!names_its_certificate(signer, chain.get())) return CmsVerdict::signature_bad;
  return path(enclosed.get(), certificate, trust, at) ? CmsVerdict::good
                                                      : CmsVerdict::certificate_expired_or_not_yet;
}

// The signer's certificate if it is in the bytes and fit to be read.
std::optional<Certificate> find_certificate(CMS_ContentInfo* cms, CMS_SignerInfo* signer) {
  if (CMS_set1_signers_certs(cms, nullptr, 0) != 1) return std::nullopt;
  X509* found = nullptr;
  CMS_SignerInfo_get0_algs(signer, nullptr, &found, nullptr, nullptr);
  if (found == nullptr) return std::nullopt;
  try {
    return Certificate::from_der(der_of(found, i2d_X509));
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<Instant> claimed_time(const CMS_SignerInfo* signer) {
  const auto* utc = attribute(signer, NID_pkcs9_signingTime, V_ASN1_UTCTIME);
  const auto* time = utc ? utc : attribute(signer, NID_pkcs9_signingTime, V_ASN1_GENERALIZEDTIME);
  if (time == nullptr) return std::nullopt;
  try {
    return instant_of(time);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

CmsResult verify_detached(std::string_view cms, std::string_view content, const Certificate& root,
                          Instant at) {
  return verify_detached(cms, content, Trust{{root}}, at);
}

CmsResult verify_detached(std::string_view cms, std::string_view content, const Trust& trust,
                          Instant at) {
  const QuietErrors quiet;
  const auto parsed = parse_signature(cms);
  CMS_SignerInfo* signer = only_signer(parsed.get());
  const auto certificate = find_certificate(parsed.get(), signer);
  const auto verdict = judge(parsed.get(), signer, certificate ? certificate->native() : nullptr,
                             content, trust, at);
  return {verdict, certificate, claimed_time(signer)};
}

std::optional<Certificate> signer_of(std::string_view cms) {
  const QuietErrors quiet;
  const auto parsed = parse_signature(cms);
  return find_certificate(parsed.get(),
                          only_signer(parsed.get()));
}

Bytes signature_value(std::string_view cms) {
  const QuietErrors quiet;
  const auto parsed = parse_signature(cms);
  const ASN1_OCTET_STRING* value =
      CMS_SignerInfo_get0_signature(only_signer(parsed.get()));
  const unsigned char* bytes = ASN1_STRING_get0_data(value);
  return {bytes, bytes + ASN1_STRING_length(value)};
}

bool chains_to(const Certificate& certificate, const Trust& trust, std::optional<Instant> at) {
  const QuietErrors quiet;
  return path(nullptr, certificate.native(), trust, at) != nullptr;
}

bool may_sign(const Certificate& certificate) {
  const QuietErrors quiet;
  constexpr std::uint32_t signs = KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION;
  X509* native = certificate.native();
  const std::uint32_t usage =
      X509_get_key_usage(native);  // all ones when the certificate says nothing
  const std::uint32_t extended = X509_get_extended_key_usage(native);
  return X509_check_ca(native) == 0 && (usage & signs) != 0 &&
         (extended == UINT32_MAX || (extended & XKU_SMIME) != 0);
}

}  // namespace vermilion::crypto
