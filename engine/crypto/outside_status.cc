#include "crypto/outside_status.h"

#include "base/error.h"
#include "crypto/openssl.h"

namespace vermilion::crypto {
namespace {

using OutsideCrl = Handle<X509_CRL, X509_CRL_free>;
using OcspResponse = Handle<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using OcspBasic = Handle<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using OcspId = Handle<OCSP_CERTID, OCSP_CERTID_free>;

[[noreturn]] void bad_status(const char* code) {
  throw Error(Failure::invalid, code,
              {"廢止資料不是由此憑證的憑證機構所簽，或不是關於此憑證；請向該機構重新取得",
               "what was given about revocation is not signed by the certificate's authority, or "
               "not about it; get it again"});
}

const Certificate* issuer_of(const Certificate& certificate, const Trust& trust) {
  for (const auto* all : {&trust.intermediates, &trust.anchors}) {
    for (const auto& one : *all) {
      if (X509_check_issued(one.native(), certificate.native()) == X509_V_OK) return &one;
    }
  }
  return nullptr;
}

BorrowedCertificates between_of(const Trust& trust) {
  BorrowedCertificates list(check(sk_X509_new_null(), "making a list"));
  for (const auto& one : trust.intermediates)
    check(sk_X509_push(list.get(), one.native()), "filling a list");
  return list;
}

// The responder's certificate as of the answer's own time.
bool is_signed(OCSP_BASICRESP* basic, const Trust& trust, Instant at) {
  const TrustStore anchors(check(X509_STORE_new(), "making a trust store"));
  for (const auto& one : trust.anchors)
    check(X509_STORE_add_cert(anchors.get(), one.native()), "trusting a root");
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(anchors.get()),
                             static_cast<time_t>(at.time_since_epoch().count()));
  return OCSP_basic_verify(basic, between_of(trust).get(), anchors.get(), 0) == 1;
}

}  // namespace

OutsideStatus status_by_crl(std::string_view der, const Certificate& certificate,
                            const Trust& trust) {
  const QuietErrors quiet;
  const auto crl = from_der_bytes<OutsideCrl>(der, d2i_X509_CRL);
  const auto* issuer = issuer_of(certificate, trust);
  if (!crl || issuer == nullptr || X509_CRL_verify(crl.get(), issuer->public_key().native()) != 1 ||
      X509_CRL_get0_nextUpdate(crl.get()) == nullptr) {
    bad_status("bad-crl");
  }
  OutsideStatus status{std::nullopt, instant_of(X509_CRL_get0_nextUpdate(crl.get()))};
  X509_REVOKED* entry = nullptr;
  if (X509_CRL_get0_by_cert(crl.get(), &entry, certificate.native()) == 1)
    status.revoked = instant_of(X509_REVOKED_get0_revocationDate(entry));
  return status;
}

OutsideStatus status_by_ocsp(std::string_view der, const Certificate& certificate,
                             const Trust& trust) {
  const QuietErrors quiet;
  const auto response = from_der_bytes<OcspResponse>(der, d2i_OCSP_RESPONSE);
  const OcspBasic basic(response ? OCSP_response_get1_basic(response.get()) : nullptr);
  const auto* issuer = issuer_of(certificate, trust);
  if (!basic || issuer == nullptr) bad_status("bad-ocsp");
  const OcspId id(check(OCSP_cert_to_id(nullptr, certificate.native(), issuer->native()),
                        "naming a certificate"));
  int state = -1;
  int reason = -1;
  ASN1_GENERALIZEDTIME* revoked = nullptr;
  ASN1_GENERALIZEDTIME* made = nullptr;
  ASN1_GENERALIZEDTIME* next = nullptr;
  const bool found =
      OCSP_resp_find_status(basic.get(), id.get(), &state, &reason, &revoked, &made, &next) == 1;
  if (!found || state == V_OCSP_CERTSTATUS_UNKNOWN ||
      !is_signed(basic.get(), trust, instant_of(made)))
    bad_status("bad-ocsp");
  OutsideStatus status{std::nullopt,
                       next ? instant_of(next) : instant_of(made) + std::chrono::days(1)};
  if (state == V_OCSP_CERTSTATUS_REVOKED) status.revoked = instant_of(revoked);
  return status;
}

}  // namespace vermilion::crypto
