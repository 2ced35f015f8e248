#include "records/registers.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "records/records.h"

namespace vermilion::records {
namespace {

using model::Record;

constexpr std::string_view kMark = "\xEF\xBB\xBF";  // by which spreadsheets know UTF-8
constexpr std::array kSigns = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};

// A spreadsheet takes a cell that begins so for a formula (East Asian ones also the wide forms), or skips to what follows.
bool looks_like_formula(const std::string& cell) {
  if (cell.empty()) return false;
  if (static_cast<unsigned char>(cell.front()) < 0x20) return true;
  const auto begins = [&](const char* sign) { return cell.starts_with(sign); };
  return std::any_of(std::begin(kSigns), std::end(kSigns), begins);
}

std::string csv_cell(const std::string& cell) {
  const auto guarded = looks_like_formula(cell) ? "'" + cell : cell;
  if (guarded.find_first_of(",\"\r\n") == std::string::npos) return guarded;
  std::string quoted = "\"";
  for (const char c : guarded) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

bool is_required(const PublishedForm& form, const model::Person& person, Date day) {
  const auto& roles = form.form.required_of;
  return std::any_of(roles.begin(), roles.end(),
                     [&](const std::string& role) { return model::is_given(person, role, day); });
}

// The newest agreement of each account that no other corrects.
std::map<std::string, const Record*> last_signed(const PublishedForm& form,
                                                 const std::vector<Record>& records) {
  std::set<std::string> corrected;
  for (const auto& record : records)
    if (record.corrects) corrected.insert(*record.corrects);
  std::map<std::string, const Record*> signed_last;
  for (const auto& record : records) {
    if (record.form != form.form.id || corrected.contains(record.id)) continue;
    auto& last = signed_last[record.account];
    if (!last || last->form_version <= record.form_version) last = &record;
  }
  return signed_last;
}

AgreementRow row_of(const PublishedForm& form, const model::Person& person, const Record* last,
                    Date day) {
  AgreementRow row;
  row.account = person.account;
  row.required = is_required(form, person, day);
  if (!last) return row;
  row.version = last->form_version.text();
  row.record = last->id;
  row.number = last->number;
  row.at = last->signatures.empty() ? "" : rfc3339(last->signatures.front().at);
  row.medium = last->imported                         ? "imported"
               : last->medium == model::Medium::paper ? "paper"
                                                      : "electronic";
  row.current = !last->imported && last->form_version == form.form.version;
  return row;
}

}  // namespace

std::string to_csv(const Table& table) {
  std::string csv(kMark);
  for (const auto& row : table) {
    std::string line;
    for (const auto& cell : row) line += (&cell == &row.front() ? "" : ",") + csv_cell(cell);
    csv += line + "\r\n";
  }
  return csv;
}

std::vector<AgreementRow> agreement_register(const PublishedForm& form,
                                             const std::vector<Record>& records,
                                             const std::vector<model::Person>& persons, Date day) {
  std::vector<AgreementRow> rows;
  const auto last = last_signed(form, records);
  for (const auto& person : persons) {
    const auto his = last.find(person.account);
    const auto row = row_of(form, person, his == last.end() ? nullptr : his->second, day);
    if (row.required || !row.record.empty()) rows.push_back(row);
  }
  return rows;
}

}  // namespace vermilion::records
