#include "store/writer.h"

#include "base/error.h"
#include "store/fold.h"
#include "store/log_entry.h"
#include "store/start_up.h"

namespace vermilion::store {
namespace {

constexpr int kStorePatienceSeconds = 30;
constexpr auto kUnfiled =
    std::chrono::hours(24);                 // what was staged that long ago is not filed any more
constexpr std::size_t kBacklog = 64 << 20;  // bytes built and not yet folded
// Acts that come one by one are folded together, once none has come for a while; while they keep coming, after the longest wait or at
// so many bytes. Whoever waits for the fold cuts this short.
constexpr auto kPause = std::chrono::milliseconds(50);
constexpr auto kLongestGather = std::chrono::seconds(2);
constexpr std::size_t kFoldAt = kBacklog / 2;
constexpr std::size_t kRoom = 4 << 20;  // for the blocks of a group, kept from one to the next
// A turn of this process while another one waits, and the time for it to take the lock: it looks every 20 ms.
constexpr auto kTurn = std::chrono::milliseconds(100);
constexpr auto kAside = std::chrono::milliseconds(60);
// The longest that a group waits for those who are about to join it, on however slow a disk.
constexpr std::chrono::steady_clock::duration kCompany = std::chrono::milliseconds(50);

[[noreturn]] void fold_pending(const std::exception_ptr& failure) {
  std::string reason;
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& error) {
    reason = error.what();
  }
  throw Error(
      Failure::unavailable, "fold-pending",
      {"先前的作業已寫入日誌、不會遺失，但歸檔未完成；排除原因後會自動完成，在此之前不受理新的作業"
       "：" +
           reason,
       "earlier acts are kept in the journal, but filing them was not completed; it will be "
       "once the cause is removed, and no act is taken before: " +
           reason});
}

// Several threads are told of one failure; each gets an Error of its own, to which it may add words.
[[noreturn]] void rethrow_copy(const std::exception_ptr& reason) {
  try {
    std::rethrow_exception(reason);
  } catch (const Error& error) {
    throw Error(error);
  }
}

}  // namespace

FileLock lock_store(const Path& store) { return {store / "lock", kStorePatienceSeconds}; }

std::shared_ptr<Writer> Writer::of(Disk& disk, const Clock& clock, const Path& path,
                                   const Settings& settings) {
  static std::mutex mutex;
  static std::map<std::pair<Disk*, Path>, std::weak_ptr<Writer>> writers;
  const std::lock_guard lock(mutex);
  auto& known = writers[{&disk, path}];
  auto writer = known.lock();
  if (!writer || writer->stopped_)
    known = writer = std::make_shared<Writer>(disk, clock, path, settings);
  return writer;
}

Writer::Writer(Disk& disk, const Clock& clock, Path path, Settings settings)
    : disk_(disk),
      clock_(clock),
      path_(std::move(path)),
      settings_(std::move(settings)),
      keeper_(disk_, path_, [this] {
        parts_->evidence->reopen();
        parts_->drafts->reopen();
      }) {}

Writer::~Writer() {
  {
    const std::lock_guard state(state_);
    ending_ = true;
  }
  wake_.notify_all();
  hurry_.notify_all();
  if (folder_.joinable()) folder_.join();
}

Writer::Turn::Turn(Writer& writer)
    : writer_(writer), lock_(writer.turn_, std::chrono::seconds(kStorePatienceSeconds)) {
  if (lock_) return;
  throw Error(Failure::unavailable, "store-busy",
              {"資料庫正忙於驗證或其他長時間的工作，請稍後再試",
               "the store is busy with a verification or other long work; try again later"});
}

Writer::Turn::~Turn() {
  lock_.unlock();
  {
    const std::lock_guard state(writer_.state_);
    writer_.look_ = true;
  }
  writer_.wake_.notify_all();
}

Writer::Leader::Leader(Writer& writer, std::unique_lock<std::mutex>& state)
    : writer_(writer), state_(state) {
  writer_.writing_ = true;
}

Writer::Leader::~Leader() {
  if (!state_.owns_lock()) state_.lock();
  writer_.writing_ = false;
  writer_.written_.notify_all();
}

Receipt Writer::commit(Parts& parts, const Act& act) {
  require_act_fields(act);
  Receipt receipt;
  make_durable(build(parts, act, receipt), kCompany);
  return receipt;
}

Writer::Arrival::Arrival(Writer& writer) : writer_(writer) {
  const std::lock_guard state(writer_.state_);
  ++writer_.building_;
}

Writer::Arrival::~Arrival() {
  const std::lock_guard state(writer_.state_);
  if (--writer_.building_ == 0) writer_.all_built_.notify_all();
}

