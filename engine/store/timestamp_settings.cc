#include "store/timestamp_settings.h"

#include "store/settings_part.h"

namespace vermilion::store {
namespace {

TimestampSettings read_timestamp(const Yaml& node) {
  TimestampSettings settings{node["url"].text_or(""), node["command"].text_or(""),
                             node.needed("ca").text(), node["crl"].text_or("")};
  if (const Yaml& required = node["required"]) settings.required = required.truth();
  if (const Yaml& days = node["renew_days"])
    settings.renew_before = std::chrono::days(days.whole_number());
  if (settings.renew_before < std::chrono::days(1))
    node.refuse("renew_days 至少為 1", "renew_days is 1 or more");
  if (settings.url.empty() == settings.command.empty())
    node.refuse("url 與 command 須擇一", "one of url and command is needed");
  return settings;
}

}  // namespace

std::optional<TimestampSettings> load_timestamp_settings(Disk& disk, const Path& store) {
  return read_settings_part(disk, store, "timestamp", read_timestamp);
}

}  // namespace vermilion::store
