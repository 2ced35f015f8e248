#include "service/auditing.h"

#include <fmt/format.h>

#include "base/error.h"
#include "log/merkle.h"

namespace vermilion::service {
namespace {

constexpr std::size_t kMostRows = 100000;

std::optional<Instant> day_start(Context& context, const std::string& text,
                                 std::chrono::days later) {
  if (text.empty()) return std::nullopt;
  const Date date(std::chrono::sys_days(parse_date(text)) + later);
  return start_of_day(date, context.store().settings().time_zone);
}

Json row_json(const store::LogRow& row) {
  return {{"index", row.index},     {"at", rfc3339(row.at)}, {"kind", row.kind},
          {"actor", row.actor},     {"from", row.from},      {"subject", row.subject},
          {"outcome", row.outcome}, {"commit", row.commit}};
}

}  // namespace

Json list_log(Context& context, const LogRequest& request) {
  recorded(context, "log-read", "log", [&] { context.require_right("log.read"); });
  store::LogFilter filter;
  filter.from = day_start(context, request.from, std::chrono::days(0));
  filter.to = day_start(context, request.to, std::chrono::days(1));
  filter.actor = request.actor;
  filter.kind = request.kind;
  filter.subject_prefix = request.subject;
  filter.limit = std::min(request.limit, kMostRows);
  Json rows = Json::array();
  for (const auto& row : context.store().catalogue().log(filter)) rows.push_back(row_json(row));
  context.log("log-read", "log");
  return rows;
}

Json verify_log(Context& context) {
  Json problems = Json::array();
  auto& log = context.store().log();
  const auto checked = log.check([&](const std::string& where, const std::string& what) {
    problems.push_back({{"where", where}, {"what", what}});
  });
  return {{"ok", problems.empty()},
          {"checked", checked},
          {"size", log.checkpoint().size},
          {"root", base64(log.checkpoint().root)},
          {"verifier_key", context.store().settings().verifier_key},
          {"problems", problems}};
}

Json prove_log(Context& context, std::uint64_t index) {
  recorded(context, "log-read", fmt::format("log {}", index),
           [&] { context.require_right("log.read"); });
  auto& log = context.store().log();
  const auto size = log.checkpoint().size;
  const auto entry = log.entry(index);
  Json hashes = Json::array();
  for (const auto& hash : log.prove_inclusion(index, size)) hashes.push_back(base64(hash));
  const auto note = context.disk().read_all(context.store().path() / "log" / "checkpoint");
  return {{"index", index},
          {"size", size},
          {"entry", base64(entry)},
          {"leaf", base64(log::leaf_hash(entry))},
          {"hashes", hashes},
          {"checkpoint", note},
          {"verifier_key", context.store().settings().verifier_key}};
}

}  // namespace vermilion::service
