#include "store/writer.h"

#include "base/error.h"
#include "store/act_builder.h"
#include "store/fold.h"
#include "store/log_entry.h"

namespace vermilion::store {
namespace {

constexpr int kPatienceSeconds = 30;

Frame frame_for(Parts& parts, const FrameBody& body) {
  const auto last = parts.vault.last_frame();
  return make_frame(parts.settings.id, last.number + 1, last.digest, encode_body(body));
}

[[noreturn]] void fold_pending(const char* reason) {
  throw Error(
      Failure::unavailable, "fold-pending",
      {std::string(
           "作業已寫入日誌、不會遺失，但歸檔未完成；排除原因後於下次開啟時自動完成，請勿重做：") +
           reason,
       std::string("the act is kept in the journal, but filing it was not completed; it will be at "
                   "the next start, once the cause is removed; do not repeat it: ") +
           reason});
}

void fold_durable(Parts& parts, const Frame& frame, const FrameBody& body) {
  try {
    fold(parts, {frame.number, frame.digest}, body);
    parts.journal.scrub();
  } catch (const std::exception& error) {
    fold_pending(error.what());
  }
}

}  // namespace

FileLock lock_store(const Path& store) { return {store / "lock", kPatienceSeconds}; }

Receipt commit_act(Parts& parts, const Act& act) {
  require_act_fields(act);
  const FileLock lock = lock_store(parts.path);
  parts.journal.require_usable();
  settle(parts);
  ActBuilder builder(parts, act);
  builder.decide();
  const FrameBody body = builder.finish();
  for (const auto& key : builder.fresh_keys()) parts.keks.save(key);
  const Frame frame = frame_for(parts, body);
  parts.journal.write(frame);
  fold_durable(parts, frame, body);
  return builder.receipt();
}

}  // namespace vermilion::store
