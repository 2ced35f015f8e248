// Persons who sign within the PDF of an agreement or of minutes, in order; and what is found of one that was tampered with.
#include <catch2/catch.hpp>

#include "crypto/crl.h"
#include "crypto/pades.h"
#include "crypto/people.h"
#include "evidence/commitment.h"
#include "records.h"
#include "records/records.h"
#include "render/pades.h"
#include "render/signatures.h"
#include "sealed_office.h"
#include "service/certificates.h"
#include "service/keys.h"
#include "service/own_key.h"
#include "service/pdf_check.h"
#include "service/signing.h"
#include "support/schemas.h"

using namespace bureau;

namespace {

// 周致遠 of a vendor undertakes, and 趙予安 answers for him.
struct Undertaking : RecordBureau {
  Undertaking() {
    auto sun = as("sun05");
    (void)service::publish_form(sun, form_source("nda-vendor-person"));
    service::RecordRequest request;
    request.form = "nda-vendor-person";
    request.values = {{"name", "周致遠"},
                      {"vendor", "鼎新系統公司"},
                      {"contract_no", "C-115-07"},
                      {"role", "系統維護"},
                      {"access_scope", "空氣品質監測網"},
                      {"regulation_version", "3.5"},
                      {"valid_from", "2026-11-22"},
                      {"valid_to", "2027-12-31"}};
    request.read_digest = service::text_digest(text_of("nda-vendor-person"));
    auto zhou = as("zhou07");
    id = require_string(service::create_record(zhou, request), "id");
  }

  void confirm(const std::string& account = "zhao02", const std::string& principal = "",
               const service::Caller& caller = {}) {
    auto reviewer = as(account, caller);
    (void)service::sign_record(reviewer, id, principal);
  }
  [[nodiscard]] model::Record record() { return records::require_record(store().evidence(), id); }
  [[nodiscard]] Bytes exported() {
    auto zhou = as("zhou07");
    return service::export_record_pdf(zhou, id).pdf;
  }
  [[nodiscard]] Bytes part(const std::string& name) {
    return records::open_part(store(), record(), name);
  }
  [[nodiscard]] Json statement(const std::string& name) {
    return parse_json(part(name + ".statement"));
  }
  [[nodiscard]] Json check(const Bytes& pdf, const std::string& asker = "zhou07") {
    auto someone = as(asker);
    auto answer = service::check_pdf(someone, pdf);
    INFO(answer.dump(2));
    CHECK(schema_faults("pdf-check", answer).empty());
    return answer;
  }
  [[nodiscard]] std::string codes(const Bytes& pdf) {
    std::string codes;
    const auto told = check(pdf);
    for (const auto& one : told["problems"])
      codes += (codes.empty() ? "" : " ") + one["code"].get<std::string>();
    return codes;
  }
  [[nodiscard]] std::string faults() {
    auto asking = console();
    const auto found = service::verify_store(asking, {});
    return found["problems"].empty() ? "" : found["problems"].dump(1);
  }
  // What an operator with the master key could do: another content in the place of a part.
  void exchange(const std::string& part, const Bytes& content) {
    auto forged = act("maintenance", "store", "system");
    forged.decide = [&](const store::Now& now, store::Changes& changes) {
      auto changed = records::require_record(now.evidence, id);
      for (auto& sealed : changed.parts) {
        if (sealed.part != part) continue;
        const auto ref =
            changes.seal({changed.id, 1, part, changed.retention, changed.filing_year, content});
        sealed.payload = ref.payload;
        sealed.ciphertext = ref.ciphertext;
      }
      changes.put(model::record_folder(changed.sequence) + "/manifest.json",
                  canonical(model::to_json(changed)));
    };
    store().commit(forged);
  }

  // The second signature once more, by whoever holds that key.
  [[nodiscard]] Bytes signed_again(const std::string& account, const std::string& reason,
                                   Instant at) {
    return signed_again_as(profile_of(account).name, account, reason, at);
  }
  [[nodiscard]] Bytes signed_again_as(const std::string& name, const std::string& account,
                                      const std::string& reason, Instant at) {
    const auto before = part("shown") + part("01-agreement.update");
    auto prepared = render::prepare_signature(before, {"02-record", name, reason, at, {}});
    const auto& pair = keys.at(account);
    const auto cms = crypto::sign_pades(prepared.covered(), pair.key, pair.certificate,
                                        {store().authority().issuer});
    return render::with_signature(std::move(prepared), cms).substr(before.size());
  }

