#include "base/error.h"

#include <utility>

namespace vermilion {

const char* failure_name(Failure failure) noexcept {
  switch (failure) {
    case Failure::not_found:
      return "not_found";
    case Failure::conflict:
      return "conflict";
    case Failure::invalid:
      return "invalid";
    case Failure::forbidden:
      return "forbidden";
    case Failure::unavailable:
      return "unavailable";
    case Failure::corrupt:
      return "corrupt";
  }
  return "corrupt";
}

Error::Error(Failure failure, std::string code, Said said)
    : std::runtime_error(code + ": " + said.en),
      failure_(failure),
      code_(std::move(code)),
      said_(std::move(said)) {}

Error& Error::during(std::string what) {
  trail_.push_back(std::move(what));
  return *this;
}

void assertion_failed(const char* expression, const char* file, int line) {
  throw Bug(std::string(file) + ":" + std::to_string(line) + ": " + expression);
}

}  // namespace vermilion
