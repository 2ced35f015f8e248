// The store on files: packs, SQLite, segments and tiles below one folder. See store.h for what is promised.
//
// Threads  One at a time; the writer is shared by all of a process that stand on the same folder.
// Source   architecture section 2.
#pragma once
#include "store/current_catalogue.h"
#include "store/git_view.h"
#include "store/parts.h"
#include "store/store.h"
#include "store/writer.h"

namespace vermilion::store {

class FileStore : public Store {
 public:
  // Completes what a killed writer left. As Store::open.
  FileStore(Disk& disk, const Clock& clock, const Path& path, const Settings& settings);

  [[nodiscard]] const Path& path() const override;
  [[nodiscard]] const Settings& settings() const override;
  [[nodiscard]] const Clock& clock() const override;
  [[nodiscard]] Authority authority() const override;
  [[nodiscard]] crypto::PrivateKey issuing_key() const override;
  Receipt commit(const Act& act) override;
  [[nodiscard]] StagedPayload stage(const SealRequest& request, const Source& content) override;
  [[nodiscard]] Snapshot evidence() override;
  [[nodiscard]] Snapshot evidence_at(Instant known_at) override;
  [[nodiscard]] Snapshot evidence_of(const git::ObjectId& commit) override;
  [[nodiscard]] Snapshot draft(const std::string& branch) override;
  [[nodiscard]] Snapshot draft_of(const git::ObjectId& commit) override;
  [[nodiscard]] std::vector<std::string> draft_branches(const std::string& prefix) override;
  [[nodiscard]] std::vector<std::pair<git::ObjectId, std::string>> draft_authors(
      const std::string& branch) override;
  [[nodiscard]] std::vector<std::pair<std::string, git::ObjectId>> tags() override;
  [[nodiscard]] Bytes derived_key(const std::string& purpose) const override;
  [[nodiscard]] Bytes payload(const std::string& id) override;
  OpenedPayload stream_payload(const std::string& id, const Sink& content) override;
  [[nodiscard]] OpenedPayload open_payload(const std::string& id) override;
  [[nodiscard]] std::optional<KeptKey> kept_key(const std::string& account) override;
  [[nodiscard]] std::optional<std::string> password(const std::string& account) override;
  [[nodiscard]] const Catalogue& catalogue() const override;
  [[nodiscard]] log::TileLog& log() override;
  void settle() override;
  Destroyed destroy(const std::vector<std::string>& payloads) override;
  [[nodiscard]] std::vector<std::string> remains(const std::vector<std::string>& payloads) override;
  void rebuild() override;
  CheckResult check(const CheckRequest& request) override;
  [[nodiscard]] std::optional<Checked> last_check() override;
  void remember_check(const Checked& checked) override;

 private:
  [[nodiscard]] GitView evidence_view() const;
  [[nodiscard]] GitView draft_view() const;
  [[nodiscard]] Bytes data_key(const std::string& id);
  [[nodiscard]] NewPayload find_payload(const std::string& id);

  Parts parts_;
  const std::shared_ptr<Writer> writer_;
  const CurrentCatalogue current_;
};

}  // namespace vermilion::store
