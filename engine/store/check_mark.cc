#include "store/check_mark.h"

#include "base/error.h"
#include "base/json.h"
#include "crypto/digest.h"

namespace vermilion::store {
namespace {

constexpr const char* kFile = "index/checked.json";

std::string mac_of(const Parts& parts, const Json& mark) {
  const auto key = crypto::hmac_sha256(parts.master, "checked 1|" + parts.settings.id);
  return hex(crypto::hmac_sha256(key, canonical(mark)));
}

Json mark_of(const Checked& checked) {
  return {{"log_size", checked.log_size},
          {"root", hex(checked.root)},
          {"main", checked.main ? Json(checked.main->hex()) : Json(nullptr)},
          {"sequence", checked.sequence},
          {"segment", checked.payloads.segment},
          {"offset", checked.payloads.offset}};
}

Checked checked_of(const Json& mark) {
  Checked checked{.log_size = mark.at("log_size"),
                  .root = from_hex(mark.at("root").get<std::string>()).value(),
                  .main = {},
                  .sequence = mark.at("sequence"),
                  .payloads = {mark.at("segment"), mark.at("offset")}};
  if (!mark.at("main").is_null())
    checked.main = git::ObjectId::from_hex(mark.at("main").get<std::string>());
  return checked;
}

}  // namespace

std::optional<Checked> load_checked(Parts& parts) {
  const auto file = parts.path / kFile;
  if (!parts.disk.exists(file)) return std::nullopt;
  try {
    auto mark = parse_canonical(parts.disk.read_all(file));
    const auto mac = require_string(mark, "mac");
    mark.erase("mac");
    if (!crypto::same_bytes(mac, mac_of(parts, mark))) return std::nullopt;
    const auto checked = checked_of(mark);
    return checked.log_size == 0 ? std::nullopt : std::optional(checked);
  } catch (const Error& error) {
    if (error.failure() == Failure::unavailable) throw;
    return std::nullopt;
  }
}

void save_checked(Parts& parts, const Checked& checked) {
  auto mark = mark_of(checked);
  mark["mac"] = mac_of(parts, mark);
  parts.disk.make_directories((parts.path / kFile).parent_path());
  parts.disk.replace(parts.path / kFile, canonical(mark));
}

}  // namespace vermilion::store
