// Any bytes as a CMS signature, a certificate, a request, a key, an SSH signature, a revocation list and a time stamp: an answer or
// an Error, never a crash. Seeds: any .p7s, certificate or request of a store.
#include <cstdint>

#include "base/date.h"
#include "base/error.h"
#include "crypto/cms.h"
#include "crypto/crl.h"
#include "crypto/pades.h"
#include "crypto/ssh_signature.h"
#include "crypto/timestamp.h"

using namespace vermilion;
using namespace vermilion::crypto;

namespace {

struct Store {
  PrivateKey key = PrivateKey::generate_p256();
  Instant at = parse_instant("2026-11-22T08:00:00Z");
  Certificate root = make_root(key, "環境保護署", {at, at + std::chrono::hours(24)});
};

template <typename Read>
void expect_answer(Read read) {
  try {
    read();
  } catch (const Error&) {
  }
}

void read_certificate(std::string_view bytes) {
  const auto certificate = Certificate::from_der(bytes);
  (void)(certificate.common_name() + certificate.account() + certificate.serial());
  (void)certificate.not_before();
  (void)certificate.not_after();
  (void)certificate.public_key();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Store store;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  expect_answer([&] { (void)verify_detached(bytes, "核准", store.root, store.at); });
  expect_answer([&] { read_certificate(bytes); });
  expect_answer([&] { (void)request_key(bytes); });
  expect_answer([&] { (void)PublicKey::from_spki(bytes); });
  expect_answer([&] { (void)PrivateKey::from_der(bytes); });
  expect_answer([&] { (void)ssh_signature_verifies(store.key.public_key(), "核准", bytes); });
  expect_answer([&] { (void)allowed_signer_key(bytes); });
  expect_answer([&] { (void)find_crl_term(bytes, {store.root}); });
  expect_answer([&] { (void)timestamp_signer(bytes); });
  expect_answer([&] { (void)timestamp_inside(bytes); });
  return 0;
}
