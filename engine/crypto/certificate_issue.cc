#include <fmt/format.h>

#include <initializer_list>

#include "base/error.h"
#include "base/text.h"
#include "crypto/certificate.h"
#include "crypto/openssl.h"
#include "crypto/random.h"

namespace vermilion::crypto {
namespace {

struct ExtensionText {
  int nid;
  const char* value;
};

struct Subject {
  std::string name;
  std::string account;  // "" for an authority
};

void add_name_part(X509_NAME* name, int nid, const std::string& text) {
  const QuietErrors quiet;
  // The table of OpenSSL enforces RFC 5280: 64 characters, serialNumber as a PrintableString.
  if (!is_text(text) || X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8, octets(text),
                                                   static_cast<int>(text.size()), -1, 0) != 1) {
    throw Error(
        Failure::invalid, "bad-certificate-name",
        {fmt::format("「{}」不能寫入憑證：姓名須為 1 到 64 字，帳號限英文字母、數字與連字號", text),
         fmt::format("'{}' cannot stand in a certificate: a name has 1 to 64 characters, an "
                     "account only letters, digits and hyphens",
                     text)});
  }
}

void fill_name(X509_NAME* name, const Subject& subject) {
  add_name_part(name, NID_commonName, subject.name);
  if (!subject.account.empty()) add_name_part(name, NID_serialNumber, subject.account);
}

// Positive, never with a leading zero octet: 16 octets in every certificate, 126 of their bits
// random.
Asn1Integer random_serial() {
  Bytes bytes = random_bytes(16);
  bytes[0] = static_cast<char>((static_cast<unsigned char>(bytes[0]) & 0x3fU) | 0x40U);
  const BigNumber number(check(BN_bin2bn(octets(bytes), 16, nullptr), "making a serial number"));
  return Asn1Integer(check(BN_to_ASN1_INTEGER(number.get(), nullptr), "making a serial number"));
}

void add_extensions(X509* certificate, X509* issuer,
                    std::initializer_list<ExtensionText> extensions) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  for (const auto& [nid, value] : extensions) {
    const Extension extension(check(X509V3_EXT_conf_nid(nullptr, &context, nid, value), value));
    check(X509_add_ext(certificate, extension.get(), -1), value);
  }
}

X509Certificate unsigned_certificate(const PublicKey& key, const Subject& subject,
                                     Validity validity) {
  X509Certificate made(check(X509_new(), "making a certificate"));
  check(X509_set_version(made.get(), X509_VERSION_3), "setting the version");
  check(X509_set_serialNumber(made.get(), random_serial().get()), "setting the serial number");
  check(X509_set1_notBefore(made.get(), asn1_time(validity.from).get()), "setting the validity");
  check(X509_set1_notAfter(made.get(), asn1_time(validity.to).get()), "setting the validity");
  check(X509_set_pubkey(made.get(), key.native()), "setting the key");
  fill_name(X509_get_subject_name(made.get()), subject);
  return made;
}

// Signs with the issuer's key; the issuer of a root is the certificate itself.
Certificate issue(X509Certificate made, X509* issuer, const PrivateKey& issuer_key,
                  std::initializer_list<ExtensionText> extensions) {
  check(X509_set_issuer_name(made.get(), X509_get_subject_name(issuer)), "setting the issuer");
  add_extensions(made.get(), issuer, extensions);
  check(X509_sign(made.get(), issuer_key.native(), digest_of(issuer_key.native())),
        "signing a certificate");
  return Certificate(std::shared_ptr<X509>(made.release(), X509_free));
}

}  // namespace

Certificate make_root(const PrivateKey& key, const std::string& name, Validity validity) {
  auto root = unsigned_certificate(key.public_key(), {name + " 根憑證", ""}, validity);
  X509* itself = root.get();
  return issue(std::move(root), itself, key,
               {{NID_basic_constraints, "critical,CA:TRUE,pathlen:1"},
                {NID_key_usage, "critical,keyCertSign,cRLSign"},
                {NID_subject_key_identifier, "hash"},
                {NID_authority_key_identifier, "keyid"}});
}

Certificate make_issuer(const PublicKey& key, const std::string& name, Validity validity,
                        const PrivateKey& root_key, const Certificate& root) {
  require_pair(root_key, root);
  return issue(unsigned_certificate(key, {name + " 簽發憑證", ""}, validity), root.native(),
               root_key,
               {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                {NID_key_usage, "critical,keyCertSign,cRLSign"},
                {NID_subject_key_identifier, "hash"},
                {NID_authority_key_identifier, "keyid:always"}});
}

Certificate make_recovery(const PrivateKey& key, const std::string& name, Validity validity) {
  auto made = unsigned_certificate(key.public_key(), {name + " 復原憑證", ""}, validity);
  X509* itself = made.get();
  return issue(std::move(made), itself, key,
               {{NID_basic_constraints, "critical,CA:FALSE"},
                {NID_key_usage, "critical,keyAgreement,keyEncipherment"},
                {NID_subject_key_identifier, "hash"}});
}

namespace {

Certificate issue_signing(const PublicKey& key, const Subject& subject, Validity validity,
                          const PrivateKey& issuer_key, const Certificate& issuer) {
  require_pair(issuer_key, issuer);
  return issue(unsigned_certificate(key, subject, validity), issuer.native(), issuer_key,
               {{NID_basic_constraints, "critical,CA:FALSE"},
                {NID_key_usage, "critical,digitalSignature,nonRepudiation"},
                {NID_ext_key_usage, "emailProtection"},
                {NID_subject_key_identifier, "hash"},
                {NID_authority_key_identifier, "keyid:always"}});
}

}  // namespace

Certificate issue_person(const PublicKey& key, const std::string& account, const std::string& name,
                         Validity validity, const PrivateKey& issuer_key,
                         const Certificate& issuer) {
  return issue_signing(key, {name, account}, validity, issuer_key, issuer);
}

Certificate issue_seal(const PublicKey& key, const std::string& name, Validity validity,
                       const PrivateKey& issuer_key, const Certificate& issuer) {
  return issue_signing(key, {name + " 機關印章", ""}, validity, issuer_key, issuer);
}

Bytes make_request(const PrivateKey& key, const std::string& account, const std::string& name) {
  const Request request(check(X509_REQ_new(), "making a request"));
  fill_name(X509_REQ_get_subject_name(request.get()), {name, account});
  check(X509_REQ_set_pubkey(request.get(), key.native()), "setting the key");
  check(X509_REQ_sign(request.get(), key.native(), digest_of(key.native())), "signing a request");
  return der_of(request.get(), i2d_X509_REQ);
}

PublicKey request_key(std::string_view request_der) {
  const QuietErrors quiet;
  const auto request = from_der_bytes<Request>(request_der, d2i_X509_REQ);
  EVP_PKEY* key = request ? X509_REQ_get0_pubkey(request.get()) : nullptr;
  if (key == nullptr || X509_REQ_verify(request.get(), key) != 1) {
    throw Error(
        Failure::invalid, "request-unproved",
        {"憑證申請未能證明持有私鑰；請以該私鑰重新產生申請",
         "the certificate request does not prove possession of its key; make it again with that "
         "key"});
  }
  return PublicKey::from_spki(der_of(key, i2d_PUBKEY));
}

}  // namespace vermilion::crypto
