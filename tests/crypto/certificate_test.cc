#include "crypto/certificate.h"

#include "base/error.h"
#include "crypto/digest.h"
#include "people.h"
#include "refused.h"
#include "support/process.h"

using namespace people;

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("a person's certificate says who, from when to when, and for what key", "[crypto]") {
  const Authority authority;
  const auto key = PrivateKey::generate_p256();
  const auto certificate = authority.person(key.public_key(), "chen01", "陳\uFA19昌");
  CHECK(certificate.common_name() == "陳\uFA19昌");
  CHECK(certificate.account() == "chen01");
  CHECK(rfc3339(certificate.not_before()) == "2026-01-01T00:00:00Z");
  CHECK(rfc3339(certificate.not_after()) == "2028-01-01T00:00:00Z");
  CHECK(certificate.public_key().spki() == key.public_key().spki());
  CHECK(certificate.serial().size() == 32);
  CHECK(certificate.sha256() == hex(sha256(certificate.der())));
  CHECK(authority.person(key.public_key()).serial() != authority.person(key.public_key()).serial());
}

TEST_CASE("a certificate survives being written and read", "[crypto]") {
  const Authority authority;
  CHECK(Certificate::from_der(authority.root.der()).sha256() == authority.root.sha256());
  CHECK(Certificate::from_pem(authority.issuer.pem()).sha256() == authority.issuer.sha256());
  CHECK(authority.root.common_name() == "環境保護署 文件紀錄管理 根憑證");
  CHECK(authority.issuer.common_name() == "環境保護署 文件紀錄管理 簽發憑證");
  CHECK(authority.root.account().empty());
  const auto bad = "bad-certificate/invalid";
  CHECK(code_of([&] { (void)Certificate::from_der(authority.root.der() + "x"); }) == bad);
  CHECK(code_of([&] { (void)Certificate::from_der(""); }) == bad);
  CHECK(code_of([&] { (void)Certificate::from_pem("核准"); }) == bad);
}

TEST_CASE("validity beyond 2050 is written and read to the second", "[crypto]") {
  const auto key = PrivateKey::generate_p256();
  const Validity validity{parse_instant("1949-12-31T23:59:59Z"),
                          parse_instant("2076-02-29T12:34:56Z")};
  const auto root = make_root(key, "署", validity);
  CHECK(root.not_before() == validity.from);
  CHECK(root.not_after() == validity.to);
}

TEST_CASE("stock openssl sees the purposes and limits of each certificate", "[crypto]") {
  if (!has_program("openssl")) return;
  const Authority authority;
  const Person person(authority);
  const Scratch folder;
  const auto text = [&](const Certificate& certificate) {
    return run("openssl x509 -noout -text -nameopt oneline,utf8,-esc_msb -in " +
               folder.write("one.pem", certificate.pem()))
        .output;
  };
  const auto leaf = text(person.certificate);
  CHECK(has(leaf, "Subject: CN = 林堃, serialNumber = lin01"));
  CHECK(has(leaf,
            "X509v3 Key Usage: critical\n                Digital Signature, Non Repudiation\n"));
  CHECK(has(leaf, "X509v3 Extended Key Usage: \n                E-mail Protection\n"));
  CHECK(has(leaf, "X509v3 Basic Constraints: critical\n                CA:FALSE"));
  CHECK(has(text(authority.root),
            "X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:1"));
  CHECK(has(text(authority.issuer),
            "X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:0"));
  CHECK(has(text(authority.issuer),
            "X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign\n"));

  const auto root = folder.write("root.pem", authority.root.pem());
  const auto issuer = folder.write("issuer.pem", authority.issuer.pem());
  const auto leaf_file = folder.write("leaf.pem", person.certificate.pem());
  const auto verify = "openssl verify -x509_strict -attime " +
                      std::to_string(kSigned.time_since_epoch().count()) + " -CAfile " + root +
                      " -untrusted " + issuer + " ";
  CHECK(run(verify + "-purpose smimesign " + leaf_file).status == 0);
  CHECK(run(verify + "-purpose sslserver " + leaf_file).status != 0);
}

TEST_CASE("a request proves possession of its key, and a changed one proves nothing", "[crypto]") {
  const auto key = PrivateKey::generate_p256();
  const auto request = make_request(key, "chen01", "陳大文");
  CHECK(request_key(request).spki() == key.public_key().spki());
  CHECK(request_account(request) == "chen01");
  CHECK(request_account(make_request(key, "", "陳大文")) == "");
  CHECK(request_account("核准") == "");
  const auto unproved = "request-unproved/invalid";
  Bytes renamed = request;
  renamed.replace(renamed.find("chen01"), 6, "wang02");
  CHECK(code_of([&] { (void)request_key(renamed); }) == unproved);
  CHECK(code_of([&] { (void)request_key(request.substr(0, request.size() - 1)); }) == unproved);
  CHECK(code_of([&] { (void)request_key("核准"); }) == unproved);

  // Another's public key put into one's own request: the signature is by the wrong key.
  Bytes borrowed = request;
  const auto own = key.public_key().spki();
  borrowed.replace(borrowed.find(own), own.size(), PrivateKey::generate_p256().public_key().spki());
  CHECK(code_of([&] { (void)request_key(borrowed); }) == unproved);

  if (!has_program("openssl")) return;
  const Scratch folder;
  CHECK(run("openssl req -verify -noout -inform DER -in " + folder.write("chen01.csr", request))
            .status == 0);
}

TEST_CASE("names a certificate cannot carry and foreign issuing keys are refused", "[crypto]") {
  const Authority authority;
  const auto key = PrivateKey::generate_p256();
  const auto bad_name = "bad-certificate-name/invalid";
  std::string long_name;
  for (int i = 0; i < 65; ++i) long_name += "堃";
  CHECK(code_of([&] { (void)authority.person(key.public_key(), "lin01", long_name); }) == bad_name);
  CHECK(code_of([&] { (void)authority.person(key.public_key(), "lin01", ""); }) == bad_name);
  CHECK(code_of([&] { (void)authority.person(key.public_key(), "林01", "林堃"); }) == bad_name);
  CHECK(code_of([&] {
          (void)issue_person(key.public_key(), "lin01", "林堃", years("2026", "2028"), key,
                             authority.issuer);
        }) == "key-certificate-mismatch/invalid");
}
