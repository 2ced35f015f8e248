// The one writer that this process has on a store: takes acts of many threads, makes them durable in groups, folds behind them.
//
// Idea     Acts are built one after the other, each on the one before, durable or not. Whoever has built one waits for the journal; the
//          first to wait puts what all others have built meanwhile into frames and writes them with one sync (group commit), while the
//          next acts are built; for those who are about to build it waits, no longer than a sync takes. A thread folds what is
//          durable, once acts pause: who builds needs the core. What came meanwhile is its next fold.
// Reading  overlay() shows what is durable and not yet folded. Everything else (catalogue, log, checks) asks settle() first.
// Process  From the first act on the writer holds flock on STORE/lock, until everything is folded and nobody asks for more, or until
//          another process waits for it.
// Errors   Of a group that could not be written: unavailable "not-written" for each of its acts. A fold that fails loses nothing: it is
//          tried again before the next act is taken, which is refused as unavailable "fold-pending" while it keeps failing.
// Threads  Any.
// Source   architecture section 2 "Writing"; ADR 0006.
#pragma once
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/error.h"
#include "store/act_builder.h"
#include "store/frame.h"
#include "store/maintenance.h"
#include "store/parts.h"

namespace vermilion::store {

// For whoever needs the store for himself; waits, then throws unavailable "store-busy".
[[nodiscard]] FileLock lock_store(const Path& store);

class Writer {
 public:
  // The writer of this process on that store: Stores that are open at once share it.
  static std::shared_ptr<Writer> of(Disk& disk, const Clock& clock, const Path& path,
                                    const Settings& settings);
  Writer(Disk& disk, const Clock& clock, Path path, Settings settings);
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();  // folds what there is, if it can; else the next opening does

  // `parts` are the caller's own, to read by.
  Receipt commit(Parts& parts, const Act& act);
  [[nodiscard]] std::shared_ptr<const Overlay> overlay() const { return overlay_; }

  // Returns when what was durable before is folded; throws "fold-pending".
  void settle();
  // Runs `work` with the lock held, nobody else writing, and everything of this process folded; what another one left is for `work`
  // to see to.
  void alone(const std::function<void()>& work);
  // Completes what a killed writer left, without waiting for anybody when there is nothing.
  void complete(Parts& parts);

 private:
  // A frame, and how often a group had failed when it was built: after a failure its number is used again.
  struct Built {
    std::size_t failures;
    std::uint64_t frame;
  };
  [[nodiscard]] Built build(Parts& parts, const Act& act, Receipt& receipt);
  [[nodiscard]] Built built() const { return {tip_failures_, tip_.frame}; }
  [[nodiscard]] std::shared_ptr<const FrameBody> finished(ActBuilder& builder);
  void hold_store();
  void start();
  void step_aside();
  void begin_anew();
  void make_room();
  // `patience`: how long the group may wait for those who are about to build.
  void make_durable(const Built& built, std::chrono::steady_clock::duration patience = {});
  [[nodiscard]] bool needs_write(const Built& built);
  void write_group();
  [[nodiscard]] std::vector<FrameMark> frame(const std::vector<PendingFrame>& group, Bytes& blocks);
  void stand_on_vault();
  void fail_group(const std::exception_ptr& reason);
  void settle_to(std::uint64_t frame);

  void run();
  void gather(std::unique_lock<std::mutex>& state);
  void fold_next();
  void release_if_idle();
  void let_go();

  // Of commit(): counts those who have come and not yet built.
  class Arrival {
   public:
    explicit Arrival(Writer& writer);
    Arrival(const Arrival&) = delete;
    Arrival& operator=(const Arrival&) = delete;
    ~Arrival();

   private:
    Writer& writer_;
  };

  // Writes for all who wait; however that ends, another one looks next. Made, and left, with the lock held or taken anew.
  class Leader {
   public:
    Leader(Writer& writer, std::unique_lock<std::mutex>& state);
    Leader(const Leader&) = delete;
    Leader& operator=(const Leader&) = delete;
    ~Leader();

   private:
    Writer& writer_;
    std::unique_lock<std::mutex>& state_;
  };

  // Holds the turn; at its end the folding thread looks whether the lock is still needed.
  class Turn {
   public:
    explicit Turn(Writer& writer);  // waits as for the lock between processes; then "store-busy"
    ~Turn();

   private:
    Writer& writer_;
    std::unique_lock<std::timed_mutex> lock_;
  };

  Disk& disk_;
  const Clock& clock_;
  const Path path_;
  const Settings settings_;
  const std::shared_ptr<Overlay> overlay_ = std::make_shared<Overlay>();

  // Locked in this order. turn_: who builds; guards lock_, tip_ and the making of parts_. sync_: who writes the journal. state_: the
  // rest.
  std::timed_mutex turn_;
  std::optional<FileLock> lock_;
  std::chrono::steady_clock::time_point held_since_;
  std::atomic<bool> holds_ = false;
  std::atomic<bool> stopped_ = false;  // the journal is
  // Of the folding thread, or of who holds turn_ while there is nothing to fold.
  std::unique_ptr<Parts> parts_;
  Tip tip_;
  std::size_t tip_failures_ = 0;

  struct FailedGroup {
    std::uint64_t durable;  // frames up to this one were not hit
    std::exception_ptr reason;
  };
  std::mutex sync_;
  Bytes chain_;                            // digest of the frame that was written last
  Bytes blocks_;                           // of the group that is written, kept for its room
  std::atomic<std::size_t> failures_ = 0;  // size of failed_

  std::mutex state_;
  std::vector<FailedGroup> failed_;
  std::condition_variable wake_;    // the folding thread, when there may be something to do
  std::condition_variable hurry_;   // it, while it gathers
  std::condition_variable folded_;  // whoever waits for it
  std::condition_variable all_built_;
  std::condition_variable written_;  // a group, or not
  std::size_t building_ = 0;         // who came and has not built yet
  bool writing_ = false;             // somebody writes for those who wait
  std::chrono::steady_clock::duration last_write_{};
  std::vector<PendingFrame> gathered_;  // built and not yet written
  std::uint64_t gathered_to_ = 0;  // frame numbers
  std::uint64_t durable_ = 0;
  std::uint64_t folded_to_ = 0;
  std::uint64_t folds_ = 0;  // tried
  std::exception_ptr fold_failure_;
  bool urgent_ = false;
  bool look_ = false;  // whether the lock can be let go
  bool ending_ = false;
  // Journal file and last frame of a fold that is not done.
  std::optional<std::pair<std::size_t, std::uint64_t>> resting_;

  PackKeeper keeper_;
  std::thread folder_;
};

}  // namespace vermilion::store
