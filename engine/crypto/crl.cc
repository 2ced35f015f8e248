#include "crypto/crl.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "crypto/openssl.h"

namespace vermilion::crypto {
namespace {

using CrlHandle = Handle<X509_CRL, X509_CRL_free>;
using RevokedHandle = Handle<X509_REVOKED, X509_REVOKED_free>;
using Enumerated = Handle<ASN1_ENUMERATED, ASN1_ENUMERATED_free>;

constexpr std::array<std::pair<std::string_view, int>, 5> kReasons = {
    {{"unspecified", CRL_REASON_UNSPECIFIED},
     {"key-compromise", CRL_REASON_KEY_COMPROMISE},
     {"affiliation-changed", CRL_REASON_AFFILIATION_CHANGED},
     {"superseded", CRL_REASON_SUPERSEDED},
     {"cessation", CRL_REASON_CESSATION_OF_OPERATION}}};

[[noreturn]] void bad_crl() {
  throw Error(Failure::invalid, "bad-crl",
              {"這不是可用的憑證廢止清單（CRL）；請向憑證機構重新取得",
               "this is no usable certificate revocation list; get it again from its authority"});
}

int reason_code(const std::string& reason) {
  const auto* found = std::find_if(kReasons.begin(), kReasons.end(),
                                   [&](const auto& one) { return one.first == reason; });
  return found == kReasons.end() ? -1 : found->second;
}

std::string hex_of(const ASN1_INTEGER* serial) {
  const unsigned char* bytes = ASN1_STRING_get0_data(serial);
  return hex(Bytes(bytes, bytes + ASN1_STRING_length(serial)));
}

RevokedHandle entry_of(const RevokedCertificate& one) {
  RevokedHandle entry(check(X509_REVOKED_new(), "making a revocation"));
  const auto bytes = from_hex(one.serial).value_or(Bytes());
  const BigNumber number(check(BN_bin2bn(octets(bytes), static_cast<int>(bytes.size()), nullptr),
                               "reading a serial number"));
  const Asn1Integer serial(
      check(BN_to_ASN1_INTEGER(number.get(), nullptr), "reading a serial number"));
  check(X509_REVOKED_set_serialNumber(entry.get(), serial.get()), "setting a serial number");
  check(X509_REVOKED_set_revocationDate(entry.get(), asn1_time(one.at).get()),
        "setting a revocation's date");
  const int code = reason_code(one.reason);
  if (code == CRL_REASON_UNSPECIFIED) return entry;  // RFC 5280 5.3.1: said by saying nothing
  const Enumerated reason(check(ASN1_ENUMERATED_new(), "making a reason"));
  check(ASN1_ENUMERATED_set(reason.get(), code), "setting a reason");
  check(X509_REVOKED_add1_ext_i2d(entry.get(), NID_crl_reason, reason.get(), 0, 0),
        "adding a reason");
  return entry;
}

void add_number(X509_CRL* crl, std::uint64_t value) {
  const Asn1Integer number(check(ASN1_INTEGER_new(), "making a CRL number"));
  check(ASN1_INTEGER_set_uint64(number.get(), value), "setting the CRL number");
  check(X509_CRL_add1_ext_i2d(crl, NID_crl_number, number.get(), 0, 0), "adding the CRL number");
}

void add_key_identifier(X509_CRL* crl, X509* issuer) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, nullptr, nullptr, crl, 0);
  const Extension extension(
      check(X509V3_EXT_conf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always"),
            "naming the issuer's key"));
  check(X509_CRL_add_ext(crl, extension.get(), -1), "naming the issuer's key");
}

RevokedCertificate read_entry(X509_REVOKED* entry) {
  int critical = 0;
  const Enumerated reason(static_cast<ASN1_ENUMERATED*>(
      X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, &critical, nullptr)));
  const long code = reason ? ASN1_ENUMERATED_get(reason.get()) : CRL_REASON_UNSPECIFIED;
  const auto* found = std::find_if(kReasons.begin(), kReasons.end(),
                                   [&](const auto& one) { return one.second == code; });
  if (found == kReasons.end()) bad_crl();
  return {hex_of(X509_REVOKED_get0_serialNumber(entry)),
          instant_of(X509_REVOKED_get0_revocationDate(entry)), std::string(found->first)};
}

