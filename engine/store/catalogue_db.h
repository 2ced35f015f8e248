// index/catalogue.db: the Catalogue over SQLite.
//
// Shape    acts(sequence, commit_id, act, actor, subject, log_index, at, behind), paths(path, sequence,
//          blob), entries(position, at, kind, actor, origin, subject, outcome, commit_id, clock),
//          payloads(payload, segment, position, length, sha256, own_file), records (a RecordRow),
//          progress(id, commit_id, sequence, log_size, segment, position, latest): how far the
//          projection has come. Instants are seconds since 1970; ids are hexadecimal, "" for none;
//          rows carry MACs (mac_table.h). PRAGMA user_version numbers this shape: a file of another
//          one is emptied when it is opened, and filled anew.
// Broken   A file that is no database leaves this object unusable, not the store: reads throw
//          corrupt ("catalogue-broken") and rebuild() mends it.
// Process  Another process may replace the file by a rebuilt one: every use looks whether it is
//          still the same file.
// Threads  As its Store.
#pragma once
#include <memory>
#include <optional>

#include "store/catalogue.h"
#include "store/catalogue_rows.h"

namespace vermilion::store {

constexpr const char* kCatalogueFile = "index/catalogue.db";

// The tables of one open database.
struct CatalogueTables {
  CatalogueTables(const Path& path, const RowMac& mac, Database::Kind kind, Open how);
  void make();  // drops the tables there are
  [[nodiscard]] bool is_of_this_shape();
  [[nodiscard]] std::vector<MacTable*> all();
  [[nodiscard]] Progress come_to();  // zero progress in a fresh database

  Database database;
  MacTable acts;
  MacTable paths;
  MacTable entries;
  MacTable payloads;
  MacTable records;
  MacTable progress;
};

class CatalogueDb : public Catalogue {
 public:
  CatalogueDb(const Path& store, RowMac mac);
  ~CatalogueDb() override;

  [[nodiscard]] std::vector<ActRow> acts(std::uint64_t from_sequence,
                                         std::size_t limit) const override;
  [[nodiscard]] std::optional<ActRow> act_of(const git::ObjectId& commit) const override;
  [[nodiscard]] std::optional<ActRow> last_act(Instant at) const override;
  [[nodiscard]] std::vector<PathRow> history(const std::string& path) const override;
  [[nodiscard]] std::vector<LogRow> log(const LogFilter& filter) const override;
  [[nodiscard]] std::optional<PayloadPlace> payload(const std::string& id) const;

  // The tables, opened if need be, made if there is no file; throws corrupt ("catalogue-broken").
  [[nodiscard]] CatalogueTables& tables() const;
  // Marks the file as unusable until it is replaced.
  void give_up(const std::string& reason) const;
  // Empties the tables and has `fill` fill them, in one transaction: readers see the old or the
  // new. A file that cannot be used any more is replaced by a fresh one.
  void remake(const std::function<void(CatalogueTables&)>& fill);
  [[nodiscard]] const RowMac& mac() const { return mac_; }

 private:
  void open() const;
  void make_if_needed() const;
  bool remake_in_place(const std::function<void(CatalogueTables&)>& fill);
  void replace_file(const std::function<void(CatalogueTables&)>& fill);

  Path file_;
  RowMac mac_;
  // Opening is a matter of need: reading opens, so what a reader changes is mutable.
  mutable std::unique_ptr<CatalogueTables> tables_;
  mutable std::uint64_t file_number_ = 0;
  mutable std::string given_up_;
};

}  // namespace vermilion::store
