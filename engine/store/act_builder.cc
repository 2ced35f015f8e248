#include "store/act_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "crypto/sealing.h"
#include "store/log_entry.h"
#include "store/names.h"
#include "store/staging.h"

namespace vermilion::store {
namespace {

std::string first_line(const Act& act) {
  return act.message.empty() ? act.kind + " " + act.subject : act.message;
}

// A catalogue that cannot be read does not hold up acts: then the log itself is read.
std::optional<std::uint64_t> open_step_of(Parts& parts) {
  try {
    return open_step(parts.catalogue);
  } catch (const Error& error) {
    if (error.failure() != Failure::corrupt) throw;
  }
  std::optional<std::uint64_t> step;
  parts.log->each_entry(0, parts.log->size(), [&](std::uint64_t index, const Bytes& entry) {
    const auto row = parse_entry(index, entry);
    if (is_step(row.clock)) step = index;
    if (acknowledged_step(row) == step) step.reset();
  });
  return step;
}

}  // namespace

Tip tip_of(Parts& parts) {
  Tip tip{.frame = parts.vault.last_frame().number,
          .payloads = parts.payloads.end(),
          .log_size = parts.log->size(),
          .before = {},
          .clock_step = {},
          .keks = {}};
  if (tip.log_size > 0) {
    const auto last = tip.log_size - 1;
    const auto row = parse_entry(last, parts.log->entry(last));
    tip.before = ClockBefore{row.at, is_adrift(row.clock)};
    tip.clock_step = open_step_of(parts);
  }
  return tip;
}

ActBuilder::ActBuilder(Parts& parts, const std::shared_ptr<const Overlay>& overlay, const Tip& tip,
                       const Act& act)
    : parts_(parts),
      overlay_(overlay),
      evidence_(*parts.evidence, overlay, Repo::evidence, Sight::built, &parts.records),
      drafts_(*parts.drafts, overlay, Repo::drafts, Sight::built),
      tip_(tip),
      act_(act),
      before_(evidence_.at(kMainRef)),
      editor_(evidence_.reader(), before_.id_of("")),
      keks_(tip.keks),
      payload_end_(tip.payloads) {
  body_.at = parts.clock.now();
  body_.act = fresh_ulid(body_.at);
  body_.log_index = tip.log_size;
  quality_ = clock_quality(parts.clock);
  clock_ = clock_state(tip.before, body_.at, quality_, before_);
  clock_step_ = is_step(clock_name(clock_)) ? body_.log_index : tip.clock_step;
}

ActBuilder::~ActBuilder() = default;

void ActBuilder::decide() {
  if (!act_.decide) return;
  const Now now{
      .evidence = before_,
      .log_index = body_.log_index,
      .act = body_.act,
      .at = body_.at,
      .draft = [this](const std::string& branch) { return drafts_.at(branch_ref(branch)); },
      .draft_branches = [this](const std::string& prefix) { return branches(drafts_, prefix); },
      .password = [this](const std::string& account) { return password(account); },
      .clock_step = clock_step_};
  act_.decide(now, *this);
}

std::optional<std::string> ActBuilder::password(const std::string& account) const {
  auto built = overlay_->password(account, Sight::built);
  return built ? std::move(built) : parts_.accounts.password(account);
}

FrameBody ActBuilder::finish() {
  if (edited_) commit_evidence();
  // decide may have gone on after a draft that was refused.
  std::erase_if(body_.drafts.refs, [](const RefMove& move) { return move.target.is_zero(); });
  add_log_entry();
  receipt_ = {.act = body_.act,
              .log_index = body_.log_index,
              .commit = commit_,
              .draft = draft_commit_,
              .at = body_.at};
  return std::move(body_);
}

void ActBuilder::put(const std::string& path, std::string_view content) {
  editor_.put(path, content);
  edited_ = true;
}

void ActBuilder::remove(const std::string& path) {
  editor_.remove(path);
  edited_ = true;
}

void ActBuilder::tag(const std::string& name, const std::string& message) {
  const auto same = [&](const PendingTag& tag) { return tag.name == name; };
  if (evidence_.ref(tag_ref(name)) || std::any_of(tags_.begin(), tags_.end(), same)) {
    throw Error(Failure::conflict, "tag-exists",
                {"標籤已存在，版次不得重複使用：" + name,
                 "the tag exists already; a version is never used twice: " + name});
  }
  tags_.push_back({name, message});
  edited_ = true;
}

void ActBuilder::draft(const std::string& branch, const std::vector<DraftEdit>& edits,
                       const std::string& message) {
  auto& move = draft_move(branch);
  const auto parent = move.target.is_zero() ? std::nullopt : std::optional(move.target);
  git::TreeEditor editor(draft_reader(), tree_of(parent));
  for (const auto& edit : edits) {
    if (edit.content) {
      editor.put(edit.path, *edit.content);
    } else {
      editor.remove(edit.path);
    }
  }
  const auto tree = editor.write(body_.drafts.objects);
  draft_commit_ = add_commit(body_.drafts, commit_on(parent, tree, message));
  move.target = *draft_commit_;
}

// The move of a branch as this act has it so far; a zero target while the branch has no commit.
RefMove& ActBuilder::draft_move(const std::string& branch) {
  const auto name = branch_ref(branch);
  for (auto& move : body_.drafts.refs) {
    if (move.name == name) return move;
  }
  const auto tip = drafts_.ref(name);
  return body_.drafts.refs.emplace_back(RefMove{name, tip, tip.value_or(git::ObjectId{})});
}

git::ReadObject ActBuilder::draft_reader() {
  return [this, stored = drafts_.reader()](const git::ObjectId& id) {
    const auto fresh = body_.drafts.objects.find(id);
    return fresh == body_.drafts.objects.end() ? stored(id) : fresh->second;
  };
}

std::optional<git::ObjectId> ActBuilder::tree_of(const std::optional<git::ObjectId>& draft) {
  return Snapshot(draft_reader(), draft).id_of("");
}

SealedRef ActBuilder::seal(const SealRequest& request) {
  if (request.content.size() > kInlineSize) {
    const auto staged = stage(parts_, request, source_of(request.content));
    file(staged);
    return staged.ref;
  }
  auto sealed =
      crypto::seal(payload_header(request, parts_.settings.id), request.content, request.salt);
  SealedRef ref{.payload = fresh_ulid(body_.at),
                .commitment = "hmac-sha256:" + hex(sealed.commitment),
                .ciphertext = {}};
  PayloadPlace place{.payload = ref.payload,
                     .length = sealed.bytes.size(),
                     .sha256 = crypto::sha256(sealed.bytes)};
  ref.ciphertext = "sha256:" + hex(place.sha256);
  wrap(request, ref.payload, sealed.key);
  add_payload(std::move(place), std::move(sealed.bytes));
  return ref;
}

void ActBuilder::file(const StagedPayload& staged) {
  const auto sha256 = from_hex(std::string_view(staged.ref.ciphertext).substr(7));
  VERMILION_ASSERT(sha256.has_value());
  PayloadPlace place{.payload = staged.ref.payload,
                     .length = staged.length,
                     .sha256 = *sha256,
                     .own_file = true};
  if (!parts_.payloads.holds(place)) {
    throw Error(Failure::conflict, "staged-gone",
                {"預先密封的內容已逾一日而刪除，請重新送出",
                 "the content that was sealed beforehand was removed after a day; send it again"});
  }
  wrap(staged.request, staged.ref.payload, staged.key);
  add_payload(std::move(place), {});
}

void ActBuilder::wrap(const SealRequest& request, const std::string& payload, const Bytes& key) {
  const auto& kek = key_for(request);
  body_.wrapped_keys.push_back({payload, kek.name, crypto::wrap_key(kek.key, key)});
}

void ActBuilder::add_payload(PayloadPlace place, Bytes ciphertext) {
  Payloads::put_at(payload_end_, place);
  body_.payloads.push_back({std::move(place), std::move(ciphertext)});
}

// A generation whose file was removed is never made again: what it wrapped stays destroyed.
const KeyEncryptionKey& ActBuilder::key_for(const SealRequest& request) {
  const auto family = KeyEncryptionKeys::family(request.key_class, request.year);
  if (const auto known = keks_.find(family); known != keks_.end()) return known->second;
  auto key = parts_.keks.newest(family);
  if (!key) {
    int last = 0;
    for (const auto& name : parts_.vault.kek_names(family)) {
      last = std::max(last, KeyEncryptionKeys::generation(family, name));
    }
    key = {fmt::format("{}{}", family, last + 1), crypto::random_bytes(crypto::kKeySize)};
    fresh_keys_.push_back(*key);
  }
  return keks_.emplace(family, std::move(*key)).first->second;
}

void ActBuilder::keep_key(const KeptKey& key) { body_.kept_keys.push_back(key); }

void ActBuilder::set_password(const std::string& account, const std::string& phc) {
  body_.passwords.push_back({account, phc});
}

git::Commit ActBuilder::commit_on(const std::optional<git::ObjectId>& parent,
                                  const git::ObjectId& tree, const std::string& line) const {
  git::Commit commit{.tree = tree,
                     .parents = {},
                     .author = {act_.actor, act_.actor + "@" + parts_.settings.id, body_.at},
                     .committer = parts_.store_author(body_.at),
                     .message = with_trailers(line, {.act = body_.act,
                                                     .actor = act_.actor,
                                                     .subject = act_.subject,
                                                     .log_index = body_.log_index}),
                     .signature = {}};
  if (parent) commit.parents.push_back(*parent);
  return commit;
}

git::ObjectId ActBuilder::add_commit(RepositoryPart& part, git::Commit commit) {
  commit.signature = parts_.commit_signer().sign(git::commit_bytes(commit));
  git::Object object{git::ObjectType::commit, git::commit_bytes(commit)};
  const auto id = git::object_id(object.type, object.data);
  part.objects.emplace(id, std::move(object));
  return id;
}

void ActBuilder::commit_evidence() {
  const auto tree = editor_.write(body_.evidence.objects);
  commit_ = add_commit(body_.evidence, commit_on(before_.commit(), tree, first_line(act_)));
  body_.evidence.refs.push_back({kMainRef, before_.commit(), *commit_});
  for (const auto& tag : tags_) add_tag(tag);
}

void ActBuilder::add_tag(const PendingTag& pending) {
  git::Tag tag{.object = *commit_,
               .name = pending.name,
               .tagger = parts_.store_author(body_.at),
               .message = pending.message + "\n",
               .signature = {}};
  tag.signature = parts_.commit_signer().sign(git::tag_bytes(tag));
  git::Object object{git::ObjectType::tag, git::tag_bytes(tag)};
  const auto id = git::object_id(object.type, object.data);
  body_.evidence.objects.emplace(id, std::move(object));
  body_.evidence.refs.push_back({tag_ref(pending.name), std::nullopt, id});
}

void ActBuilder::add_log_entry() {
  body_.log_entry = entry_bytes(act_, {.index = body_.log_index,
                                       .at = body_.at,
                                       .clock = clock_,
                                       .commit = commit_,
                                       .quality = quality_});
  LogRow row;
  row.kind = act_.kind;
  row.subject = act_.subject;
  row.outcome = act_.outcome;
  if (commit_) row.commit = commit_->hex();
  const auto acknowledged = acknowledged_step(row);
  if (acknowledged && acknowledged == clock_step_) clock_step_.reset();
}

}  // namespace vermilion::store
