// Whoever can sign for a person: the one interface behind all custodies (server, file, token, browser).
//
// Threads  One thread at a time.
#pragma once
#include <memory>
#include <vector>

#include "crypto/certificate.h"

namespace vermilion::crypto {

enum class Custody { server, file, token, browser };
[[nodiscard]] const char* custody_name(Custody custody) noexcept;  // "server" …

class Signer {
 public:
  virtual ~Signer() = default;
  [[nodiscard]] virtual const Certificate& certificate() const = 0;
  [[nodiscard]] virtual Custody custody() const = 0;
  // The detached CMS over exactly these bytes. Throws forbidden ("wrong-passphrase") or unavailable.
  [[nodiscard]] virtual Bytes sign(std::string_view content, Instant at) = 0;
  // The CMS for a signature within a PDF (pades.h), over the bytes that it covers. Throws alike.
  [[nodiscard]] virtual Bytes sign_pdf(std::string_view covered) = 0;
};

// A key in memory: opened from a person's own key file, or from server custody for one signature.
[[nodiscard]] std::unique_ptr<Signer> make_key_signer(PrivateKey key, Certificate certificate,
                                                      std::vector<Certificate> intermediates, Custody custody);

}  // namespace vermilion::crypto
