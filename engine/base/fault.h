// How a check tells what is wrong, in both languages, and goes on to the next thing.
#pragma once
#include <functional>
#include <string>

#include "base/error.h"

namespace vermilion {

using Fault = std::function<void(const std::string& where, const Said& what)>;

// Runs one check. A check that cannot even read its input has found a fault too; it is not the end of the verification.
void attempt(const std::string& where, const Fault& fault, const std::function<void()>& check);

}  // namespace vermilion
