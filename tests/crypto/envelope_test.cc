// Envelopes: what our code closes stock openssl opens, and nobody else's key does.
#include "crypto/envelope.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "crypto/people.h"
#include "support/files.h"
#include "support/process.h"

using namespace vermilion;
using namespace vermilion::crypto;

namespace {

Bytes closed(const Certificate& recipient, const Bytes& content) {
  Bytes envelope;
  EnvelopeWriter writer(recipient, [&](std::string_view piece) { envelope += piece; });
  for (std::size_t at = 0; at < content.size(); at += 70'000)
    writer.add(std::string_view(content).substr(at, 70'000));
  writer.finish();
  return envelope;
}

}  // namespace

TEST_CASE("an envelope opens with its recovery key, here and by stock openssl", "[crypto]") {
  const std::string content = "金鑰庫 " + std::string(300'000, 'k');
  std::vector<PrivateKey> keys = {PrivateKey::generate_p256()};
  if (has_program("openssl")) {
    for (const char* options : {"-algorithm EC -pkeyopt ec_paramgen_curve:P-384",
                                "-algorithm RSA -pkeyopt rsa_keygen_bits:3072"})
      keys.push_back(PrivateKey::from_pem(
          run(std::string("openssl genpkey ") + options + " 2>/dev/null").output, ""));
  }
  for (const auto& key : keys) {
    const auto certificate = make_recovery(key, "環境保護署", people::years("2026", "2046"));
    const auto envelope = closed(certificate, content);
    CHECK(envelope.find("金鑰庫") == Bytes::npos);
    CHECK(open_envelope(envelope, key, certificate) == content);
    if (!has_program("openssl")) continue;
    const Scratch folder;
    const auto pem = folder.write("key.pem", key.pem("復原用的長密語"));
    const auto file = folder.write("copy.cms", envelope);
    CHECK(run("openssl cms -decrypt -binary -inform DER -in " + file + " -inkey " + pem +
              " -passin pass:復原用的長密語")
              .output == content);
  }
}

TEST_CASE("another key, and a cut envelope, open nothing", "[crypto]") {
  const auto key = PrivateKey::generate_p256();
  const auto certificate = make_recovery(key, "環境保護署", people::years("2026", "2046"));
  const auto envelope = closed(certificate, "金鑰庫");
  const auto code = [&](std::string_view bytes, const PrivateKey& by) -> std::string {
    try {
      (void)open_envelope(bytes, by, certificate);
    } catch (const Error& error) {
      return error.code();
    }
    return "opened";
  };
  CHECK(code(envelope, key) == "opened");
  CHECK(code(envelope, PrivateKey::generate_p256()) == "envelope-closed");
  CHECK(code(std::string_view(envelope).substr(0, envelope.size() / 2), key) == "envelope-closed");
  CHECK(code("", key) == "envelope-closed");
}
