#include "store/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>

#include "base/error.h"

namespace vermilion::store {
namespace {

constexpr int kPatienceMilliseconds = 30'000;

[[noreturn]] void fail(sqlite3* database, int result, const std::string& reason,
                       const std::string& where) {
  const int system = sqlite3_system_errno(database);
  if ((result & 0xff) == SQLITE_CANTOPEN && (system == EMFILE || system == ENFILE)) {
    throw Error(Failure::unavailable, "too-many-files",
                {"開啟的檔案數已達系統上限，請提高 ulimit -n 後再試：" + where,
                 "the limit of open files is reached; raise ulimit -n and try again: " + where});
  }
  switch (result & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(Failure::unavailable, "store-busy",
                  {"資料庫正由另一個程序使用，請稍後再試：" + where,
                   "another process is using the database; try again later: " + where});
    case SQLITE_FULL:
      throw Error(
          Failure::unavailable, "disk-full",
          {"磁碟已滿，請清出空間後再試：" + where, "the disk is full; free some space: " + where});
    // Our statements never change: SQLite calls one wrong only when the tables are not ours.
    case SQLITE_ERROR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_MISMATCH:
      throw Error(Failure::corrupt, "database-broken",
                  {fmt::format("{}：資料庫損毀（{}），請由備份還原，索引請執行 vermilion rebuild",
                               where, reason),
                   fmt::format("{}: the database is broken ({}); restore it from a backup, or the "
                               "index with `vermilion rebuild`",
                               where, reason)});
    default:
      throw Error(Failure::unavailable, "database-error",
                  {fmt::format("{}：資料庫操作失敗（{}）", where, reason),
                   fmt::format("{}: database operation failed ({})", where, reason)});
  }
}

int flags_of(Database::Kind kind, Open how) {
  if (kind == Database::Kind::temporary) return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  return SQLITE_OPEN_READWRITE | (how == Open::create ? SQLITE_OPEN_CREATE : 0);
}

const char* settings_of(Database::Kind kind) {
  switch (kind) {
    case Database::Kind::durable:
      return "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;";
    case Database::Kind::projection:
      return "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;";
    case Database::Kind::temporary:
      return "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;";
  }
  throw Bug("unknown kind of database");
}

}  // namespace

void close_database(sqlite3* database) noexcept { sqlite3_close_v2(database); }
void close_statement(sqlite3_stmt* statement) noexcept { sqlite3_finalize(statement); }

Statement::Statement(sqlite3* database, std::string where, std::string_view sql)
    : database_(database), where_(std::move(where)) {
  check(sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), Out(statement_),
                           nullptr));
}

void Statement::check(int result) const {
  if (result != SQLITE_OK) fail(database_, result, sqlite3_errmsg(database_), where_);
}

Statement& Statement::bind(std::string_view text) {
  check(sqlite3_bind_text64(statement_.get(), ++bound_, text.data() ? text.data() : "", text.size(),
                            SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind(std::int64_t number) {
  check(sqlite3_bind_int64(statement_.get(), ++bound_, number));
  return *this;
}

bool Statement::step() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result != SQLITE_DONE) check(result);
  return false;
}

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_.get(), column);
  const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes ? std::string(static_cast<const char*>(bytes), size) : std::string();
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  bound_ = 0;
}

Database::Database(const Path& path, std::string where, Kind kind, Open how)
    : where_(std::move(where)) {
  const std::string name = kind == Kind::temporary ? "" : path.string();
  const int result = sqlite3_open_v2(name.c_str(), Out(database_), flags_of(kind, how), nullptr);
  if (result != SQLITE_OK) fail(database_.get(), result, sqlite3_errstr(result), where_);
  sqlite3_busy_timeout(database_.get(), kPatienceMilliseconds);
  run(settings_of(kind));
}

void Database::run(const std::string& sql) {
  const int result = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) fail(database_.get(), result, sqlite3_errmsg(database_.get()), where_);
}

Statement Database::prepare(std::string_view sql) { return {database_.get(), where_, sql}; }

std::vector<std::string> Database::integrity_faults() {
  std::vector<std::string> faults;
  Statement statement = prepare("PRAGMA integrity_check");
  while (statement.step()) faults.push_back(statement.text(0));
  if (faults == std::vector<std::string>{"ok"}) faults.clear();
  return faults;
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.run("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    database_.run("ROLLBACK");
  } catch (const Error&) {
    // SQLite has rolled back by itself after some failures, and the next BEGIN tells of the rest.
  }
}

void Transaction::commit() {
  database_.run("COMMIT");
  open_ = false;
}

}  // namespace vermilion::store
