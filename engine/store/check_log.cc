#include <fmt/format.h>

#include "log/merkle.h"
#include "store/check.h"
#include "store/log_entry.h"

namespace vermilion::store {
namespace {

bool extends(log::TileLog& log, const Checked& before) {
  const auto& now = log.checkpoint();
  if (now.size < before.log_size) return false;
  if (now.size == before.log_size) return now.root == before.root;
  return log::consistency_holds(before.log_size, now.size, before.root, now.root,
                                log.prove_consistency(before.log_size, now.size));
}

void check_entry(log::TileLog& log, std::uint64_t index, CheckReport& report) {
  const auto& now = log.checkpoint();
  const auto leaf = log::leaf_hash(log.entry(index));
  if (log::inclusion_holds(leaf, index, now.size, log.prove_inclusion(index, now.size), now.root))
    return;
  report.fault(entry_place(index),
               "不在檢查點所簽的日誌內 it is not in the log that the checkpoint signs");
}

}  // namespace

void check_new_entries(Parts& parts, CheckReport& report) {
  auto& log = *parts.log;
  const auto& since = *report.since();
  report.count();
  if (!extends(log, since)) {
    return report.fault(
        "log/checkpoint",
        "先前驗證過的紀錄已被改寫或截斷，請執行完整驗證 what was verified before is no longer the "
        "beginning of the log; run a full verification");
  }
  for (auto index = since.log_size; index < log.checkpoint().size; ++index) {
    report.count();
    report.part(entry_place(index), [&] { check_entry(log, index, report); });
  }
}

}  // namespace vermilion::store
