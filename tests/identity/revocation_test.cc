// Certificates taken back and followed by others.
#include "identity/revocation.h"

#include "support/office.h"

using namespace office;

namespace {

identity::Prepared revocation(Office& at, const std::string& account, const model::SignerFields& by,
                              const std::string& reason = "key-compromise") {
  const auto sha256 = at.keys.at(account).certificate.sha256();
  return identity::prepare_revocation(at.store(), account, sha256, reason, by,
                                      act("revocation", "", by.account));
}

// A statement of that person, ready to be signed.
identity::Prepared opinion(Office& at, const std::string& account) {
  return identity::prepare(
      at.store(), {"review", "審查", {{"type", "revision"}}, signer(account)},
      act("review", "document ISMS-01-002 3.6", account),
      [](const store::Now&, store::Changes&) { return "documents/ISMS-01-002/revisions/3.6"; });
}

Bytes signed_by(Office& at, const identity::Prepared& prepared, const KeyPair& pair) {
  return crypto::sign_detached(prepared.bytes, pair.key, pair.certificate,
                               {at.store().authority().issuer}, prepared.statement.at);
}

std::string filing(Office& at, const identity::Prepared& prepared, const KeyPair& pair) {
  const auto cms = signed_by(at, prepared, pair);
  return at.refusal([&] { identity::commit_signed(at.store(), prepared, cms); });
}

}  // namespace

TEST_CASE("a revoked certificate signs nothing more, and what it signed before stays good",
          "[identity]") {
  Office at;
  const auto& chen = at.keys.at("chen04");
  CHECK(filing(at, opinion(at, "chen04"), chen) == "done");
  at.clock.advance(std::chrono::minutes(1));
  const auto waiting = opinion(at, "chen04");
  at.clock.advance(std::chrono::minutes(1));
  at.sign(revocation(at, "chen04", signer("hsu01", "administrator")), "hsu01");
  CHECK(filing(at, waiting, chen) == "certificate-revoked");  // prepared before, filed after
  CHECK(filing(at, opinion(at, "chen04"), chen) == "certificate-revoked");
  const auto evidence = at.store().evidence();
  const std::string first = "documents/ISMS-01-002/revisions/3.6/01-review.statement.json";
  const auto filed = at.store().catalogue().history(first).front().act.log_index;
  const auto verdict = [&](std::uint64_t index) {
    return evidence::verify_statement(evidence.require(first), evidence.require(first + ".p7s"),
                                      at.store().authority().root, at.store().settings().id, index,
                                      identity::certificate_finder(at.store()))
        .verdict;
  };
  CHECK(verdict(filed) == evidence::Verdict::good);
  CHECK(verdict(filed + 100) == evidence::Verdict::certificate_revoked);
  CHECK(at.refusal([&] { (void)revocation(at, "chen04", signer("hsu01", "administrator")); }) ==
        "already-revoked");
}

TEST_CASE("a revocation is refused for what is not there and for no reason", "[identity]") {
  Office at;
  const auto by = signer("hsu01", "administrator");
  CHECK(at.refusal([&] { (void)revocation(at, "chen04", by, "離職"); }) == "bad-reason");
  CHECK(at.refusal([&] {
    (void)identity::prepare_revocation(at.store(), "chen04", std::string(64, '0'), "superseded", by,
                                       act("revocation", "", "hsu01"));
  }) == "no-such-certificate");
}

TEST_CASE("a holder takes back his own certificate, signing with it for the last time",
          "[identity]") {
  Office at;
  at.sign(revocation(at, "chen04", signer("chen04")), "chen04");
  CHECK(filing(at, opinion(at, "chen04"), at.keys.at("chen04")) == "certificate-revoked");
  const auto path = identity::revocation_path("chen04", at.keys.at("chen04").certificate.sha256());
  const auto evidence = at.store().evidence();
  const auto index = at.store().catalogue().history(path).front().act.log_index;
  CHECK(evidence::verify_statement(evidence.require(path), evidence.require(path + ".p7s"),
                                   at.store().authority().root, at.store().settings().id, index,
                                   identity::certificate_finder(at.store()))
            .verdict == evidence::Verdict::good);
}

TEST_CASE("the revocation list is made with each revocation and renewed when a day old",
          "[identity]") {
  Office at;
  const auto list = [&] {
    return crypto::read_crl(identity::filed_crl(at.store().evidence()).value(),
                            at.store().authority().issuer);
  };
  CHECK(identity::crl_is_due(at.store()));
  identity::renew_crl(at.store(), act("crl", "crl", "system"));
  CHECK(list().revoked.empty());
  CHECK_FALSE(identity::crl_is_due(at.store()));
  at.clock.advance(std::chrono::hours(1));
  at.sign(revocation(at, "chen04", signer("hsu01", "administrator")), "hsu01");
  at.sign(revocation(at, "zhou07", signer("hsu01", "administrator"), "cessation"), "hsu01");
  const auto made = list();
  CHECK(made.made == at.clock.now());
  CHECK(made.revoked == identity::revocations(at.store(), at.store().evidence()));
  REQUIRE(made.revoked.size() == 2);
  at.clock.advance(std::chrono::days(1));
  CHECK(identity::crl_is_due(at.store()));
  identity::renew_crl(at.store(), act("crl", "crl", "system"));
  CHECK(list().revoked == made.revoked);
  CHECK(list().number > made.number);
}

