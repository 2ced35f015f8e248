#include "store/current_catalogue.h"

#include "store/clock_step.h"
#include "store/verified_rows.h"

namespace vermilion::store {
namespace {

bool matches(const LogRow& row, const LogFilter& filter) {
  return (!filter.from || row.at >= *filter.from) && (!filter.to || row.at < *filter.to) &&
         (filter.actor.empty() || row.actor == filter.actor) &&
         (filter.kind.empty() || row.kind == filter.kind) &&
         row.subject.starts_with(filter.subject_prefix) &&
         (!filter.clock_steps || is_step(row.clock));
}

}  // namespace

const CatalogueDb& CurrentCatalogue::folded() const {
  writer_->settle();
  return parts_.catalogue;
}

std::vector<ActRow> CurrentCatalogue::acts(std::uint64_t from_sequence, std::size_t limit) const {
  auto rows = folded().acts(from_sequence, limit);
  for (const auto& row : rows) verify_act(parts_.evidence->reader(), row);
  return rows;
}

std::optional<ActRow> CurrentCatalogue::act_of(const git::ObjectId& commit) const {
  auto row = folded().act_of(commit);
  if (row) verify_act(parts_.evidence->reader(), *row);
  return row;
}

std::optional<ActRow> CurrentCatalogue::last_act(Instant at) const {
  auto row = folded().last_act(at);
  if (row) verify_act(parts_.evidence->reader(), *row);
  return row;
}

std::vector<PathRow> CurrentCatalogue::history(const std::string& path) const {
  auto rows = folded().history(path);
  for (const auto& row : rows) verify_version(parts_.evidence->reader(), path, row);
  return rows;
}

// An entry stands under a checkpoint before it stands in the catalogue.
std::vector<LogRow> CurrentCatalogue::folded_log(const LogFilter& filter) const {
  auto rows = parts_.catalogue.log(filter);
  const bool newer = !rows.empty() && rows.back().index >= parts_.log->size();
  verify_entries(newer ? parts_.reopen_log() : *parts_.log, rows);
  return rows;
}

// Pending rows first: what is folded meanwhile is then found twice, not lost.
std::vector<LogRow> CurrentCatalogue::log(const LogFilter& filter) const {
  const auto pending = writer_->overlay()->log();
  auto found = folded_log(filter);
  const auto folded = found.size();
  for (const auto& row : pending) {
    const bool known = folded > 0 && row.index <= found[folded - 1].index;
    if (!known && matches(row, filter)) found.push_back(row);
  }
  if (found.size() <= filter.limit) return found;
  const auto surplus = std::ptrdiff_t(found.size() - filter.limit);
  const bool newest = filter.keep == LogFilter::Keep::newest;
  found.erase(newest ? found.begin() : found.end() - surplus,
              newest ? found.begin() + surplus : found.end());
  return found;
}

}  // namespace vermilion::store
