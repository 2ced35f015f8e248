#include "store/overlay.h"

#include <algorithm>
#include <mutex>

#include "store/log_entry.h"

namespace vermilion::store {
namespace {

constexpr auto kRepos = {Repo::evidence, Repo::drafts};

std::size_t bytes_of(const FrameBody& body) {
  std::size_t bytes = body.log_entry.size();
  for (const auto repo : kRepos) {
    for (const auto& [id, object] : body.part(repo).objects) bytes += object.data.size();
  }
  for (const auto& payload : body.payloads) bytes += payload.ciphertext.size();
  return bytes;
}

template <typename Rows, typename Matches>
auto last_row(const Rows& rows, const Matches& matches)
    -> std::optional<typename Rows::value_type> {
  const auto found = std::find_if(rows.rbegin(), rows.rend(), matches);
  if (found == rows.rend()) return std::nullopt;
  return *found;
}

}  // namespace

void Overlay::add(PendingFrame frame) {
  const std::unique_lock lock(mutex_);
  const auto& held = frames_.emplace_back(std::move(frame));
  try {
    for (const auto repo : kRepos) remember(repo, held);
  } catch (...) {  // out of memory
    for (const auto repo : kRepos) forget(repo, held);
    frames_.pop_back();
    throw;
  }
  bytes_ += bytes_of(*held.body);
}

// An object that two frames hold is the first one's: it is on disk from then on.
void Overlay::remember(Repo repo, const PendingFrame& frame) {
  for (const auto& [id, object] : frame.body->part(repo).objects)
    objects_[repo].try_emplace(id, Held{frame.mark.number, &object});
}

void Overlay::forget(Repo repo, const PendingFrame& frame) {
  auto& objects = objects_[repo];
  for (const auto& [id, object] : frame.body->part(repo).objects) {
    const auto held = objects.find(id);
    if (held != objects.end() && held->second.frame == frame.mark.number) objects.erase(held);
  }
}

void Overlay::publish(std::vector<FrameMark> marks) {
  if (marks.empty()) return;
  const std::unique_lock lock(mutex_);
  durable_ = marks.back().number;
  auto mark = marks.begin();
  for (auto& frame : frames_) {
    if (mark == marks.end()) return;
    if (mark->number == frame.mark.number) frame.mark = std::move(*mark++);
  }
}

void Overlay::drop_folded(std::uint64_t frame) {
  const std::unique_lock lock(mutex_);
  while (!frames_.empty() && frames_.front().mark.number <= frame) {
    for (const auto repo : kRepos) forget(repo, frames_.front());
    bytes_ -= bytes_of(*frames_.front().body);
    frames_.pop_front();
  }
}

void Overlay::drop_unpublished() {
  const std::unique_lock lock(mutex_);
  while (!frames_.empty() && frames_.back().mark.number > durable_) {
    for (const auto repo : kRepos) forget(repo, frames_.back());
    bytes_ -= bytes_of(*frames_.back().body);
    frames_.pop_back();
  }
}

std::vector<PendingFrame> Overlay::durable(std::uint64_t up_to) const {
  const std::shared_lock lock(mutex_);
  std::vector<PendingFrame> found;
  for (const auto& frame : frames_) {
    if (frame.mark.number <= std::min(up_to, durable_)) found.push_back(frame);
  }
  return found;
}

std::size_t Overlay::bytes() const {
  const std::shared_lock lock(mutex_);
  return bytes_;
}

bool Overlay::sees(const PendingFrame& frame, Sight sight) const {
  return sight == Sight::built || frame.mark.number <= durable_;
}

std::optional<git::Object> Overlay::object(Repo repo, const git::ObjectId& id) const {
  const std::shared_lock lock(mutex_);
  const auto objects = objects_.find(repo);
  if (objects == objects_.end()) return std::nullopt;
  const auto held = objects->second.find(id);
  if (held == objects->second.end()) return std::nullopt;
  return *held->second.object;
}

std::optional<git::ObjectId> Overlay::ref(Repo repo, const std::string& name, Sight sight) const {
  const std::shared_lock lock(mutex_);
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (!sees(*frame, sight)) continue;
    const auto move = last_row(frame->body->part(repo).refs,
                               [&](const RefMove& ref) { return ref.name == name; });
    if (move) return move->target;
  }
  return std::nullopt;
}

std::map<std::string, git::ObjectId> Overlay::refs(Repo repo, const std::string& prefix,
                                                   Sight sight) const {
  const std::shared_lock lock(mutex_);
  std::map<std::string, git::ObjectId> found;
  for (const auto& frame : frames_) {
    if (!sees(frame, sight)) continue;
    for (const auto& ref : frame.body->part(repo).refs) {
      if (ref.name.starts_with(prefix)) found.insert_or_assign(ref.name, ref.target);
    }
  }
  return found;
}

template <typename Row, typename Pick>
std::optional<Row> Overlay::newest(const Pick& pick, Sight sight) const {
  const std::shared_lock lock(mutex_);
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (!sees(*frame, sight)) continue;
    if (auto row = pick(*frame->body)) return row;
  }
  return std::nullopt;
}

std::optional<WrappedKey> Overlay::wrapped_key(const std::string& payload) const {
  return newest<WrappedKey>([&](const FrameBody& body) {
    return last_row(body.wrapped_keys,
                    [&](const WrappedKey& key) { return key.payload == payload; });
  });
}

std::optional<NewPayload> Overlay::payload(const std::string& id) const {
  return newest<NewPayload>([&](const FrameBody& body) {
    return last_row(body.payloads,
                    [&](const NewPayload& payload) { return payload.place.payload == id; });
  });
}

std::optional<KeptKey> Overlay::kept_key(const std::string& account) const {
  return newest<KeptKey>([&](const FrameBody& body) {
    return last_row(body.kept_keys, [&](const KeptKey& key) { return key.account == account; });
  });
}

std::optional<std::string> Overlay::password(const std::string& account, Sight sight) const {
  const auto row = newest<PasswordRow>(
      [&](const FrameBody& body) {
        return last_row(body.passwords,
                        [&](const PasswordRow& password) { return password.account == account; });
      },
      sight);
  if (!row) return std::nullopt;
  return row->phc;
}

std::vector<LogRow> Overlay::log() const {
  const std::shared_lock lock(mutex_);
  std::vector<LogRow> rows;
  for (const auto& frame : frames_) {
    if (sees(frame, Sight::durable))
      rows.push_back(parse_entry(frame.body->log_index, frame.body->log_entry));
  }
  return rows;
}

}  // namespace vermilion::store
