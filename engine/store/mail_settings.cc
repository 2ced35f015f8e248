#include "store/mail_settings.h"

#include "store/settings_part.h"

namespace vermilion::store {
namespace {

MailSettings read_mail(const Yaml& node) {
  return {node.needed("command").text(), node["from"].text_or("")};
}

}  // namespace

MailSettings load_mail_settings(Disk& disk, const Path& store) {
  return read_settings_part(disk, store, "mail", read_mail).value_or(MailSettings{});
}

}  // namespace vermilion::store
