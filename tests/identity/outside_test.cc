// Certificates of other authorities: believed only below one that is trusted, for the person they name, in whose hands they are.
#include "identity/outside.h"

#include "crypto/crl.h"
#include "crypto/people.h"
#include "support/office.h"

using namespace office;

namespace {

// A national authority, and the cards it issues.
struct Cards {
  people::Authority authority;

  [[nodiscard]] KeyPair issue(const std::string& name,
                              const std::string& serial = "0000000112345678") const {
    const auto key = crypto::PrivateKey::generate_p256();
    return {key, authority.person(key.public_key(), serial, name)};
  }
  [[nodiscard]] Bytes list(const std::vector<crypto::RevokedCertificate>& revoked,
                           Instant at) const {
    return crypto::make_crl({1, at, at + std::chrono::days(1), revoked}, authority.issuer_key,
                            authority.issuer);
  }
};

const Cards& cards() {
  static const Cards one;
  return one;
}

void trust(Office& at, const crypto::Certificate& authority = cards().authority.root) {
  at.sign(identity::prepare_trust(at.store(), authority, signer("hsu01", "administrator"),
                                  act("trust", "", "hsu01")),
          "hsu01");
}

identity::ImportedCertificate import_of(Office& at, const KeyPair& card,
                                        const std::string& account = "chen04") {
  const auto challenge =
      identity::possession_challenge(at.store().settings().id, account, card.certificate.sha256());
  return {account,
          card.certificate,
          {cards().authority.issuer},
          crypto::sign_detached(challenge, card.key, card.certificate, {}, at.clock.now()),
          crypto::Custody::token,
          std::nullopt};
}

std::string importing(Office& at, const identity::ImportedCertificate& imported,
                      const std::string& witness = "hsu01") {
  return at.refusal([&] {
    at.sign(
        identity::prepare_certificate_import(at.store(), imported, signer(witness, "administrator"),
                                             act("certificate", "", witness)),
        witness);
  });
}

std::string approving(Office& at, const std::string& account, const KeyPair& card) {
  const auto prepared = identity::prepare(
      at.store(), {"approval", "核准", {{"type", "revision"}}, signer(account, "approver")},
      act("approval", "document ISMS-01-002 3.6", account),
      [](const store::Now&, store::Changes&) { return "documents/ISMS-01-002/revisions/3.6"; });
  const auto cms = crypto::sign_detached(prepared.bytes, card.key, card.certificate,
                                         {cards().authority.issuer}, prepared.statement.at);
  return at.refusal([&] { identity::commit_signed(at.store(), prepared, cms); });
}

}  // namespace

TEST_CASE("a card of a trusted authority, with its holder's proof, signs for the person it names",
          "[identity]") {
  Office at;
  const auto card = cards().issue("陳昱");
  CHECK(approving(at, "chen04", card) == "certificate-untrusted");
  CHECK(importing(at, import_of(at, card)) == "certificate-untrusted");  // nobody trusts it yet
  trust(at);
  CHECK(importing(at, import_of(at, card)) == "done");
  CHECK(importing(at, import_of(at, card)) == "certificate-exists");
  CHECK(approving(at, "chen04", card) == "done");
  CHECK(approving(at, "qian08", card) == "wrong-person");
  const auto sha256 = card.certificate.sha256();
  CHECK(identity::proof_holds(at.store(), "chen04", sha256));
  CHECK(identity::is_outside(at.store().evidence(), "chen04", sha256));
  CHECK_FALSE(identity::is_outside(at.store().evidence(), "chen04",
                                   at.keys.at("chen04").certificate.sha256()));
}

TEST_CASE("a card with another person's name is refused, and nobody vouches for his own",
          "[identity]") {
  Office at;
  trust(at);
  CHECK(importing(at, import_of(at, cards().issue("陳煜"))) == "name-differs");
  const auto own = cards().issue("許淑芬");
  CHECK(importing(at, import_of(at, own, "hsu01")) == "certifies-self");
}

