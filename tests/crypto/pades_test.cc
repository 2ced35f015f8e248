// The CMS inside a PDF: which attributes it has, and what stock openssl says of it.
#include "crypto/pades.h"

#include "crypto/crl.h"
#include "crypto/digest.h"
#include "crypto/people.h"
#include "crypto/refused.h"
#include "crypto/timestamp.h"
#include "support/process.h"
#include "support/smuggled.h"
#include "support/tsa.h"

using namespace people;

namespace {

const std::string kCovered = "%PDF-1.7 資訊安全管理規範 … 3.6";

Bytes pades_of(const Person& person) {
  return sign_pades(kCovered, person.key, person.certificate, {person.issuer});
}

Person with_key(const Authority& authority, const std::string& options) {
  const auto made = run("openssl genpkey " + options + " 2>/dev/null");
  REQUIRE(made.status == 0);
  return Person(authority, PrivateKey::from_pem(made.output, ""));
}

}  // namespace

TEST_CASE("a PDF's signature is good and claims no time of its own", "[crypto][pades]") {
  const Authority authority;
  const Person person(authority);
  const auto cms = pades_of(person);
  const auto result = verify_detached(cms, kCovered, authority.root, kSigned);
  CHECK(result.verdict == CmsVerdict::good);
  CHECK_FALSE(result.signing_time);
  CHECK(verify_detached(cms, kCovered + " ", authority.root, kSigned).verdict ==
        CmsVerdict::content_changed);
}

TEST_CASE("P-384 and RSA-3072 sign PDFs too, as stock openssl agrees", "[crypto][pades]") {
  const Authority authority;
  const Scratch folder;
  folder.write("root.pem", authority.root.pem());
  folder.write("covered", kCovered);
  for (const char* options : {"-algorithm EC -pkeyopt ec_paramgen_curve:P-256",
                              "-algorithm EC -pkeyopt ec_paramgen_curve:P-384",
                              "-algorithm RSA -pkeyopt rsa_keygen_bits:3072"}) {
    INFO(options);
    const Person person = with_key(authority, options);
    folder.write("cms", pades_of(person));
    const auto checked =
        run("cd " + quoted(folder.path()) +
            " && openssl cms -verify -cades -binary -inform DER -in cms -content covered -CAfile "
            "root.pem -attime " +
            std::to_string(kSigned.time_since_epoch().count()) + " -out /dev/null 2>&1");
    INFO(checked.output);
    CHECK(checked.status == 0);
  }
}

TEST_CASE("a time stamp goes into the signature and proves when it existed", "[crypto][pades]") {
  const Authority authority;
  const Person person(authority);
  const StockTsa tsa;
  const auto trusted = certificates_in(run("cat " + quoted(tsa.authorities())).output);
  const auto cms = pades_of(person);
  CHECK_FALSE(check_timestamp_inside(cms, trusted));
  const auto response = tsa.answer(timestamp_query(signature_value(cms)));
  const auto stamped = with_timestamp(cms, response);
  CHECK(check_timestamp_inside(stamped, trusted) == read_timestamp(response));
  CHECK(read_timestamp_inside(stamped) == read_timestamp(response));
  CHECK(verify_detached(stamped, kCovered, authority.root, kSigned).verdict == CmsVerdict::good);
  CHECK_FALSE(holds_unsigned(cms));
  CHECK_FALSE(holds_unsigned(stamped));

  SECTION("one that was given over another signature proves nothing") {
    const auto other = tsa.answer(timestamp_query(signature_value(pades_of(person))));
    CHECK(code_of([&] { (void)check_timestamp_inside(with_timestamp(cms, other), trusted); }) ==
          "timestamp-bad/unavailable");
  }
  SECTION("nor one by an authority that is not trusted") {
    CHECK(code_of([&] { (void)check_timestamp_inside(stamped, {authority.root}); }) ==
          "timestamp-bad/unavailable");
  }
}

TEST_CASE("what nobody signed is found in a signature that is good", "[crypto][pades]") {
  const Authority authority;
  const Person person(authority);
  const auto cms = pades_of(person);
  const auto with_list = [&] {
    const auto parsed = from_der_bytes<Cms>(cms, d2i_CMS_ContentInfo);
    const auto list = from_der_bytes<Handle<X509_CRL, X509_CRL_free>>(
        make_crl({1, kSigned, kSigned, {}}, authority.issuer_key, authority.issuer), d2i_X509_CRL);
    CHECK(CMS_add1_crl(parsed.get(), list.get()) == 1);
    return der_of(parsed.get(), i2d_CMS_ContentInfo);
  };
  for (const auto& smuggled : {with_unsigned(cms, "本版已作廢"), with_list()}) {
    CHECK(verify_detached(smuggled, kCovered, authority.root, kSigned).verdict == CmsVerdict::good);
    CHECK(holds_unsigned(smuggled));
  }
}
