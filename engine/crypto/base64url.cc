#include "crypto/base64url.h"

#include <algorithm>

#include "base/bytes.h"

namespace vermilion::crypto {

std::string base64url(std::string_view bytes) {
  auto text = base64(bytes);
  std::replace(text.begin(), text.end(), '+', '-');
  std::replace(text.begin(), text.end(), '/', '_');
  text.erase(std::find(text.begin(), text.end(), '='), text.end());
  return text;
}

}  // namespace vermilion::crypto
