#include "crypto/timestamp.h"

#include "base/error.h"
#include "crypto/digest.h"
#include "crypto/openssl.h"
#include "crypto/random.h"

namespace vermilion::crypto {
namespace {

using TsQuery = Handle<TS_REQ, TS_REQ_free>;
using TsResponse = Handle<TS_RESP, TS_RESP_free>;
using TsImprint = Handle<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free>;
using TsInfo = Handle<TS_TST_INFO, TS_TST_INFO_free>;
using Token = Handle<PKCS7, PKCS7_free>;
using TsVerification = Handle<TS_VERIFY_CTX, TS_VERIFY_CTX_free>;
using Algorithm = Handle<X509_ALGOR, X509_ALGOR_free>;

constexpr std::size_t kQueryNonceSize = 8;

[[noreturn]] void bad_timestamp() {
  throw Error(
      Failure::invalid, "bad-timestamp",
      {"這不是 RFC 3161 的時戳；請檢查時戳機關的設定",
       "this is no RFC 3161 time stamp; look at the settings of the time-stamping authority"});
}

TsResponse parse_response(std::string_view der) {
  auto response = from_der_bytes<TsResponse>(der, d2i_TS_RESP);
  if (!response) bad_timestamp();
  return response;
}

Instant time_of(TS_RESP* response) {
  TS_TST_INFO* info = TS_RESP_get_tst_info(response);
  if (info == nullptr) bad_timestamp();
  return instant_of(TS_TST_INFO_get_time(info));
}

void require_granted(TS_RESP* response) {
  const long status =
      ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(TS_RESP_get_status_info(response)));
  if (status == TS_STATUS_GRANTED || status == TS_STATUS_GRANTED_WITH_MODS) return;
  throw Error(Failure::unavailable, "timestamp-refused",
              {"時戳機關拒絕給予時戳", "the time-stamping authority refused"});
}

// Trust in these authorities, as of the stamp's own time: else no stamp could be checked after its TSA's certificate has expired.
TrustStore anchors_at(const std::vector<Certificate>& trusted, Instant at) {
  TrustStore anchors(check(X509_STORE_new(), "making a trust store"));
  for (const auto& one : trusted)
    check(X509_STORE_add_cert(anchors.get(), one.native()), "trusting an authority");
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(anchors.get()),
                             static_cast<time_t>(at.time_since_epoch().count()));
  return anchors;
}

[[noreturn]] void not_for_these() {
  throw Error(Failure::unavailable, "timestamp-bad",
              {"時戳不符：不是對這些位元組，或不是由信任的時戳機關所簽",
               "the time stamp does not hold: it is not for these bytes, or not by an authority "
               "that is trusted"});
}

void trust_at(TS_VERIFY_CTX* terms, const std::vector<Certificate>& trusted, Instant at) {
  auto anchors = anchors_at(trusted, at);
  TS_VERIFY_CTX_add_flags(terms, TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(terms, anchors.release());
}

Instant verify(TS_RESP* response, TS_VERIFY_CTX* terms, const std::vector<Certificate>& trusted) {
  require_granted(response);
  const Instant at = time_of(response);
  trust_at(terms, trusted, at);
  if (TS_RESP_verify_response(terms, response) != 1) not_for_these();
  return at;
}

// Terms for what was kept: the digest alone, as nobody remembers the nonce.
TsVerification terms_for(std::string_view digest) {
  TsVerification terms(check(TS_VERIFY_CTX_new(), "preparing a check"));
  TS_VERIFY_CTX_set_flags(terms.get(), TS_VFY_VERSION | TS_VFY_IMPRINT);
  auto* copy = static_cast<unsigned char*>(
      check(OPENSSL_memdup(digest.data(), digest.size()), "copying a digest"));
  TS_VERIFY_CTX_set_imprint(terms.get(), copy, static_cast<long>(digest.size()));
  return terms;
}

Token parse_token(std::string_view der) {
  auto token = from_der_bytes<Token>(der, d2i_PKCS7);
  if (!token || PKCS7_type_is_signed(token.get()) != 1) bad_timestamp();
  return token;
}

Instant time_of(PKCS7* token) {
  const TsInfo info(PKCS7_to_TS_TST_INFO(token));
  if (!info) bad_timestamp();
  return instant_of(TS_TST_INFO_get_time(info.get()));
}

}  // namespace

