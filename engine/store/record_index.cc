#include "store/record_index.h"

#include <charconv>

#include "base/error.h"
#include "git/read_tree.h"
#include "store/catalogue_db.h"
#include "store/catalogue_queries.h"

namespace vermilion::store {
namespace {

constexpr std::string_view kRecordsFolder = "records/";
constexpr std::string_view kManifest = "/manifest.json";
constexpr std::size_t kMostPending =
    20'000;  // commits; behind more than that it is quicker to walk

std::string day_of(Instant at) { return iso_date(Date(std::chrono::floor<std::chrono::days>(at))); }

// Its years begin on the day it was filed or later; what was imported may have begun before. A day less, for the time zone.
std::string begins(const model::Record& record) {
  return record.imported ? "" : day_of(record.filed - std::chrono::days(1));
}

git::Commit commit_of(const git::ReadObject& read, const git::ObjectId& id) {
  return git::parse_commit(git::require_object(read, id, git::ObjectType::commit).data);
}

// From a commit back to one that the catalogue knows.
struct Way {
  std::vector<git::Commit> pending;  // newest first
  git::Commit known;
  std::uint64_t sequence = 0;
};

std::optional<Way> way_back(CatalogueTables& tables, const git::ReadObject& read,
                            git::ObjectId id) {
  Way way;
  while (way.pending.size() < kMostPending) {
    auto commit = commit_of(read, id);
    if (const auto row = tables.acts.find("WHERE commit_id = ?", {id.hex()})) {
      way.known = std::move(commit);
      way.sequence = act_row(*row).sequence;
      return way;
    }
    if (commit.parents.empty()) return std::nullopt;
    id = commit.parents.front();
    way.pending.push_back(std::move(commit));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> record_place(std::string_view path) {
  if (!path.starts_with(kRecordsFolder) || !path.ends_with(kManifest)) return std::nullopt;
  const auto folder = path.substr(0, path.size() - kManifest.size());
  const auto digits = folder.substr(folder.rfind('/') + 1);
  std::uint64_t place = 0;
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, place);
  if (result.ec != std::errc() || result.ptr != end) return std::nullopt;
  return model::record_folder(place) == folder ? std::optional(place) : std::nullopt;
}

std::optional<RecordRow> record_of(const git::ReadObject& read, const git::ObjectId& manifest) {
  const auto object = read(manifest);
  if (!object || object->type != git::ObjectType::blob) return std::nullopt;
  try {
    const auto record = model::record_from(parse_json(object->data));
    return RecordRow{.record = record.id,
                     .number = record.number,
                     .form = record.form,
                     .account = record.account,
                     .date = iso_date(record.date),
                     .corrects = record.corrects.value_or(""),
                     .retention = record.retention,
                     .begins = begins(record),
                     .completed = model::is_complete(record) ? 0 : kNever};
  } catch (const Error&) {
    return std::nullopt;
  }
}

bool answers(const RecordQuery& query, const model::Record& record) {
  const auto same = [](const std::string& wanted, const std::string& is) {
    return wanted.empty() || wanted == is;
  };
  return same(query.id, record.id) && same(query.number, record.number) &&
         same(query.form, record.form) && same(query.account, record.account) &&
         same(query.corrects, record.corrects.value_or("")) &&
         same(query.retention, record.retention) && (!query.from || record.date >= *query.from) &&
         (!query.to || record.date <= *query.to) &&
         (!query.begun_by || begins(record) <= iso_date(*query.begun_by)) &&
         (!query.unfinished || !model::is_complete(record));
}

std::optional<RecordPlaces> RecordIndex::find(const git::ReadObject& read,
                                              const git::ObjectId& commit,
                                              const RecordQuery& query) const try {
  auto& tables = catalogue_.tables();
  const auto way = way_back(tables, read, commit);
  if (!way) return std::nullopt;
  RecordPlaces places;
  const auto asked = records_query(query, way->sequence);
  for (const auto& row : tables.records.select(asked.rest, asked.arguments))
    places.folded.push_back(record_row(row).place);
  if (way->pending.empty()) return places;
  git::diff_trees(read, way->known.tree, way->pending.front().tree, [&](const git::Change& change) {
    if (const auto place = record_place(change.path)) places.pending.push_back(*place);
  });
  return places;
} catch (const Error& error) {
  if (error.code() == "catalogue-broken" || error.code() == "database-broken") return std::nullopt;
  throw;
}

}  // namespace vermilion::store
