#include "store/fold.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "store/start_up.h"

namespace vermilion::store {
namespace {

using Frames = std::vector<PendingFrame>;

// What the vault has recorded is durable in payloads/ already, and may have been destroyed since.
void write_payloads(Parts& parts, const Frames& frames) {
  const auto last = parts.vault.last_frame().number;
  std::vector<Payloads::Sealed> payloads;
  for (const auto& frame : frames) {
    if (frame.mark.number <= last) continue;
    for (const auto& payload : frame.body->payloads)
      payloads.push_back({payload.place, payload.ciphertext});
  }
  parts.payloads.write(payloads);
}

void append_entries(Parts& parts, const Frames& frames) {
  std::vector<Bytes> entries;
  for (const auto& frame : frames) entries.push_back(frame.body->log_entry);
  parts.log->append(frames.front().body->log_index, entries);
}

// The objects of all frames, and where each ref goes from step to step.
struct Merged {
  std::map<git::ObjectId, git::Object> objects;
  std::map<std::string, std::vector<RefMove>> refs;
};

Merged merge(const Frames& frames, Repo repo) {
  Merged merged;
  for (const auto& frame : frames) {
    const auto& part = frame.body->part(repo);
    merged.objects.insert(part.objects.begin(), part.objects.end());
    for (const auto& ref : part.refs) merged.refs[ref.name].push_back(ref);
  }
  return merged;
}

// A fold that was cut short may have moved it some of the way already.
void move_ref(git::Repository& repository, const std::vector<RefMove>& moves) {
  const auto& last = moves.back();
  auto expected = moves.front().expected;
  const auto now = repository.ref(last.name);
  for (const auto& move : moves) {
    if (now == move.target) expected = now;
  }
  repository.move_ref(last.name, expected, last.target);
}

bool is_folded(git::Repository& repository, const Merged& merged) {
  return !merged.refs.empty() &&
         std::all_of(merged.refs.begin(), merged.refs.end(), [&](const auto& ref) {
           return repository.ref(ref.first) == ref.second.back().target;
         });
}

// Done once is done: a stock git that repacks may have the pack on its list of those to remove, and would leave the objects out of
// its own pack if a new .keep told it that they are in a kept one.
void fold_repository(git::Repository& repository, const Merged& merged) {
  if (is_folded(repository, merged)) return;
  std::string pack;
  if (!merged.objects.empty()) pack = repository.write_pack(merged.objects);
  for (const auto& [name, moves] : merged.refs) move_ref(repository, moves);
  if (!pack.empty()) repository.release(pack);
}

git::ReadObject with_objects(const Merged& merged, git::ReadObject stored) {
  return
      [&merged, stored = std::move(stored)](const git::ObjectId& id) -> std::optional<git::Object> {
        const auto fresh = merged.objects.find(id);
        return fresh == merged.objects.end() ? stored(id) : fresh->second;
      };
}

// The catalogue can be made anew from the rest: a broken one does not hold up an act.
void update_catalogue(Parts& parts, const std::function<void(CatalogueTables&)>& update) {
  try {
    CatalogueTables& tables = parts.catalogue.tables();
    Transaction transaction(tables.database);
    update(tables);
    transaction.commit();
  } catch (const Error& error) {
    if (error.failure() == Failure::unavailable) throw;
    parts.catalogue.give_up(error.said().en);
  }
}

void fold_catalogue(Parts& parts, const Frames& frames, const Merged& evidence) {
  const auto read = with_objects(evidence, parts.evidence->reader());
  update_catalogue(parts, [&](CatalogueTables& tables) {
    for (const auto& frame : frames) {
      if (!add_act(tables, *frame.body, read)) return catch_up(tables, parts.sources());
    }
  });
}

// The signed log holds the entry of a frame that is folded: a scrub that was cut short left it.
bool is_folded(Parts& parts, const PendingFrame& frame) {
  const auto index = frame.body->log_index;
  if (index >= parts.log->checkpoint().size) return false;
  if (parts.log->entry(index) == frame.body->log_entry) return true;
  frame_broken("journal", "frame holds another log entry than the log");
}

// Each follows the one before, the first one the last in the vault, unless the vault has it already.
void require_in_order(const std::vector<const Frame*>& frames, const FrameMark& last) {
  std::uint64_t number = last.number;
  Bytes digest = last.digest;
  if (frames.front()->number <= last.number) {
    number = frames.front()->number - 1;
    digest = frames.front()->previous;
  }
  for (const auto* frame : frames) {
    const bool follows = frame->number == number + 1 && frame->previous == digest;
    const bool same = frame->number != last.number || frame->digest == last.digest;
    if (!follows || !same) frame_broken("journal", "frame does not follow the last one folded");
    number = frame->number;
    digest = frame->digest;
  }
  if (number < last.number) frame_broken("journal", "frames end before the last one folded");
}

Frames unfolded(Parts& parts, const std::vector<Frame>& found) {
  Frames frames;
  std::vector<const Frame*> left;
  for (const auto& frame : found) {
    PendingFrame pending{{frame.number, frame.digest},
                         std::make_shared<const FrameBody>(decode_body(frame.body))};
    if (is_folded(parts, pending)) continue;
    left.push_back(&frame);
    frames.push_back(std::move(pending));
  }
  if (!left.empty()) require_in_order(left, parts.vault.last_frame());
  return frames;
}

}  // namespace

void fold(Parts& parts, const Frames& frames) {
  if (frames.empty()) return;
  const auto evidence = merge(frames, Repo::evidence);
  write_payloads(parts, frames);
  parts.vault.fold(frames);
  parts.accounts.fold(frames);
  append_entries(parts, frames);
  fold_repository(*parts.evidence, evidence);
  fold_repository(*parts.drafts, merge(frames, Repo::drafts));
  parts.seal_log();
  fold_catalogue(parts, frames, evidence);
}

void settle(Parts& parts) {
  parts.reopen_log();
  const auto scan = parts.journal.scan();
  if (scan.frames.empty() && !scan.residue) return;
  clean_up(parts);
  try {
    fold(parts, unfolded(parts, scan.frames));
  } catch (Error& error) {
    throw error.during(fmt::format("folding {} frames of the journal", scan.frames.size()));
  }
  parts.journal.scrub();
  release_packs(parts);
}

void refresh_catalogue(Parts& parts) {
  try {
    if (is_current(parts.catalogue.tables(), parts.sources())) return;
  } catch (const Error& error) {
    if (error.failure() == Failure::unavailable) throw;
    parts.catalogue.give_up(error.said().en);
    return;
  }
  update_catalogue(parts, [&](CatalogueTables& tables) { catch_up(tables, parts.sources()); });
}

}  // namespace vermilion::store
