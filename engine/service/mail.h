// A mail as sendmail reads it from standard input.
//
// Shape    MIME multipart/mixed: the text first, then each file, base64.
// Source   RFC 5322, RFC 2045, RFC 2046.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace vermilion::service {

struct Mail {
  std::string to;
  std::string subject;                               // ASCII, no newline
  std::string text;                                  // UTF-8
  std::vector<std::pair<std::string, Bytes>> files;  // name (ASCII), content
  std::string from = {};  // "": the command says
};

[[nodiscard]] Bytes mail_bytes(const Mail& mail);

}  // namespace vermilion::service
