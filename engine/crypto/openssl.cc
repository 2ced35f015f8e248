#include "crypto/openssl.h"

#include <fmt/format.h>

#include <array>
#include <climits>
#include <ctime>

#include "base/error.h"

namespace vermilion::crypto {
namespace {

EVP_MAC_CTX* hmac(std::string digest) {
  auto* mac = check(EVP_MAC_fetch(nullptr, "HMAC", nullptr), "fetching HMAC");
  MacContext context(check(EVP_MAC_CTX_new(mac), "making an HMAC"));
  EVP_MAC_free(mac);
  const std::array parameters = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
      OSSL_PARAM_construct_end()};
  check(EVP_MAC_CTX_set_params(context.get(), parameters.data()), "making an HMAC");
  return context.release();
}

}  // namespace

void openssl_failed(const char* doing) {
  std::string reasons;
  for (unsigned long code = ERR_get_error(); code != 0; code = ERR_get_error()) {
    const char* reason = ERR_reason_error_string(code);
    reasons += fmt::format("{}{}", reasons.empty() ? "" : "; ", reason ? reason : "unknown reason");
  }
  throw Error(
      Failure::unavailable, "crypto-failed",
      {"密碼函式庫 OpenSSL 無法完成運算，請檢查系統的 OpenSSL 安裝與記憶體後重試",
       fmt::format("OpenSSL failed while {} ({}); check the installation and memory, then retry",
                   doing, reasons)});
}

Bio reader(std::string_view bytes) {
  if (bytes.size() > static_cast<std::size_t>(INT_MAX)) {
    throw Error(Failure::invalid, "too-large",
                {"內容超過 2 GiB，請分成較小的檔案",
                 "the content exceeds 2 GiB; split it into smaller files"});
  }
  return Bio(
      check(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())), "opening a reader"));
}

Bio memory() { return Bio(check(BIO_new(BIO_s_mem()), "opening a buffer")); }

Bytes contents(BIO* memory) {
  char* start = nullptr;
  const long size = BIO_ctrl(memory, BIO_CTRL_INFO, 0, &start);
  return size > 0 ? Bytes(start, static_cast<std::size_t>(size)) : Bytes();
}

Asn1Time asn1_time(Instant instant) {
  const auto seconds = static_cast<std::time_t>(instant.time_since_epoch().count());
  return Asn1Time(check(ASN1_TIME_set(nullptr, seconds), "writing a time"));
}

Instant instant_of(const ASN1_TIME* time) {
  const QuietErrors quiet;
  std::tm civil{};
  // A null pointer would mean "now" to OpenSSL.
  if (time == nullptr || ASN1_TIME_to_tm(time, &civil) != 1) {
    throw Error(Failure::invalid, "bad-certificate",
                {"憑證中的時間無法辨識，請向發證者索取正確的憑證",
                 "a time in the certificate cannot be read; ask its issuer for a correct one"});
  }
  const auto day = std::chrono::year(civil.tm_year + 1900) /
                   std::chrono::month(static_cast<unsigned>(civil.tm_mon + 1)) /
                   std::chrono::day(static_cast<unsigned>(civil.tm_mday));
  return std::chrono::sys_days(day) + std::chrono::hours(civil.tm_hour) +
         std::chrono::minutes(civil.tm_min) + std::chrono::seconds(civil.tm_sec);
}

const Algorithms& algorithms() {
  const auto digest = [](const char* name) {
    return check(EVP_MD_fetch(nullptr, name, nullptr), "fetching a digest");
  };
  const auto cipher = [](const char* name) {
    return check(EVP_CIPHER_fetch(nullptr, name, nullptr), "fetching a cipher");
  };
  static const Algorithms fetched{digest("SHA2-256"),    digest("SHA2-384"),     digest("SHA2-512"),
                                  cipher("AES-256-GCM"), cipher("AES-256-WRAP"), hmac("SHA2-256")};
  return fetched;
}

}  // namespace vermilion::crypto
