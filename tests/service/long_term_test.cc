// What a sealed PDF keeps for the day when its certificates have expired, and what is found of one from which it was taken.
#include "service/long_term.h"

#include "crypto/pades.h"
#include "identity/seal.h"
#include "render/incremental.h"
#include "render/pades.h"
#include "render/signatures.h"
#include "sealed_office.h"
#include "service/renditions.h"
#include "store/sealing_key.h"
#include "workflow/drafts.h"
#include "workflow/publishing.h"

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
  // A list says nothing of a time after it has run out.
  auto context = at.console();
  const auto kept = service::kept_data(context, render::read_validation_data(pdf));
  const auto own = identity::seal_certificates(at.store().evidence()).front();
  CHECK(service::vouched_for(kept, own, at.clock.now()));
  CHECK_FALSE(service::vouched_for(kept, own, at.clock.now() + std::chrono::days(400)));
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
