// Any bytes as client data and as authenticator data, alone and behind what a browser would put before them: a verdict, never a crash, and
// never a good one for a signature, as nobody here has the key. Seeds: client data; what follows the counter in authenticator data.
#include <cstdint>

#include "base/error.h"
#include "crypto/digest.h"
#include "crypto/key.h"
#include "crypto/passkey.h"

using namespace vermilion;
using crypto::PasskeyVerdict;

namespace {

const crypto::PasskeyCeremony kAsked{"https://localhost:8443", "localhost", "AAAA"};
const Bytes kCreated =
    R"({"type":"webauthn.create","challenge":"AAAA","origin":"https://localhost:8443","crossOrigin":false})";
const Bytes kUsed =
    R"({"type":"webauthn.get","challenge":"AAAA","origin":"https://localhost:8443","crossOrigin":false})";

void create(const Bytes& client, const Bytes& data) {
  const auto made = crypto::check_creation(kAsked, {client, data});
  if (made.verdict != PasskeyVerdict::good) return;
  VERMILION_ASSERT(!made.passkey.id.empty() && made.passkey.id.size() <= 1023);
  VERMILION_ASSERT(!made.passkey.key.empty());
  const auto used = crypto::check_answer(kAsked, made.passkey, {kUsed, data, "forged"});
  VERMILION_ASSERT(used.verdict != PasskeyVerdict::good);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crypto::PasskeyKey passkey{
      "id", crypto::PrivateKey::generate_p256().public_key().spki(), 0};
  static const auto begin = crypto::sha256(kAsked.site);
  const Bytes bytes(reinterpret_cast<const char*>(data), size);
  const auto whole = begin + '\x45' + Bytes(4, '\0') + bytes;  // present, verified, with a key
  (void)crypto::challenge_in(bytes);
  create(bytes, whole);
  create(kCreated, bytes);
  create(kCreated, whole);
  for (const auto& forged :
       {crypto::PasskeyAnswer{bytes, whole, "x"}, crypto::PasskeyAnswer{kUsed, bytes, "x"},
        crypto::PasskeyAnswer{kUsed, whole, bytes}})
    VERMILION_ASSERT(crypto::check_answer(kAsked, passkey, forged).verdict != PasskeyVerdict::good);
  return 0;
}
