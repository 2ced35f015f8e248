#include "store/mail_settings.h"

#include <yaml-cpp/yaml.h>

#include "base/error.h"

namespace vermilion::store {

MailSettings load_mail_settings(Disk& disk, const Path& store) {
  try {
    const auto mail = YAML::Load(disk.read_all(store / "vermilion.yaml"))["mail"];
    if (!mail) return {};
    return {mail["command"].as<std::string>(), mail["from"].as<std::string>("")};
  } catch (const YAML::Exception& error) {
    throw Error(Failure::invalid, "bad-settings",
                {std::string("vermilion.yaml 的 mail 無法讀取，請對照手冊修正：") + error.what(),
                 std::string("mail in vermilion.yaml cannot be read; correct it by the manual: ") +
                     error.what()});
  }
}

}  // namespace vermilion::store
