// How much disk a store takes, part by part, and how much is left.
//
// Shape    {"used": {"evidence.git": bytes, …}, "free": bytes}. Committed once a day as log/disk.json, so that growth can be told.
// Disk     Only sizes are asked of the file system: nothing is read or written through Disk.
// Errors   unavailable "disk-error".
// Source   肆/八/(九)/4/(4).
#pragma once
#include "base/disk.h"
#include "base/json.h"

namespace vermilion::service {

constexpr const char* kDiskUse = "log/disk.json";

[[nodiscard]] Json disk_use(const Path& store);

}  // namespace vermilion::service
