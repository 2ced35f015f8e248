#include "crypto/cms.h"

#include <openssl/err.h>

#include "base/error.h"
#include "crypto/signer.h"
#include "people.h"
#include "support/process.h"

using namespace people;

namespace {

// A key as stock openssl makes it, to be read from PEM.
PrivateKey stock_private_key(const std::string& options) {
  const auto made = run("openssl genpkey " + options + " 2>/dev/null");
  REQUIRE(made.status == 0);
  return PrivateKey::from_pem(made.output, "");
}

Bytes with_flip(Bytes bytes, std::size_t at) {
  bytes[at] = static_cast<char>(bytes[at] ^ 1);
  return bytes;
}

}  // namespace

TEST_CASE("a signature is good for its content, root and time, and tells who and when",
          "[crypto]") {
  const Authority authority;
  const Person person(authority);
  const auto result = verify_detached(person.sign(kStatement), kStatement, authority.root, kSigned);
  CHECK(result.verdict == CmsVerdict::good);
  REQUIRE(result.signer);
  CHECK(result.signer->sha256() == person.certificate.sha256());
  CHECK(result.signing_time == kSigned);
  CHECK(ERR_peek_error() == 0);
}

TEST_CASE("the empty content can be signed", "[crypto]") {
  const Authority authority;
  const Person person(authority);
  CHECK(verify_detached(person.sign(""), "", authority.root, kSigned).verdict == CmsVerdict::good);
}

TEST_CASE("P-384 and RSA-3072 signatures are good too", "[crypto]") {
  if (!has_program("openssl")) return;
  const Authority authority;
  for (const char* options : {"-algorithm EC -pkeyopt ec_paramgen_curve:P-384",
                              "-algorithm RSA -pkeyopt rsa_keygen_bits:3072"}) {
    INFO(options);
    const Person person(authority, stock_private_key(options));
    const auto cms = person.sign(kStatement);
    CHECK(verify_detached(cms, kStatement, authority.root, kSigned).verdict == CmsVerdict::good);
    CHECK(verify_detached(cms, kStatement + " ", authority.root, kSigned).verdict ==
          CmsVerdict::content_changed);
  }
}

TEST_CASE("each fault has its own verdict, and the signer is still named", "[crypto]") {
  const Authority authority;
  const Person person(authority);
  const auto cms = person.sign(kStatement);
  const auto verdict = [&](const Bytes& bytes, const std::string& content, Instant at) {
    const auto result = verify_detached(bytes, content, authority.root, at);
    CHECK(result.signer.has_value());
    CHECK(ERR_peek_error() == 0);
    return result.verdict;
  };

  SECTION("every flipped byte of the content") {
    for (std::size_t at = 0; at < kStatement.size(); ++at) {
      CHECK(verdict(cms, with_flip(kStatement, at), kSigned) == CmsVerdict::content_changed);
    }
  }
  SECTION("a flipped byte of the signature value, which ends the bytes") {
    CHECK(verdict(with_flip(cms, cms.size() - 1), kStatement, kSigned) ==
          CmsVerdict::signature_bad);
  }
  SECTION("a changed signing time") {
    auto moved = cms;
    moved.replace(moved.rfind("261122080000Z"), 13, "261122090000Z");
    CHECK(verdict(moved, kStatement, kSigned) == CmsVerdict::signature_bad);
  }
  SECTION("before and after the certificate's validity") {
    CHECK(verdict(cms, kStatement, kAfterExpiry) == CmsVerdict::certificate_expired_or_not_yet);
    CHECK(verdict(cms, kStatement, parse_instant("2025-12-31T23:59:59Z")) ==
          CmsVerdict::certificate_expired_or_not_yet);
    CHECK(verdict(cms, kStatement, parse_instant("2026-01-01T00:00:00Z")) == CmsVerdict::good);
    CHECK(verdict(cms, kStatement, parse_instant("2027-12-31T23:59:59Z")) == CmsVerdict::good);
    CHECK(verdict(cms, kStatement, parse_instant("2028-01-01T00:00:00Z")) ==
          CmsVerdict::certificate_expired_or_not_yet);
  }
  SECTION("changed content outranks an expired certificate") {
    CHECK(verdict(cms, "核備", kAfterExpiry) == CmsVerdict::content_changed);
  }
}

TEST_CASE("only a path to the given root is trusted", "[crypto]") {
  const Authority authority;
  const Authority twin;  // the same names, other keys
  const Person person(authority);
  const auto cms = person.sign(kStatement);
  CHECK(verify_detached(cms, kStatement, twin.root, kSigned).verdict ==
        CmsVerdict::chain_untrusted);
  CHECK(verify_detached(cms, kStatement, twin.root, kAfterExpiry).verdict ==
        CmsVerdict::chain_untrusted);
  CHECK(verify_detached(cms, kStatement, authority.issuer, kSigned).verdict ==
        CmsVerdict::chain_untrusted);
  const auto without_issuer =
      sign_detached(kStatement, person.key, person.certificate, {}, kSigned);
  CHECK(verify_detached(without_issuer, kStatement, authority.root, kSigned).verdict ==
        CmsVerdict::chain_untrusted);
  // A root of one's own, sent along, is not trusted for being there.
  const auto with_root = sign_detached(kStatement, person.key, person.certificate,
                                       {authority.issuer, authority.root}, kSigned);
  CHECK(verify_detached(with_root, kStatement, twin.root, kSigned).verdict ==
        CmsVerdict::chain_untrusted);
  CHECK(verify_detached(with_root, kStatement, authority.root, kSigned).verdict ==
        CmsVerdict::good);
}

