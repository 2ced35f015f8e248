// Sealed PDFs stamped again before their stamp expires, and what is found of a renewal that was tampered with.
#include "service/renewal.h"

#include "crypto/timestamp.h"
#include "render/incremental.h"
#include "render/pades.h"
#include "sealed_office.h"

using namespace bureau;

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
  return service::export_pdf(sun, {at.kId, "1.0", service::StateMark::none}).pdf;
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
