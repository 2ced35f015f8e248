// The certificate of the seal revoked and replaced: what was sealed before, and what is claimed to have been.
#include "crypto/pades.h"
#include "crypto/timestamp.h"
#include "identity/seal.h"
#include "render/pades.h"
#include "sealed_office.h"
#include "service/long_term.h"
#include "store/sealing_key.h"

using namespace bureau;

TEST_CASE("a seal whose certificate was revoked holds for what the log or a stamp proves older",
          "[service][long-term]") {
  if (!has_program("faketime")) return;
  SealedOffice at;
  at.use_authority();
  at.publish_sealed();
  at.use_no_authority();
  at.publish_sealed("ISMS-02-002");
  const auto stamped = at.published().pdf;
  const auto unstamped = at.published("ISMS-02-002").pdf;
  at.use_authority();
  at.go_to("2026-11-23");
  {
    auto zhou = at.by("zhou07");
    CHECK(code_of([&] { (void)service::revoke_seal(zhou, "key-compromise"); }) == "no-right");
  }
  auto admin = at.by("hsu01");
  CHECK(code_of([&] { (void)service::revoke_seal(admin, "lost"); }) == "bad-reason");
  const auto answer = service::revoke_seal(admin, "key-compromise");
  CHECK(schema_faults("certificate-receipt", answer).empty());
  CHECK(code_of([&] { (void)service::revoke_seal(admin, "key-compromise"); }) == "no-seal");

  for (const auto& pdf : {stamped, unstamped}) {
    const auto check = at.check_of(pdf);
    CHECK(check["sound"] == true);
    CHECK(check["signatures"][0]["revoked"] == "2026-11-23T00:00:00Z");
    CHECK(check["signatures"][0]["filed"] == "2026-11-22T00:00:00Z");
  }
  CHECK(at.problems().empty());
  const auto list = crypto::read_crl(at.store().evidence().require("people/issuer.crl"),
                                     at.store().authority().issuer);
  REQUIRE(list.revoked.size() == 1);
  CHECK(list.revoked.front().reason == "key-compromise");
  const auto today = at.store().evidence().require("people/issuer.crl");
  const auto issuer = at.store().authority().issuer;
  const service::KeptData kept{{issuer}, {today}, {*crypto::find_crl_term(today, {issuer})}, 0};
  CHECK_FALSE(service::vouched_for(kept, identity::seal_certificates(at.store().evidence()).front(),
                                   at.clock.now()));

  // Who has the key may claim any time; no log and no stamp bear him out.
  const auto key = store::sealing_key(at.disk, at.store());
  const auto certificate = identity::seal_certificates(at.store().evidence()).front();
  auto forged = render::prepare_signature(unstamped.substr(0, unstamped.find("%%EOF\n") + 6),
                                          {service::kSealField,
                                           "環境保護署",
                                           "發布 publication",
                                           parse_instant("2026-11-22T00:00:01Z"),
                                           {}});
  const auto cms =
      crypto::sign_pades(forged.covered(), key, certificate, {at.store().authority().issuer});
  const auto claimed = render::with_signature(std::move(forged), cms);
  CHECK(at.codes_of(claimed) == "certificate-revoked");
  // A stamp over the whole does, if it is older than the revocation.
  const auto stamped_on = [&](const std::string& day) {
    at.tsa.set(day + " 00:00:00");
    auto prepared = render::prepare_document_timestamp(claimed, "renewal-01", {});
    const auto query = crypto::timestamp_query(prepared.covered());
    return at.codes_of(
        render::with_signature(std::move(prepared), crypto::timestamp_token(at.tsa.answer(query))));
  };
  CHECK(stamped_on("2026-11-22").empty());
  CHECK(stamped_on("2026-11-24") == "certificate-revoked");
}

TEST_CASE("after a revocation nothing is sealed until the seal has a certificate for a fresh key",
          "[service][long-term]") {
  SealedOffice at;
  auto admin = at.by("hsu01");
  at.go_to("2026-11-23");
  (void)service::revoke_seal(admin, "key-compromise");
  at.publish_sealed("ISMS-02-003");
  CHECK_FALSE(at.published("ISMS-02-003").publication.sealed_pdf);
  CHECK(at.problems().empty());
  at.go_to("2026-11-24");
  (void)service::issue_seal(admin);
  const auto seal = *identity::seal_certificate(at.store().evidence(), at.clock.now());
  CHECK(seal.public_key().spki() != store::sealing_key(at.disk, at.store()).public_key().spki());
  CHECK(seal.public_key().spki() == store::seal_key(at.disk, at.store()).public_key().spki());
  at.publish_sealed();
  const auto check = at.check_of(at.published().pdf);
  CHECK(check["sound"] == true);
  CHECK(check["signatures"][0]["certificate"] == seal.sha256());
  CHECK(check["signatures"][0]["revoked"].is_null());
  CHECK(at.problems().empty());
}

TEST_CASE("a revocation of the seal that was taken away, or what was sealed after it, is found",
          "[service][long-term]") {
  SealedOffice at;
  auto admin = at.by("hsu01");
  const auto sha256 = require_string(service::revoke_seal(admin, "cessation"), "certificate");
  const auto change = [&](const std::function<void(store::Changes&)>& what) {
    auto act = office::act("person", "account chen04", "system");
    act.decide = [&](const store::Now&, store::Changes& changes) { what(changes); };
    at.store().commit(act);
    return at.problems();
  };
  const auto file = "seal/" + sha256 + ".revocation.statement.json";
  SECTION("taken away") {
    CHECK(change([&](auto& changes) { changes.remove(file); }).find("廢止不見了") !=
          std::string::npos);
  }
  SECTION("made to revoke another") {
    auto statement = parse_json(at.store().evidence().require(file));
    statement["subject"]["serial"] = "0102";
    CHECK(change([&](auto& changes) {
            changes.put(file, canonical(statement));
          }).find("廢止的是另一張憑證") != std::string::npos);
  }
}
