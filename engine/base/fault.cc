#include "base/fault.h"

namespace vermilion {

void attempt(const std::string& where, const Fault& fault, const std::function<void()>& check) {
  try {
    check();
  } catch (const Error& error) {
    fault(where, error.said());
  } catch (const std::exception& error) {
    fault(where, {error.what(), error.what()});
  }
}

}  // namespace vermilion