Writer::Built Writer::build(Parts& parts, const Act& act, Receipt& receipt) {
  const Arrival arrival(*this);
  const Turn turn(*this);
  hold_store();
  make_room();
  ActBuilder builder(parts, overlay_, tip_, act);
  const auto body = finished(builder);
  for (const auto& key : builder.fresh_keys()) parts.keks.save(key);
  Tip tip{.frame = tip_.frame + 1,
          .payloads = builder.payload_end(),
          .log_size = body->log_index + 1,
          .before = ClockBefore{body->at, builder.adrift()},
          .clock_step = builder.clock_step(),
          .keks = builder.keks()};
  receipt = builder.receipt();
  const std::lock_guard state(state_);
  gathered_.push_back({{tip.frame, {}}, body});
  try {
    overlay_->add(gathered_.back());
  } catch (...) {  // out of memory: the act was not
    gathered_.pop_back();
    throw;
  }
  tip_ = std::move(tip);
  gathered_to_ = tip_.frame;
  return built();
}

// A group that failed meanwhile took away what this act stands on: it is told of that, not of what it missed.
std::shared_ptr<const FrameBody> Writer::finished(ActBuilder& builder) {
  try {
    builder.decide();
    return std::make_shared<const FrameBody>(builder.finish());
  } catch (...) {
    if (failures_ != tip_failures_) make_durable({tip_failures_, tip_.frame + 1});
    throw;
  }
}

void Writer::hold_store() {
  const auto now = std::chrono::steady_clock::now();
  if (lock_ && failures_ != tip_failures_) begin_anew();
  if (lock_ && now - held_since_ > kTurn && lock_->wanted()) step_aside();
  if (lock_) return;
  lock_.emplace(path_ / "lock", kStorePatienceSeconds);
  try {
    start();
    parts_->journal.require_usable();
    store::settle(*parts_);
    refresh_catalogue(*parts_);
    parts_->payloads.sweep(clock_.now() - kUnfiled);
    stand_on_vault();
  } catch (...) {
    lock_.reset();
    throw;
  }
  holds_ = true;
  held_since_ = std::chrono::steady_clock::now();
  {
    const std::lock_guard state(state_);
    durable_ = folded_to_ = tip_.frame;
  }
  if (!folder_.joinable()) folder_ = std::thread([this] { run(); });
}

// The first time only: what another process leaves later is seen to when it left frames, too.
void Writer::start() {
  if (parts_) return;
  parts_ = std::make_unique<Parts>(disk_, clock_, path_, settings_);
  try {
    clean_up(*parts_);
    store::settle(*parts_);
    release_packs(*parts_);
  } catch (...) {
    parts_.reset();
    throw;
  }
}

// What was built on a group that failed is gone with it.
void Writer::begin_anew() {
  parts_->journal.require_usable();
  settle();
  stand_on_vault();
}

// The next act goes behind what is folded; nothing else is left.
void Writer::stand_on_vault() {
  const auto last = parts_->vault.last_frame();
  tip_ = tip_of(*parts_);
  const std::lock_guard sync(sync_);
  chain_ = last.digest;
  overlay_->drop_unpublished();
  overlay_->publish({last});
  const std::lock_guard state(state_);
  gathered_.clear();
  gathered_to_ = tip_.frame;
  tip_failures_ = failures_;
}

// Another process waits: what was built is folded, and the lock let go for a moment.
void Writer::step_aside() {
  make_durable(built());
  settle_to(tip_.frame);
  let_go();
  std::this_thread::sleep_for(kAside);
}

void Writer::make_room() {
  parts_->journal.require_usable();
  bool failed = false;
  {
    const std::lock_guard state(state_);
    failed = fold_failure_ != nullptr;
  }
  if (failed || overlay_->bytes() > kBacklog) settle();
}

// One of those who wait writes for all. Ten who come at once would be one group of one, then one of nine: two syncs for one.
void Writer::make_durable(const Built& built, std::chrono::steady_clock::duration patience) {
  std::unique_lock state(state_);
  while (needs_write(built)) {
    if (writing_) {
      written_.wait(state);
      continue;
    }
    const Leader leader(*this, state);
    all_built_.wait_for(state, std::min(patience, last_write_), [this] { return building_ == 0; });
    state.unlock();
    write_group();
  }
}

// Throws what its group failed of.
bool Writer::needs_write(const Built& built) {
  if (built.failures < failed_.size()) {
    const auto& failed = failed_[built.failures];
    if (built.frame > failed.durable) rethrow_copy(failed.reason);
    return false;
  }
  return built.frame > durable_;
}

// What goes wrong is told to each of the group by needs_write().
void Writer::write_group() {
  const std::lock_guard sync(sync_);
  std::vector<PendingFrame> group;
  std::uint64_t last = 0;
  {
    const std::lock_guard state(state_);
    failed_.reserve(failed_.size() + 1);  // or a failure could not be told
    group.swap(gathered_);
    last = gathered_to_;
  }
  std::vector<FrameMark> marks;
  std::chrono::steady_clock::time_point begin;
  try {
    marks = frame(group, blocks_);
    begin = std::chrono::steady_clock::now();
    parts_->journal.append(blocks_);
  } catch (...) {
    return fail_group(std::current_exception());
  }
  overlay_->publish(std::move(marks));
  if (blocks_.capacity() > kRoom) Bytes().swap(blocks_);
  {
    const std::lock_guard state(state_);
    durable_ = last;
    last_write_ = std::chrono::steady_clock::now() - begin;
  }
  wake_.notify_all();
}

