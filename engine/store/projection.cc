#include "store/projection.h"

#include <algorithm>

#include "base/error.h"
#include "store/log_entry.h"
#include "store/record_index.h"

namespace vermilion::store {
namespace {

constexpr const char* kMain = "refs/heads/main";

git::Commit require_commit(const git::ReadObject& read, const git::ObjectId& id) {
  const auto object = read(id);
  if (object && object->type == git::ObjectType::commit) return git::parse_commit(object->data);
  throw Error(Failure::corrupt, "object-missing",
              {"提交 " + id.hex() + " 遺失，請執行 vermilion verify",
               "commit " + id.hex() + " is missing; run `vermilion verify`"});
}

ActRow row_of(const git::ObjectId& id, const git::Commit& commit, const Progress& before) {
  const auto trailers = parse_trailers(commit.message);
  if (!trailers) {
    throw Error(Failure::corrupt, "foreign-commit",
                {"evidence.git: commit " + id.hex() + "：main 上的提交不是由本系統寫入",
                 "evidence.git: commit " + id.hex() + ": a commit on main that no act wrote"});
  }
  return {.sequence = before.sequence + 1,
          .commit = id,
          .act = trailers->act,
          .actor = trailers->actor,
          .subject = trailers->subject,
          .log_index = trailers->log_index,
          .at = commit.author.at,
          .behind = commit.author.at < before.latest};
}

// The place is the manifest's path; a record that is signed keeps the act that filed it.
void add_record(CatalogueTables& tables, const git::ReadObject& read, const git::Change& change,
                std::uint64_t sequence) {
  const auto place = record_place(change.path);
  if (!place) return;
  const Row key = {std::to_string(*place)};
  const auto known = tables.records.find("WHERE place=?", key);
  auto row = change.after ? record_of(read, *change.after) : std::nullopt;
  if (!row) return known ? tables.records.remove(*known) : void();
  row->place = *place;
  row->since = sequence;
  if (row->completed != kNever) row->completed = sequence;
  if (known) {
    const auto before = record_row(*known);
    row->since = before.since;
    row->completed = std::min(row->completed, before.completed);
  }
  tables.records.put(record_values(*row));
}

// `progress` moves on to the commit.
void add_commit(CatalogueTables& tables, const git::ReadObject& read, const git::ObjectId& id,
                Progress& progress) {
  const auto commit = require_commit(read, id);
  const auto act = row_of(id, commit, progress);
  tables.acts.put(act_values(act));
  std::optional<git::ObjectId> before;
  if (!commit.parents.empty()) before = require_commit(read, commit.parents.front()).tree;
  git::diff_trees(read, before, commit.tree, [&](const git::Change& change) {
    tables.paths.put(
        {change.path, std::to_string(act.sequence), change.after ? change.after->hex() : ""});
    add_record(tables, read, change, act.sequence);
  });
  progress.commit = id;
  progress.sequence = act.sequence;
  progress.latest = std::max(progress.latest, act.at);
}

void add_entry(CatalogueTables& tables, std::uint64_t index, std::string_view bytes) {
  tables.entries.put(entry_values(parse_entry(index, bytes)));
}

std::vector<git::ObjectId> new_commits(const Progress& progress, const Sources& sources) {
  auto commits =
      commits_after(sources.evidence.reader(), progress.commit, sources.evidence.ref(kMain));
  if (commits) return std::move(*commits);
  throw Error(Failure::conflict, "history-changed",
              {"main 的歷史與索引不符，請執行 vermilion rebuild 後再執行 vermilion verify",
               "main does not contain what the index knows; run `vermilion rebuild`, then "
               "`vermilion verify`"});
}

const RefMove* main_move(const FrameBody& body) {
  for (const auto& ref : body.evidence.refs) {
    if (ref.name == kMain) return &ref;
  }
  return nullptr;
}

}  // namespace

std::optional<std::vector<git::ObjectId>> commits_after(const git::ReadObject& read,
                                                        const std::optional<git::ObjectId>& known,
                                                        const std::optional<git::ObjectId>& tip) {
  std::vector<git::ObjectId> commits;
  for (auto at = tip; at != known;) {
    if (!at) return std::nullopt;
    commits.push_back(*at);
    const auto parents = require_commit(read, *at).parents;
    at = parents.empty() ? std::nullopt : std::optional(parents.front());
  }
  std::reverse(commits.begin(), commits.end());
  return commits;
}

bool is_current(CatalogueTables& tables, const Sources& sources) {
  const auto progress = tables.come_to();
  const auto end = sources.payloads.end();
  return progress.commit == sources.evidence.ref(kMain) &&
         progress.log_size == sources.log.checkpoint().size &&
         progress.payloads.segment == end.segment && progress.payloads.offset == end.offset;
}

void catch_up(CatalogueTables& tables, const Sources& sources) {
  auto progress = tables.come_to();
  const auto read = sources.evidence.reader();
  for (const auto& id : new_commits(progress, sources)) add_commit(tables, read, id, progress);
  const auto size = sources.log.checkpoint().size;
  sources.log.each_entry(progress.log_size, size, [&](std::uint64_t index, const Bytes& entry) {
    add_entry(tables, index, entry);
  });
  progress.log_size = size;
  // check() tells of broken records; what can be read must be found here all the same.
  progress.payloads = sources.payloads.scan(
      progress.payloads,
      [&](const PayloadPlace& place) { tables.payloads.put(payload_values(place)); },
      [](const std::string&, const std::string&) {});
  tables.progress.put(progress_values(progress));
}

bool add_act(CatalogueTables& tables, const FrameBody& body, const git::ReadObject& read) {
  auto progress = tables.come_to();
  const auto* main = main_move(body);
  if (progress.log_size != body.log_index) return false;
  if (main && main->expected != progress.commit) return false;
  if (main) add_commit(tables, read, main->target, progress);
  add_entry(tables, body.log_index, body.log_entry);
  progress.log_size = body.log_index + 1;
  for (const auto& payload : body.payloads) {
    tables.payloads.put(payload_values(payload.place));
    progress.payloads = Payloads::end_of(payload.place);
  }
  tables.progress.put(progress_values(progress));
  return true;
}

}  // namespace vermilion::store
