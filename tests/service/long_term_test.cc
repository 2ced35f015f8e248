// What a sealed PDF keeps for the day when its certificates have expired, and what is found of one from which it was taken.
#include "service/long_term.h"

#include "crypto/pades.h"
#include "crypto/timestamp.h"
#include "identity/seal.h"
#include "render/incremental.h"
#include "render/pades.h"
#include "render/signatures.h"
#include "sealed_office.h"
#include "service/renditions.h"
#include "service/renewal.h"
#include "store/sealing_key.h"
#include "workflow/drafts.h"
#include "workflow/publishing.h"
#include "workflow/renewals.h"

using namespace bureau;

namespace {

// The file with a revision after it in which the catalogue says something else of its validation data.
Bytes with_other_data(const Bytes& pdf, const std::function<void(QPDFObjectHandle)>& change) {
  render::IncrementalUpdate update(pdf);
  auto root = update.pdf().getRoot();
  auto data = root.getKey("/DSS").shallowCopy();
  change(data);
  root.replaceKey("/DSS", update.pdf().makeIndirectObject(data));
  update.changed(root);
  return update.write();
}

}  // namespace

TEST_CASE("the seal covers the certificates and lists that a later check needs",
          "[service][long-term]") {
  if (!has_program("faketime")) return;
  SealedOffice at;
  at.use_authority_with_list();
  at.publish_sealed();
  const auto pdf = at.published().pdf;
  const auto check = at.check_of(pdf);
  CHECK(check["sound"] == true);
  const auto& seal = check["signatures"][0];
  CHECK(seal["level"] == "B-LT");
  CHECK(seal["proved"].is_string());
  CHECK(check["kept"]["certificates"] == 4);  // seal, issuer, root, TSA-CA
  REQUIRE(check["kept"]["lists"].size() == 2);
  CHECK(check["kept"]["lists"][0]["issuer"] == "行政院環境保護署 簽發憑證");
  CHECK(check["kept"]["lists"][0]["made"] == "2026-11-22T00:00:00Z");
  CHECK(check["kept"]["lists"][1]["issuer"] == "TSA-CA");
  // All of it in the revision that the seal covers, to the last byte.
  const auto found = render::find_signatures(pdf);
  REQUIRE(found.signatures.size() == 1);
  CHECK(found.signatures.front().end == pdf.size());
  CHECK(at.problems().empty());
}

TEST_CASE("the level told is what the file carries, and no more", "[service][long-term]") {
  if (!has_program("faketime")) return;
  SealedOffice at;
  SECTION("no time stamp") {
    at.publish_sealed();
    CHECK(at.check_of(at.published().pdf)["signatures"][0]["level"] == "B-B");
  }
  SECTION("a stamp whose authority offers no list") {
    at.use_authority();
    at.publish_sealed();
    CHECK(at.check_of(at.published().pdf)["signatures"][0]["level"] == "B-T");
  }
  SECTION("a list that is not the authority's is told and left out") {
    const auto list = at.tsa.folder().write("other.crl", "不是清單");
    at.use_authority(", crl: " + list);
    at.publish_sealed();
    CHECK(at.check_of(at.published().pdf)["signatures"][0]["level"] == "B-T");
    store::LogFilter filter;
    filter.kind = "timestamp";
    CHECK(at.store().catalogue().log(filter).back().outcome == "failed:bad-crl");
  }
  CHECK(at.problems().empty());
}

TEST_CASE("validation data taken from a sealed PDF, or exchanged, is named",
          "[service][long-term]") {
  SealedOffice at;
  at.publish_sealed();
  const auto pdf = at.published().pdf;
  SECTION("the list removed by a later revision") {
    const auto cut = with_other_data(pdf, [](QPDFObjectHandle data) { data.removeKey("/CRLs"); });
    CHECK(at.codes_of(cut) == "changed-after-signing bytes-appended");
    CHECK(at.check_of(cut)["signatures"][0]["changes_after"][0]["kind"] == "validation-data");
  }
  SECTION("another one in its place") {
    const auto swapped = with_other_data(pdf, [](QPDFObjectHandle data) {
      data.replaceKey("/CRLs", QPDFObjectHandle::parse("[ (清單) ]"));
    });
    CHECK(at.codes_of(swapped) == "validation-data-bad changed-after-signing bytes-appended");
  }
  SECTION("more of it, which no signature covers") {
    const auto more = with_other_data(
        pdf, [](QPDFObjectHandle data) { data.replaceKey("/Note", QPDFObjectHandle::newNull()); });
    CHECK(at.codes_of(more) == "bytes-appended");
  }
  SECTION("one byte of the list in the file") {
    auto changed = pdf;
    const auto list = at.store().evidence().require("people/issuer.crl");
    const auto place = changed.find(list);
    REQUIRE(place != std::string::npos);
    changed[place + list.size() - 1] ^= 1;
    CHECK(at.codes_of(changed) == "validation-data-bad content-changed");
  }
}

