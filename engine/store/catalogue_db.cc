#include "store/catalogue_db.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/error.h"

namespace vermilion::store {
namespace {

constexpr const char* kWhere = "index/catalogue.db";

TableShape acts_shape() {
  return {"acts",
          {"sequence INTEGER", "commit_id TEXT", "act TEXT", "actor TEXT", "subject TEXT",
           "log_index INTEGER", "at INTEGER"},
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
           "subject TEXT", "outcome TEXT", "commit_id TEXT"},
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
TableShape progress_shape() {
  return {"progress",
          {"id INTEGER", "commit_id TEXT", "sequence INTEGER", "log_size INTEGER",
           "segment INTEGER", "position INTEGER"},
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

std::string limit_text(std::size_t limit) {
  return fmt::format(" LIMIT {}", std::min<std::size_t>(limit, 1'000'000'000));
}

}  // namespace

CatalogueTables::CatalogueTables(const Path& path, const RowMac& mac, Database::Kind kind, Open how)
    : database(path, kWhere, kind, how),
      acts(database, mac, acts_shape()),
      paths(database, mac, paths_shape()),
      entries(database, mac, entries_shape()),
      payloads(database, mac, payloads_shape()),
      progress(database, mac, progress_shape()) {}

void CatalogueTables::make() {
  for (MacTable* table : all()) table->remake();
  database.run("CREATE INDEX acts_at ON acts(at); CREATE INDEX entries_at ON entries(at)");
}

std::vector<MacTable*> CatalogueTables::all() {
  return {&acts, &paths, &entries, &payloads, &progress};
}

Progress CatalogueTables::come_to() {
  const auto row = progress.find("WHERE id=1", {});
  return row ? progress_row(*row) : Progress{};
}

CatalogueDb::CatalogueDb(const Path& store, RowMac mac)
    : file_(store / kWhere), mac_(std::move(mac)) {}

CatalogueDb::~CatalogueDb() = default;

void CatalogueDb::open() const {
  std::filesystem::create_directories(file_.parent_path());
  const bool fresh = !std::filesystem::exists(file_);
  if (fresh) std::filesystem::create_directories(file_.parent_path());
  tables_ = std::make_unique<CatalogueTables>(file_, mac_, Database::Kind::projection,
                                              fresh ? Open::create : Open::existing);
  if (fresh) {
    Transaction transaction(tables_->database);
    tables_->make();
    transaction.commit();
  }
  file_number_ = file_number(file_);
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
  const auto rest = "WHERE sequence >= ? ORDER BY sequence" + limit_text(limit);
  for (const auto& row : tables().acts.select(rest, {std::to_string(from_sequence)})) {
    found.push_back(act_row(row));
  }
  return found;
}

std::optional<ActRow> CatalogueDb::act_of(const git::ObjectId& commit) const {
  const auto row = tables().acts.find("WHERE commit_id = ?", {commit.hex()});
  if (!row) return std::nullopt;
  return act_row(*row);
}

std::optional<ActRow> CatalogueDb::last_act(Instant at) const {
  const auto row = tables().acts.find("WHERE at <= ? ORDER BY sequence DESC",
                                      {std::to_string(at.time_since_epoch().count())});
  if (!row) return std::nullopt;
  return act_row(*row);
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
  std::string rest = "WHERE 1";
  Row arguments;
  const auto where = [&](const char* condition, std::string value) {
    rest += std::string(" AND ") + condition;
    arguments.push_back(std::move(value));
  };
  const auto seconds = [](Instant at) { return std::to_string(at.time_since_epoch().count()); };
  if (filter.from) where("at >= ?", seconds(*filter.from));
  if (filter.to) where("at < ?", seconds(*filter.to));
  if (!filter.actor.empty()) where("actor = ?", filter.actor);
  if (!filter.kind.empty()) where("kind = ?", filter.kind);
  if (!filter.subject_prefix.empty()) where("instr(subject, ?) = 1", filter.subject_prefix);
  rest += " ORDER BY position" + limit_text(filter.limit);
  std::vector<LogRow> found;
  for (const auto& row : tables().entries.select(rest, arguments)) found.push_back(entry_row(row));
  return found;
}

std::optional<PayloadPlace> CatalogueDb::payload(const std::string& id) const {
  const auto row = tables().payloads.find("WHERE payload = ?", {id});
  if (!row) return std::nullopt;
  return payload_place(*row);
}

}  // namespace vermilion::store
