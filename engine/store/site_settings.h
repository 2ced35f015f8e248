// What STORE/vermilion.yaml says of the address under which persons reach the site.
//
// Shape    YAML, optional: site: https://isms.example.gov.tw, without a path; printed on paper as what its QR code leads to.
// Errors   invalid "bad-settings".
#pragma once
#include <string>

#include "base/disk.h"

namespace vermilion::store {

[[nodiscard]] std::string load_site(Disk& disk, const Path& store);  // "" : not said

}  // namespace vermilion::store
