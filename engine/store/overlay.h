// Acts that are durable in the journal but not folded yet, and those built but not yet durable, kept in memory for whoever reads.
//
// Sight    durable: what has been acknowledged; for every reader. built: that and what waits for the next sync of the journal; for
//          the act that is built next, which stands on it.
// Use      Look here first, then on disk: a frame is dropped only when the disk has what it holds.
// Threads  Any.
// Source   architecture section 2 "Writing".
#pragma once
#include <deque>
#include <map>
#include <memory>
#include <shared_mutex>
#include <unordered_map>

#include "store/catalogue.h"
#include "store/frame_body.h"
#include "store/vault.h"

namespace vermilion::store {

enum class Sight { durable, built };

class Overlay {
 public:
  void add(PendingFrame frame);
  // These are durable now, and with them all before; they learn their digests. An empty list changes nothing.
  void publish(std::vector<FrameMark> marks);
  void drop_folded(std::uint64_t frame);
  void drop_unpublished();  // the journal could not be written
  // The durable frames up to and with this one, oldest first.
  [[nodiscard]] std::vector<PendingFrame> durable(std::uint64_t up_to) const;
  [[nodiscard]] std::size_t bytes() const;  // of ciphertexts and objects held, roughly

  // Objects are found by what they are, so that sight does not matter to them.
  [[nodiscard]] std::optional<git::Object> object(Repo repo, const git::ObjectId& id) const;
  [[nodiscard]] std::optional<git::ObjectId> ref(Repo repo, const std::string& name,
                                                 Sight sight) const;
  [[nodiscard]] std::map<std::string, git::ObjectId> refs(Repo repo, const std::string& prefix,
                                                          Sight sight) const;

  [[nodiscard]] std::optional<std::string> password(const std::string& account, Sight sight) const;

  // Of durable frames.
  [[nodiscard]] std::optional<WrappedKey> wrapped_key(const std::string& payload) const;
  [[nodiscard]] std::optional<NewPayload> payload(const std::string& id) const;
  [[nodiscard]] std::optional<KeptKey> kept_key(const std::string& account) const;
  [[nodiscard]] std::vector<LogRow> log() const;  // oldest first

 private:
  struct Held {
    std::uint64_t frame;
    const git::Object* object;
  };
  using Objects = std::unordered_map<git::ObjectId, Held, git::ObjectIdHash>;

  [[nodiscard]] bool sees(const PendingFrame& frame, Sight sight) const;
  // The newest row that `pick` finds in a frame.
  template <typename Row, typename Pick>
  [[nodiscard]] std::optional<Row> newest(const Pick& pick, Sight sight = Sight::durable) const;
  void remember(Repo repo, const PendingFrame& frame);
  void forget(Repo repo, const PendingFrame& frame);

  mutable std::shared_mutex mutex_;
  std::deque<PendingFrame> frames_;
  std::uint64_t durable_ = 0;
  std::map<Repo, Objects> objects_;
  std::size_t bytes_ = 0;
};

}  // namespace vermilion::store