  std::string id;
};

Bytes with_contents_swapped(const Bytes& pdf) {
  const auto found = render::find_signatures(pdf).signatures;
  auto swapped = pdf;
  const auto put = [&](const render::FoundSignature& hole, const render::FoundSignature& other) {
    swapped.replace(hole.hole, hole.hole_end - hole.hole,
                    pdf.substr(other.hole, other.hole_end - other.hole));
  };
  put(found[0], found[1]);
  put(found[1], found[0]);
  return swapped;
}

}  // namespace

TEST_CASE("two persons sign one PDF in order, and each statement names what his signature covers",
          "[service][signed-pdf]") {
  Undertaking at;
  const auto once = at.exported();
  at.clock.advance(std::chrono::minutes(5));
  at.confirm();
  const auto twice = at.exported();
  CHECK(once.starts_with(at.part("shown")));
  CHECK(twice.starts_with(once));
  const auto salt = records::open_salt(at.store(), at.record());
  const auto found = render::find_signatures(twice).signatures;
  REQUIRE(found.size() == 2);
  CHECK(found[0].end == once.size());
  CHECK(found[1].end == twice.size());
  for (const auto& signature : found) {
    const auto statement = at.statement(signature.field);
    CHECK(statement["subject"]["signed_pdf"] ==
          evidence::commitment_text(salt, signature.covered(twice)));
    CHECK(statement["at"] == rfc3339(*signature.at));
    CHECK(statement["signer"]["name"] == signature.name);
    CHECK(schema_faults("statement", statement).empty());
  }
  CHECK(found[1].reason == "委外人員管理者確認；紀錄 " + at.id);
  CHECK_FALSE(records::has_part(at.record(), "pdf"));  // no other is drawn
  CHECK(schema_faults("record", model::to_json(at.record())).empty());
  CHECK(at.faults().empty());
}

TEST_CASE("what a later check of a person's signature needs is under that signature",
          "[service][signed-pdf]") {
  if (!has_program("faketime")) return;
  Undertaking at;
  Stamping stamps;
  const auto once = at.check(at.exported());
  CHECK(once["signatures"][0]["level"] == "B-B");
  CHECK(once["kept"]["certificates"] == 3);  // 周致遠, issuer, root
  CHECK(once["kept"]["lists"].size() == 1);
  stamps.stamp_in(at, stamps.with_list());
  at.confirm("zhao02", "", stamps.caller());
  const auto twice = at.check(at.exported());
  CHECK(twice["sound"] == true);
  CHECK(twice["signatures"][1]["level"] == "B-LT");
  CHECK(twice["kept"]["certificates"] == 5);  // and 趙予安, TSA-CA
  CHECK(twice["kept"]["lists"].size() == 2);
  CHECK(render::find_signatures(at.exported()).signatures.back().end == at.exported().size());
  CHECK(at.faults().empty());
}

TEST_CASE("a person signs though the authority of time stamps cannot be read, and the log tells",
          "[service][signed-pdf]") {
  Undertaking at;
  const auto settings = at.path() / "vermilion.yaml";
  at.disk.replace(settings,
                  at.disk.read_all(settings) + "timestamp: {command: tsa, ca: /gone.pem}\n");
  at.confirm();
  store::LogFilter filter;
  filter.kind = "timestamp";
  CHECK(at.store().catalogue().log(filter).front().outcome.starts_with("failed:"));
}

namespace {

// 趙予安 signs with a card of another authority, whose word on revocation is `status`.
struct WithCard : Undertaking {
  people::Authority cards;
  crypto::PrivateKey key = crypto::PrivateKey::generate_p256();
  crypto::Certificate card = cards.person(key.public_key(), "0000000112345678", "趙予安");