TEST_CASE("a holder renews with the certificate he has, and with no other", "[identity]") {
  Office at;
  const auto old = at.keys.at("chen04");
  const auto renew = [&](const KeyPair& signed_with, const std::string& named) {
    const auto key = crypto::PrivateKey::generate_p256();
    auto wanted = request_for(key, "chen04", at.clock.now());
    wanted.renews = named;
    const auto made = identity::prepare_certificate(at.store(), wanted, signer("chen04"),
                                                    act("certificate", "", "chen04"), false);
    const auto outcome = filing(at, made.prepared, signed_with);
    return std::pair(outcome, KeyPair{key, made.certificate});
  };
  CHECK(renew(at.keys.at("qian08"), old.certificate.sha256()).first == "wrong-person");
  const auto [outcome, fresh] = renew(old, old.certificate.sha256());
  CHECK(outcome == "done");
  CHECK(filing(at, opinion(at, "chen04"), fresh) == "done");
  CHECK(renew(fresh, old.certificate.sha256()).first == "wrong-certificate");
  at.sign(revocation(at, "chen04", signer("hsu01", "administrator"), "superseded"), "hsu01");
  CHECK(renew(old, old.certificate.sha256()).first == "certificate-revoked");
  CHECK(renew(fresh, old.certificate.sha256()).first == "wrong-certificate");
  CHECK(renew(fresh, fresh.certificate.sha256()).first == "done");
}

TEST_CASE("an expired certificate renews nothing", "[identity]") {
  Office at;
  at.keys.insert_or_assign("zhou07",
                           certify(at.store(), "zhou07", at.keys, "hsu01", std::chrono::days(2)));
  at.clock.advance(std::chrono::days(3));
  auto wanted = request_for(crypto::PrivateKey::generate_p256(), "zhou07", at.clock.now());
  wanted.renews = at.keys.at("zhou07").certificate.sha256();
  const auto made = identity::prepare_certificate(at.store(), wanted, signer("zhou07"),
                                                  act("certificate", "", "zhou07"), false);
  CHECK(filing(at, made.prepared, at.keys.at("zhou07")) == "certificate-expired");
}

TEST_CASE("a signature made for one subject is refused for another", "[identity]") {
  Office at;
  const auto one = opinion(at, "chen04");
  auto other = identity::prepare(
      at.store(),
      {"review", "審查", {{"type", "revision"}, {"id", "ISMS-01-001"}}, signer("chen04")},
      act("review", "document ISMS-01-001 1.0", "chen04"),
      [](const store::Now&, store::Changes&) { return "documents/ISMS-01-001/revisions/1.0"; });
  const auto cms = signed_by(at, one, at.keys.at("chen04"));
  CHECK(at.refusal([&] { identity::commit_signed(at.store(), other, cms); }) == "content-changed");
  CHECK_FALSE(
      at.store().evidence().read("documents/ISMS-01-001/revisions/1.0/01-review.statement.json"));
}

TEST_CASE("what was signed elsewhere commits the same act, within its time, and no other",
          "[identity]") {
  Office at;
  const auto first = opinion(at, "chen04");
  const auto cms = signed_by(at, first, at.keys.at("chen04"));
  at.clock.advance(std::chrono::minutes(5));
  identity::renew_crl(at.store(), act("crl", "crl", "system"));  // main moves on meanwhile
  auto altered = first.statement;
  altered.meaning = "核准";
  CHECK(at.refusal([&] {
    (void)identity::prepared_before(opinion(at, "chen04"), model::statement_bytes(altered));
  }) == "prepared-differs");
  CHECK(at.refusal([&] { (void)identity::prepared_before(opinion(at, "qian08"), first.bytes); }) ==
        "prepared-differs");
  const auto again = identity::prepared_before(opinion(at, "chen04"), first.bytes);
  CHECK(again.bytes == first.bytes);
  CHECK(at.refusal([&] { identity::commit_signed(at.store(), again, cms); }) == "done");
  at.clock.advance(std::chrono::minutes(11));
  const auto late = identity::prepared_before(opinion(at, "chen04"), first.bytes);
  CHECK(at.refusal([&] { identity::commit_signed(at.store(), late, cms); }) == "prepared-expired");
}
