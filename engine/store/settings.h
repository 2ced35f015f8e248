// What STORE/vermilion.yaml says: who the store is and where its master key lies. No secrets.
//
// Shape    YAML: store (id), name, time_zone, created, log {origin, verifier_key}, master_key {file}.
// Errors   load throws not_found ("no-store") when the folder holds no store, invalid ("bad-settings").
#pragma once
#include <string>

#include "base/disk.h"

namespace vermilion::store {

struct Settings {
  std::string id;            // "epa-isms-3f9c": letters, digits and '-'; part of commit addresses and statements
  std::string name;          // 行政院環境保護署
  std::string time_zone;     // Asia/Taipei
  std::string created;       // RFC 3339
  std::string log_origin;    // "<id>.vermilion/log"
  std::string verifier_key;  // of the log, C2SP form
  Path master_key_file;      // outside the store
};

[[nodiscard]] Settings load_settings(Disk& disk, const Path& store);
void save_settings(Disk& disk, const Path& store, const Settings& settings);

}  // namespace vermilion::store
