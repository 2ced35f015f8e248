#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "crypto/ssh_signature.h"
#include "git/tree_editor.h"
#include "store/check.h"
#include "store/log_entry.h"

namespace vermilion::store {
namespace {

constexpr std::uint64_t kBundle = 256;  // entries in one file of the log
constexpr const char* kTags = "refs/tags/";
constexpr const char* kHeads = "refs/heads/";
constexpr const char* kInbox = "refs/heads/inbox/";

class HistoryCheck {
 public:
  HistoryCheck(Parts& parts, CheckReport& report)
      : parts_(parts),
        report_(report),
        first_(report.since() ? report.since()->log_size : 0),
        signer_(crypto::allowed_signer_key(
            Snapshot(parts.evidence->reader(), parts.evidence->ref(kMainRef))
                .require("people/allowed_signers"))) {
    read_clock_rules();
  }

  void run() {
    read_entries();
    check_main();
    check_entries();
    report_.part("evidence.git/refs/tags", [&] { check_tags(); });
    report_.part("drafts.git", [&] { check_drafts(); });
  }

 private:
  // An entry was judged by the rules as they stood before its own act.
  void read_clock_rules() {
    for (const auto& row : parts_.catalogue.history("rules/profile.json")) {
      if (!row.blob) continue;
      const auto profile = parts_.evidence->require(*row.blob).data;
      const auto told = parse_json(profile);
      clock_rules_[row.act.log_index + 1] = {clock_rules(profile), told.contains("clock")};
    }
  }

  // Bundle by bundle; the entries of one that cannot be read are tried one at a time.
  void read_entries() {
    const auto size = parts_.log->checkpoint().size;
    for (std::uint64_t from = first_, to = from; from < size; from = to) {
      to = std::min(size, (from / kBundle + 1) * kBundle);
      try {
        parts_.log->each_entry(
            from, to, [&](std::uint64_t index, const Bytes& entry) { keep(index, entry); });
      } catch (const Error&) {
        read_each(from, to);
      }
    }
  }

  void keep(std::uint64_t index, const Bytes& entry) {
    entries_.insert_or_assign(index, parse_entry(index, entry));
    qualities_.insert_or_assign(index, entry_quality(entry));
  }

  void read_each(std::uint64_t from, std::uint64_t to) {
    for (auto index = from; index < to; ++index) {
      report_.part(entry_place(index), [&] { keep(index, parts_.log->entry(index)); });
    }
  }

  void check_main() {
    const auto& since = report_.since();
    const auto commits =
        commits_after(parts_.evidence->reader(), since ? since->main : std::nullopt,
                      parts_.evidence->ref(kMainRef));
    if (!commits) {
      return report_.fault(
          "evidence.git/refs/heads/main",
          "不再包含先前驗證過的提交 it no longer contains what was verified before");
    }
    for (const auto& id : *commits) {
      const auto where = "evidence.git: commit " + id.hex();
      main_.insert(id);
      report_.part(where, [&] { check_commit(where, id); });
    }
  }

  // Reading an object compares it with its id. A full check has read them all already.
  void check_new_objects(git::Repository& repository, const git::Commit& commit) {
    if (!report_.since()) return;
    std::optional<git::ObjectId> before;
    if (!commit.parents.empty())
      before = git::parse_commit(repository.require(commit.parents.front()).data).tree;
    const auto read = repository.reader();
    git::diff_trees(read, before, commit.tree, [&](const git::Change& change) {
      report_.count();
      if (change.after) (void)repository.require(*change.after);
    });
  }

  void check_commit(const std::string& where, const git::ObjectId& id) {
    const auto commit = check_signed(where, *parts_.evidence, id);
    check_new_objects(*parts_.evidence, commit);
    const auto trailers = parse_trailers(commit.message);
    const auto entry = trailers ? entries_.find(trailers->log_index) : entries_.end();
    if (!trailers) {
      report_.fault(where, "不是由任何作業寫入 no act wrote it: the trailers are missing");
    } else if (entry == entries_.end()) {
      report_.fault(where, fmt::format("稽核日誌沒有第 {0} 筆 the log has no entry {0}",
                                       trailers->log_index));
    } else if (const auto& row = entry->second;
               row.commit != id.hex() || row.actor != trailers->actor ||
               row.subject != trailers->subject || row.at != commit.author.at ||
               row.actor != commit.author.name) {
      report_.fault(where,
                    fmt::format("與稽核日誌第 {0} 筆不符 differs from log entry {0}", row.index));
    }
  }

