// Changed bytes of every parsed form: never a crash, only an answer or an Error. tests/fuzz holds
// the open-ended searches; these loops are short, always the same, and run with every build.
#include <random>

#include "base/error.h"
#include "crypto/sealing.h"
#include "crypto/ssh_signature.h"
#include "people.h"

using namespace people;

namespace {

constexpr int kRounds = 2000;

class Mutator {
 public:
  // One to four flips, cuts, repeats or insertions.
  Bytes operator()(Bytes bytes) {
    for (auto n = below(4) + 1; n > 0 && !bytes.empty(); --n) {
      const auto at = below(bytes.size());
      switch (below(5)) {
        case 0:
          bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
          break;
        case 1:
          bytes[at] = static_cast<char>(below(256));
          break;
        case 2:
          bytes.erase(at, below(8) + 1);
          break;
        case 3:
          bytes.insert(at, bytes.substr(below(bytes.size()), below(16) + 1));
          break;
        default:
          bytes.insert(at, below(4) + 1, static_cast<char>(below(256)));
      }
    }
    return bytes;
  }

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::mt19937_64 random_{20261122};  // NOLINT(cert-msc51-cpp): the same search every time
};

// Runs `read` on changed forms of `bytes`; returns how many were refused with an Error.
int refused(const Bytes& bytes, const std::function<void(const Bytes&)>& read) {
  Mutator mutate;
  int count = 0;
  for (int i = 0; i < kRounds; ++i) {
    const Bytes changed = mutate(bytes);
    if (changed == bytes) continue;
    try {
      read(changed);
    } catch (const Error&) {
      ++count;
    }
  }
  return count;
}

}  // namespace

TEST_CASE("2000 changed signatures: a verdict or an Error, and none good for other content",
          "[crypto]") {
  const Authority authority;
  const Person person(authority);
  int good = 0;
  const int errors = refused(person.sign(kStatement), [&](const Bytes& changed) {
    const auto other = verify_detached(changed, "別的內容", authority.root, kSigned);
    CHECK(other.verdict != CmsVerdict::good);
    const auto result = verify_detached(changed, kStatement, authority.root, kSigned);
    if (result.verdict != CmsVerdict::good) return;
    // A change that leaves it good touched nothing the signature covers: the signer is the same.
    ++good;
    CHECK(result.signer->sha256() == person.certificate.sha256());
    CHECK(result.signing_time == kSigned);
  });
  INFO(good << " good, " << errors << " refused");
  CHECK(errors > kRounds / 10);
  CHECK(good < kRounds / 20);
}

TEST_CASE("2000 changed certificates and requests: read or refused", "[crypto]") {
  const Authority authority;
  const auto key = PrivateKey::generate_p256();
  refused(authority.person(key.public_key()).der(), [&](const Bytes& changed) {
    const auto certificate = Certificate::from_der(changed);
    (void)(certificate.common_name() + certificate.account() + certificate.serial() +
           certificate.pem());
    (void)certificate.public_key();
    CHECK(certificate.not_before() < certificate.not_after() + std::chrono::years(10000));
  });
  refused(authority.root.pem(), [](const Bytes& changed) { (void)Certificate::from_pem(changed); });
  const auto request = make_request(key, "lin01", "林堃");
  int proved = 0;
  refused(request, [&](const Bytes& changed) {
    (void)request_key(changed);
    ++proved;
  });
  CHECK(proved == 0);
}

TEST_CASE("2000 changed roots: never trusted for what they did not sign", "[crypto]") {
  const Authority authority;
  const Person person(authority);
  const auto cms = person.sign(kStatement);
  refused(authority.root.der(), [&](const Bytes& changed) {
    (void)verify_detached(cms, kStatement, Certificate::from_der(changed), kSigned);
  });
}

TEST_CASE("2000 changed sealed payloads, wrapped keys and secrets: all refused", "[crypto]") {
  const auto sealed = seal({{"format", "vermilion-sealed-1"}, {"part", "content"}}, "保密切結書");
  int opened = 0;
  refused(sealed.bytes, [&](const Bytes& changed) {
    (void)open_sealed(changed, sealed.key);
    ++opened;
  });
  refused(sealed.bytes, [](const Bytes& changed) { (void)sealed_header(changed); });
  refused(wrap_key(sealed.key, sealed.key), [&](const Bytes& changed) {
    (void)unwrap_key(sealed.key, changed);
    ++opened;
  });
  refused(encrypt_secret(sealed.key, "x", "私鑰"), [&](const Bytes& changed) {
    (void)decrypt_secret(sealed.key, "x", changed);
    ++opened;
  });
  CHECK(opened == 0);
}

TEST_CASE("2000 changed keys and SSH signatures: read or refused", "[crypto]") {
  const auto key = PrivateKey::generate_p256();
  refused(key.der(),
          [](const Bytes& changed) { (void)PrivateKey::from_der(changed).sign("核准"); });
  refused(key.public_key().spki(),
          [](const Bytes& changed) { (void)PublicKey::from_spki(changed).verifies("核准", "x"); });
  refused(allowed_signer_line("store", key.public_key()),
          [](const Bytes& changed) { (void)allowed_signer_key(changed); });
  const auto signature = ssh_signature(key, "核准");
  refused(signature, [&](const Bytes& changed) {
    CHECK_FALSE(ssh_signature_verifies(key.public_key(), "核准的別文", changed));
  });
}
