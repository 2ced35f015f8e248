// One of the store's repositories as it stands with the acts that are not folded into it yet.
//
// Threads  Any; what reader() gives may outlive this object, not the Repository.
#pragma once
#include "git/repository.h"
#include "store/overlay.h"
#include "store/snapshot.h"

namespace vermilion::store {

class GitView {
 public:
  GitView(git::Repository& repository, std::shared_ptr<const Overlay> overlay, Repo repo,
          Sight sight = Sight::durable, const RecordIndex* records = nullptr);

  [[nodiscard]] git::ReadObject reader() const;
  [[nodiscard]] const RecordIndex* records() const { return records_; }
  [[nodiscard]] std::optional<git::ObjectId> ref(const std::string& name) const;
  [[nodiscard]] std::map<std::string, git::ObjectId> refs(const std::string& prefix) const;
  // What a ref points at; the empty snapshot when there is none.
  [[nodiscard]] Snapshot at(const std::string& name) const {
    return {reader(), ref(name), records_};
  }

 private:
  git::Repository& repository_;
  std::shared_ptr<const Overlay> overlay_;
  Repo repo_;
  Sight sight_;
  const RecordIndex* records_;
};

// Names of the branches that begin so, without "refs/heads/".
[[nodiscard]] std::vector<std::string> branches(const GitView& drafts, const std::string& prefix);

}  // namespace vermilion::store
