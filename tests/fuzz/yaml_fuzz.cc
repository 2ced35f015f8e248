// Any bytes as YAML: a tree whose texts can all be stored and quoted and whose names are all different, or a
// YamlError. Seeds: any form.yaml.
#include <cstddef>
#include <cstdint>
#include <set>

#include "base/text.h"
#include "base/yaml.h"

using namespace vermilion;

namespace {

void expect_readable(const Yaml& node) {
  if (node.is_text()) {
    VERMILION_ASSERT(is_text(node.text()));
    VERMILION_ASSERT(read_yaml(yaml_quoted(node.text())).text() == node.text());
  }
  if (node.is_list())
    for (const Yaml& item : node.items()) expect_readable(item);
  if (!node.is_map()) return;
  std::set<std::string> names;
  for (const auto& member : node.members()) {
    VERMILION_ASSERT(is_text(member.name) && names.insert(member.name).second);
    expect_readable(member.value);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    expect_readable(read_yaml({reinterpret_cast<const char*>(data), size}));
  } catch (const YamlError&) {
  }
  return 0;
}
