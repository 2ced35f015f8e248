#include "store/mac_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/error.h"
#include "crypto/digest.h"
#include "store/bytes_io.h"

namespace vermilion::store {
namespace {

// A statement that is kept holds no transaction open, however its use ends.
class Reset {
 public:
  explicit Reset(Statement& statement) : statement_(statement) {}
  Reset(const Reset&) = delete;
  Reset& operator=(const Reset&) = delete;
  ~Reset() { statement_.reset(); }

 private:
  Statement& statement_;
};

void add_part(Bytes& text, std::string_view part) {
  put_u64(text, part.size());
  text += part;
}

}  // namespace

RowMac::RowMac(std::string_view master_key, std::string_view store, std::string_view database)
    : key_(crypto::hmac_sha256(master_key,
                               fmt::format("vermilion row mac 1|{}|{}", store, database))) {}

std::string RowMac::of(std::string_view table, const Row& row) const {
  Bytes text;
  add_part(text, table);
  for (const auto& value : row) add_part(text, value);
  return hex(crypto::hmac_sha256(key_, text));
}

MacTable::MacTable(Database& database, const RowMac& mac, TableShape shape)
    : database_(database), mac_(mac), shape_(std::move(shape)) {
  for (const auto& column : shape_.columns) names_ += column.substr(0, column.find(' ')) + ",";
  names_ += "mac";
}

void MacTable::make() {
  database_.run(fmt::format("CREATE TABLE IF NOT EXISTS {}({}, mac TEXT NOT NULL, {})", shape_.name,
                            fmt::join(shape_.columns, ", "), shape_.constraint));
}

void MacTable::remake() {
  database_.run("DROP TABLE IF EXISTS " + shape_.name);
  make();
}

void MacTable::put(const Row& row) {
  VERMILION_ASSERT(row.size() == shape_.columns.size());
  if (!put_) put_ = database_.prepare(insertion());
  const Reset reset(*put_);
  for (const auto& value : row) put_->bind(value);
  put_->bind(mac_.of(shape_.name, row)).step();
}

std::string MacTable::insertion() const {
  std::string marks = "?";
  for (std::size_t i = 0; i < shape_.columns.size(); ++i) marks += ",?";
  return fmt::format("INSERT OR REPLACE INTO {}({}) VALUES({})", shape_.name, names_, marks);
}

void MacTable::remove(const Row& row) {
  std::string keys;
  for (std::size_t i = 0; i < shape_.key_columns; ++i) {
    const auto& column = shape_.columns[i];
    keys += (i == 0 ? "" : " AND ") + column.substr(0, column.find(' ')) + "=?";
  }
  auto statement = database_.prepare(fmt::format("DELETE FROM {} WHERE {}", shape_.name, keys));
  for (std::size_t i = 0; i < shape_.key_columns; ++i) statement.bind(row[i]);
  statement.step();
}

std::vector<Row> MacTable::select(const std::string& rest, const Row& arguments) {
  auto statement = database_.prepare(selection(rest));
  return rows_of(statement, arguments);
}

std::vector<Row> MacTable::rows_of(Statement& statement, const Row& arguments) const {
  for (const auto& value : arguments) statement.bind(value);
  std::vector<Row> rows;
  while (statement.step()) {
    rows.push_back(read(statement));
    if (holds(statement, rows.back())) continue;
    const std::string where = name_of(rows.back());
    throw Error(
        Failure::corrupt, "row-broken",
        {where + "：資料列遭變更，請執行 vermilion verify 檢查；索引可執行 vermilion rebuild 重建",
         where + ": the row was changed; run `vermilion verify`; the index can be made anew "
                 "with `vermilion rebuild`"});
  }
  return rows;
}

std::optional<Row> MacTable::find(const std::string& rest, const Row& arguments) {
  auto known = find_.find(rest);
  if (known == find_.end())
    known = find_.emplace(rest, database_.prepare(selection(rest + " LIMIT 1"))).first;
  const Reset reset(known->second);
  auto rows = rows_of(known->second, arguments);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

void MacTable::each(const std::function<void(const Row&, bool)>& visit) {
  for (auto rows = this->rows(); rows.next();) visit(rows.row(), rows.holds());
}

MacRows MacTable::rows(const std::string& where, const Row& arguments) {
  std::string rest = where + " ORDER BY 1";
  for (std::size_t i = 2; i <= shape_.key_columns; ++i) rest += fmt::format(",{}", i);
  auto statement = database_.prepare(selection(rest));
  for (const auto& value : arguments) statement.bind(value);
  return {*this, std::move(statement)};
}

bool MacRows::next() {
  if (!statement_.step()) return false;
  row_ = table_.read(statement_);
  holds_ = table_.holds(statement_, row_);
  return true;
}

int MacTable::order(const Row& a, const Row& b) const {
  for (std::size_t i = 0; i < shape_.key_columns; ++i) {
    // Numbers are decimal without leading zeros: the longer one is the greater.
    const bool number = shape_.columns[i].ends_with(" INTEGER");
    if (number && a[i].size() != b[i].size()) return a[i].size() < b[i].size() ? -1 : 1;
    if (const int result = a[i].compare(b[i]); result != 0) return result;
  }
  return 0;
}

std::string MacTable::name_of(const Row& row) const {
  const auto keys = Row(row.begin(), row.begin() + std::ptrdiff_t(shape_.key_columns));
  return fmt::format("{}: {} {}", database_.where(), shape_.name, fmt::join(keys, " "));
}

std::string MacTable::selection(const std::string& rest) const {
  return fmt::format("SELECT {} FROM {} {}", names_, shape_.name, rest);
}

Row MacTable::read(const Statement& statement) const {
  Row row;
  for (std::size_t i = 0; i < shape_.columns.size(); ++i) {
    row.push_back(statement.text(static_cast<int>(i)));
  }
  return row;
}

bool MacTable::holds(const Statement& statement, const Row& row) const {
  return crypto::same_bytes(statement.text(static_cast<int>(shape_.columns.size())),
                            mac_.of(shape_.name, row));
}

}  // namespace vermilion::store
