#include "store/snapshot.h"

#include <algorithm>
#include <map>

#include "base/error.h"
#include "store/record_index.h"

namespace vermilion::store {
namespace {

git::Object intact_object(const git::ReadObject& read, const git::ObjectId& id,
                          git::ObjectType type) {
  auto object = read(id);
  if (object && object->type == type) return std::move(*object);
  throw Error(Failure::corrupt, "object-missing",
              {"物件 " + id.hex() + " 遺失或型別不符，請執行 vermilion verify",
               "object " + id.hex() + " is missing or of the wrong type; run `vermilion verify`"});
}

[[noreturn]] void row_differs(std::uint64_t place) {
  const auto name = "index/catalogue.db: records " + std::to_string(place);
  throw Error(Failure::corrupt, "row-differs",
              {name + "：與 git 不符，請執行 vermilion rebuild 後再執行 vermilion verify",
               name + ": differs from git; run `vermilion rebuild`, then `vermilion verify`"});
}

void put_in_order(const RecordQuery& query, std::vector<model::Record>& records) {
  std::sort(records.begin(), records.end(), [&](const model::Record& a, const model::Record& b) {
    if (query.by_date && a.date != b.date) return a.date < b.date;
    return a.sequence < b.sequence;
  });
  if (records.size() > query.limit)
    records.erase(records.begin() + std::ptrdiff_t(query.limit), records.end());
}

}  // namespace

Snapshot::Snapshot(git::ReadObject read, std::optional<git::ObjectId> commit,
                   const RecordIndex* index)
    : read_(std::move(read)), commit_(commit), index_(index) {
  if (commit_) tree_ = describe().tree;
}

std::optional<Bytes> Snapshot::read(const std::string& path) const {
  const auto id = id_of(path);
  if (!id) return std::nullopt;
  auto object = read_(*id);
  if (object && object->type == git::ObjectType::tree) return std::nullopt;
  return intact_object(read_, *id, git::ObjectType::blob).data;
}

Bytes Snapshot::require(const std::string& path) const {
  if (auto bytes = read(path)) return std::move(*bytes);
  throw Error(Failure::not_found, "no-such-path",
              {"此時點沒有這個檔案：" + path, "there is no such file at that time: " + path});
}

std::vector<git::TreeEntry> Snapshot::list(const std::string& path) const {
  const auto id = id_of(path);
  if (!id) return {};
  const auto object = read_(*id);
  if (object && object->type == git::ObjectType::blob) return {};
  return git::parse_tree(intact_object(read_, *id, git::ObjectType::tree).data);
}

std::vector<git::TreeEntry> Snapshot::list(const git::ObjectId& folder) const {
  return git::parse_tree(intact_object(read_, folder, git::ObjectType::tree).data);
}

std::optional<git::ObjectId> Snapshot::id_of(const std::string& path) const {
  if (!tree_) return std::nullopt;
  return path.empty() ? tree_ : git::find_path(read_, *tree_, path);
}

Bytes Snapshot::blob(const git::ObjectId& id) const {
  return intact_object(read_, id, git::ObjectType::blob).data;
}

void Snapshot::each_file(const std::string& folder,
                         const std::function<void(const std::string&, const Bytes&)>& visit) const {
  const auto root = id_of(folder);
  if (!root) return;
  const std::string prefix = folder.empty() ? "" : folder + "/";
  git::walk_tree(read_, *root, [&](const std::string& path, const git::ObjectId& blob) {
    visit(prefix + path, intact_object(read_, blob, git::ObjectType::blob).data);
  });
}

std::set<std::string> Snapshot::changed_since(const Snapshot& before) const {
  std::set<std::string> paths;
  git::diff_trees(read_, before.tree_, tree_,
                  [&](const git::Change& change) { paths.insert(change.path); });
  return paths;
}

std::vector<model::Record> Snapshot::all_records(const RecordQuery& query) const {
  std::vector<model::Record> found;
  each_file("records", [&](const std::string& path, const Bytes& bytes) {
    if (!record_place(path)) return;
    auto record = model::record_from(parse_json(bytes));
    if (answers(query, record)) found.push_back(std::move(record));
  });
  return found;
}

std::vector<model::Record> Snapshot::records_at(const RecordPlaces& places,
                                                const RecordQuery& query) const {
  std::map<std::uint64_t, bool> sure;
  for (const auto place : places.folded) sure[place] = true;
  for (const auto place : places.pending) sure[place] = false;
  std::vector<model::Record> found;
  for (const auto& [place, answer] : sure) {
    const auto bytes = read(model::record_folder(place) + "/manifest.json");
    auto record = bytes ? std::optional(model::record_from(parse_json(*bytes))) : std::nullopt;
    if (record && answers(query, *record)) {
      found.push_back(std::move(*record));
    } else if (answer) {
      row_differs(place);
    }
  }
  return found;
}

std::vector<model::Record> Snapshot::records(const RecordQuery& query) const {
  if (!commit_) return {};
  const auto places = index_ ? index_->find(read_, *commit_, query) : std::nullopt;
  auto found = places ? records_at(*places, query) : all_records(query);
  put_in_order(query, found);
  return found;
}

git::Commit Snapshot::describe() const {
  if (commit_) {
    return git::parse_commit(intact_object(read_, *commit_, git::ObjectType::commit).data);
  }
  throw Error(Failure::not_found, "no-commit", {"尚無任何提交", "there is no commit yet"});
}

}  // namespace vermilion::store