TEST_CASE("without the holder's own proof, for this account and this store, a card is refused",
          "[identity]") {
  Office at;
  trust(at);
  const auto card = cards().issue("陳昱");
  auto imported = import_of(at, card);
  imported.proof = import_of(at, card, "qian08").proof;
  CHECK(importing(at, imported) == "proof-bad");
  const auto twin = cards().issue("陳昱");
  imported.proof = crypto::sign_detached(
      identity::possession_challenge(at.store().settings().id, "chen04", card.certificate.sha256()),
      twin.key, twin.certificate, {}, at.clock.now());
  CHECK(importing(at, imported) == "proof-bad");
  imported = import_of(at, card);
  imported.chain.clear();
  CHECK(importing(at, imported) == "certificate-untrusted");
}

TEST_CASE("a certificate for another purpose, or with a weak key, is refused", "[identity]") {
  if (!has_program("openssl")) return;
  Office at;
  trust(at);
  const Scratch folder;
  folder.write("issuer.pem", cards().authority.issuer.pem());
  folder.write("issuer.key", cards().authority.issuer_key.pem("通行碼"));
  folder.write("server.cnf", "keyUsage=digitalSignature\nextendedKeyUsage=serverAuth\n");
  folder.write("agree.cnf", "keyUsage=keyAgreement\n");
  folder.write("sign.cnf", "keyUsage=digitalSignature\n");
  const auto card = [&](const std::string& key, const std::string& extensions) {
    const auto made =
        run("cd " + quoted(folder.path()) + " && openssl req -utf8 -new -newkey " + key +
            " -nodes -keyout k.pem -subj /CN=陳昱 -out c.csr -batch 2>/dev/null && openssl x509 "
            "-req -in c.csr "
            "-CA issuer.pem -CAkey issuer.key -passin pass:通行碼 -days 900 -extfile " +
            extensions + " -out c.pem 2>/dev/null && cat c.pem");
    REQUIRE(made.status == 0);
    return KeyPair{crypto::PrivateKey::generate_p256(), crypto::Certificate::from_pem(made.output)};
  };
  const std::string p256 = "ec -pkeyopt ec_paramgen_curve:P-256";
  const auto refused = [&](const KeyPair& one) {
    identity::ImportedCertificate imported{
        "chen04", one.certificate, {cards().authority.issuer}, "", crypto::Custody::token, {}};
    return importing(at, imported);
  };
  CHECK(refused(card(p256, "server.cnf")) == "certificate-purpose");
  CHECK(refused(card(p256, "agree.cnf")) == "certificate-purpose");
  CHECK(refused(card("rsa:2048", "sign.cnf")) == "weak-key");
  CHECK(refused(card("ed25519", "sign.cnf")) == "weak-key");
  CHECK(refused({crypto::PrivateKey::generate_p256(), cards().authority.issuer}) ==
        "certificate-purpose");
}

TEST_CASE("what its authority says of revocation counts, and has to reach to the signature",
          "[identity]") {
  Office at;
  trust(at);
  const auto card = cards().issue("陳昱");
  const auto sha256 = card.certificate.sha256();
  auto imported = import_of(at, card);
  imported.status = {
      "crl",
      cards().list({{card.certificate.serial(), at.clock.now(), "superseded"}}, at.clock.now())};
  CHECK(importing(at, imported) == "certificate-revoked");
  imported.status = {"crl", Cards().list({}, at.clock.now())};
  CHECK(importing(at, imported) == "bad-crl");  // by another authority
  imported.status = {"crl", cards().list({}, at.clock.now())};
  CHECK(importing(at, imported) == "done");
  CHECK(approving(at, "chen04", card) == "done");
  at.clock.advance(std::chrono::days(1) + std::chrono::seconds(1));
  CHECK(approving(at, "chen04", card) == "certificate-status-unknown");
  const auto status = [&](const Bytes& list) {
    return at.refusal([&] {
      identity::file_status(
          at.store(), "chen04", sha256, {"crl", list},
          act("certificate-status", "certificate " + sha256 + " chen04", "hsu01"));
    });
  };
  CHECK(status(cards().list({}, at.clock.now())) == "done");
  CHECK(approving(at, "chen04", card) == "done");
  at.clock.advance(std::chrono::hours(1));
  CHECK(status(cards().list({{card.certificate.serial(), at.clock.now(), "key-compromise"}},
                            at.clock.now())) == "done");
  CHECK(approving(at, "chen04", card) == "certificate-revoked");
  const auto person = identity::require_person(at.store().evidence(), "chen04");
  CHECK(identity::status_holds(at.store(), "chen04", person.certificates.back()));
}

