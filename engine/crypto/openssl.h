// OpenSSL 3.0 as this layer sees it: the only place of the engine's crypto that includes its
// headers.
//
// Shape    Handles own what OpenSSL hands out; check() turns its failures into Error.
// Errors   check() throws unavailable ("crypto-failed") with OpenSSL's own words in the English
// text. OpenSSL
//          keeps errors in a queue per thread: whoever treats a failure as an answer declares
//          QuietErrors first, so that no later call on this thread reads an old error as its own.
#pragma once
#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/ocsp.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <string_view>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/handle.h"

namespace vermilion::crypto {

// sk_X509_*free are macros: functions for Handle. The first also lets go of the certificates.
inline void free_owned(STACK_OF(X509) * stack) noexcept { sk_X509_pop_free(stack, X509_free); }
inline void free_borrowed(STACK_OF(X509) * stack) noexcept { sk_X509_free(stack); }
inline void free_lists(STACK_OF(X509_CRL) * stack) noexcept {
  sk_X509_CRL_pop_free(stack, X509_CRL_free);
}

using Asn1Integer = Handle<ASN1_INTEGER, ASN1_INTEGER_free>;
using Asn1Time = Handle<ASN1_TIME, ASN1_TIME_free>;
using BigNumber = Handle<BIGNUM, BN_free>;
using Bio = Handle<BIO, BIO_free_all>;
using BorrowedCertificates = Handle<STACK_OF(X509), free_borrowed>;
using CipherContext = Handle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using Cms = Handle<CMS_ContentInfo, CMS_ContentInfo_free>;
using DigestContext = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;
using EcdsaSignature = Handle<ECDSA_SIG, ECDSA_SIG_free>;
using EncryptedKey = Handle<X509_SIG, X509_SIG_free>;
using EssCertificate = Handle<ESS_SIGNING_CERT_V2, ESS_SIGNING_CERT_V2_free>;
using Extension = Handle<X509_EXTENSION, X509_EXTENSION_free>;
using OwnedCertificates = Handle<STACK_OF(X509), free_owned>;
using OwnedLists = Handle<STACK_OF(X509_CRL), free_lists>;
using MacContext = Handle<EVP_MAC_CTX, EVP_MAC_CTX_free>;
using Pkcs8 = Handle<PKCS8_PRIV_KEY_INFO, PKCS8_PRIV_KEY_INFO_free>;
using Pkey = Handle<EVP_PKEY, EVP_PKEY_free>;
using Request = Handle<X509_REQ, X509_REQ_free>;
using TrustStore = Handle<X509_STORE, X509_STORE_free>;
using VerifyContext = Handle<X509_STORE_CTX, X509_STORE_CTX_free>;
using X509Certificate = Handle<X509, X509_free>;

// OpenSSL 3 looks an algorithm up anew at every use of EVP_sha256() and its like, which costs more than digesting a few hundred bytes:
// these are fetched once, and kept.
struct Algorithms {
  const EVP_MD* sha256;
  const EVP_MD* sha384;
  const EVP_MD* sha512;
  const EVP_CIPHER* aes_256_gcm;
  const EVP_CIPHER* aes_256_wrap;
  const EVP_MAC_CTX* hmac_sha256;  // without a key: to be copied
};
[[nodiscard]] const Algorithms& algorithms();

struct QuietErrors {
  QuietErrors() noexcept { ERR_clear_error(); }
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;
  ~QuietErrors() { ERR_clear_error(); }
};

// Throws unavailable, and empties the queue.
[[noreturn]] void openssl_failed(const char* doing);

inline void check(int result, const char* doing) {
  if (result <= 0) openssl_failed(doing);
}

template <typename T>
T* check(T* result, const char* doing) {
  if (result == nullptr) openssl_failed(doing);
  return result;
}

inline const unsigned char* octets(std::string_view bytes) noexcept {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* octets(Bytes& bytes) noexcept {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

// A reader over `bytes`, which must outlive it. Throws invalid ("too-large") from 2 GiB on.
[[nodiscard]] Bio reader(std::string_view bytes);
[[nodiscard]] Bio memory();
[[nodiscard]] Bytes contents(BIO* memory);

// What `i2d`, one of OpenSSL's encoders, makes of `value`.
template <typename T, typename Encoder>
Bytes der_of(T* value, Encoder i2d) {
  const int size = i2d(value, nullptr);
  check(size, "encoding DER");
  Bytes der(static_cast<std::size_t>(size), '\0');
  unsigned char* out = octets(der);
  check(i2d(value, &out), "encoding DER");
  return der;
}

// What `d2i`, one of OpenSSL's decoders, reads; null unless it takes all the bytes.
template <typename Owner, typename Decoder>
Owner from_der_bytes(std::string_view der, Decoder d2i) {
  const unsigned char* in = octets(der);
  Owner owner(d2i(nullptr, &in, static_cast<long>(der.size())));
  if (in != octets(der) + der.size()) owner.reset();
  return owner;
}

// The digest a key signs with: none for Ed25519, SHA-384 for P-384, else SHA-256.
[[nodiscard]] const EVP_MD* digest_of(const EVP_PKEY* key);

[[nodiscard]] Asn1Time asn1_time(Instant instant);
// Throws invalid ("bad-certificate") if OpenSSL cannot read the time.
[[nodiscard]] Instant instant_of(const ASN1_TIME* time);

}  // namespace vermilion::crypto