  [[nodiscard]] Bytes list_of(const people::Authority& authority) const {
    const auto now = clock.now();
    return crypto::make_crl({1, now, now + std::chrono::days(1), {}}, authority.issuer_key,
                            authority.issuer);
  }
  Json signed_with(const identity::StatusFile& status) {
    auto admin = as("hsu01");
    (void)service::trust_authority(admin, cards.root.pem());
    const auto proof = crypto::sign_detached(
        service::possession_challenge(admin, "zhao02", card.pem()), key, card, {}, clock.now());
    (void)service::import_certificate(
        admin, {"zhao02", card.pem(), cards.issuer.pem(), proof, crypto::Custody::token, status});
    keys.at("zhao02") = {key, card};
    confirm();
    return check(exported());
  }
};

}  // namespace

TEST_CASE("a signature with another authority's card brings that authority's certificates and list",
          "[service][signed-pdf]") {
  WithCard at;
  const auto told = at.signed_with({"crl", at.list_of(at.cards)});
  CHECK(told["sound"] == true);
  CHECK(told["signatures"][1]["certificate"] == at.card.sha256());
  CHECK(told["kept"]["certificates"] == 6);  // 周致遠, issuer, root; the card, its issuer, its root
  REQUIRE(told["kept"]["lists"].size() == 2);
  CHECK(told["kept"]["lists"][1]["issuer"] == at.cards.issuer.common_name());
  CHECK(at.faults().empty());
}

TEST_CASE("a list of a stranger in the same file is left out of what is signed",
          "[service][signed-pdf]") {
  WithCard at;
  const auto both =
      crypto::crl_pem(at.list_of(at.cards)) + crypto::crl_pem(at.list_of(people::Authority()));
  const auto told = at.signed_with({"crl", both});
  CHECK(told["sound"] == true);
  CHECK(told["kept"]["lists"].size() == 2);
}

TEST_CASE("verify FILE.pdf tells who signed, when and as what, and of which record to who may know",
          "[service][signed-pdf]") {
  Undertaking at;
  const auto once = at.exported();
  at.confirm();
  const auto told = at.check(at.exported());
  CHECK(told["sound"] == true);
  CHECK(told["signatures"][0]["name"] == "周致遠");
  CHECK(told["signatures"][1]["account"] == "zhao02");
  CHECK(told["record"]["number"] == "VND-115-0001");
  CHECK(told["record"]["kept"] == "whole");
  CHECK(told["record"]["signatures"][1]["role"] == "reviewer");
  CHECK(told["record"]["signatures"][1]["meaning"] == "委外人員管理者確認");
  CHECK(at.check(once)["record"]["kept"] == "beginning");
  const auto stranger = at.check(at.exported(), "lin01");
  CHECK(stranger["sound"] == true);
  CHECK(stranger["ours"] == false);
  CHECK(told["ours"] == true);
  CHECK(stranger["record"].is_null());
}

TEST_CASE("a copy that was tampered with is told by what was done to it", "[service][signed-pdf]") {
  Undertaking at;
  at.confirm();
  const auto pdf = at.exported();
  CHECK(at.codes(pdf).empty());
  CHECK(at.codes(pdf + "% 契約已延長\n") == "bytes-appended");
  CHECK(at.codes(with_contents_swapped(pdf)) == "content-changed content-changed");
  // The same person signs once more, elsewhere: a good signature, and not the record.
  const auto other = at.part("shown") + at.part("01-agreement.update") +
                     at.signed_again("zhao02", "撤回；紀錄 " + at.id, at.clock.now());
  CHECK(at.codes(other) == "not-the-record");
  // Or under another's name.
  const auto other_name = at.part("shown") + at.part("01-agreement.update") +
                          at.signed_again_as("周致遠", "zhao02", "確認", at.clock.now());
  CHECK(at.codes(other_name) == "name-differs");
}

TEST_CASE("verify finds a signature within the PDF that is not the statement's",
          "[service][signed-pdf]") {
  const auto after = [](const std::function<Bytes(Undertaking&)>& forged) {
    Undertaking at;
    at.confirm();
    REQUIRE(at.faults().empty());
    at.exchange("02-record.update", forged(at));
    return at.faults();
  };
  const auto has = [](const std::string& faults, const std::string& what) {
    INFO(faults);
    CHECK(faults.find(what) != std::string::npos);
  };
  has(after([](auto& at) { return at.part("02-record.update") + "\n% 附註\n"; }),
      "not one signature in the field of its turn");
  has(after([](auto& at) { return at.signed_again("lin01", "確認", at.clock.now()); }),
      "not by the certificate that signed the statement");
  has(after([](auto& at) { return at.signed_again("zhao02", "退回", at.clock.now()); }),
      "not the one that the statement names");
  has(after([](auto&) { return Bytes(); }), "not one signature in the field of its turn");
}

