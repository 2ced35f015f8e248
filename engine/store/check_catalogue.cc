#include "store/check.h"

namespace vermilion::store {
namespace {

constexpr const char* kWhere = "index/catalogue.db";

// The rows of one table by their names, with whether each MAC holds.
std::map<std::string, std::pair<Row, bool>> rows_of(MacTable& table) {
  std::map<std::string, std::pair<Row, bool>> rows;
  table.each([&](const Row& row, bool holds) { rows[table.name_of(row)] = {row, holds}; });
  return rows;
}

void compare(MacTable& stored, MacTable& expected, CheckReport& report) {
  const auto rows = rows_of(stored);
  auto wanted = rows_of(expected);
  for (const auto& [name, row] : rows) {
    report.count();
    const auto match = wanted.find(name);
    if (!row.second) {
      report.fault(name, "資料列遭變更 the row's MAC does not fit");
    } else if (match == wanted.end()) {
      report.fault(name, "多出的資料列 git and log know nothing of this row");
    } else if (match->second.first != row.first) {
      report.fault(name, "與 git 及稽核日誌不符 differs from git and log");
    }
    if (match != wanted.end()) wanted.erase(match);
  }
  for (const auto& [name, row] : wanted) report.fault(name, "資料列遺失 the row is missing");
}

}  // namespace

void check_catalogue(Parts& parts, CheckReport& report) {
  CatalogueTables& stored = parts.catalogue.tables();
  for (const auto& what : stored.database.integrity_faults()) report.fault(kWhere, what);
  CatalogueTables expected({}, parts.catalogue.mac(), Database::Kind::temporary, Open::create);
  expected.make();
  catch_up(expected, parts.sources());
  const auto stored_tables = stored.all();
  const auto expected_tables = expected.all();
  for (std::size_t i = 0; i < stored_tables.size(); ++i) {
    compare(*stored_tables[i], *expected_tables[i], report);
  }
}

}  // namespace vermilion::store
