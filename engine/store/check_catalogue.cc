#include "store/check.h"

namespace vermilion::store {
namespace {

void compare_row(const MacTable& table, const MacRows& stored, const MacRows& expected,
                 CheckReport& report) {
  const auto name = table.name_of(stored.row());
  if (!stored.holds()) {
    report.fault(name, "資料列遭變更 the row's MAC does not fit");
  } else if (stored.row() != expected.row()) {
    report.fault(name, "與 git 及稽核日誌不符 differs from git and log");
  }
}

// Which rows of a table came after what was checked before.
struct News {
  std::string where;
  Row arguments;
};

// For each of CatalogueTables::all(), but the records since: those are compare_records()'s.
std::vector<News> news(const std::optional<Checked>& since) {
  if (!since) return std::vector<News>(6);
  const auto sequence = std::to_string(since->sequence);
  const auto segment = std::to_string(since->payloads.segment);
  return {{"WHERE sequence > ?", {sequence}},
          {"WHERE sequence > ?", {sequence}},
          {"WHERE position >= ?", {std::to_string(since->log_size)}},
          {"WHERE segment > ? OR (segment = ? AND position >= ?)",
           {segment, segment, std::to_string(since->payloads.offset)}},
          {},
          {}};
}

// The greatest time of the acts checked before, which tells whether a later act's clock was behind.
Instant latest_before(CatalogueTables& stored, const Checked& since) {
  const auto row = stored.acts.find("INDEXED BY acts_at WHERE sequence <= ? ORDER BY at DESC",
                                    {std::to_string(since.sequence)});
  return row ? act_row(*row).at : Instant{};
}

// Records that were signed since stand as they stood before, so that catching up changes them as it did then.
void put_changed_records(const Parts& parts, CatalogueTables& stored, CatalogueTables& expected,
                         const Checked& since) {
  const auto read = parts.evidence->reader();
  const auto tree_of = [&](const std::optional<git::ObjectId>& commit) {
    return git::parse_commit(parts.evidence->require(commit.value()).data).tree;
  };
  if (!since.main) return;
  git::diff_trees(read, tree_of(since.main), tree_of(parts.evidence->ref(kMainRef)),
                  [&](const git::Change& change) {
                    const auto place = record_place(change.path);
                    if (!place) return;
                    const auto found =
                        stored.records.find("WHERE place = ?", {std::to_string(*place)});
                    if (!found) return;
                    auto row = record_row(*found);
                    if (row.since > since.sequence) return;
                    if (row.completed > since.sequence) row.completed = kNever;
                    expected.records.put(record_values(row));
                  });
}

// Records filed or signed since, each against its row.
void compare_records(MacTable& stored, MacTable& expected, CheckReport& report) {
  for (auto rows = expected.rows(); rows.next();) {
    report.count();
    const auto found = stored.find("WHERE place = ?", {rows.row().front()});
    if (!found) {
      report.fault(stored.name_of(rows.row()), "資料列遺失 the row is missing");
    } else if (*found != rows.row()) {
      report.fault(stored.name_of(rows.row()), "與 git 及稽核日誌不符 differs from git and log");
    }
  }
}

// Both tables side by side, so that a big catalogue needs no memory of its size.
void compare(MacTable& stored_table, MacTable& expected_table, const News& news,
             CheckReport& report) {
  auto stored = stored_table.rows(news.where, news.arguments);
  auto expected = expected_table.rows();
  bool more = stored.next();
  bool wanted = expected.next();
  while (more || wanted) {
    report.count();
    const int order = !more ? 1 : !wanted ? -1 : stored_table.order(stored.row(), expected.row());
    if (order < 0) {
      report.fault(stored_table.name_of(stored.row()),
                   "多出或遭變更的資料列 git and log know nothing of this row");
    } else if (order > 0) {
      report.fault(stored_table.name_of(expected.row()), "資料列遺失 the row is missing");
    } else {
      compare_row(stored_table, stored, expected, report);
    }
    if (order <= 0) more = stored.next();
    if (order >= 0) wanted = expected.next();
  }
}

}  // namespace

void check_catalogue(Parts& parts, CheckReport& report) {
  CatalogueTables& stored = parts.catalogue.tables();
  for (const auto& what : stored.database.integrity_faults()) report.fault(kCatalogueFile, what);
  CatalogueTables expected({}, parts.catalogue.mac(), Database::Kind::temporary, Open::create);
  expected.make();
  if (const auto& since = report.since()) {
    expected.progress.put(progress_values({since->main, since->sequence, since->log_size,
                                           since->payloads, latest_before(stored, *since)}));
    put_changed_records(parts, stored, expected, *since);
  }
  catch_up(expected, parts.sources());
  const auto stored_tables = stored.all();
  const auto expected_tables = expected.all();
  const auto after = news(report.since());
  for (std::size_t i = 0; i < stored_tables.size(); ++i) {
    if (report.since() && stored_tables[i] == &stored.records) {
      compare_records(stored.records, expected.records, report);
      continue;
    }
    compare(*stored_tables[i], *expected_tables[i], after.at(i), report);
  }
}

}  // namespace vermilion::store