std::uint64_t number_of(X509_CRL* crl) {
  int critical = 0;
  const Asn1Integer number(
      static_cast<ASN1_INTEGER*>(X509_CRL_get_ext_d2i(crl, NID_crl_number, &critical, nullptr)));
  std::uint64_t value = 0;
  if (!number || ASN1_INTEGER_get_uint64(&value, number.get()) != 1) bad_crl();
  return value;
}

}  // namespace

void require_revocation_reason(const std::string& reason) {
  if (reason_code(reason) >= 0) return;
  throw Error(
      Failure::invalid, "bad-reason",
      {"廢止理由請用 "
       "key-compromise（金鑰外洩）、superseded（換新）、affiliation-"
       "changed（異動）、cessation（離職）或 unspecified",
       "give as reason key-compromise, superseded, affiliation-changed, cessation or unspecified"});
}

Bytes make_crl(const Crl& wanted, const PrivateKey& issuer_key, const Certificate& issuer) {
  require_pair(issuer_key, issuer);
  const CrlHandle crl(check(X509_CRL_new(), "making a CRL"));
  check(X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2), "setting the CRL's version");
  check(X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(issuer.native())),
        "naming the CRL's issuer");
  check(X509_CRL_set1_lastUpdate(crl.get(), asn1_time(wanted.made).get()), "dating a CRL");
  check(X509_CRL_set1_nextUpdate(crl.get(), asn1_time(wanted.next).get()), "dating a CRL");
  for (const auto& one : wanted.revoked) {
    auto entry = entry_of(one);
    check(X509_CRL_add0_revoked(crl.get(), entry.get()), "adding a revocation");
    (void)entry.release();
  }
  check(X509_CRL_sort(crl.get()), "sorting a CRL");
  add_number(crl.get(), wanted.number);
  add_key_identifier(crl.get(), issuer.native());
  check(X509_CRL_sign(crl.get(), issuer_key.native(), digest_of(issuer_key.native())),
        "signing a CRL");
  return der_of(crl.get(), i2d_X509_CRL);
}

Crl read_crl(std::string_view der, const Certificate& issuer) {
  const QuietErrors quiet;
  const auto crl = from_der_bytes<CrlHandle>(der, d2i_X509_CRL);
  if (!crl || X509_CRL_verify(crl.get(), issuer.public_key().native()) != 1) bad_crl();
  Crl read{number_of(crl.get()),
           instant_of(X509_CRL_get0_lastUpdate(crl.get())),
           instant_of(X509_CRL_get0_nextUpdate(crl.get())),
           {}};
  STACK_OF(X509_REVOKED)* entries = X509_CRL_get_REVOKED(crl.get());
  for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i)
    read.revoked.push_back(read_entry(sk_X509_REVOKED_value(entries, i)));
  std::sort(read.revoked.begin(), read.revoked.end(),
            [](const auto& a, const auto& b) { return a.serial < b.serial; });
  return read;
}

std::optional<CrlTerm> find_crl_term(std::string_view der,
                                     const std::vector<Certificate>& issuers) {
  const QuietErrors quiet;
  const auto crl = from_der_bytes<CrlHandle>(der, d2i_X509_CRL);
  if (!crl) return std::nullopt;
  for (const auto& one : issuers) {
    if (X509_NAME_cmp(X509_CRL_get_issuer(crl.get()), X509_get_subject_name(one.native())) != 0 ||
        X509_CRL_verify(crl.get(), one.public_key().native()) != 1)
      continue;
    const auto* next = X509_CRL_get0_nextUpdate(crl.get());
    return CrlTerm{one, instant_of(X509_CRL_get0_lastUpdate(crl.get())),
                   next ? std::optional(instant_of(next)) : std::nullopt};
  }
  return std::nullopt;
}

std::string crl_pem(std::string_view der) {
  const QuietErrors quiet;
  const auto crl = from_der_bytes<CrlHandle>(der, d2i_X509_CRL);
  if (!crl) bad_crl();
  const auto out = memory();
  check(PEM_write_bio_X509_CRL(out.get(), crl.get()), "writing a CRL");
  return contents(out.get());
}

std::vector<Bytes> crls_in(std::string_view file) {
  const QuietErrors quiet;
  if (from_der_bytes<CrlHandle>(file, d2i_X509_CRL)) return {Bytes(file)};
  std::vector<Bytes> found;
  const auto source = reader(file);
  while (const CrlHandle one{PEM_read_bio_X509_CRL(source.get(), nullptr, nullptr, nullptr)})
    found.push_back(der_of(one.get(), i2d_X509_CRL));
  if (found.empty()) bad_crl();
  return found;
}

}  // namespace vermilion::crypto
