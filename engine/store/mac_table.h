// Tables whose rows carry a MAC over key and value, so that a changed row shows.
//
// Shape    Every column is text or an integer, and the last column is `mac`: 64 hexadecimal digits
//          of HMAC-SHA-256(row key, table | value | value …), each part preceded by its length (8
//          bytes, big-endian), integers in decimal. The row key is HMAC-SHA-256(master key,
//          "vermilion row mac 1|" store "|" database), so that no row fits another store, database
//          or table.
// Limits   A deleted row leaves no trace here: check() compares with what the row belongs to.
// Errors   corrupt ("row-broken") naming database, table and row.
// Source   architecture section 2, "Database rows that count carry a MAC over key and value".
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/sqlite.h"

namespace vermilion::store {

using Row = std::vector<std::string>;  // the columns in order, without the MAC

class RowMac {
 public:
  RowMac(std::string_view master_key, std::string_view store, std::string_view database);
  [[nodiscard]] std::string of(std::string_view table, const Row& row) const;

 private:
  Bytes key_;
};

// What a table is called, how it is made, and which of its first columns name a row.
struct TableShape {
  std::string name;
  std::vector<std::string> columns;  // with types: "sequence INTEGER"
  std::size_t key_columns;
  std::string constraint;  // "PRIMARY KEY(sequence)"
};

class MacTable;

// A walk over all rows of a table. Lives no longer than the table.
class MacRows {
 public:
  // True when there is a row; row() and holds() speak of it.
  bool next();
  [[nodiscard]] const Row& row() const { return row_; }
  [[nodiscard]] bool holds() const { return holds_; }

 private:
  friend class MacTable;
  MacRows(const MacTable& table, Statement statement)
      : table_(table), statement_(std::move(statement)) {}

  const MacTable& table_;
  Statement statement_;
  Row row_;
  bool holds_ = false;
};

class MacTable {
 public:
  MacTable(Database& database, const RowMac& mac, TableShape shape);

  void make();                  // CREATE TABLE, if there is none
  void remake();                // drops the table if there is one, and makes it
  void put(const Row& row);     // replaces the row with the same key
  void remove(const Row& row);  // the row with the same key
  // Rows in the order of `rest` ("WHERE act=? ORDER BY sequence LIMIT ?"), each verified.
  [[nodiscard]] std::vector<Row> select(const std::string& rest, const Row& arguments = {});
  // The first of them. `rest` is one of a few texts of the program's own: each is prepared once and kept.
  [[nodiscard]] std::optional<Row> find(const std::string& rest, const Row& arguments);
  // Every row by key, with whether its MAC holds.
  void each(const std::function<void(const Row&, bool holds)>& visit);
  // Every row by key, or those `where` names ("WHERE sequence > ?"), one at a time.
  [[nodiscard]] MacRows rows(const std::string& where = "", const Row& arguments = {});
  // Which row comes first by key: below zero, zero or above as in strcmp.
  [[nodiscard]] int order(const Row& a, const Row& b) const;
  // "index/catalogue.db: acts 17"
  [[nodiscard]] std::string name_of(const Row& row) const;

 private:
  friend class MacRows;
  [[nodiscard]] std::string insertion() const;
  [[nodiscard]] std::vector<Row> rows_of(Statement& statement, const Row& arguments) const;
  [[nodiscard]] std::string selection(const std::string& rest) const;
  [[nodiscard]] Row read(const Statement& statement) const;
  [[nodiscard]] bool holds(const Statement& statement, const Row& row) const;

  Database& database_;
  const RowMac& mac_;
  TableShape shape_;
  std::string names_;  // "sequence,commit_id,…"
  // Prepared once: each act puts several rows, each reading finds some.
  std::optional<Statement> put_;
  std::map<std::string, Statement> find_;  // by `rest`
};

}  // namespace vermilion::store
