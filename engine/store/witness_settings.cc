#include "store/witness_settings.h"

#include "store/settings_part.h"

namespace vermilion::store {
namespace {

WitnessSettings read_witness(const Yaml& node) {
  WitnessSettings settings;
  for (const Yaml& one : node["urls"].items())
    settings.urls.push_back({one.needed("url").text(), one.needed("verifier_key").text()});
  if (const Yaml& mail = node["mail"]) {
    settings.mail_to = mail.needed("to").text();
    settings.mail_command = mail.needed("command").text();
  }
  settings.folder = node["folder"].text_or("");
  return settings;
}

}  // namespace

WitnessSettings load_witness_settings(Disk& disk, const Path& store) {
  return read_settings_part(disk, store, "witness", read_witness).value_or(WitnessSettings{});
}

}  // namespace vermilion::store
