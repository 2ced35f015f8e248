// One statement against its signature, certificate, signer and store.
#include "evidence/verification.h"

#include "crypto/people.h"
#include "support/process.h"

using namespace people;
using namespace vermilion::evidence;
using model::Statement;

namespace {

const std::string kStore = "v-3f9c0a11";
constexpr std::uint64_t kIssued = 4;  // log index of the certificate's issue
constexpr std::uint64_t kFiled = 17;  // of the statement

Statement approval() {
  return {"approval",
          "核准",
          {{"type", "revision"}, {"id", "ISMS-01-002"}, {"version", "3.6"}},
          {"lin01", "林堃", "監資處", "處長", "approver", std::nullopt},
          {std::string(40, 'c'), "sha256:" + std::string(64, 'd')},
          kSigned,
          kStore};
}

// One authority and one person for all tests; making keys is what takes the time.
const Authority& authority() {
  static const Authority one;
  return one;
}
const Person& lin() {
  static const Person one(authority());
  return one;
}

struct Case {
  Bytes bytes = model::statement_bytes(approval());
  Bytes cms = lin().sign(bytes);
  Certificate root = authority().root;
  std::string store = kStore;
  std::uint64_t filed = kFiled;
  std::optional<CertificateRecord> record = CertificateRecord{kIssued, std::nullopt};

  [[nodiscard]] Verified verify() const {
    return verify_statement(bytes, cms, root, store, filed, [&](const std::string& sha256) {
      return sha256 == lin().certificate.sha256() ? record : std::nullopt;
    });
  }
  [[nodiscard]] std::string verdict() const { return verdict_name(verify().verdict); }
};

// A case in which the person signed this statement at this time.
Case signed_as(const Statement& statement) {
  Case c;
  c.bytes = model::statement_bytes(statement);
  c.cms = sign_detached(c.bytes, lin().key, lin().certificate, {authority().issuer}, statement.at);
  return c;
}

}  // namespace

TEST_CASE("a statement by its signer's key, logged before, is good and tells who signed",
          "[evidence]") {
  const auto verified = Case().verify();
  CHECK(verified.verdict == Verdict::good);
  REQUIRE(verified.statement);
  CHECK(verified.statement->signer.name == "林堃");
  REQUIRE(verified.certificate);
  CHECK(verified.certificate->account() == "lin01");
}

TEST_CASE("each flipped bit of a statement makes it other than good", "[evidence]") {
  const Case good;
  for (std::size_t at = 0; at < good.bytes.size(); ++at) {
    auto c = good;
    c.bytes[at] = static_cast<char>(c.bytes[at] ^ 1);
    INFO(at << ": " << c.bytes);
    const auto verdict = c.verdict();
    CHECK((verdict == "content-changed" || verdict == "not-canonical" ||
           verdict == "certificate-expired"));
  }
}

TEST_CASE("another text under the same signature has changed content", "[evidence]") {
  Case c;
  auto other = approval();
  other.subject["version"] = "3.7";
  c.bytes = model::statement_bytes(other);
  CHECK(c.verdict() == "content-changed");
}

TEST_CASE("bytes that are not their own canonical form are refused even when they were signed so",
          "[evidence]") {
  Case c;
  c.bytes = parse_json(c.bytes).dump(2);
  c.cms = lin().sign(c.bytes);
  const auto verified = c.verify();
  CHECK(verified.verdict == Verdict::not_canonical);
  CHECK_FALSE(verified.statement);
  c.bytes = "核准";
  CHECK(c.verdict() == "not-canonical");
  c.bytes = "";
  CHECK(c.verdict() == "not-canonical");
}

TEST_CASE("a damaged or empty signature is bad, not an error", "[evidence]") {
  Case c;
  c.cms = "";
  CHECK(c.verdict() == "signature-bad");
  c.cms = "不是 CMS";
  CHECK(c.verdict() == "signature-bad");
  c = Case();
  c.cms.back() = static_cast<char>(c.cms.back() ^ 1);
  CHECK(c.verdict() == "signature-bad");
}

TEST_CASE("a chain to another root is not trusted", "[evidence]") {
  Case c;
  c.root = Authority().root;
  CHECK(c.verdict() == "certificate-untrusted");
}

TEST_CASE("a certificate of another person does not sign for the one the statement names",
          "[evidence]") {
  auto statement = approval();
  statement.signer.account = "chen04";
  CHECK(signed_as(statement).verdict() == "wrong-person");
  statement.signer.on_behalf_of = "lin01";  // nor does being the principal make one the signer
  CHECK(signed_as(statement).verdict() == "wrong-person");
}

