#include "web/tls.h"

#include <Poco/Exception.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <array>

#include "base/error.h"
#include "base/handle.h"

namespace vermilion::web {
namespace {

using Key = Handle<EVP_PKEY, EVP_PKEY_free>;
using Certificate = Handle<X509, X509_free>;
using Extension = Handle<X509_EXTENSION, X509_EXTENSION_free>;
using Memory = Handle<BIO, BIO_free>;

constexpr long kValidSeconds = 800L * 24 * 60 * 60;  // browsers refuse more than 825 days

[[noreturn]] void bad_certificate(const std::string& why) {
  throw Error(Failure::invalid, "bad-certificate",
              {"網站憑證或金鑰無法使用，請檢查 PEM 檔：" + why,
               "the server's certificate or key cannot be used; check the PEM files: " + why});
}

void check(int result, const char* what) {
  if (result <= 0) bad_certificate(what);
}

std::string pem_of(BIO* memory) {
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(memory, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

void add_extension(X509* certificate, int kind, const char* value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
  check(extension ? 1 : 0, "extension");
  check(X509_add_ext(certificate, extension.get(), -1), "extension");
}

void set_serial(X509* certificate) {
  const Handle<BIGNUM, BN_free> number(BN_new());
  check(BN_rand(number.get(), 120, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY), "serial number");
  check(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) ? 1 : 0,
        "serial number");
}

Certificate self_signed(EVP_PKEY* key) {
  Certificate certificate(X509_new());
  check(X509_set_version(certificate.get(), X509_VERSION_3), "version");
  set_serial(certificate.get());
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kValidSeconds);
  auto* name = X509_get_subject_name(certificate.get());
  check(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>("Vermilion"), -1, -1, 0),
        "name");
  check(X509_set_issuer_name(certificate.get(), name), "name");
  check(X509_set_pubkey(certificate.get(), key), "key");
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate.get(), NID_key_usage, "critical,digitalSignature");
  add_extension(certificate.get(), NID_ext_key_usage, "serverAuth");
  add_extension(certificate.get(), NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
  check(X509_sign(certificate.get(), key, EVP_sha256()), "signature");
  return certificate;
}

void make_pair(Disk& disk, const CertificatePaths& paths) {
  const Key key(EVP_EC_gen("P-256"));
  check(key ? 1 : 0, "key");
  const auto certificate = self_signed(key.get());
  const Memory key_pem(BIO_new(BIO_s_mem()));
  const Memory certificate_pem(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr),
        "key");
  check(PEM_write_bio_X509(certificate_pem.get(), certificate.get()), "certificate");
  disk.replace(paths.key, pem_of(key_pem.get()), 0600);
  disk.replace(paths.certificate, pem_of(certificate_pem.get()), 0600);
}

bool still_valid(Disk& disk, const CertificatePaths& paths) {
  if (!disk.exists(paths.certificate) || !disk.exists(paths.key)) return false;
  const auto pem = disk.read_all(paths.certificate);
  const Memory memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const Certificate certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
  return certificate && X509_cmp_current_time(X509_get0_notAfter(certificate.get())) > 0;
}

// Clients that offer nothing of ours go on without ALPN; HTTP/1.1 is all there is.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned offered_size, void*) {
  static constexpr std::array<unsigned char, 9> kOurs = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* selected = nullptr;
  const int found =
      SSL_select_next_proto(&selected, size, kOurs.data(), kOurs.size(), offered, offered_size);
  if (found != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_NOACK;
  *chosen = selected;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

CertificatePaths own_certificate(Disk& disk, const Path& folder) {
  const CertificatePaths paths{folder / "server.pem", folder / "server-key.pem"};
  if (still_valid(disk, paths)) return paths;
  disk.make_directories(folder);
  make_pair(disk, paths);
  return paths;
}

Poco::Net::Context::Ptr tls_context(const CertificatePaths& paths) {
  using Poco::Net::Context;
  try {
    Context::Ptr context =
        new Context(Context::TLS_SERVER_USE, paths.key.string(), paths.certificate.string(), "",
                    Context::VERIFY_NONE, 9, false, "ECDHE+AESGCM:ECDHE+CHACHA20");
    context->requireMinimumProtocol(Context::PROTO_TLSV1_2);
    SSL_CTX_set_options(context->sslContext(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_alpn_select_cb(context->sslContext(), choose_protocol, nullptr);
    check(SSL_CTX_check_private_key(context->sslContext()), "the key is not the certificate's");
    return context;
  } catch (const Poco::Exception& error) {
    bad_certificate(error.displayText());
  }
}

}  // namespace vermilion::web