TEST_CASE("verify finds that a signature within the PDF was taken away", "[service][signed-pdf]") {
  Undertaking at;
  at.confirm();
  auto forged = act("maintenance", "store", "system");
  forged.decide = [&](const store::Now& now, store::Changes& changes) {
    auto changed = records::require_record(now.evidence, at.id);
    std::erase_if(changed.parts, [](const auto& one) { return one.part == "02-record.update"; });
    changes.put(model::record_folder(changed.sequence) + "/manifest.json",
                canonical(model::to_json(changed)));
  };
  at.store().commit(forged);
  const auto faults = at.faults();
  CHECK(faults.find("the PDF is signed as well, and that signature is not there") !=
        std::string::npos);
  CHECK(faults.find("/pdf") != std::string::npos);  // and there is no other
}

TEST_CASE("a delegate's signature says for whom", "[service][signed-pdf]") {
  Undertaking at;
  auto zhao = at.as("zhao02");
  (void)service::add_delegation(zhao, "lin01", {"record.sign"}, "", "2026-11-30");
  at.confirm("lin01", "zhao02");
  const auto found = render::find_signatures(at.exported()).signatures;
  REQUIRE(found.size() == 2);
  CHECK(found[1].name == "林堃");
  CHECK(found[1].reason == "委外人員管理者確認（代 趙予安）；紀錄 " + at.id);
  CHECK(at.faults().empty());
}

namespace {

// What a browser or a program beside a key file is given to sign, and what it makes of it.
struct Elsewhere {
  Elsewhere(Undertaking& office, const std::string& who)
      : at(office), account(who), context(office.as(who, signs_elsewhere())) {
    try {
      (void)service::sign_record(context, at.id, "");
    } catch (service::SignatureAwaited& thrown) {
      awaited = std::move(thrown);
    }
    REQUIRE(awaited);
  }
  static service::Caller signs_elsewhere() {
    service::Caller caller;
    caller.signs_elsewhere = true;
    return caller;
  }
  [[nodiscard]] Bytes within(const service::PdfToSign& pdf, const std::string& by) const {
    return service::sign_pdf_with({plain_pem(at.keys.at(by).key), "", ""}, pair(by), pdf);
  }
  [[nodiscard]] service::CertificatePair pair(const std::string& by) const {
    return {at.keys.at(by).certificate.der(), at.store().authority().issuer.der()};
  }
  [[nodiscard]] std::string commit(const Bytes& pdf_cms) {
    const auto& prepared = awaited->prepared;
    const auto cms = service::sign_with({plain_pem(at.keys.at(account).key), "", ""}, pair(account),
                                        prepared.bytes, prepared.statement.at);
    auto now = at.as(account);
    return code_of([&] { (void)service::commit_awaited(now, context, *awaited, cms, pdf_cms); });
  }
  [[nodiscard]] std::string commit() { return commit(within(awaited->prepared.pdf, account)); }

  Undertaking& at;
  std::string account;
  service::Context context;
  std::optional<service::SignatureAwaited> awaited;
};

}  // namespace

TEST_CASE(
    "a key elsewhere signs both in one act, and nothing else passes for the signature in the PDF",
    "[service][signed-pdf]") {
  Undertaking at;
  const auto before = at.mark().head;
  const auto refused = [&](const std::function<Bytes(Elsewhere&)>& forged) {
    Elsewhere deed(at, "zhao02");
    return deed.commit(forged(deed));
  };
  const Bytes other = "%PDF-1.7 別的<00>";
  const service::PdfToSign other_pdf{other, other.size() - 4, other.size()};
  CHECK(refused([](auto&) { return ""; }) == "signature-bad");
  CHECK(refused([&](auto& deed) { return deed.within(other_pdf, "zhao02"); }) == "content-changed");
  CHECK(refused([](auto& deed) { return deed.within(deed.awaited->prepared.pdf, "lin01"); }) ==
        "other-certificate");
  CHECK(at.mark().head == before);
  CHECK(Elsewhere(at, "zhao02").commit() == "done");
  CHECK(at.codes(at.exported()).empty());
  CHECK(at.faults().empty());
}

