// The recipe of architecture invariant 3, run with the stock program: what an auditor types.
#include "base/error.h"
#include "people.h"
#include "support/process.h"

using namespace people;

namespace {

// One statement with its signature and root, as `document export --approvals` lays them out.
struct Evidence {
  Scratch folder;
  std::string content;
  std::string signature;
  std::string root;

  Evidence(const Authority& authority, const Person& person)
      : content(folder.write("approval.json", kStatement)),
        signature(folder.write("approval.json.p7s", person.sign(kStatement))),
        root(folder.write("root.pem", authority.root.pem())) {}

  [[nodiscard]] std::string recipe(const std::string& options) const {
    return "openssl cms -verify -binary -inform DER -in " + signature + " -content " + content +
           " -CAfile " + root + " -out /dev/null " + options;
  }
};

std::string attime(Instant at) {
  return "-attime " + std::to_string(at.time_since_epoch().count());
}

}  // namespace

TEST_CASE("stock openssl verifies a signature at its time, as CMS and as CAdES", "[crypto]") {
  if (!has_program("openssl")) return;
  const Authority authority;
  const Evidence evidence(authority, Person(authority));
  const auto plain = run(evidence.recipe(attime(kSigned)));
  INFO(plain.output);
  CHECK(plain.status == 0);
  const auto cades = run(evidence.recipe("-cades " + attime(kSigned)));
  INFO(cades.output);
  CHECK(cades.status == 0);
  CHECK(cades.output.find("CAdES Verification successful") != std::string::npos);
}

TEST_CASE("stock openssl verifies P-384 and RSA-3072 signatures", "[crypto]") {
  if (!has_program("openssl")) return;
  const Authority authority;
  for (const char* options : {"-algorithm EC -pkeyopt ec_paramgen_curve:P-384",
                              "-algorithm RSA -pkeyopt rsa_keygen_bits:3072"}) {
    INFO(options);
    const auto key = PrivateKey::from_pem(
        run(std::string("openssl genpkey ") + options + " 2>/dev/null").output, "");
    const Evidence evidence(authority, Person(authority, key));
    CHECK(run(evidence.recipe("-cades " + attime(kSigned))).status == 0);
  }
}

TEST_CASE("stock openssl refuses a flipped byte and another root", "[crypto]") {
  if (!has_program("openssl")) return;
  const Authority authority;
  const Evidence evidence(authority, Person(authority));
  SECTION("in the content") {
    auto changed = kStatement;
    changed[9] = static_cast<char>(changed[9] ^ 1);
    evidence.folder.write("approval.json", changed);
    CHECK(run(evidence.recipe(attime(kSigned))).status != 0);
  }
  SECTION("in the signature") {
    auto cms = Person(authority).sign(kStatement);
    cms.back() = static_cast<char>(cms.back() ^ 1);
    evidence.folder.write("approval.json.p7s", cms);
    CHECK(run(evidence.recipe(attime(kSigned))).status != 0);
  }
  SECTION("another root") {
    evidence.folder.write("root.pem", Authority().root.pem());
    CHECK(run(evidence.recipe(attime(kSigned))).status != 0);
  }
}

TEST_CASE("years later the recipe still verifies, and only with the signing time", "[crypto]") {
  if (!has_program("openssl") || !has_program("faketime")) return;
  const Authority authority;
  const Evidence evidence(authority, Person(authority));
  const std::string later = "faketime -f +5y ";
  const auto with_time = run(later + evidence.recipe(attime(kSigned)));
  INFO(with_time.output);
  CHECK(with_time.status == 0);
  const auto without = run(later + evidence.recipe(""));
  INFO(without.output);
  CHECK(without.status != 0);
  CHECK(without.output.find("certificate has expired") != std::string::npos);
  CHECK(run(evidence.recipe(attime(kAfterExpiry))).status != 0);
}

TEST_CASE("a CAdES signature made by stock openssl is good here", "[crypto]") {
  if (!has_program("openssl")) return;
  const Authority authority;
  const Person person(authority);
  const Evidence evidence(authority, person);
  const auto key = evidence.folder.write("key.pem", person.key.pem("通行碼"));
  const auto chain = evidence.folder.write("issuer.pem", authority.issuer.pem());
  const auto leaf = evidence.folder.write("leaf.pem", person.certificate.pem());
  const auto sign = [&](const std::string& options) {
    const auto made = run("openssl cms -sign -binary -outform DER -signer " + leaf + " -inkey " +
                          key + " -passin pass:通行碼 -certfile " + chain + " -in " +
                          evidence.content + " " + options + " 2>/dev/null");
    REQUIRE(made.status == 0);
    return verify_detached(made.output, kStatement, authority.root, kSigned).verdict;
  };
  CHECK(sign("-cades") == CmsVerdict::good);
  CHECK(sign("-cades -keyid") == CmsVerdict::good);
  // Without signing-certificate-v2 nothing binds the signature to its certificate.
  CHECK(sign("") == CmsVerdict::signature_bad);
  // Without signed attributes there is neither time nor binding.
  CHECK(sign("-noattr") == CmsVerdict::signature_bad);
  CHECK(sign("-cades -md sha224") == CmsVerdict::signature_bad);
  CHECK(sign("-cades -md sha512") == CmsVerdict::good);
  CHECK(sign("-cades -nocerts") == CmsVerdict::chain_untrusted);
  CHECK_THROWS_AS(sign("-cades -nodetach"), Error);
}

TEST_CASE("a key too weak to be trusted makes no good signature, whoever issued its certificate",
          "[crypto]") {
  if (!has_program("openssl")) return;
  Authority authority;  // valid whatever the machine's clock says, for openssl x509 goes by it
  authority.root = make_root(authority.root_key, "署", years("2000", "2100"));
  authority.issuer = make_issuer(authority.issuer_key.public_key(), "署", years("2000", "2100"),
                                 authority.root_key, authority.root);
  const Scratch folder;
  folder.write("issuer.pem", authority.issuer.pem());
  folder.write("issuer.key", authority.issuer_key.pem("通行碼"));
  folder.write("approval.json", kStatement);
  const auto verdict = [&](int bits) {
    const auto made = run(
        "cd " + quoted(folder.path()) + " && openssl req -new -newkey rsa:" + std::to_string(bits) +
        " -nodes -keyout weak.key -subj /CN=weak -out weak.csr -batch 2>/dev/null"
        " && openssl x509 -req -in weak.csr -CA issuer.pem -CAkey issuer.key -passin pass:通行碼"
        " -days 365 -out weak.pem 2>/dev/null"
        " && openssl cms -sign -binary -cades -outform DER -signer weak.pem -inkey weak.key"
        " -certfile issuer.pem -in approval.json 2>/dev/null");
    REQUIRE(made.status == 0);
    const auto now = SystemClock().now();
    return verify_detached(made.output, kStatement, authority.root, now).verdict;
  };
  CHECK(verdict(1024) == CmsVerdict::chain_untrusted);
  CHECK(verdict(2048) == CmsVerdict::good);
}
