// A form that brings files: multipart/form-data.
//
// Limits   20 parts; names and texts are UTF-8. Nothing: it is not well formed.
// Source   RFC 7578; Poco::Net::MultipartReader takes the parts apart.
#pragma once
#include <optional>

#include "web/message.h"

namespace vermilion::web {

struct MultipartForm {
  Fields fields;
  std::map<std::string, Upload> uploads;
};

[[nodiscard]] std::optional<MultipartForm> parse_multipart(const std::string& content_type,
                                                           const Bytes& body);

}  // namespace vermilion::web
