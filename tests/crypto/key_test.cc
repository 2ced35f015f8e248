#include "crypto/key.h"

#include <openssl/err.h>

#include "base/error.h"
#include "refused.h"
#include "support/process.h"
#include "support/shared.h"

using namespace vermilion;
using namespace vermilion::crypto;

namespace {

// A private key as stock openssl makes it.
std::string stock_key_pem(const std::string& options) {
  const auto made = run("openssl genpkey -quiet " + options + " 2>/dev/null");
  REQUIRE(made.status == 0);
  return made.output;
}

}  // namespace

TEST_CASE("a signature verifies with its own key over its own message only", "[crypto]") {
  for (const auto& key : {PrivateKey::generate_p256(), PrivateKey::generate_ed25519()}) {
    const auto signature = key.sign("肆、七（四）文件管制");
    CHECK(key.public_key().verifies("肆、七（四）文件管制", signature));
    CHECK_FALSE(key.public_key().verifies("肆、七（四）紀錄管制", signature));
    CHECK_FALSE(key.public_key().verifies("肆、七（四）文件管制", ""));
    CHECK_FALSE(
        PrivateKey::generate_p256().public_key().verifies("肆、七（四）文件管制", signature));
    CHECK(ERR_peek_error() == 0);
  }
}

TEST_CASE("keys survive being written and read", "[crypto]") {
  const auto key = PrivateKey::generate_p256();
  CHECK(PrivateKey::from_der(key.der()).public_key().spki() == key.public_key().spki());
  CHECK(PublicKey::from_spki(key.public_key().spki()).verifies("x", key.sign("x")));
  const auto log_key = PrivateKey::generate_ed25519().public_key();
  CHECK(log_key.is_ed25519());
  CHECK_FALSE(key.public_key().is_ed25519());
  CHECK(log_key.raw_ed25519().size() == 32);
  CHECK(PublicKey::from_raw_ed25519(log_key.raw_ed25519()).spki() == log_key.spki());
}

TEST_CASE("a key file opens with its passphrase, here and in stock openssl", "[crypto]") {
  const auto key = PrivateKey::generate_p256();
  const auto pem = key.pem("紙本通行碼-42");
  CHECK(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
  CHECK(PrivateKey::from_pem(pem, "紙本通行碼-42").der() == key.der());
  CHECK(code_of([&] { (void)PrivateKey::from_pem(pem, "紙本通行碼-43"); }) ==
        "wrong-passphrase/forbidden");
  CHECK(code_of([&] { (void)PrivateKey::from_pem(pem, ""); }) == "wrong-passphrase/forbidden");
  CHECK(code_of([&] { (void)key.pem(""); }) == "empty-passphrase/invalid");
  CHECK(ERR_peek_error() == 0);

  if (!has_program("openssl")) return;
  const Scratch folder;
  const auto file = folder.write("lin01.pem", pem);
  const auto secret = folder.write("passphrase", "紙本通行碼-42\n");
  const auto der = (folder.path() / "public.der").string();
  const auto read = run("openssl pkey -in " + file + " -passin file:" + secret +
                        " -pubout -outform DER -out " + der);
  INFO(read.output);
  REQUIRE(read.status == 0);
  CHECK(file_bytes(der) == key.public_key().spki());
  CHECK(run("openssl pkey -noout -in " + file + " -passin pass:wrong").status != 0);
  CHECK(run("openssl asn1parse -in " + file).output.find("aes-256-cbc") != std::string::npos);
}

TEST_CASE("P-384 and RSA-3072 keys from stock openssl are accepted and sign", "[crypto]") {
  if (!has_program("openssl")) return;
  for (const char* options :
       {"-algorithm EC -pkeyopt ec_paramgen_curve:P-384",
        "-algorithm RSA -pkeyopt rsa_keygen_bits:3072",
        "-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "-algorithm ED25519"}) {
    INFO(options);
    const auto key = PrivateKey::from_pem(stock_key_pem(options), "");
    CHECK(key.public_key().verifies("核准", key.sign("核准")));
    CHECK_FALSE(key.public_key().verifies("核備", key.sign("核准")));
  }
}

TEST_CASE("a P-384 key signs over SHA-384 and a P-256 key over SHA-256, as stock openssl checks",
          "[crypto]") {
  if (!has_program("openssl")) return;
  const Scratch folder;
  const auto content = folder.write("content", "核准");
  const auto check = [&](const PrivateKey& key, const std::string& digest) {
    const auto spki = folder.write("key.der", key.public_key().spki());
    const auto signature = folder.write("signature", key.sign("核准"));
    return run("openssl dgst -" + digest + " -verify " + spki + " -keyform DER -signature " +
               signature + " " + content);
  };
  const auto p384 =
      PrivateKey::from_pem(stock_key_pem("-algorithm EC -pkeyopt ec_paramgen_curve:P-384"), "");
  CHECK(check(p384, "sha384").status == 0);
  CHECK(check(p384, "sha256").status != 0);
  CHECK(check(PrivateKey::generate_p256(), "sha256").status == 0);
}

TEST_CASE("weak and unknown keys, and what is no key, are refused", "[crypto]") {
  const auto bad = "bad-key/invalid";
  for (const char* junk :
       {"", "核准", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"}) {
    CHECK(code_of([&] { (void)PrivateKey::from_pem(junk, ""); }) == bad);
    CHECK(code_of([&] { (void)PrivateKey::from_der(junk); }) == bad);
    CHECK(code_of([&] { (void)PublicKey::from_spki(junk); }) == bad);
    CHECK(code_of([&] { (void)PublicKey::from_raw_ed25519(junk); }) == bad);
  }
  const auto key = PrivateKey::generate_p256();
  CHECK(code_of([&] { (void)PublicKey::from_spki(key.public_key().spki() + "x"); }) == bad);
  CHECK(code_of([&] { (void)PrivateKey::from_der(key.der() + "x"); }) == bad);
  CHECK(ERR_peek_error() == 0);
  if (!has_program("openssl")) return;
  for (const char* options : {"-algorithm RSA -pkeyopt rsa_keygen_bits:2048", "-algorithm X25519",
                              "-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1"}) {
    INFO(options);
    CHECK(code_of([&] { (void)PrivateKey::from_pem(stock_key_pem(options), ""); }) == bad);
  }
}
