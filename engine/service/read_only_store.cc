#include "service/read_only_store.h"

#include "base/error.h"

namespace vermilion::service {
namespace {

class OwnChanges : public store::Changes {
 public:
  explicit OwnChanges(store::Changes& changes) : changes_(changes) {}

  void put(const std::string&, std::string_view) override { refuse_to_write(); }
  void remove(const std::string&) override { refuse_to_write(); }
  void tag(const std::string&, const std::string&) override { refuse_to_write(); }
  void draft(const std::string&, const std::vector<store::DraftEdit>&,
             const std::string&) override {
    refuse_to_write();
  }
  store::SealedRef seal(const store::SealRequest&) override { refuse_to_write(); }
  void file(const store::StagedPayload&) override { refuse_to_write(); }
  void keep_key(const store::KeptKey&) override { refuse_to_write(); }
  void set_password(const std::string& account, const std::string& phc) override {
    changes_.set_password(account, phc);
  }

 private:
  store::Changes& changes_;
};

class ReadOnlyStore : public store::Store {
 public:
  explicit ReadOnlyStore(store::Store& store) : store_(store) {}

  store::Receipt commit(const store::Act& wanted) override {
    store::Act act = wanted;
    if (wanted.decide) {
      act.decide = [&](const store::Now& now, store::Changes& changes) {
        OwnChanges own(changes);
        wanted.decide(now, own);
      };
    }
    return store_.commit(act);
  }
  store::StagedPayload stage(const store::SealRequest&, const Source&) override {
    refuse_to_write();
  }
  store::Destroyed destroy(const std::vector<std::string>&) override { refuse_to_write(); }
  void rebuild() override { refuse_to_write(); }
  void remember_check(const store::Checked&) override { refuse_to_write(); }
  [[nodiscard]] crypto::PrivateKey issuing_key() const override { refuse_to_write(); }

  [[nodiscard]] const Path& path() const override { return store_.path(); }
  [[nodiscard]] const store::Settings& settings() const override { return store_.settings(); }
  [[nodiscard]] const Clock& clock() const override { return store_.clock(); }
  [[nodiscard]] store::Authority authority() const override { return store_.authority(); }
  [[nodiscard]] store::Snapshot evidence() override { return store_.evidence(); }
  [[nodiscard]] store::Snapshot evidence_at(Instant known_at) override {
    return store_.evidence_at(known_at);
  }
  [[nodiscard]] store::Snapshot evidence_of(const git::ObjectId& commit) override {
    return store_.evidence_of(commit);
  }
  [[nodiscard]] store::Snapshot draft(const std::string& branch) override {
    return store_.draft(branch);
  }
  [[nodiscard]] store::Snapshot draft_of(const git::ObjectId& commit) override {
    return store_.draft_of(commit);
  }
  [[nodiscard]] std::vector<std::string> draft_branches(const std::string& prefix) override {
    return store_.draft_branches(prefix);
  }
  [[nodiscard]] std::vector<std::pair<git::ObjectId, std::string>> draft_authors(
      const std::string& branch) override {
    return store_.draft_authors(branch);
  }
  [[nodiscard]] std::vector<std::pair<std::string, git::ObjectId>> tags() override {
    return store_.tags();
  }
  [[nodiscard]] Bytes derived_key(const std::string& purpose) const override {
    return store_.derived_key(purpose);
  }
  [[nodiscard]] Bytes payload(const std::string& id) override { return store_.payload(id); }
  store::OpenedPayload stream_payload(const std::string& id, const Sink& content) override {
    return store_.stream_payload(id, content);
  }
  [[nodiscard]] store::OpenedPayload open_payload(const std::string& id) override {
    return store_.open_payload(id);
  }
  [[nodiscard]] std::optional<store::KeptKey> kept_key(const std::string& account) override {
    return store_.kept_key(account);
  }
  [[nodiscard]] std::optional<std::string> password(const std::string& account) override {
    return store_.password(account);
  }
  [[nodiscard]] const store::Catalogue& catalogue() const override { return store_.catalogue(); }
  [[nodiscard]] log::TileLog& log() override { return store_.log(); }
  void settle() override { store_.settle(); }
  [[nodiscard]] std::vector<std::string> remains(
      const std::vector<std::string>& payloads) override {
    return store_.remains(payloads);
  }
  store::CheckResult check(const store::CheckRequest& request) override {
    return store_.check(request);
  }
  [[nodiscard]] std::optional<store::Checked> last_check() override { return store_.last_check(); }

 private:
  store::Store& store_;
};

}  // namespace

std::unique_ptr<store::Store> read_only(store::Store& store) {
  return std::make_unique<ReadOnlyStore>(store);
}

void refuse_to_write() {
  throw Error(Failure::forbidden, "read-only",
              {"稽核期間的帳號只能閱讀，不能變更任何資料",
               "during an audit this account only reads; it changes nothing"});
}

}  // namespace vermilion::service
