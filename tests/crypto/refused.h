// How an act of the crypto layer was refused.
#pragma once
#include <functional>
#include <string>

#include "base/error.h"

// "bad-key/invalid", or "nothing was refused".
inline std::string code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const vermilion::Error& error) {
    return error.code() + "/" + failure_name(error.failure());
  }
  return "nothing was refused";
}
