// Keys that never leave their token.
#include "crypto/token.h"

#include "crypto/people.h"
#include "crypto/refused.h"
#include "crypto/signer.h"
#include "support/soft_token.h"

using namespace people;

namespace {

// Whether what can be written of the key signs by itself.
bool signs_without_token(const PrivateKey& key) {
  try {
    return key.public_key().verifies("核准", PrivateKey::from_der(key.der()).sign("核准"));
  } catch (const Error&) {
    return false;
  }
}

}  // namespace

TEST_CASE("a key on a token proves its possession and signs, and never comes out", "[crypto]") {
  if (!SoftToken::is_here()) return;
  const SoftToken token;
  token.make_key("p256", "EC:prime256v1", "01");
  token.make_key("p384", "EC:secp384r1", "02");
  token.make_key("rsa", "rsa:3072", "03");
  token.make_key("weak", "rsa:2048", "04");
  // First: who is logged in once stays so for the process.
  CHECK(code_of([] { (void)open_token_key(SoftToken::uri("p256"), "9999"); }) ==
        "wrong-passphrase/forbidden");
  const Authority authority;
  for (const char* label : {"p256", "p384", "rsa"}) {
    INFO(label);
    const auto key = open_token_key(SoftToken::uri(label), "1234");
    const auto request = make_request(key, "chen04", "chen04");
    const auto certificate = authority.person(request_key(request), "chen04", "陳昱");
    const auto signer = make_key_signer(key, certificate, {authority.issuer}, Custody::token);
    const auto cms = signer->sign(kStatement, kSigned);
    CHECK(verify_detached(cms, kStatement, authority.root, kSigned).verdict == CmsVerdict::good);
    CHECK_FALSE(signs_without_token(key));
  }
  CHECK(code_of([] { (void)open_token_key(SoftToken::uri("weak"), "1234"); }) == "bad-key/invalid");
  CHECK(code_of([] { (void)open_token_key(SoftToken::uri("none"), "1234"); }) ==
        "wrong-passphrase/forbidden");
  CHECK(code_of([] {
          (void)open_token_key("pkcs11:token=isms?module-path=/nowhere.so", "1234");
        }) == "no-token-support/unavailable");
  CHECK(code_of([] { (void)open_token_key("/dev/card", "1234"); }) == "bad-token-uri/invalid");
}
