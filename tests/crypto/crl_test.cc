// The store's revocation list, as we read it and as stock openssl does.
#include "crypto/crl.h"

#include "crypto/people.h"
#include "crypto/refused.h"
#include "support/process.h"

using namespace people;

namespace {

Crl list_of(const std::vector<RevokedCertificate>& revoked) {
  return {7, kSigned, kSigned + std::chrono::days(7), revoked};
}

}  // namespace

TEST_CASE("a revocation list comes back as it was made, and only from its issuer", "[crypto]") {
  const Authority authority;
  const Person lin(authority);
  const RevokedCertificate one{lin.certificate.serial(), kSigned - std::chrono::hours(2),
                               "key-compromise"};
  const RevokedCertificate other{"4f00", kSigned, "unspecified"};
  const auto der = make_crl(list_of({one, other}), authority.issuer_key, authority.issuer);
  const auto read = read_crl(der, authority.issuer);
  CHECK(read.number == 7);
  CHECK(read.made == kSigned);
  CHECK(read.next == kSigned + std::chrono::days(7));
  CHECK(read.revoked.size() == 2);
  for (const auto& wanted : {one, other})
    CHECK(std::count(read.revoked.begin(), read.revoked.end(), wanted) == 1);
  CHECK(code_of([&] { (void)read_crl(der, Authority().issuer); }) == "bad-crl/invalid");
  CHECK(code_of([&] { (void)read_crl("不是清單", authority.issuer); }) == "bad-crl/invalid");
  CHECK(code_of([] { require_revocation_reason("離職"); }) == "bad-reason/invalid");
  CHECK(crls_in(crl_pem(der) + crl_pem(der)) == std::vector<Bytes>{der, der});
}

TEST_CASE("stock openssl verifies the list, and refuses what it names", "[crypto]") {
  if (!has_program("openssl")) return;
  const Authority authority;
  const Person lin(authority);
  const Person wu(authority);
  const Scratch folder;
  folder.write("root.pem", authority.root.pem());
  folder.write("issuer.pem", authority.issuer.pem());
  folder.write("lin.pem", lin.certificate.pem());
  folder.write("wu.pem", wu.certificate.pem());
  folder.write("crl.pem",
               crl_pem(make_crl(list_of({{lin.certificate.serial(), kSigned, "superseded"}}),
                                authority.issuer_key, authority.issuer)));
  const auto openssl = [&](const std::string& words) {
    return run("cd " + quoted(folder.path()) + " && openssl " + words);
  };
  const auto listed = openssl("crl -in crl.pem -noout -verify -CAfile issuer.pem -text");
  INFO(listed.output);
  CHECK(listed.status == 0);
  CHECK(listed.output.find("verify OK") != std::string::npos);
  CHECK(listed.output.find("Superseded") != std::string::npos);
  const auto check = [&](const std::string& who) {
    return openssl("verify -attime " + std::to_string(kSigned.time_since_epoch().count() + 60) +
                   " -crl_check -CRLfile crl.pem -CAfile root.pem -untrusted issuer.pem " + who);
  };
  CHECK(check("wu.pem").status == 0);
  const auto revoked = check("lin.pem");
  CHECK(revoked.status != 0);
  CHECK(revoked.output.find("certificate revoked") != std::string::npos);
}

TEST_CASE("a list is told to be by the one of those given who signed it, or by none", "[crypto]") {
  const Authority authority, other;
  const auto list = make_crl(list_of({}), authority.issuer_key, authority.issuer);
  const auto term = find_crl_term(list, {other.issuer, authority.root, authority.issuer});
  REQUIRE(term);
  CHECK(term->issuer.sha256() == authority.issuer.sha256());
  CHECK(term->next > term->made);
  CHECK_FALSE(find_crl_term(list, {other.issuer}));  // of the same name
  CHECK_FALSE(find_crl_term("不是清單", {authority.issuer}));
}
