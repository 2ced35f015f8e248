#include "store/fold.h"

#include <fmt/format.h>

#include "base/error.h"

namespace vermilion::store {
namespace {

// Writes a repository's part and returns what must be called once its refs have moved.
std::string write_objects(git::Repository& repository, const RepositoryPart& part) {
  return part.objects.empty() ? "" : repository.write_pack(part.objects);
}

void write_payloads(Parts& parts, const FrameBody& body) {
  for (const auto& payload : body.payloads) parts.payloads.write(payload.place, payload.ciphertext);
}

void fold_repository(git::Repository& repository, const RepositoryPart& part) {
  const auto pack = write_objects(repository, part);
  for (const auto& ref : part.refs) repository.move_ref(ref.name, ref.expected, ref.target);
  if (!pack.empty()) repository.release(pack);
}

git::ReadObject with_objects(const FrameBody& body, git::ReadObject stored) {
  return
      [&body, stored = std::move(stored)](const git::ObjectId& id) -> std::optional<git::Object> {
        const auto fresh = body.evidence.objects.find(id);
        return fresh == body.evidence.objects.end() ? stored(id) : fresh->second;
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

void fold_catalogue(Parts& parts, const FrameBody& body) {
  update_catalogue(parts, [&](CatalogueTables& tables) {
    if (!add_act(tables, body, with_objects(body, parts.evidence->reader()))) {
      catch_up(tables, parts.sources());
    }
  });
}

// A frame is the next one for the vault, or the one the vault recorded last.
void require_in_order(const Frame& frame, const FrameMark& last) {
  const bool next = frame.number == last.number + 1 && frame.previous == last.digest;
  const bool again = frame.number == last.number && frame.digest == last.digest;
  if (!next && !again) frame_broken(0, "frame does not follow the last one folded");
}

void replay(Parts& parts, const std::vector<Frame>& frames) {
  for (const auto& frame : frames) {
    try {
      require_in_order(frame, parts.vault.last_frame());
      fold(parts, {frame.number, frame.digest}, decode_body(frame.body));
    } catch (Error& error) {
      throw error.during(fmt::format("folding frame {}", frame.number));
    }
  }
}

}  // namespace

void fold(Parts& parts, const FrameMark& mark, const FrameBody& body) {
  // What the vault has recorded is durable in payloads/ already, and may have been destroyed since.
  if (parts.vault.last_frame().number < mark.number) write_payloads(parts, body);
  parts.vault.fold(mark, body);
  parts.accounts.fold(body);
  parts.log->append(body.log_index, {body.log_entry});
  fold_repository(*parts.evidence, body.evidence);
  fold_repository(*parts.drafts, body.drafts);
  parts.seal_log();
  fold_catalogue(parts, body);
}

void settle(Parts& parts) {
  parts.reopen_log();
  const auto scan = parts.journal.scan();
  if (scan.frames.empty() && !scan.residue) return;
  parts.evidence->clean_up();
  parts.drafts->clean_up();
  replay(parts, scan.frames);
  parts.journal.scrub();
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