TEST_CASE("a certificate not made for signing documents, or issued by a person, is untrusted",
          "[crypto]") {
  const Authority authority;
  const Person person(authority);
  const auto key = PrivateKey::generate_p256();
  const auto forged = issue_person(key.public_key(), "wang02", "王小明", years("2026", "2028"),
                                   person.key, person.certificate);
  const auto by_person =
      sign_detached(kStatement, key, forged, {person.certificate, authority.issuer}, kSigned);
  CHECK(verify_detached(by_person, kStatement, authority.root, kSigned).verdict ==
        CmsVerdict::chain_untrusted);

  // An issuer below the issuer breaks the path length of 0.
  const auto third = make_issuer(key.public_key(), "第三層", years("2026", "2036"),
                                 authority.issuer_key, authority.issuer);
  const auto leaf =
      issue_person(person.key.public_key(), "wang02", "王小明", years("2026", "2028"), key, third);
  const auto too_long =
      sign_detached(kStatement, person.key, leaf, {third, authority.issuer}, kSigned);
  CHECK(verify_detached(too_long, kStatement, authority.root, kSigned).verdict ==
        CmsVerdict::chain_untrusted);

  // The authority's own key has no digitalSignature.
  const auto by_issuer =
      sign_detached(kStatement, authority.issuer_key, authority.issuer, {}, kSigned);
  CHECK(verify_detached(by_issuer, kStatement, authority.root, kSigned).verdict ==
        CmsVerdict::chain_untrusted);
}

TEST_CASE("a signature does not pass for one made with another certificate of the same key",
          "[crypto]") {
  const Authority authority;
  const Person person(authority);
  // Same issuer, names and key, but another account: only signing-certificate-v2 tells them apart
  // once the serial number, which the signer info names unsigned, is exchanged too.
  const auto other = authority.person(person.key.public_key(), "lin02");
  auto cms = person.sign(kStatement);
  const auto mine = person.certificate.der();
  const auto theirs = other.der();
  if (mine.size() != theirs.size()) return;  // ECDSA signatures differ in length now and then
  cms.replace(cms.find(mine), mine.size(), theirs);
  const auto serial = from_hex(person.certificate.serial()).value();
  for (auto at = cms.find(serial); at != cms.npos; at = cms.find(serial, at + 16)) {
    cms.replace(at, 16, from_hex(other.serial()).value());
  }
  CHECK(verify_detached(cms, kStatement, authority.root, kSigned).verdict ==
        CmsVerdict::signature_bad);
}

TEST_CASE("what is no detached CMS of one signer is refused as such", "[crypto]") {
  const Authority authority;
  const Person person(authority);
  const auto cms = person.sign(kStatement);
  for (const Bytes& bytes :
       {Bytes(), Bytes("核准"), cms + "x", cms.substr(0, cms.size() - 1), authority.root.der()}) {
    try {
      (void)verify_detached(bytes, kStatement, authority.root, kSigned);
      FAIL("accepted");
    } catch (const Error& error) {
      CHECK(error.code() == "bad-cms");
      CHECK(error.failure() == Failure::invalid);
    }
    CHECK(ERR_peek_error() == 0);
  }
}

TEST_CASE("an Ed25519 key, or one that is not the certificate's, cannot sign documents",
          "[crypto]") {
  const Authority authority;
  const Person person(authority);
  const auto code = [&](const PrivateKey& key, const Certificate& certificate) -> std::string {
    try {
      (void)sign_detached(kStatement, key, certificate, {authority.issuer}, kSigned);
    } catch (const Error& error) {
      return error.code();
    }
    return "signed";
  };
  const auto ed25519 = PrivateKey::generate_ed25519();
  CHECK(code(ed25519, authority.person(ed25519.public_key())) == "key-not-for-cms");
  CHECK(code(PrivateKey::generate_p256(), person.certificate) == "key-certificate-mismatch");
}

TEST_CASE("a signer signs with its key, and says where the key is kept", "[crypto]") {
  const Authority authority;
  const Person person(authority);
  const auto signer =
      make_key_signer(person.key, person.certificate, {authority.issuer}, Custody::file);
  CHECK(signer->certificate().account() == "lin01");
  CHECK(std::string(custody_name(signer->custody())) == "file");
  CHECK(std::string(custody_name(Custody::server)) == "server");
  CHECK(std::string(custody_name(Custody::token)) == "token");
  CHECK(std::string(custody_name(Custody::browser)) == "browser");
  CHECK(verify_detached(signer->sign(kStatement, kSigned), kStatement, authority.root, kSigned)
            .verdict == CmsVerdict::good);
  CHECK_THROWS_AS(
      make_key_signer(PrivateKey::generate_p256(), person.certificate, {}, Custody::server), Error);
}
