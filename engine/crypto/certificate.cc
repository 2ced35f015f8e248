#include "crypto/certificate.h"

#include "base/error.h"
#include "base/text.h"
#include "crypto/digest.h"
#include "crypto/openssl.h"

namespace vermilion::crypto {
namespace {

[[noreturn]] void bad_certificate() {
  throw Error(Failure::invalid, "bad-certificate",
              {"這不是可用的 X.509 憑證；請提供 DER 或 PEM 格式的憑證",
               "this is no usable X.509 certificate; give one in DER or PEM form"});
}

Certificate accepted(X509Certificate certificate) {
  if (!certificate) bad_certificate();
  Certificate accepted(std::shared_ptr<X509>(certificate.release(), X509_free));
  // Read now what the getters read later, so that only these two functions can throw.
  (void)accepted.not_before();
  (void)accepted.not_after();
  if (X509_get0_pubkey(accepted.native()) == nullptr) bad_certificate();
  return accepted;
}

// The first attribute of that kind in a subject as UTF-8, or "" if there is none that is text.
std::string text_in(const X509_NAME* subject, int nid) {
  const QuietErrors quiet;
  const int at = X509_NAME_get_index_by_NID(subject, nid, -1);
  if (at < 0) return {};
  unsigned char* utf8 = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
  if (size < 0) return {};
  std::string text(utf8, utf8 + size);
  OPENSSL_free(utf8);
  return is_text(text) ? text : std::string();
}

std::string subject_text(const X509* certificate, int nid) {
  return text_in(X509_get_subject_name(certificate), nid);
}

}  // namespace

Certificate Certificate::from_der(std::string_view der) {
  const QuietErrors quiet;
  return accepted(from_der_bytes<X509Certificate>(der, d2i_X509));
}

Certificate Certificate::from_pem(std::string_view pem) {
  const QuietErrors quiet;
  const auto source = reader(pem);
  return accepted(X509Certificate(PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr)));
}

std::vector<Certificate> certificates_in(std::string_view file) {
  const QuietErrors quiet;
  if (auto one = from_der_bytes<X509Certificate>(file, d2i_X509)) return {accepted(std::move(one))};
  std::vector<Certificate> found;
  const auto source = reader(file);
  while (X509* one = PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr))
    found.push_back(accepted(X509Certificate(one)));
  if (found.empty()) bad_certificate();
  return found;
}

Bytes Certificate::der() const { return der_of(native(), i2d_X509); }

std::string Certificate::pem() const {
  const auto out = memory();
  check(PEM_write_bio_X509(out.get(), native()), "writing a certificate");
  return contents(out.get());
}

std::string Certificate::sha256() const { return hex(crypto::sha256(der())); }

std::string Certificate::serial() const {
  const ASN1_INTEGER* serial = X509_get0_serialNumber(native());
  const unsigned char* bytes = ASN1_STRING_get0_data(serial);
  return hex(Bytes(bytes, bytes + ASN1_STRING_length(serial)));
}

bool Certificate::is_authority() const {
  const QuietErrors quiet;
  return X509_check_ca(native()) == 1;
}

std::string Certificate::common_name() const { return subject_text(native(), NID_commonName); }

std::string Certificate::account() const { return subject_text(native(), NID_serialNumber); }

Instant Certificate::not_before() const { return instant_of(X509_get0_notBefore(native())); }

Instant Certificate::not_after() const { return instant_of(X509_get0_notAfter(native())); }

PublicKey Certificate::public_key() const {
  return PublicKey(
      {check(X509_get_pubkey(native()), "reading a certificate's key"), EVP_PKEY_free});
}

std::string request_account(std::string_view request_der) {
  const QuietErrors quiet;
  const auto request = from_der_bytes<Request>(request_der, d2i_X509_REQ);
  return request ? text_in(X509_REQ_get_subject_name(request.get()), NID_serialNumber) : "";
}

void require_pair(const PrivateKey& key, const Certificate& certificate) {
  const QuietErrors quiet;
  if (X509_check_private_key(certificate.native(), key.native()) != 1) {
    throw Error(Failure::invalid, "key-certificate-mismatch",
                {"私鑰與憑證不是一對；請選擇屬於此憑證的私鑰",
                 "the private key does not belong to the certificate; choose the key that does"});
  }
}

}  // namespace vermilion::crypto
