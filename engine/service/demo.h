// Fills a store as an agency would: persons, the starter documents through the real workflow, the imported
// regulation, forms, and records of two years.
//
// Shape    PATH the store; PATH.key the master key; PATH.keys/ each person's passphrase and login password, one own key file, the root
//          CA key; PATH.env for the shell, written last. Passphrases are random.
// Errors   conflict "store-exists"; not_found when a starter text is missing.
#pragma once
#include <string>

#include "base/clock.h"
#include "base/disk.h"
#include "base/json.h"

namespace vermilion::service {

struct DemoRequest {
  Path path;
  Path texts;    // folder of the starter documents (docs-src/isms)
  Path forms;    // folder of the forms (forms)
  Path records;  // folder of the demo's records, one JSON file each (docs-src/demo)
  Path seed;   // text of the regulation to import; "" or missing: left out
};
// {store, env, people:[{account, name, unit, title, duty, passphrase_file, password_file, key_file}], documents, forms, records}
[[nodiscard]] Json make_demo(Disk& disk, const Clock& clock, const DemoRequest& request);

}  // namespace vermilion::service
