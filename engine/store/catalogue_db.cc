#include "store/catalogue_db.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/error.h"
#include "store/catalogue_queries.h"

namespace vermilion::store {
namespace {

constexpr int kShape = 3;
// Each is what one of catalogue_queries.h names.
constexpr const char* kIndexes =
    "CREATE INDEX acts_at ON acts(at, sequence);"
    "CREATE INDEX acts_behind ON acts(sequence) WHERE behind = 1;"
    "CREATE INDEX entries_at ON entries(at, position);"
    "CREATE INDEX entries_kind ON entries(kind, at, position);"
    "CREATE INDEX entries_actor ON entries(actor, at, position);"
    "CREATE INDEX entries_subject ON entries(subject, position);"
    "CREATE INDEX entries_steps ON entries(position) WHERE clock IN ('stepped-back', "
    "'stepped-forward', 'adrift');"
    "CREATE INDEX records_id ON records(record);"
    "CREATE INDEX records_number ON records(number);"
    "CREATE INDEX records_corrects ON records(corrects) WHERE corrects <> '';"
    "CREATE INDEX records_completed ON records(completed);"
    "CREATE INDEX records_form ON records(form, date, place);"
    "CREATE INDEX records_account ON records(account, form, date, place);"
    "CREATE INDEX records_date ON records(date, place);"
    "CREATE INDEX records_term ON records(retention, begins, place);";

TableShape acts_shape() {
  return {"acts",
          {"sequence INTEGER", "commit_id TEXT", "act TEXT", "actor TEXT", "subject TEXT",
           "log_index INTEGER", "at INTEGER", "behind INTEGER"},
          1,
          "PRIMARY KEY(sequence), UNIQUE(commit_id)"};
}
TableShape paths_shape() {
  return {
      "paths", {"path TEXT", "sequence INTEGER", "blob TEXT"}, 2, "PRIMARY KEY(path, sequence)"};
}
TableShape entries_shape() {
  return {"entries",
          {"position INTEGER", "at INTEGER", "kind TEXT", "actor TEXT", "origin TEXT",
           "subject TEXT", "outcome TEXT", "commit_id TEXT", "clock TEXT"},
          1,
          "PRIMARY KEY(position)"};
}
TableShape payloads_shape() {
  return {"payloads",
          {"payload TEXT", "segment INTEGER", "position INTEGER", "length INTEGER", "sha256 TEXT",
           "own_file INTEGER"},
          1,
          "PRIMARY KEY(payload)"};
}
TableShape records_shape() {
  return {"records",
          {"place INTEGER", "record TEXT", "number TEXT", "form TEXT", "account TEXT", "date TEXT",
           "corrects TEXT", "retention TEXT", "begins TEXT", "since INTEGER", "completed INTEGER"},
          1,
          "PRIMARY KEY(place)"};
}
TableShape progress_shape() {
  return {"progress",
          {"id INTEGER", "commit_id TEXT", "sequence INTEGER", "log_size INTEGER",
           "segment INTEGER", "position INTEGER", "latest INTEGER"},
          1,
          "PRIMARY KEY(id)"};
}

// The inode number: it changes when another process puts a rebuilt file in place.
std::uint64_t file_number(const Path& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

void remove_database(const Path& path) {
  for (const char* suffix : {"-wal", "-shm", "-journal", ""}) {
    std::filesystem::remove(path.string() + suffix);
  }
}

}  // namespace

CatalogueTables::CatalogueTables(const Path& path, const RowMac& mac, Database::Kind kind, Open how)
    : database(path, kCatalogueFile, kind, how),
      acts(database, mac, acts_shape()),
      paths(database, mac, paths_shape()),
      entries(database, mac, entries_shape()),
      payloads(database, mac, payloads_shape()),
      records(database, mac, records_shape()),
      progress(database, mac, progress_shape()) {}

void CatalogueTables::make() {
  for (MacTable* table : all()) table->remake();
  database.run(kIndexes);
  database.run(fmt::format("PRAGMA user_version={}", kShape));
}

bool CatalogueTables::is_of_this_shape() {
  auto statement = database.prepare("PRAGMA user_version");
  return statement.step() && statement.text(0) == std::to_string(kShape);
}

std::vector<MacTable*> CatalogueTables::all() {
  return {&acts, &paths, &entries, &payloads, &records, &progress};
}

Progress CatalogueTables::come_to() {
  const auto row = progress.find("WHERE id=1", {});
  return row ? progress_row(*row) : Progress{};
}

CatalogueDb::CatalogueDb(const Path& store, RowMac mac)
    : file_(store / kCatalogueFile), mac_(std::move(mac)) {}

CatalogueDb::~CatalogueDb() = default;

void CatalogueDb::open() const {
  std::filesystem::create_directories(file_.parent_path());
  const bool fresh = !std::filesystem::exists(file_);
  tables_ = std::make_unique<CatalogueTables>(file_, mac_, Database::Kind::projection,
                                              fresh ? Open::create : Open::existing);
  make_if_needed();
  file_number_ = file_number(file_);
}

// Two processes may find a file of the old shape: the second one leaves what the first has made.
void CatalogueDb::make_if_needed() const {
  if (tables_->is_of_this_shape()) return;
  Transaction transaction(tables_->database);
  if (!tables_->is_of_this_shape()) tables_->make();
  transaction.commit();
}

CatalogueTables& CatalogueDb::tables() const {
  if (file_number_ != file_number(file_)) {
    tables_.reset();
    given_up_.clear();
  }
  try {
    if (!tables_ && given_up_.empty()) open();
  } catch (const Error& error) {
    if (error.failure() != Failure::corrupt) throw;
    give_up(error.said().en);
  }
  if (tables_) return *tables_;
  throw Error(Failure::corrupt, "catalogue-broken",
              {"index/catalogue.db：索引損毀，請執行 vermilion rebuild 重建（" + given_up_ + "）",
               "index/catalogue.db: the index is broken; make it anew with `vermilion rebuild` (" +
                   given_up_ + ")"});
}

void CatalogueDb::give_up(const std::string& reason) const {
  tables_.reset();
  given_up_ = reason.empty() ? "?" : reason;
  file_number_ = file_number(file_);
}

void CatalogueDb::remake(const std::function<void(CatalogueTables&)>& fill) {
  if (!remake_in_place(fill)) replace_file(fill);
}

bool CatalogueDb::remake_in_place(const std::function<void(CatalogueTables&)>& fill) {
  try {
    CatalogueTables& tables = this->tables();
    Transaction transaction(tables.database);
    tables.make();
    fill(tables);
    transaction.commit();
    return tables.database.integrity_faults().empty();
  } catch (const Error& error) {
    if (error.code() != "database-broken" && error.code() != "catalogue-broken") throw;
    return false;
  }
}

void CatalogueDb::replace_file(const std::function<void(CatalogueTables&)>& fill) {
  const Path fresh = file_.string() + ".vermilion-new";
  remove_database(fresh);
  {
    CatalogueTables tables(fresh, mac_, Database::Kind::durable, Open::create);
    Transaction transaction(tables.database);
    tables.make();
    fill(tables);
    transaction.commit();
  }
  tables_.reset();
  remove_database(file_);
  std::filesystem::rename(fresh, file_);
  remove_database(fresh);
  given_up_.clear();
  file_number_ = 0;
}

std::vector<ActRow> CatalogueDb::acts(std::uint64_t from_sequence, std::size_t limit) const {
  std::vector<ActRow> found;
  const auto query = acts_query(from_sequence, limit);
  for (const auto& row : tables().acts.select(query.rest, query.arguments))
    found.push_back(act_row(row));
  return found;
}

std::optional<ActRow> CatalogueDb::act_of(const git::ObjectId& commit) const {
  const auto row = tables().acts.find("WHERE commit_id = ?", {commit.hex()});
  if (!row) return std::nullopt;
  return act_row(*row);
}

std::optional<ActRow> CatalogueDb::last_act(Instant at) const {
  std::optional<ActRow> last;
  for (const auto& query : {latest_act_query(at), behind_act_query(at)}) {
    const auto row = tables().acts.find(query.rest, query.arguments);
    if (!row) continue;
    auto act = act_row(*row);
    if (!last || last->sequence < act.sequence) last = std::move(act);
  }
  return last;
}

std::vector<PathRow> CatalogueDb::history(const std::string& path) const {
  std::vector<PathRow> found;
  auto& tables = this->tables();
  for (const auto& row : tables.paths.select("WHERE path = ? ORDER BY sequence", {path})) {
    const auto act = tables.acts.find("WHERE sequence = ?", {row[1]});
    if (!act) {
      throw Error(
          Failure::corrupt, "row-broken",
          {"index/catalogue.db: acts " + row[1] + "：資料列遺失，請執行 vermilion rebuild",
           "index/catalogue.db: acts " + row[1] + ": the row is missing; run `vermilion rebuild`"});
    }
    found.push_back({act_row(*act), git::ObjectId::from_hex(row[2])});
  }
  return found;
}

std::vector<LogRow> CatalogueDb::log(const LogFilter& filter) const {
  std::vector<LogRow> found;
  const auto query = log_query(filter);
  for (const auto& row : tables().entries.select(query.rest, query.arguments))
    found.push_back(entry_row(row));
  std::sort(found.begin(), found.end(),
            [](const LogRow& a, const LogRow& b) { return a.index < b.index; });
  return found;
}

std::optional<PayloadPlace> CatalogueDb::payload(const std::string& id) const {
  const auto row = tables().payloads.find("WHERE payload = ?", {id});
  if (!row) return std::nullopt;
  return payload_place(*row);
}

}  // namespace vermilion::store
