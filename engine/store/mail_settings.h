// What STORE/vermilion.yaml says of mail to persons. No secrets.
//
// Shape    YAML, optional: mail: {command, from}; the command reads the mail, headers and all, on standard input ("/usr/sbin/sendmail -t").
// Errors   invalid "bad-settings".
#pragma once
#include <string>

#include "base/disk.h"

namespace vermilion::store {

struct MailSettings {
  std::string command;  // "" : no mail is sent
  std::string from;
};

[[nodiscard]] MailSettings load_mail_settings(Disk& disk, const Path& store);

}  // namespace vermilion::store