Bytes timestamp_query(std::string_view bytes) {
  const TsImprint imprint(check(TS_MSG_IMPRINT_new(), "making a time stamp query"));
  const Algorithm algorithm(check(X509_ALGOR_new(), "making a time stamp query"));
  check(X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr),
        "naming the digest");
  check(TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()), "naming the digest");
  Bytes digest = sha256(bytes);
  check(TS_MSG_IMPRINT_set_msg(imprint.get(), octets(digest), static_cast<int>(digest.size())),
        "setting the digest");
  const TsQuery query(check(TS_REQ_new(), "making a time stamp query"));
  check(TS_REQ_set_version(query.get(), 1), "setting the version");
  check(TS_REQ_set_msg_imprint(query.get(), imprint.get()), "setting the digest");
  const auto random = random_bytes(kQueryNonceSize);
  const BigNumber number(check(BN_bin2bn(octets(random), kQueryNonceSize, nullptr), "making a nonce"));
  const Asn1Integer nonce(check(BN_to_ASN1_INTEGER(number.get(), nullptr), "making a nonce"));
  check(TS_REQ_set_nonce(query.get(), nonce.get()), "setting the nonce");
  check(TS_REQ_set_cert_req(query.get(), 1), "asking for the certificate");
  return der_of(query.get(), i2d_TS_REQ);
}

Instant check_timestamp(std::string_view response, std::string_view query,
                        const std::vector<Certificate>& trusted) {
  const QuietErrors quiet;
  const auto parsed = parse_response(response);
  const auto asked = from_der_bytes<TsQuery>(query, d2i_TS_REQ);
  VERMILION_ASSERT(asked);
  const TsVerification terms(
      check(TS_REQ_to_TS_VERIFY_CTX(asked.get(), nullptr), "preparing a check"));
  return verify(parsed.get(), terms.get(), trusted);
}

Instant check_kept_timestamp(std::string_view response, std::string_view digest,
                             const std::vector<Certificate>& trusted) {
  const QuietErrors quiet;
  const auto parsed = parse_response(response);
  return verify(parsed.get(), terms_for(digest).get(), trusted);
}

Instant read_timestamp(std::string_view response) {
  const QuietErrors quiet;
  return time_of(parse_response(response).get());
}

Bytes timestamp_token(std::string_view response) {
  const QuietErrors quiet;
  const auto parsed = parse_response(response);
  PKCS7* token = TS_RESP_get_token(parsed.get());
  if (token == nullptr) bad_timestamp();
  return der_of(token, i2d_PKCS7);
}

Instant check_timestamp_token(std::string_view token, std::string_view digest,
                              const std::vector<Certificate>& trusted) {
  const QuietErrors quiet;
  const auto parsed = parse_token(token);
  const Instant at = time_of(parsed.get());
  const auto terms = terms_for(digest);
  trust_at(terms.get(), trusted, at);
  if (TS_RESP_verify_token(terms.get(), parsed.get()) != 1) not_for_these();
  return at;
}

Instant read_timestamp_token(std::string_view token) {
  const QuietErrors quiet;
  return time_of(parse_token(token).get());
}

std::optional<Certificate> timestamp_signer(std::string_view token) {
  const QuietErrors quiet;
  const auto parsed = parse_token(token);
  const BorrowedCertificates signers(PKCS7_get0_signers(parsed.get(), nullptr, 0));
  if (sk_X509_num(signers.get()) != 1) return std::nullopt;
  return Certificate::from_der(der_of(sk_X509_value(signers.get(), 0), i2d_X509));
}

}  // namespace vermilion::crypto
