#include "crypto/cms.h"
#include "crypto/cms_sign.h"
#include "crypto/digest.h"
#include "crypto/pades.h"
#include "crypto/timestamp.h"

namespace vermilion::crypto {
namespace {

std::optional<Bytes> token_in(CMS_SignerInfo* signer) {
  const int at = CMS_unsigned_get_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, -1);
  if (at < 0) return std::nullopt;
  X509_ATTRIBUTE* attribute = CMS_unsigned_get_attr(signer, at);
  const auto* value = static_cast<const ASN1_STRING*>(
      X509_ATTRIBUTE_get0_data(attribute, 0, V_ASN1_SEQUENCE, nullptr));
  if (value == nullptr) return Bytes();  // there is something, and it is no token
  const unsigned char* bytes = ASN1_STRING_get0_data(value);
  return Bytes(bytes, bytes + ASN1_STRING_length(value));
}

bool has_one_stamp(CMS_SignerInfo* signer) {
  const int at = CMS_unsigned_get_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, -1);
  return at >= 0 && X509_ATTRIBUTE_count(CMS_unsigned_get_attr(signer, at)) == 1;
}

}  // namespace

bool holds_unsigned(std::string_view cms) {
  const QuietErrors quiet;
  const auto parsed = parse_signature(cms);
  CMS_SignerInfo* signer = only_signer(parsed.get());
  const OwnedLists lists(CMS_get1_crls(parsed.get()));
  const int expected = has_one_stamp(signer) ? 1 : 0;
  return CMS_unsigned_get_attr_count(signer) > expected || sk_X509_CRL_num(lists.get()) > 0;
}

Bytes with_timestamp(std::string_view cms, std::string_view response) {
  const QuietErrors quiet;
  const auto parsed = parse_signature(cms);
  const Bytes token = timestamp_token(response);
  check(
      CMS_unsigned_add1_attr_by_NID(only_signer(parsed.get()), NID_id_smime_aa_timeStampToken,
                                    V_ASN1_SEQUENCE, token.data(), static_cast<int>(token.size())),
      "adding the time stamp");
  return der_of(parsed.get(), i2d_CMS_ContentInfo);
}

std::optional<Bytes> timestamp_inside(std::string_view cms) {
  const QuietErrors quiet;
  const auto parsed = parse_signature(cms);
  return token_in(only_signer(parsed.get()));
}

std::optional<Instant> check_timestamp_inside(std::string_view cms,
                                              const std::vector<Certificate>& trusted) {
  const auto token = timestamp_inside(cms);
  if (!token) return std::nullopt;
  return check_timestamp_token(*token, sha256(signature_value(cms)), trusted);
}

std::optional<Instant> read_timestamp_inside(std::string_view cms) {
  const auto token = timestamp_inside(cms);
  return token ? std::optional(read_timestamp_token(*token)) : std::nullopt;
}

}  // namespace vermilion::crypto
