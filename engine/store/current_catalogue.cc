#include "store/current_catalogue.h"

namespace vermilion::store {
namespace {

bool matches(const LogRow& row, const LogFilter& filter) {
  return (!filter.from || row.at >= *filter.from) && (!filter.to || row.at < *filter.to) &&
         (filter.actor.empty() || row.actor == filter.actor) &&
         (filter.kind.empty() || row.kind == filter.kind) &&
         row.subject.starts_with(filter.subject_prefix);
}

}  // namespace

std::vector<ActRow> CurrentCatalogue::acts(std::uint64_t from_sequence, std::size_t limit) const {
  writer_->settle();
  return folded_.acts(from_sequence, limit);
}

std::optional<ActRow> CurrentCatalogue::act_of(const git::ObjectId& commit) const {
  writer_->settle();
  return folded_.act_of(commit);
}

std::optional<ActRow> CurrentCatalogue::last_act(Instant at) const {
  writer_->settle();
  return folded_.last_act(at);
}

std::vector<PathRow> CurrentCatalogue::history(const std::string& path) const {
  writer_->settle();
  return folded_.history(path);
}

// Pending rows first: what is folded meanwhile is then found twice, not lost.
std::vector<LogRow> CurrentCatalogue::log(const LogFilter& filter) const {
  const auto pending = writer_->overlay()->log();
  auto found = folded_.log(filter);
  for (const auto& row : pending) {
    if (found.size() >= filter.limit) break;
    const bool known = !found.empty() && row.index <= found.back().index;
    if (!known && matches(row, filter)) found.push_back(row);
  }
  return found;
}

}  // namespace vermilion::store
