// Content encrypted to the holder of a certificate: CMS EnvelopedData, opened by stock
//   openssl cms -decrypt -binary -inform DER -in X.cms -inkey recovery-key.pem
//
// Shape    DER EnvelopedData, AES-256-CBC, one recipient: ECDH (P-256, P-384) or RSA-OAEP (SHA-256).
// Whole    CBC tells nothing of changed bytes: whoever keeps an envelope keeps its SHA-256 in a signed place.
// Memory   Writing holds a piece at a time; opening holds the whole.
// Errors   invalid "recovery-certificate-unfit" (Ed25519, RSA below 2048 bits); forbidden "envelope-closed" when the key does not open
//          it.
// Source   RFC 5652 section 6; architecture section 2 "Sealing".
#pragma once
#include <functional>
#include <memory>
#include <string_view>

#include "crypto/certificate.h"

namespace vermilion::crypto {

// Throws unless content can be encrypted to it.
void require_fit_for_envelopes(const Certificate& recipient);

class EnvelopeWriter {
 public:
  using Sink = std::function<void(std::string_view)>;
  EnvelopeWriter(const Certificate& recipient, Sink sink);
  ~EnvelopeWriter();
  void add(std::string_view content);
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] Bytes open_envelope(std::string_view envelope, const PrivateKey& key,
                                  const Certificate& recipient);

}  // namespace vermilion::crypto
