// One part of STORE/vermilion.yaml.
//
// Shape    nothing if the part is not there; else what `read` makes of it.
// Errors   invalid "bad-settings" names the part, the line and what is wrong there.
#pragma once
#include <optional>
#include <type_traits>

#include "base/disk.h"
#include "base/yaml.h"

namespace vermilion::store {

constexpr const char* settings_name = "vermilion.yaml";

// `part`: "" for the whole file.
[[noreturn]] void bad_settings(const std::string& part, const Said& why);

template <typename Read>
auto read_settings_part(Disk& disk, const Path& store, const char* part, Read read)
    -> std::optional<std::invoke_result_t<Read, const Yaml&>> {
  try {
    const Yaml all = read_yaml(disk.read_all(store / settings_name));
    if (const Yaml& node = all[part]) return read(node);
    return std::nullopt;
  } catch (const YamlError& error) {
    bad_settings(part, error.said());
  }
}

}  // namespace vermilion::store
