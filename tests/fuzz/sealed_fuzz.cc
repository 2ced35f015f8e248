// Any bytes as a sealed payload, a wrapped key and a secret: refused with an Error, never opened,
// never a crash. Under a key nobody knows nothing can be forged, so whatever opens is a fault.
#include <cstdint>
#include <cstdlib>

#include "base/error.h"
#include "crypto/random.h"
#include "crypto/sealing.h"

using namespace vermilion;
using namespace vermilion::crypto;

namespace {

template <typename Open>
void expect_refusal(Open open) {
  try {
    open();
  } catch (const Error&) {
    return;
  }
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Bytes key = random_bytes(kKeySize);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  expect_refusal([&] { (void)open_sealed(bytes, key); });
  expect_refusal([&] { (void)unwrap_key(key, bytes); });
  expect_refusal([&] { (void)decrypt_secret(key, "fuzz", bytes); });
  try {
    (void)sealed_header(bytes);
  } catch (const Error&) {
  }
  return 0;
}
