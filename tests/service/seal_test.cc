// The organisation's seal: certified by a person, on every PDF that is published, and what is found of one that was tampered with.
#include "service/seal.h"

#include "bureau.h"
#include "crypto/digest.h"
#include "crypto/pades.h"
#include "identity/seal.h"
#include "render/pades.h"
#include "render/qpdf.h"
#include "service/pdf_check.h"
#include "service/renditions.h"
#include "store/sealing_key.h"
#include "support/schemas.h"
#include "workflow/documents.h"
#include "workflow/publishing.h"

using namespace bureau;

namespace {

const std::string kId = "ISMS-02-001";

void certify(Bureau& at) {
  auto admin = at.as("hsu01");
  const auto answer = service::issue_seal(admin);
  CHECK(schema_faults("certificate-receipt", answer).empty());
}

workflow::Published published(Bureau& at, const model::Version& version = {1, 0}) {
  return workflow::published_version(at.store(), kId, version);
}

// An office whose first document is published under the seal.
void begin(Bureau& at) {
  certify(at);
  at.create(kId);
  at.carry_through(kId);
}

void bring_to_approval(Bureau& at) {
  at.create(kId);
  at.submit(kId);
  at.review(kId);
  at.approve(kId);
}

Json check_of(Bureau& at, const Bytes& pdf) {
  auto console = at.console();
  const auto answer = service::check_pdf(console, pdf);
  const auto faults = schema_faults("pdf-check", answer);
  INFO(answer.dump(2));
  CHECK(faults.empty());
  return answer;
}

std::string codes_of(Bureau& at, const Bytes& pdf) {
  std::string codes;
  const auto check = check_of(at, pdf);
  for (const auto& one : check["problems"])
    codes += (codes.empty() ? "" : " ") + one["code"].get<std::string>();
  return codes;
}

std::string problems_of(Bureau& at) {
  auto console = at.console();
  const auto found = service::verify_store(console, {});
  return found["problems"].empty() ? "" : found["problems"].dump(1);
}

// The file with a revision after it in which `object` says something else.
Bytes revised(const Bytes& pdf, const std::string& object_text, int number) {
  auto file = pdf;
  const auto start = file.rfind("startxref\n") + 10;
  const auto previous = file.substr(start, file.find('\n', start) - start);
  const auto root = file.rfind("/Root ") + 6;
  const auto object_at = file.size();
  file += std::to_string(number) + " 0 obj\n" + object_text + "\nendobj\n";
  const auto table_at = file.size();
  std::string offset = std::to_string(object_at);
  offset.insert(0, 10 - offset.size(), '0');
  file += "xref\n" + std::to_string(number) + " 1\n" + offset +
          " 00000 n \ntrailer\n<< /Size 9999 /Root " +
          file.substr(root, file.find('R', root) + 1 - root) + " /Prev " + previous +
          " >>\nstartxref\n" + std::to_string(table_at) + "\n%%EOF\n";
  return file;
}

// The first page turned upside down, and its number.
std::pair<std::string, int> first_page(const Bytes& pdf) {
  const auto opened = render::open_pdf(pdf);
  auto page = opened->getAllPages().at(0);
  page.replaceKey("/Rotate", QPDFObjectHandle::newInteger(180));
  return {page.unparseResolved(), page.getObjectID()};
}

// A seal by somebody who made a certificate of the same name for himself.
Bytes sealed_by_stranger(Bureau& at, const Bytes& unsealed) {
  const auto key = crypto::PrivateKey::generate_p256();
  const auto now = at.clock.now();
  const crypto::Validity years{now, now + std::chrono::days(900)};
  const auto root = crypto::make_root(key, "環境保護署", years);
  const auto seal = crypto::issue_seal(key.public_key(), "環境保護署", years, key, root);
  auto prepared = render::prepare_signature(
      unsealed, {service::kSealField, "環境保護署", "發布 publication", now, {}});
  const auto cms = crypto::sign_pades(prepared.covered(), key, seal, {root});
  return render::with_signature(std::move(prepared), cms);
}

}  // namespace

TEST_CASE("without a certificate for the seal a PDF is published as it is, and the answer says so",
          "[service][seal]") {
  Bureau at;
  bring_to_approval(at);
  auto sun = at.as("sun05");
  CHECK(service::publish_document(sun, kId, "", "")["sealed_pdf"].is_null());
  CHECK_FALSE(published(at).publication.sealed_pdf);
  CHECK(codes_of(at, published(at).pdf) == "not-signed");
}