TEST_CASE("a publication under a seal that keeps another's list is found", "[service][long-term]") {
  SealedOffice at;
  at.create(at.kId);
  at.submit(at.kId);
  at.review(at.kId);
  at.approve(at.kId);
  auto sun = at.by("sun05");
  const auto review =
      identity::filed_statements(at.store().evidence(), model::revision_folder(at.kId, {1, 0}))
          .front()
          .statement;
  const auto pdf = service::published_rendition(
      sun, at.kId, workflow::require_draft(at.store(), at.kId, {1, 0}), sun.today());
  const auto key = crypto::PrivateKey::generate_p256();
  const auto now = at.clock.now();
  const auto stranger = crypto::make_root(key, "某機關", {now, now + std::chrono::days(900)});
  const auto list = crypto::make_crl({1, now, now + std::chrono::days(7), {}}, key, stranger);
  const auto seal = *identity::seal_certificate(at.store().evidence(), at.clock.now());
  auto prepared = render::prepare_signature(pdf, {service::kSealField,
                                                  "環境保護署",
                                                  "發布 publication",
                                                  at.clock.now(),
                                                  {},
                                                  {{seal.der(), stranger.der()}, {list}}});
  const auto cms = crypto::sign_pades(prepared.covered(), store::sealing_key(at.disk, at.store()),
                                      seal, {at.store().authority().issuer});
  const auto act = workflow::prepare_publication(
      at.store(), at.kId, {1, 0}, sun.today(), require_string(review.subject, "pdf"),
      {pdf, {}, render::with_signature(std::move(prepared), cms)}, sun.acting("document.publish"),
      sun.act("publication", "document ISMS-02-001 1.0"));
  (void)identity::commit_signed(at.store(), act, sun.signer().sign(act.bytes, at.clock.now()));
  CHECK(at.problems().find("驗證資料不足") != std::string::npos);
}

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
  CHECK_FALSE(
      service::vouched_for(kept, identity::seal_certificates(at.store().evidence()).front()));

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
  CHECK(at.codes_of(render::with_signature(std::move(forged), cms)) == "certificate-revoked");
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

namespace {

Json renew(SealedOffice& at) {
  service::Caller caller;
  caller.outside = &at.ways;
  service::Context schedule(at.disk, at.clock, at.path(), caller);
  const auto answer = service::renew_seals(schedule);
  CHECK(schema_faults("renewals", answer).empty());
  return answer;
}

Bytes exported(SealedOffice& at) {
  auto sun = at.by("sun05");
  return service::export_pdf(sun, at.kId, "1.0", true).pdf;
}

}  // namespace

TEST_CASE(
    "before its stamp expires a sealed PDF is stamped again, and again, and nothing else of it "
    "changes",
    "[service][long-term]") {
  if (!has_program("faketime")) return;
  SealedOffice at;
  at.use_authority_with_list();
  at.publish_sealed();
  const auto first = exported(at);
  CHECK(renew(at)["renewed"].empty());  // its authority's certificate is good for 400 days
  at.go_to("2027-09-01");
  CHECK(renew(at)["waiting"].size() == 1);  // by the same certificate it would prove no longer
  CHECK(exported(at) == first);
  at.tsa.certify(400);
  CHECK(renew(at)["renewed"].size() == 1);
  CHECK(renew(at)["renewed"].empty());
  const auto second = exported(at);
  CHECK(second.starts_with(first));
  at.go_to("2028-06-01");
  at.tsa.certify(400);
  CHECK(renew(at)["renewed"].size() == 1);
  const auto third = exported(at);
  CHECK(third.starts_with(second));

  at.go_to("2028-12-01");  // long after the certificate of the first stamp
  const auto check = at.check_of(third);
  CHECK(check["sound"] == true);
  REQUIRE(check["signatures"].size() == 3);
  CHECK(check["signatures"][0]["level"] == "B-LTA");
  CHECK(check["signatures"][1]["role"] == "timestamp");
  CHECK(check["signatures"][2]["proved"] == "2028-06-01T00:00:00Z");
  CHECK(check["document"]["whole"] == true);
  CHECK(at.check_of(second)["document"]["whole"] == true);
  CHECK(at.problems().empty());
  CHECK(at.published().pdf == first);
}

