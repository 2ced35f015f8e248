#include "service/auditing.h"

#include <fmt/format.h>

#include "base/error.h"
#include "log/merkle.h"
#include "service/audit_access.h"

namespace vermilion::service {
namespace {

constexpr std::size_t kMostRows = 100000;

std::optional<Instant> day_start(Context& context, const std::string& text,
                                 std::chrono::days later) {
  if (text.empty()) return std::nullopt;
  const Date date(std::chrono::sys_days(parse_date(text)) + later);
  return start_of_day(date, context.store().settings().time_zone);
}

// The signed checkpoint and the log that holds all it speaks of.
struct Head {
  Bytes note;
  log::Checkpoint checkpoint;
};

Head head_of(Context& context) {
  const auto& settings = context.store().settings();
  context.settle();
  auto note = context.disk().read_all(context.store().path() / "log" / "checkpoint");
  auto checkpoint = log::parse_checkpoint(log::open_note(note, settings.verifier_key));
  return {std::move(note), std::move(checkpoint)};
}

Json hashes_json(const std::vector<log::Hash>& hashes) {
  Json list = Json::array();
  for (const auto& hash : hashes) list.push_back(base64(hash));
  return list;
}

Json proof_json(Context& context, const Head& head, const std::vector<log::Hash>& hashes) {
  return {{"size", head.checkpoint.size},
          {"hashes", hashes_json(hashes)},
          {"checkpoint", head.note},
          {"verifier_key", context.store().settings().verifier_key}};
}

}  // namespace

Json log_row_json(const store::LogRow& row) {
  return {{"index", row.index},     {"at", rfc3339(row.at)}, {"kind", row.kind},
          {"actor", row.actor},     {"from", row.from},      {"subject", row.subject},
          {"outcome", row.outcome}, {"commit", row.commit},  {"clock", row.clock}};
}

LogList list_log(Context& context, const LogRequest& request) {
  require_right(context, "log.read", "log-read", "log");
  store::LogFilter filter;
  filter.from = day_start(context, request.from, std::chrono::days(0));
  filter.to = day_start(context, request.to, std::chrono::days(1));
  filter.actor = request.actor;
  filter.kind = request.kind;
  filter.subject_prefix = request.subject;
  const auto limit = std::min(request.limit, kMostRows);
  filter.limit = limit + 1;
  const auto found = context.store().catalogue().log(filter);
  LogList list{Json::array(), found.size() > limit};
  for (auto row = found.begin() + (list.cut ? 1 : 0); row != found.end(); ++row)
    if (in_audit_scope(context, *row)) list.rows.push_back(log_row_json(*row));
  context.log("log-read", "log");
  return list;
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
  const auto subject = fmt::format("log {}", index);
  require_right(context, "log.read", "log-read", subject);
  if (context.limit()) outside_scope(context, "log-read", subject);
  const auto head = head_of(context);
  auto& log = context.store().log();
  const auto entry = log.entry(index);
  auto proof = proof_json(context, head, log.prove_inclusion(index, head.checkpoint.size));
  proof["index"] = index;
  proof["entry"] = base64(entry);
  proof["leaf"] = base64(log::leaf_hash(entry));
  return proof;
}

Json prove_log_growth(Context& context, std::uint64_t from) {
  require_right(context, "log.read", "log-read", "log");
  const auto head = head_of(context);
  auto proof = proof_json(context, head,
                          context.store().log().prove_consistency(from, head.checkpoint.size));
  proof["from"] = from;
  return proof;
}

}  // namespace vermilion::service