TEST_CASE("a certificate whose issue is not in the log, or later than its use, is refused",
          "[evidence]") {
  Case c;
  c.record = std::nullopt;
  CHECK(c.verdict() == "certificate-not-logged");
  c.record = CertificateRecord{kFiled + 1, std::nullopt};
  CHECK(c.verdict() == "certificate-not-logged");
  c.record = CertificateRecord{
      kFiled, std::nullopt};  // the act that files the first certificate of a store
  CHECK(c.verdict() == "good");
}

TEST_CASE("a revocation counts from its second on; what was signed before stays good",
          "[evidence]") {
  Case c;
  c.record = CertificateRecord{kIssued, kSigned - std::chrono::seconds(1)};
  CHECK(c.verdict() == "certificate-revoked");
  c.record = CertificateRecord{kIssued, kSigned};
  CHECK(c.verdict() == "certificate-revoked");
  c.record = CertificateRecord{kIssued, kSigned + std::chrono::seconds(1)};
  CHECK(c.verdict() == "good");
}

TEST_CASE("what is filed behind a revocation does not count, whenever it claims to be signed",
          "[evidence]") {
  Case c;
  const auto later = kSigned + std::chrono::minutes(10);
  c.record = CertificateRecord{kIssued, later, kFiled - 1};
  CHECK(c.verdict() == "certificate-revoked");  // prepared before, filed after
  c.record = CertificateRecord{kIssued, later, kFiled + 1};
  CHECK(c.verdict() == "good");
  c.record = CertificateRecord{kIssued, kSigned, kFiled + 1};  // filed before it, in its second
  CHECK(c.verdict() == "good");
  c.record = CertificateRecord{kIssued, kSigned, kFiled};  // the revocation itself, by its holder
  CHECK(c.verdict() == "good");
}

TEST_CASE("a certificate of another authority leads to that one, and its status has to reach to the "
          "time of signing",
          "[evidence]") {
  Case c;
  c.root = Authority().root;
  const OutsideAuthority outside{"lin01", {{authority().root}, {authority().issuer}}, std::nullopt};
  c.record->outside = outside;
  CHECK(c.verdict() == "good");
  c.record->outside->status_until = kSigned - std::chrono::seconds(1);
  CHECK(c.verdict() == "certificate-status-unknown");
  c.record->outside->status_until = kSigned;
  CHECK(c.verdict() == "good");
  c.record->outside->account = "wu06";
  CHECK(c.verdict() == "wrong-person");
  c.record->outside->trust.anchors = {c.root};
  CHECK(c.verdict() == "certificate-untrusted");
}

TEST_CASE("a certificate counts only between its days", "[evidence]") {
  auto statement = approval();
  statement.at = parse_instant("2028-06-01T00:00:00Z");
  CHECK(signed_as(statement).verdict() == "certificate-expired");
  statement.at = parse_instant("2025-12-31T23:59:59Z");
  CHECK(signed_as(statement).verdict() == "certificate-expired");
}

TEST_CASE("a statement made for another store does not count in this one", "[evidence]") {
  auto statement = approval();
  statement.store = "v-00000000";
  CHECK(signed_as(statement).verdict() == "wrong-store");
}

TEST_CASE("every verdict has a name of its own and words in both languages", "[evidence]") {
  std::set<std::string> names;
  for (int v = 0; v <= int(Verdict::other_certificate); ++v) {
    names.insert(verdict_name(Verdict(v)));
    const auto said = verdict_said(Verdict(v));
    CHECK(!said.zh.empty());
    CHECK(!said.en.empty());
  }
  CHECK(names.size() == std::size_t(Verdict::other_certificate) + 1);
}

TEST_CASE("stock openssl agrees with a good verdict, and with a flipped one", "[evidence]") {
  if (!has_program("openssl")) return;
  const Case c;
  const Scratch scratch;
  const auto statement = scratch.write("approval.statement.json", c.bytes);
  const auto signature = scratch.write("approval.statement.json.p7s", c.cms);
  const auto root = scratch.write("root.pem", c.root.pem());
  const auto check = [&](const std::string& content) {
    return run("openssl cms -verify -binary -inform DER -in " + ::quoted(signature) + " -content " +
               ::quoted(content) + " -CAfile " + ::quoted(root) + " -attime " +
               std::to_string(kSigned.time_since_epoch().count()) + " -out /dev/null")
        .status;
  };
  CHECK(check(statement) == 0);
  auto flipped = c.bytes;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  CHECK(check(scratch.write("flipped.json", flipped)) != 0);
}
