// The half-yearly archive of the log (作業紀錄每半年備份清理): copied, read back, and a signed record of it filed.
//
// Shape    TARGET/log-archives/<store>-<half>-<12 digits: entries>/: the log up to a checkpoint (log/archive.h), and archive.json, written last
//          (schemas/log-archive-manifest.schema.json). The record is of the form halfyear-log-archive.
// Rule     Nothing is told done before the copy was read back and gives the signed root, and the half-year's entries in it have the digest
//          of ours. Nothing is removed: an archive is no disposal (ADR 0018), and the record says so.
// Rights   store.backup or store.maintain, and the role under which the form is filed.
// Log      "log-archive" on "half 115-1": begun, then, when the record is filed, done; else failed:<code>.
// Errors   invalid "bad-half", "target-inside-store"; conflict "half-not-over", "nothing-logged"; corrupt "archive-damaged".
// Source   肆/十三/(一)/3; SC-47.
#pragma once
#include <string>

#include "base/disk.h"
#include "base/json.h"
#include "identity/access_rules.h"
#include "service/context.h"

namespace vermilion::service {

// "115-1": January to June of the year 115 ROC. Throws invalid "bad-half".
[[nodiscard]] identity::AccessPeriod parse_half(const std::string& half);
[[nodiscard]] std::string half_name(const identity::AccessPeriod& half);        // "115-1"
[[nodiscard]] std::string archive_subject(const identity::AccessPeriod& half);  // "half 115-1"

struct LogArchiveRequest {
  std::string half;
  Path target;
};
// The values of the form and {record: {id, number}}.
[[nodiscard]] Json archive_log(Context& context, const LogArchiveRequest& request);

}  // namespace vermilion::service
