#include "store/log_entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "crypto/random.h"

namespace vermilion::store {
namespace {

constexpr std::size_t kMaxEntry = 64 << 10;
constexpr std::size_t kNonceSize = 16;

[[noreturn]] void bad_act(const char* field) {
  throw Error(
      Failure::invalid, "bad-act",
      {fmt::format("作業欄位「{}」無效：須為一行 UTF-8 文字，整筆稽核紀錄小於 64 KiB", field),
       fmt::format("the act's field '{}' is invalid: one line of UTF-8 text, and the log entry "
                   "below 64 KiB",
                   field)});
}

bool is_one_line(std::string_view text) {
  return is_text(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
         });
}

// Takes "Key: value" off the front of `text`; nothing if another line stands there.
std::optional<std::string> take_trailer(std::string_view& text, std::string_view key) {
  const auto end = text.find('\n');
  const auto line = text.substr(0, end);
  if (end == text.npos || !line.starts_with(key) || !line.substr(key.size()).starts_with(": ")) {
    return std::nullopt;
  }
  text.remove_prefix(end + 1);
  return std::string(line.substr(key.size() + 2));
}

}  // namespace

void require_act_fields(const Act& act) {
  const std::pair<const char*, const std::string*> fields[] = {
      {"kind", &act.kind},       {"actor", &act.actor},     {"from", &act.from},
      {"subject", &act.subject}, {"outcome", &act.outcome}, {"message", &act.message}};
  std::size_t size = 0;
  for (const auto& [name, value] : fields) {
    if (!is_one_line(*value)) bad_act(name);
    size += value->size();
  }
  if (act.kind.empty()) bad_act("kind");
  if (act.actor.empty()) bad_act("actor");
  if (size >= kMaxEntry) bad_act("subject");
}

Bytes entry_bytes(const Act& act, const EntryStamp& stamp) {
  Json entry = {{"index", stamp.index},
                {"nonce", hex(crypto::random_bytes(kNonceSize))},
                {"at", rfc3339(stamp.at)},
                {"kind", act.kind},
                {"actor", act.actor},
                {"from", act.from},
                {"subject", act.subject},
                {"outcome", act.outcome},
                {"clock", clock_name(stamp.clock)}};
  if (stamp.commit) entry["commit"] = stamp.commit->hex();
  if (stamp.quality)
    entry["ntp"] = {{"synchronised", stamp.quality->synchronised},
                    {"offset_us", stamp.quality->offset_us},
                    {"error_us", stamp.quality->error_us}};
  Bytes bytes = canonical(entry);
  if (bytes.size() >= kMaxEntry) bad_act("subject");
  return bytes;
}

LogRow parse_entry(std::uint64_t index, std::string_view bytes) {
  try {
    const Json entry = parse_canonical(bytes);
    LogRow row{.index = entry.at("index"),
               .at = parse_instant(require_string(entry, "at")),
               .kind = require_string(entry, "kind"),
               .actor = require_string(entry, "actor"),
               .from = require_string(entry, "from"),
               .subject = require_string(entry, "subject"),
               .outcome = require_string(entry, "outcome"),
               .commit = string_or_empty(entry, "commit"),
               .clock = require_string(entry, "clock")};
    if (row.index == index) return row;
  } catch (const Error&) {
  } catch (const Json::exception&) {
  }
  throw Error(
      Failure::corrupt, "log-entry-broken",
      {fmt::format("log/tile/entries 第 {} 筆：稽核紀錄無法讀取，請執行 vermilion verify", index),
       fmt::format("log/tile/entries, entry {}: the entry cannot be read; run `vermilion verify`",
                   index)});
}

std::optional<ClockQuality> entry_quality(std::string_view bytes) {
  const auto entry = parse_json(bytes);
  if (!entry.contains("ntp")) return std::nullopt;
  const auto& told = entry["ntp"];
  return ClockQuality{told.value("synchronised", false), told.value("offset_us", std::int64_t{}),
                      told.value("error_us", std::int64_t{})};
}

std::string entry_place(std::uint64_t index) { return fmt::format("log: entry {}", index); }

std::string with_trailers(const std::string& first_line, const Trailers& trailers) {
  return fmt::format("{}\n\nAct: {}\nActor: {}\nSubject: {}\nLog-Index: {}\n", first_line,
                     trailers.act, trailers.actor, trailers.subject, trailers.log_index);
}

std::optional<Trailers> parse_trailers(std::string_view message) {
  const auto block = message.rfind("\n\n");
  if (block == message.npos) return std::nullopt;
  std::string_view rest = message.substr(block + 2);
  const auto act = take_trailer(rest, "Act");
  const auto actor = act ? take_trailer(rest, "Actor") : std::nullopt;
  const auto subject = actor ? take_trailer(rest, "Subject") : std::nullopt;
  const auto index = subject ? take_trailer(rest, "Log-Index") : std::nullopt;
  if (!index || !rest.empty()) return std::nullopt;
  Trailers trailers{*act, *actor, *subject, 0};
  const char* end = index->data() + index->size();
  const auto result = std::from_chars(index->data(), end, trailers.log_index);
  if (result.ec != std::errc() || result.ptr != end || index->empty()) return std::nullopt;
  return trailers;
}

}  // namespace vermilion::store