TEST_CASE("a key elsewhere signs as a PDF only what is one, with nothing in its hole",
          "[service][signed-pdf]") {
  Undertaking at;
  Elsewhere deed(at, "zhao02");
  const auto signs = [&](const service::PdfToSign& pdf) {
    return code_of([&] { (void)deed.within(pdf, "zhao02"); });
  };
  auto pdf = deed.awaited->prepared.pdf;
  CHECK(signs(pdf) == "done");
  CHECK(render::find_signatures(pdf.file).signatures.size() == 2);  // it can be looked at
  CHECK(signs({deed.awaited->prepared.bytes, 0, 0}) == "no-pdf");
  CHECK(signs({pdf.file, pdf.hole, pdf.file.size() + 1}) == "no-pdf");
  CHECK(signs({pdf.file, pdf.hole - 1, pdf.hole_end}) == "no-pdf");
  pdf.file[pdf.hole + 7] = '5';
  CHECK(signs(pdf) == "no-pdf");
}

TEST_CASE("whoever prepared before somebody else signed begins again", "[service][signed-pdf]") {
  Undertaking at;
  auto admin = at.as("hsu01");
  (void)service::grant_role(admin, {"wang03", "reviewer", "", "", ""});
  Elsewhere first(at, "zhao02"), second(at, "wang03");
  CHECK(first.commit() == "done");
  CHECK(second.commit() == "record-complete");
  CHECK(at.faults().empty());
}

TEST_CASE("what is signed by way of a file is the statement alone, and the PDF is drawn as before",
          "[service][signed-pdf]") {
  Undertaking at;
  service::Caller caller;
  caller.only_prepare = true;
  Bytes statement;
  try {
    auto zhao = at.as("zhao02", caller);
    (void)service::sign_record(zhao, at.id, "");
  } catch (const service::OnlyPrepared& prepared) {
    statement = prepared.statement;
  }
  CHECK_FALSE(parse_json(statement)["subject"].contains("signed_pdf"));
  const auto& pair = at.keys.at("zhao02");
  caller.only_prepare = false;
  caller.signed_before = {statement,
                          crypto::sign_detached(statement, pair.key, pair.certificate,
                                                {at.store().authority().issuer}, at.clock.now())};
  auto zhao = at.as("zhao02", caller);
  (void)service::sign_record(zhao, at.id, "");
  CHECK(records::has_part(at.record(), "01-agreement.update"));
  CHECK(at.exported() == at.part("pdf"));
  CHECK(at.codes(at.exported()) == "not-signed");
  CHECK(at.faults().empty());
}

TEST_CASE("the chair signs the minutes within their PDF; a log of the machine room has no fields",
          "[service][signed-pdf]") {
  RecordBureau at;
  auto sun = at.as("sun05");
  (void)service::publish_form(sun, form_source("management-review-minutes"));
  service::RecordRequest request;
  request.form = "management-review-minutes";
  request.values = {{"year", 115},
                    {"meeting_no", "115-1"},
                    {"held", "2026-11-20"},
                    {"place", "署本部第一會議室"},
                    {"chair", "陳昱"},
                    {"attendees", {"陳昱", "錢宜", "林堃"}},
                    {"context_table_confirmed", true},
                    {"decisions", Json::array()}};
  auto qian = at.as("qian08");
  const auto id = require_string(service::create_record(qian, request), "id");
  auto chen = at.as("chen04");
  (void)service::sign_record(chen, id, "");
  const auto found = render::find_signatures(service::export_record_pdf(chen, id).pdf).signatures;
  REQUIRE(found.size() == 2);
  CHECK(found[1].field == "02-minutes");
  CHECK(found[1].reason == "主席簽署；紀錄 " + id);

  const auto log = at.room_log("2026-11-21", "正常");
  CHECK(render::find_signatures(service::export_record_pdf(sun, log).pdf).signatures.empty());
}