TEST_CASE("a renewal altered, exchanged or taken away is found", "[service][long-term]") {
  if (!has_program("faketime")) return;
  SealedOffice at;
  at.use_authority();
  at.publish_sealed();
  const auto sealed = at.published().pdf;
  at.go_to("2027-09-01");
  at.tsa.certify(400);
  REQUIRE(renew(at)["renewed"].size() == 1);
  const auto renewed = exported(at);
  const std::string path = "documents/ISMS-02-001/renewals/1.0/01";
  const auto change = [&](const std::function<void(store::Changes&)>& what) {
    auto act = office::act("person", "account chen04", "system");
    act.decide = [&](const store::Now&, store::Changes& changes) { what(changes); };
    at.store().commit(act);
    return at.problems();
  };
  SECTION("taken away") {
    const auto found = change([&](auto& changes) {
      changes.remove(path + ".json");
      changes.remove(path + ".update");
    });
    CHECK(found.find("續期的檔案與日誌所載不符") != std::string::npos);
  }
  SECTION("another stamp, over other bytes") {
    auto other = render::prepare_document_timestamp(sealed, "renewal-01", {});
    const auto token = crypto::timestamp_token(at.tsa.answer(crypto::timestamp_query("別的檔案")));
    const auto file = render::with_signature(std::move(other), token);
    CHECK(at.codes_of(file) == "timestamp-bad");
    auto facts = parse_json(at.store().evidence().require(path + ".json"));
    facts["after"] = crypto::digest_text(file);
    const auto found = change([&](auto& changes) {
      changes.put(path + ".json", canonical(facts));
      changes.put(path + ".update", file.substr(sealed.size()));
    });
    CHECK(found.find("時戳不符") != std::string::npos);
  }
  SECTION("one byte of a copy") {
    auto changed = renewed;
    changed[changed.find("/DocTimeStamp") + 1] ^= 1;
    CHECK(at.check_of(changed)["sound"] == false);
  }
  SECTION("a field with something to be seen beside the stamp") {
    render::IncrementalUpdate update(sealed);
    auto form = update.pdf().getRoot().getKey("/AcroForm");
    form.getKey("/Fields").appendItem(update.pdf().makeIndirectObject(QPDFObjectHandle::parse(
        "<< /FT /Sig /Type /Annot /Subtype /Widget /Rect [0 0 200 100] /F 4 "
        "/T (x) /V << /Type /DocTimeStamp >> >>")));
    update.changed(form);
    auto marked = render::prepare_document_timestamp(update.write(), "renewal-01", {});
    const auto token =
        crypto::timestamp_token(at.tsa.answer(crypto::timestamp_query(marked.covered())));
    CHECK(at.codes_of(render::with_signature(std::move(marked), token))
              .find("changed-after-signing") != std::string::npos);
  }
  SECTION("a page turned in the revision that is stamped") {
    render::IncrementalUpdate update(sealed);
    auto page = update.pdf().getAllPages().at(0);
    page.replaceKey("/Rotate", QPDFObjectHandle::newInteger(180));
    update.changed(page);
    auto turned = render::prepare_document_timestamp(update.write(), "renewal-01", {});
    const auto token =
        crypto::timestamp_token(at.tsa.answer(crypto::timestamp_query(turned.covered())));
    CHECK(at.codes_of(render::with_signature(std::move(turned), token)) == "changed-after-signing");
  }
}

TEST_CASE(
    "what expired before it was renewed is told, and a stamp that does not come fails the job",
    "[service][long-term]") {
  if (!has_program("faketime")) return;
  SealedOffice at;
  CHECK(code_of([&] { (void)renew(at); }) == "no-timestamp-authority");
  at.use_authority();
  at.publish_sealed();
  at.go_to("2027-09-01");  // and the authority is down
  at.ways.filter = [](const std::string&, const Bytes&) -> Bytes {
    throw Error(Failure::unavailable, "command-failed", {"斷線", "down"});
  };
  CHECK(renew(at)["failed"] == "command-failed");
  CHECK(at.problems().empty());
  at.go_to("2028-02-01");
  const auto late = renew(at);
  CHECK(late["renewed"].empty());
  REQUIRE(late["expired"].size() == 1);
  CHECK(late["expired"][0]["until"] == "2027-12-27T00:00:00Z");
  // Who stamps it all the same has a stamp that proves nothing of the one before.
  at.tsa.certify(400);
  auto stale = render::prepare_document_timestamp(at.published().pdf, "renewal-01", {});
  const auto token =
      crypto::timestamp_token(at.tsa.answer(crypto::timestamp_query(stale.covered())));
  CHECK(at.codes_of(render::with_signature(std::move(stale), token)) == "renewed-late");
  auto zhou = at.by("zhou07");
  CHECK(code_of([&] { (void)service::renew_seals(zhou); }) == "no-right");
}