  // The commit, its signature checked.
  git::Commit check_signed(const std::string& where, git::Repository& repository,
                           const git::ObjectId& id) {
    report_.count();
    const auto object = repository.require(id);
    const auto commit = git::parse_commit(object.data);
    check_signature(where, git::signed_payload(object.data), commit.signature);
    return commit;
  }

  void check_signature(const std::string& where, const Bytes& payload,
                       const std::string& signature) {
    if (!signature.empty() && crypto::ssh_signature_verifies(signer_, payload, signature)) return;
    report_.fault(where, "簽章無效 the signature does not verify with people/allowed_signers");
  }

  void check_entries() {
    std::optional<LogRow> last;
    if (first_ > 0) last = parse_entry(first_ - 1, parts_.log->entry(first_ - 1));
    const LogRow* before = last ? &*last : nullptr;
    for (const auto& [index, row] : entries_) {
      report_.count();
      if (before && before->index + 1 == index) check_clock(*before, row);
      before = &row;
      if (row.commit.empty()) continue;
      const auto id = git::ObjectId::from_hex(row.commit);
      if (id && main_.contains(*id)) continue;
      report_.fault(entry_place(index),
                    "所載的提交不在 main 上 the commit it names is not on main: " + row.commit);
    }
  }

  // A store from before there were steps has no rule for them, and entries that do not name them.
  void check_clock(const LogRow& before, const LogRow& row) {
    const auto next = clock_rules_.upper_bound(row.index);
    const auto in_force = next == clock_rules_.begin() ? RulesOfClock{} : std::prev(next)->second;
    const auto expected = clock_name(clock_state(ClockBefore{before.at, is_adrift(before.clock)},
                                                 row.at, qualities_.at(row.index), in_force.rules));
    if (row.clock == expected || (!in_force.told && !is_step(row.clock))) return;
    report_.fault(entry_place(row.index),
                  fmt::format("時鐘應記為 {0}，卻記為 {1} its clock says {1}, "
                              "where the times of the entries make it {0}",
                              expected, row.clock));
  }

  void check_tags() {
    for (const auto& [name, id] : parts_.evidence->refs(kTags)) {
      const auto where = "evidence.git: tag " + name.substr(std::string_view(kTags).size());
      const git::ObjectId tag_id = id;
      report_.part(where, [&, &name = name] { check_tag(where, name, tag_id); });
    }
  }

  void check_tag(const std::string& where, const std::string& ref, const git::ObjectId& id) {
    report_.count();
    const auto object = parts_.evidence->require(id);
    if (object.type != git::ObjectType::tag) {
      return report_.fault(where, "不是簽署的標籤 not an annotated, signed tag");
    }
    const auto tag = git::parse_tag(object.data);
    check_signature(where, git::signed_payload(object.data), tag.signature);
    if (kTags + tag.name != ref || !is_on_main(tag.object)) {
      report_.fault(where, "標籤名稱或所指提交不符 its name differs or its commit is not on main");
    }
  }

  [[nodiscard]] bool is_on_main(const git::ObjectId& commit) const {
    return main_.contains(commit) || (report_.since() && parts_.catalogue.act_of(commit));
  }

  void check_drafts() {
    for (const auto& [name, tip] : parts_.drafts->refs(kHeads)) {
      if (name.starts_with(kInbox)) continue;
      const git::ObjectId head = tip;
      report_.part("drafts.git: " + name, [&, &name = name] { check_branch(name, head); });
    }
  }

  void check_branch(const std::string& name, const git::ObjectId& tip) {
    std::optional<git::ObjectId> at = tip;
    while (at) {
      const auto commit =
          check_signed("drafts.git: " + name + " commit " + at->hex(), *parts_.drafts, *at);
      const auto trailers = parse_trailers(commit.message);
      if (trailers && trailers->log_index < first_) return;
      check_new_objects(*parts_.drafts, commit);
      at = commit.parents.empty() ? std::nullopt : std::optional(commit.parents.front());
    }
  }

  Parts& parts_;
  CheckReport& report_;
  const std::uint64_t first_;  // log entry to look at
  crypto::PublicKey signer_;
  std::map<std::uint64_t, LogRow> entries_;
  std::map<std::uint64_t, std::optional<ClockQuality>> qualities_;
  std::set<git::ObjectId> main_;
  struct RulesOfClock {
    ClockRules rules;
    bool told = false;
  };
  std::map<std::uint64_t, RulesOfClock> clock_rules_;  // from that entry on
};

}  // namespace

void check_history(Parts& parts, CheckReport& report) { HistoryCheck(parts, report).run(); }

}  // namespace vermilion::store
