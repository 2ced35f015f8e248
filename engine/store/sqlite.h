// SQLite as the store uses it: databases, statements and transactions behind handles. The only file
// of the store that knows the library.
//
// Shape    durable: rollback journal that is truncated, synchronous=FULL, secure_delete=ON; a
//          transaction survives power loss when commit() returns. projection: WAL and
//          synchronous=NORMAL, so that power loss may drop the last transactions but never tears
//          one. temporary: a private file that is gone with the connection.
// Values   Text and integers. Bytes are kept as hexadecimal text.
// Disk     SQLite does its own input and output: the Disk seam does not reach it.
// Threads  One thread at a time.
// Errors   corrupt ("database-broken") when the file is no database or not the one our statements
//          fit, unavailable ("store-busy", "disk-full", "too-many-files", "database-error") otherwise.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/disk.h"
#include "base/handle.h"

struct sqlite3;
struct sqlite3_stmt;

namespace vermilion::store {

void close_database(sqlite3* database) noexcept;
void close_statement(sqlite3_stmt* statement) noexcept;

class Statement {
 public:
  Statement& bind(std::string_view text);  // the next parameter
  Statement& bind(std::int64_t number);
  // True when there is a row; false at the end.
  bool step();
  [[nodiscard]] std::string text(int column) const;
  void reset();  // to be bound and run again

 private:
  friend class Database;
  Statement(sqlite3* database, std::string where, std::string_view sql);
  void check(int result) const;

  sqlite3* database_;
  std::string where_;
  Handle<sqlite3_stmt, close_statement> statement_;
  int bound_ = 0;
};

class Database {
 public:
  enum class Kind { durable, projection, temporary };

  // `where` names the file in errors. Opens an existing file, or makes an empty one when `how` is
  // create.
  Database(const Path& path, std::string where, Kind kind, Open how);

  void run(const std::string& sql);
  [[nodiscard]] Statement prepare(std::string_view sql);
  // What `PRAGMA integrity_check` finds; empty when it finds nothing.
  [[nodiscard]] std::vector<std::string> integrity_faults();
  [[nodiscard]] const std::string& where() const noexcept { return where_; }

 private:
  std::string where_;
  Handle<sqlite3, close_database> database_;
};

// BEGIN IMMEDIATE … COMMIT; rolls back when it is left without commit().
class Transaction {
 public:
  explicit Transaction(Database& database);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace vermilion::store
