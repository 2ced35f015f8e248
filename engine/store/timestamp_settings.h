// What STORE/vermilion.yaml says of time stamps. No secrets.
//
// Shape    YAML, optional:
//            timestamp: {url | command, ca, crl, required, renew_days}
//                   url: RFC 3161 over HTTP(S). command: reads the query (DER) and prints the response. ca: PEM file with the
//                   authorities trusted for stamps. crl (none): file with their revocation lists, PEM or one in DER, kept new by
//                   the administrator; they go into PDFs that are signed. required (false): nothing is signed without a stamp.
//                   renew_days (180): how long before the certificate of a sealed PDF's newest stamp expires it gets another.
// Errors   invalid "bad-settings".
#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "base/disk.h"

namespace vermilion::store {

struct TimestampSettings {
  std::string url;  // one of the two
  std::string command;
  Path authorities;
  Path revocations;  // "": none
  bool required = false;
  std::chrono::days renew_before{180};
};
[[nodiscard]] std::optional<TimestampSettings> load_timestamp_settings(Disk& disk,
                                                                       const Path& store);

}  // namespace vermilion::store