// Each frame names the digest of the one before.
std::vector<FrameMark> Writer::frame(const std::vector<PendingFrame>& group, Bytes& blocks) {
  blocks.clear();
  std::vector<FrameMark> marks;
  for (const auto& [mark, body] : group) {
    const auto framed = make_frame(settings_.id, mark.number, chain_, encode_body(*body));
    blocks += frame_blocks(settings_.id, framed);
    chain_ = framed.digest;
    marks.push_back({mark.number, framed.digest});
  }
  return marks;
}

// Whatever went wrong: the frames that were to follow must not be written behind a gap.
void Writer::fail_group(const std::exception_ptr& reason) {
  stopped_ = parts_->journal.stopped();
  const std::lock_guard state(state_);
  failed_.push_back({durable_, reason});
  failures_ = failed_.size();
  overlay_->drop_unpublished();
}

void Writer::settle() {
  std::uint64_t frame = 0;
  {
    const std::lock_guard state(state_);
    frame = durable_;
  }
  settle_to(frame);
}

void Writer::settle_to(std::uint64_t frame) {
  std::unique_lock state(state_);
  const auto before = folds_;
  while (folded_to_ < frame) {
    if (fold_failure_ && (folds_ > before || !holds_)) fold_pending(fold_failure_);
    urgent_ = true;
    wake_.notify_all();
    hurry_.notify_all();
    folded_.wait(state);
  }
}

void Writer::alone(const std::function<void()>& work) {
  const Turn turn(*this);
  if (!lock_) {
    const FileLock lock = lock_store(path_);
    return work();
  }
  make_durable(built());
  settle_to(tip_.frame);
  tip_.keks.clear();
  work();
}

void Writer::complete(Parts& parts) {
  if (holds_) return;
  bool current = parts.journal.empty();
  if (current) {
    try {
      current = is_current(parts.catalogue.tables(), parts.sources());
    } catch (const Error& error) {
      if (error.failure() != Failure::corrupt) throw;
    }
  }
  if (current) return;
  const Turn turn(*this);
  hold_store();
}

void Writer::run() {
  std::unique_lock state(state_);
  const auto due = [this] {
    return holds_ && durable_ > folded_to_ && (!fold_failure_ || urgent_ || ending_);
  };
  while (true) {
    wake_.wait(state, [&] { return ending_ || look_ || due(); });
    look_ = false;
    const bool fold = due();
    if (fold) gather(state);
    urgent_ = urgent_ && !fold;
    state.unlock();
    if (fold) fold_next();
    release_if_idle();
    state.lock();
    if (ending_ && (durable_ == folded_to_ || fold_failure_ || !holds_)) return;
  }
}

// Folding takes a core from those who build: a burst is folded when it is over.
void Writer::gather(std::unique_lock<std::mutex>& state) {
  const auto latest = std::chrono::steady_clock::now() + kLongestGather;
  std::uint64_t seen = 0;
  while (seen != durable_ && overlay_->bytes() < kFoldAt &&
         std::chrono::steady_clock::now() < latest) {
    seen = durable_;
    if (hurry_.wait_for(state, kPause, [this] { return ending_ || urgent_; })) return;
  }
}

void Writer::fold_next() {
  if (!resting_) {
    const std::lock_guard sync(sync_);
    const std::lock_guard state(state_);
    resting_ = {parts_->journal.turn(), durable_};
  }
  const auto [file, last] = *resting_;
  std::exception_ptr failure;
  try {
    parts_->reopen_log();
    fold(*parts_, overlay_->durable(last));
    parts_->journal.scrub(file);
    overlay_->drop_folded(last);
    resting_.reset();
    keeper_.look();
  } catch (...) {
    failure = std::current_exception();
  }
  {
    const std::lock_guard state(state_);
    ++folds_;
    fold_failure_ = failure;
    if (!failure) folded_to_ = last;
  }
  folded_.notify_all();
}

// A writer whose journal has stopped does no more: what it could not fold is left to the next one.
void Writer::release_if_idle() {
  const std::unique_lock turn(turn_, std::try_to_lock);
  if (!turn || !lock_) return;
  {
    const std::lock_guard state(state_);
    const bool idle =
        durable_ == folded_to_ && (gathered_to_ == durable_ || failures_ != tip_failures_);
    const bool lost = stopped_ && fold_failure_;
    if (!idle && !lost) return;
  }
  let_go();
}

// Without the lock somebody else may destroy what the keys kept in the tip open.
void Writer::let_go() {
  holds_ = false;
  tip_.keks.clear();
  lock_.reset();
}

}  // namespace vermilion::store