TEST_CASE("stock OCSP answers are taken as well as lists", "[identity]") {
  if (!has_program("openssl")) return;
  Office at;
  trust(at);
  const auto card = cards().issue("陳昱");
  const Scratch folder;
  folder.write("root.pem", cards().authority.root.pem());
  folder.write("issuer.pem", cards().authority.issuer.pem());
  folder.write("issuer.key", cards().authority.issuer_key.pem("通行碼"));
  folder.write("card.pem", card.certificate.pem());
  auto serial = card.certificate.serial();
  std::transform(serial.begin(), serial.end(), serial.begin(), ::toupper);
  const auto answer = [&](const std::string& row) {
    folder.write("index.txt", row + "\t" + serial + "\tunknown\t/CN=x\n");
    const auto made = run(
        "cd " + quoted(folder.path()) +
        " && openssl ocsp -issuer issuer.pem -cert card.pem -no_nonce -reqout q >/dev/null 2>&1 && "
        "openssl ocsp -index index.txt -CA issuer.pem -rsigner issuer.pem -rkey issuer.key -passin "
        "pass:通行碼 -reqin q -respout r -ndays 3 >/dev/null 2>&1; cat r");
    REQUIRE(made.status == 0);
    return identity::StatusFile{"ocsp", made.output};
  };
  auto imported = import_of(at, card);
  imported.status = answer("R\t280101000000Z\t261101000000Z,superseded");
  CHECK(importing(at, imported) == "certificate-revoked");
  imported.status = {"crl", cards().list({}, at.clock.now())};
  CHECK(importing(at, imported) == "done");
  const auto lists = [&] {
    return identity::outside_lists(at.store().evidence(), "chen04", card.certificate.sha256());
  };
  CHECK(lists() == std::vector{imported.status->bytes});
  imported.status = answer("V\t280101000000Z\t");
  identity::file_status(at.store(), "chen04", card.certificate.sha256(), *imported.status,
                        act("certificate-status", "certificate", "hsu01"));
  CHECK(lists().empty());  // the list is older than that answer
  const auto record =
      identity::outside_record(at.store().evidence(), "chen04", card.certificate.sha256());
  REQUIRE(record);
  CHECK(record->authority.status_until > SystemClock().now());
  imported.status->bytes.resize(40);
  CHECK(at.refusal([&] {
    identity::file_status(at.store(), "chen04", card.certificate.sha256(), *imported.status,
                          act("certificate-status", "certificate", "hsu01"));
  }) == "bad-ocsp");
}

TEST_CASE("only an authority is trusted, once, by a signed statement", "[identity]") {
  Office at;
  CHECK(at.refusal([&] { trust(at, cards().issue("陳昱").certificate); }) == "not-an-authority");
  trust(at);
  CHECK(at.refusal([&] { trust(at); }) == "already-trusted");
  const auto sha256 = cards().authority.root.sha256();
  const auto path = "rules/trust/" + sha256;
  const auto statement =
      model::parse_statement(at.store().evidence().require(path + ".statement.json"));
  CHECK(statement.signer.account == "hsu01");
  CHECK(statement.subject["certificate"] == "sha256:" + sha256);
}