TEST_CASE("a published PDF is the approved rendition with the seal after it, and nothing else",
          "[service][seal]") {
  Bureau at;
  begin(at);
  const auto p = published(at);
  REQUIRE(p.publication.sealed_pdf);
  CHECK(*p.publication.sealed_pdf == crypto::digest_text(p.pdf));
  const auto unsealed = p.pdf.substr(0, p.pdf.find("%%EOF\n") + 6);
  CHECK(p.publication.pdf == crypto::digest_text(unsealed));
  const auto check = check_of(at, p.pdf);
  CHECK(check["sound"] == true);
  REQUIRE(check["signatures"].size() == 1);
  const auto& seal = check["signatures"][0];
  CHECK(seal["role"] == "seal");
  CHECK(seal["trusted"] == true);
  CHECK(seal["proved"].is_null());
  CHECK(seal["claimed"] == rfc3339(at.clock.now()));
  CHECK(check["document"]["id"] == kId);
  CHECK(check["document"]["state"] == "in_force");
  CHECK(check["document"]["whole"] == true);
  CHECK(problems_of(at).empty());
  auto sun = at.as("sun05");
  CHECK(service::export_pdf(sun, {kId, "1.0", service::StateMark::none}).pdf == p.pdf);
}

TEST_CASE("what was done to a sealed PDF is named", "[service][seal]") {
  Bureau at;
  begin(at);
  const auto pdf = published(at).pdf;
  SECTION("bytes appended") {
    CHECK(codes_of(at, pdf + "\n% 附註：本版已作廢\n") == "bytes-appended");
    CHECK(check_of(at, pdf + "附註")["document"]["whole"] == false);
    CHECK(codes_of(at, pdf + std::string(5000, 'x') + "%%EOF\n") == "bytes-appended");
  }
  SECTION("a revision that changes a page") {
    const auto page = first_page(pdf);
    const auto turned = revised(pdf, page.first, page.second);
    CHECK(codes_of(at, turned) == "changed-after-signing bytes-appended");
    CHECK(check_of(at, turned)["signatures"][0]["changes_after"] ==
          Json::parse(R"([{"kind":"page","object":)" + std::to_string(page.second) + "}]"));
  }
  SECTION("one letter") {
    auto changed = pdf;
    const auto at_title =
        changed.find("文件與紀錄管制程序");  // in the metadata, which is clear text
    REQUIRE(at_title != std::string::npos);
    changed.replace(at_title, 3, "紋");
    CHECK(codes_of(at, changed).find("content-changed") == 0);
  }
  SECTION("a signature swapped for one of another document") {
    at.create("ISMS-02-002");
    at.carry_through("ISMS-02-002");
    const auto other = workflow::published_version(at.store(), "ISMS-02-002", {1, 0}).pdf;
    auto swapped = pdf;
    const auto hole = [](const Bytes& file) { return file.rfind("/Contents <") + 11; };
    swapped.replace(hole(pdf), 32768, other.substr(hole(other), 32768));
    CHECK(codes_of(at, swapped) == "content-changed");
  }
  SECTION("a seal by somebody else under the same name") {
    const auto forged = sealed_by_stranger(at, pdf.substr(0, pdf.find("%%EOF\n") + 6));
    CHECK(codes_of(at, forged) == "chain-untrusted");
    CHECK(check_of(at, forged)["signatures"][0]["role"] == "unknown");
    CHECK(check_of(at, forged)["document"].is_null());
  }
  SECTION("the range cut short") {
    auto cut = pdf;
    const auto range = cut.rfind("/ByteRange [0 ") + 14;
    cut[range] = static_cast<char>(cut[range] == '1' ? '2' : '1');
    CHECK(codes_of(at, cut) == "range-not-whole");
  }
}

TEST_CASE("a sealed PDF tells that another version took its place, to who may read it",
          "[service][seal]") {
  Bureau at;
  begin(at);
  const auto first = published(at).pdf;
  at.revise(kId, "公開", "為使文件可查、可驗證，特訂定本程序。");
  at.carry_through(kId);
  const auto document = check_of(at, first)["document"];
  CHECK(document["state"] == "superseded");
  CHECK(document["replaced_by"] == "1.1");
  CHECK(check_of(at, first)["sound"] == true);
}

