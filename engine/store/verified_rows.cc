#include "store/verified_rows.h"

#include <fmt/format.h>

#include "base/error.h"
#include "git/read_tree.h"
#include "log/tile.h"
#include "store/log_entry.h"

namespace vermilion::store {
namespace {

[[noreturn]] void differs(const std::string& row) {
  const auto name = "index/catalogue.db: " + row;
  throw Error(Failure::corrupt, "row-differs",
              {name + "：與 git 及稽核日誌不符，請執行 vermilion rebuild 後再執行 vermilion verify",
               name + ": differs from git and log; run `vermilion rebuild`, then `vermilion "
                      "verify`"});
}

git::Commit commit_of(const git::ReadObject& read, const ActRow& row) {
  const auto object = read(row.commit);
  if (!object || object->type != git::ObjectType::commit)
    differs(fmt::format("acts {}", row.sequence));
  return git::parse_commit(object->data);
}

void compare(const git::Commit& commit, const ActRow& row) {
  const auto trailers = parse_trailers(commit.message);
  const bool same = trailers && trailers->act == row.act && trailers->actor == row.actor &&
                    trailers->subject == row.subject && trailers->log_index == row.log_index &&
                    commit.author.at == row.at;
  if (!same) differs(fmt::format("acts {}", row.sequence));
}

bool same_entry(const LogRow& a, const LogRow& b) {
  return a.index == b.index && a.at == b.at && a.kind == b.kind && a.actor == b.actor &&
         a.from == b.from && a.subject == b.subject && a.outcome == b.outcome &&
         a.commit == b.commit && a.clock == b.clock;
}

}  // namespace

void verify_act(const git::ReadObject& read, const ActRow& row) {
  compare(commit_of(read, row), row);
}

void verify_version(const git::ReadObject& read, const std::string& path, const PathRow& row) {
  const auto commit = commit_of(read, row.act);
  compare(commit, row.act);
  if (git::find_path(read, commit.tree, path) != row.blob)
    differs(fmt::format("paths {} {}", path, row.act.sequence));
}

// One bundle at a time, each read once.
void verify_entries(log::TileLog& log, const std::vector<LogRow>& rows) {
  for (auto row = rows.begin(); row != rows.end();) {
    auto end = row;
    while (end != rows.end() && end->index / log::kTileWidth == row->index / log::kTileWidth) ++end;
    log.each_entry(row->index, std::prev(end)->index + 1,
                   [&](std::uint64_t index, const Bytes& entry) {
                     if (row == end || row->index != index) return;
                     if (!same_entry(parse_entry(index, entry), *row))
                       differs(fmt::format("entries {}", index));
                     ++row;
                   });
  }
}

}  // namespace vermilion::store
