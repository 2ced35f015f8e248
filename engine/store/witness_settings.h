// What STORE/vermilion.yaml says of where the daily checkpoint goes. No secrets: a witness's key is its public one.
//
// Shape    YAML, all of it optional:
//            witness:
//              urls: [{url, verifier_key}]   c2sp.org/tlog-witness: POST <url>/add-checkpoint; the key is of type 4
//              mail: {to, command}           the command reads the mail, headers and all, on standard input: "/usr/sbin/sendmail -t"
//              folder: PATH                  <folder>/checkpoints/<date>, beside the backups
// Errors   invalid "bad-settings".
#pragma once
#include <string>
#include <vector>

#include "base/disk.h"

namespace vermilion::store {

struct WitnessSettings {
  struct Url {
    std::string url;
    std::string verifier_key;
  };
  std::vector<Url> urls;
  std::string mail_to;
  std::string mail_command;
  Path folder;

  [[nodiscard]] bool empty() const { return urls.empty() && mail_to.empty() && folder.empty(); }
};

[[nodiscard]] WitnessSettings load_witness_settings(Disk& disk, const Path& store);

}  // namespace vermilion::store