TEST_CASE("the seal is certified by who may issue certificates, once, for the store's own key",
          "[service][seal]") {
  Bureau at;
  {
    auto zhou = at.as("zhou07");
    CHECK(code_of([&] { (void)service::issue_seal(zhou); }) == "no-right");
  }
  certify(at);
  auto admin = at.as("hsu01");
  CHECK(code_of([&] { (void)service::issue_seal(admin); }) == "seal-exists");
  const auto seal = identity::seal_certificate(at.store().evidence(), at.clock.now());
  REQUIRE(seal);
  CHECK(seal->public_key().spki() == store::sealing_key(at.disk, at.store()).public_key().spki());
  CHECK(seal->not_after() == at.store().authority().issuer.not_after());
  CHECK(problems_of(at).empty());
}

TEST_CASE(
    "signed on another machine, a publication is sealed once and committed as it was prepared",
    "[service][seal]") {
  Bureau at;
  certify(at);
  bring_to_approval(at);
  Bytes statement;
  {
    service::Caller caller;
    caller.only_prepare = true;
    auto sun = at.as("sun05", caller);
    try {
      (void)service::publish_document(sun, kId, "", "");
    } catch (const service::OnlyPrepared& prepared) {
      statement = prepared.statement;
    }
  }
  REQUIRE_FALSE(statement.empty());
  const auto& keys = at.keys.at("sun05");
  const auto cms = crypto::make_key_signer(keys.key, keys.certificate,
                                           {at.store().authority().issuer}, crypto::Custody::file)
                       ->sign(statement, at.clock.now());
  service::Caller caller;
  caller.signed_before = service::SignedBefore{statement, cms};
  const auto kept = at.path() / "cache" / "seals";
  CHECK(at.disk.list(kept).size() == 1);
  SECTION("in time") {
    at.clock.advance(std::chrono::minutes(10));
    auto sun = at.as("sun05", caller);
    const auto answer = service::publish_document(sun, kId, "", "");
    CHECK(answer["sealed_pdf"] == parse_json(statement)["subject"]["sealed_pdf"]);
    CHECK(at.disk.list(kept).empty());
    CHECK(problems_of(at).empty());
  }
  SECTION("where the kept file was altered meanwhile it is not taken") {
    const auto file = kept / at.disk.list(kept).front();
    at.disk.replace(file, at.disk.read_all(file) + "x");
    auto sun = at.as("sun05", caller);
    CHECK(code_of([&] { (void)service::publish_document(sun, kId, "", ""); }) ==
          "prepared-differs");
  }
}

TEST_CASE(
    "the verifier finds what was published with another's seal, with another text under it, or "
    "without one",
    "[service][seal]") {
  Bureau at;
  certify(at);
  bring_to_approval(at);
  const auto folder = model::revision_folder(kId, {1, 0});
  const auto review = identity::filed_statements(at.store().evidence(), folder).front().statement;
  auto sun = at.as("sun05");
  const auto pdf = service::published_rendition(
      sun, kId, workflow::require_draft(at.store(), kId, {1, 0}), sun.today());
  // As a program would file it that does not care for seals.
  const auto publish = [&](const workflow::PublicationFiles& files) {
    const auto prepared = workflow::prepare_publication(
        at.store(), kId, {1, 0}, sun.today(), require_string(review.subject, "pdf"), files,
        sun.acting("document.publish"), sun.act("publication", "document ISMS-02-001 1.0"));
    (void)identity::commit_signed(at.store(), prepared,
                                  sun.signer().sign(prepared.bytes, at.clock.now()));
    return problems_of(at);
  };
  SECTION("without one") { CHECK(publish({pdf, {}}).find("沒有加封") != std::string::npos); }
  SECTION("by somebody else") {
    CHECK(publish({pdf, {}, sealed_by_stranger(at, pdf)}).find("機關印章不成立") !=
          std::string::npos);
  }
  SECTION("with another text under it") {
    const auto sealed = service::sealed_pdf(sun, pdf, "document ISMS-02-001 1.0");
    const auto found = publish({pdf + "% 另一份\n", {}, sealed});
    CHECK(found.find("不是由簽署的那份而來") != std::string::npos);
  }
  SECTION("as it should be") {
    CHECK(publish({pdf, {}, service::sealed_pdf(sun, pdf, "document ISMS-02-001 1.0")}).empty());
  }
}

TEST_CASE("nothing is sealed that was not approved", "[service][seal]") {
  Bureau at;
  certify(at);
  at.create(kId);
  at.submit(kId);
  service::Caller caller;
  caller.only_prepare = true;
  auto sun = at.as("sun05", caller);
  CHECK(code_of([&] { (void)service::publish_document(sun, kId, "", ""); }) != "done");
  CHECK_FALSE(at.disk.exists(at.path() / "cache" / "seals"));
}
