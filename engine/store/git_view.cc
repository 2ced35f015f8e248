#include "store/git_view.h"

namespace vermilion::store {

GitView::GitView(git::Repository& repository, std::shared_ptr<const Overlay> overlay, Repo repo,
                 Sight sight, const RecordIndex* records)
    : repository_(repository),
      overlay_(std::move(overlay)),
      repo_(repo),
      sight_(sight),
      records_(records) {}

git::ReadObject GitView::reader() const {
  return [overlay = overlay_, repo = repo_,
          stored = repository_.reader()](const git::ObjectId& id) -> std::optional<git::Object> {
    auto object = overlay->object(repo, id);
    return object ? std::move(object) : stored(id);
  };
}

std::optional<git::ObjectId> GitView::ref(const std::string& name) const {
  const auto pending = overlay_->ref(repo_, name, sight_);
  return pending ? pending : repository_.ref(name);
}

std::map<std::string, git::ObjectId> GitView::refs(const std::string& prefix) const {
  auto refs = overlay_->refs(repo_, prefix, sight_);
  for (const auto& [name, target] : repository_.refs(prefix)) refs.try_emplace(name, target);
  return refs;
}

std::vector<std::string> branches(const GitView& drafts, const std::string& prefix) {
  const std::string folder = "refs/heads/";
  std::vector<std::string> names;
  for (const auto& [name, target] : drafts.refs(folder + prefix))
    names.push_back(name.substr(folder.size()));
  return names;
}

}  // namespace vermilion::store
