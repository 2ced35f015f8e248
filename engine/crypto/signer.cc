#include "crypto/signer.h"

#include "base/error.h"
#include "crypto/cms.h"
#include "crypto/pades.h"

namespace vermilion::crypto {
namespace {

class KeySigner : public Signer {
 public:
  KeySigner(PrivateKey key, Certificate certificate, std::vector<Certificate> intermediates,
            Custody custody)
      : key_(std::move(key)),
        certificate_(std::move(certificate)),
        intermediates_(std::move(intermediates)),
        custody_(custody) {}

  const Certificate& certificate() const override { return certificate_; }
  Custody custody() const override { return custody_; }
  Bytes sign(std::string_view content, Instant at) override {
    return sign_detached(content, key_, certificate_, intermediates_, at);
  }
  Bytes sign_pdf(std::string_view covered) override {
    return sign_pades(covered, key_, certificate_, intermediates_);
  }

 private:
  PrivateKey key_;
  Certificate certificate_;
  std::vector<Certificate> intermediates_;
  Custody custody_;
};

}  // namespace

const char* custody_name(Custody custody) noexcept {
  switch (custody) {
    case Custody::server:
      return "server";
    case Custody::file:
      return "file";
    case Custody::token:
      return "token";
    case Custody::browser:
      return "browser";
  }
  return "";
}

std::unique_ptr<Signer> make_key_signer(PrivateKey key, Certificate certificate,
                                        std::vector<Certificate> intermediates, Custody custody) {
  require_pair(key, certificate);
  return std::make_unique<KeySigner>(std::move(key), std::move(certificate),
                                     std::move(intermediates), custody);
}

}  // namespace vermilion::crypto
