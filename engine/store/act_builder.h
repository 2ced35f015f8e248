// Runs an act's decision and turns what it fills in into the body of one frame. Writes nothing,
// except that fresh_keys() must be saved before the frame that uses them.
//
// Use      Under the store's lock, one at a time:  ActBuilder b(parts, overlay, tip, act);
//          b.decide(); b.finish();
// Errors   Whatever decide throws; invalid for bad names, paths and fields; conflict
//          ("tag-exists").
#pragma once
#include <map>

#include "git/tree_editor.h"
#include "store/act.h"
#include "store/clock_step.h"
#include "store/git_view.h"
#include "store/parts.h"

namespace vermilion::store {

// Where the next act goes: behind every act built so far, folded or not.
struct Tip {
  std::uint64_t frame = 0;  // number of the last one
  PayloadEnd payloads;
  std::uint64_t log_size = 0;
  std::optional<ClockBefore> before;        // the last log entry
  std::optional<std::uint64_t> clock_step;  // the open one
  // Newest keys that acts have used, by family: only a destruction, which ends every tip, makes newer ones.
  std::map<std::string, KeyEncryptionKey> keks;
};
// With nothing pending.
[[nodiscard]] Tip tip_of(Parts& parts);

class ActBuilder : private Changes {
 public:
  ActBuilder(Parts& parts, const std::shared_ptr<const Overlay>& overlay, const Tip& tip,
             const Act& act);
  ~ActBuilder() override;

  void decide();
  // The whole act, ready to be framed. Call once.
  [[nodiscard]] FrameBody finish();
  // Key-encryption keys made for this act.
  [[nodiscard]] const std::vector<KeyEncryptionKey>& fresh_keys() const { return fresh_keys_; }
  // After finish():
  [[nodiscard]] const Receipt& receipt() const { return receipt_; }
  [[nodiscard]] const PayloadEnd& payload_end() const { return payload_end_; }
  [[nodiscard]] const std::map<std::string, KeyEncryptionKey>& keks() const { return keks_; }
  [[nodiscard]] const std::optional<std::uint64_t>& clock_step() const { return clock_step_; }
  [[nodiscard]] bool adrift() const { return is_adrift(clock_name(clock_)); }

 private:
  struct PendingTag {
    std::string name;
    std::string message;
  };

  void put(const std::string& path, std::string_view content) override;
  void remove(const std::string& path) override;
  void tag(const std::string& name, const std::string& message) override;
  void draft(const std::string& branch, const std::vector<DraftEdit>& edits,
             const std::string& message) override;
  SealedRef seal(const SealRequest& request) override;
  void file(const StagedPayload& staged) override;
  void keep_key(const KeptKey& key) override;
  void set_password(const std::string& account, const std::string& phc) override;

  void wrap(const SealRequest& request, const std::string& payload, const Bytes& key);
  void add_payload(PayloadPlace place, Bytes ciphertext);
  [[nodiscard]] const KeyEncryptionKey& key_for(const SealRequest& request);
  [[nodiscard]] git::ObjectId add_commit(RepositoryPart& part, git::Commit commit);
  [[nodiscard]] git::Commit commit_on(const std::optional<git::ObjectId>& parent,
                                      const git::ObjectId& tree,
                                      const std::string& first_line) const;
  void commit_evidence();
  void add_tag(const PendingTag& tag);
  void add_log_entry();
  [[nodiscard]] RefMove& draft_move(const std::string& branch);
  [[nodiscard]] std::optional<git::ObjectId> tree_of(const std::optional<git::ObjectId>& draft);
  [[nodiscard]] git::ReadObject draft_reader();

  [[nodiscard]] std::optional<std::string> password(const std::string& account) const;

  Parts& parts_;
  std::shared_ptr<const Overlay> overlay_;
  const GitView evidence_;
  const GitView drafts_;
  const Tip& tip_;
  const Act& act_;
  FrameBody body_;
  Snapshot before_;
  git::TreeEditor editor_;
  bool edited_ = false;
  std::vector<PendingTag> tags_;
  std::optional<git::ObjectId> commit_;
  std::optional<git::ObjectId> draft_commit_;
  std::vector<KeyEncryptionKey> fresh_keys_;
  std::map<std::string, KeyEncryptionKey> keks_;  // by family
  PayloadEnd payload_end_;
  ClockState clock_ = ClockState::system;
  std::optional<ClockQuality> quality_;
  std::optional<std::uint64_t> clock_step_;
  Receipt receipt_;
};

}  // namespace vermilion::store
