#include "service/verify_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "identity/clock.h"
#include "log/witness.h"
#include "service/witness.h"
#include "store/log_entry.h"
#include "store/witness_settings.h"

namespace vermilion::service {
namespace {

std::vector<store::LogRow> all_of(Context& context,
                                  const std::function<void(store::LogFilter&)>& narrow) {
  store::LogFilter filter;
  filter.limit = std::numeric_limits<std::size_t>::max();
  narrow(filter);
  return context.store().catalogue().log(filter);
}

class LogCheck {
 public:
  LogCheck(Context& context, const std::function<void()>& count, const Fault& fault)
      : context_(context), count_(count), fault_(fault), evidence_(context.store().evidence()) {}

  void run() {
    attempt("log", fault_, [&] { check_open_steps(); });
    attempt("clock", fault_, [&] { check_acknowledgements(); });
    attempt(kCheckpoint, fault_, [&] { check_committed(); });
    attempt("checkpoints", fault_, [&] { check_copies(); });
    attempt(kCheckpoint, fault_, [&] { check_days(); });
  }

 private:
  // Steps and acknowledgements in order; between them nothing was to be signed.
  void check_open_steps() {
    auto rows = all_of(context_, [](store::LogFilter& f) { f.clock_steps = true; });
    for (auto& row : all_of(context_, [](store::LogFilter& f) { f.subject_prefix = "clock "; }))
      rows.push_back(std::move(row));
    std::sort(rows.begin(), rows.end(),
              [](const auto& a, const auto& b) { return a.index < b.index; });
    std::vector<std::uint64_t> open;
    for (const auto& row : rows) {
      if (store::is_step(row.clock)) open.push_back(row.index);
      if (open.empty() || store::acknowledged_step(row) != open.back()) continue;
      check_unsigned(open.front(), row.index);
      open.clear();
    }
    if (!open.empty()) check_unsigned(open.front(), context_.store().log().size());
  }

  void check_unsigned(std::uint64_t begin, std::uint64_t end) {
    context_.store().log().each_entry(begin, end, [&](std::uint64_t index, const Bytes& entry) {
      count_();
      const auto row = store::parse_entry(index, entry);
      if (row.outcome != "done" || row.commit.empty() || !model::is_statement_kind(row.kind))
        return;
      fault_(store::entry_place(index),
             {fmt::format("時鐘跳動（日誌第 {} 筆）未經確認即簽署", begin),
              fmt::format("signed while a step of the clock (log entry {}) was not acknowledged",
                          begin)});
    });
  }

  void check_acknowledgements() {
    for (const auto& entry : evidence_.list("clock")) {
      const auto folder = "clock/" + entry.name;
      attempt(folder, fault_, [&] {
        for (const auto& filed : identity::filed_statements(evidence_, folder))
          check_acknowledgement(folder, filed.statement);
      });
    }
  }

  void check_acknowledgement(const std::string& folder, const model::Statement& statement) {
    count_();
    const auto step = statement.subject.value("step", std::uint64_t{0});
    const auto row = store::parse_entry(step, context_.store().log().entry(step));
    const bool good = identity::is_clock_acknowledgement(statement) &&
                      folder == fmt::format("clock/{}", step) && store::is_step(row.clock) &&
                      string_or_empty(statement.subject, "clock") == row.clock;
    if (good) return;
    fault_(folder, {"所確認的不是時鐘跳動", "it acknowledges what is no step of the clock"});
  }

  void check_committed() {
    const auto rows = context_.store().catalogue().history(kCheckpoint);
    for (const auto& row : rows) {
      const auto where =
          fmt::format("evidence.git: commit {} {}", row.act.commit.hex(), kCheckpoint);
      attempt(where, fault_, [&] {
        check_note(where, context_.store().evidence_of(row.act.commit).require(kCheckpoint));
      });
    }
  }

  // A folder that cannot be reached now is none of the store's faults.
  void check_copies() {
    if (settings().folder.empty()) return;
    const auto folder = settings().folder / "checkpoints";
    if (!context_.disk().exists(folder)) return;
    for (const auto& name : context_.disk().list(folder)) {
      const auto where = (folder / name).string();
      attempt(where, fault_, [&] { check_note(where, context_.disk().read_all(folder / name)); });
    }
  }

  // The log of now continues the one that the checkpoint speaks of.
  void check_note(const std::string& where, const Bytes& note) {
    count_();
    const auto text = log::open_note(note, context_.store().settings().verifier_key);
    const auto old = log::parse_checkpoint(text);
    auto& log = context_.store().log();
    const auto& now = log.checkpoint();
    if (old.size > now.size) {
      return fault_(
          where,
          {fmt::format("日誌被截短：當時 {} 筆，現在只有 {} 筆", old.size, now.size),
           fmt::format("the log was cut back: {} entries then, only {} now", old.size, now.size)});
    }
    const auto proof = log.prove_consistency(old.size, now.size);
    if (!log::consistency_holds(old.size, now.size, old.root, now.root, proof)) {
      fault_(where,
             {"當時的日誌與現在的不同", "the log of that day is not the beginning of this one"});
    }
    check_cosignatures(where, text, note);
  }

  void check_cosignatures(const std::string& where, const std::string& text, const Bytes& note) {
    const auto lines = std::string_view(note).substr(text.size() + 1);
    for (const auto& witness : settings().urls) {
      const auto name = log::witness_name(witness.verifier_key);
      if (lines.find(" " + name + " ") == lines.npos) continue;
      count_();
      if (log::find_cosignature(lines, text, witness.verifier_key)) continue;
      fault_(where,
             {"見證者 " + name + " 的簽章無效", "the cosignature of " + name + " is not valid"});
    }
  }

  void check_days() {
    const auto alarm = checkpoint_alarm(context_);
    if (alarm.is_null()) return;
    const auto missed = alarm["missed"].get<std::int64_t>();
    fault_(kCheckpoint, {fmt::format("已有 {} 日沒有存證的查核點，請執行 log witness", missed),
                         fmt::format("{} days without a checkpoint; run 'log witness'", missed)});
  }

  const store::WitnessSettings& settings() {
    if (!settings_)
      settings_ = store::load_witness_settings(context_.disk(), context_.store().path());
    return *settings_;
  }

  Context& context_;
  const std::function<void()>& count_;
  const Fault& fault_;
  const store::Snapshot evidence_;
  std::optional<store::WitnessSettings> settings_;
};

}  // namespace

void check_log(Context& context, const std::function<void()>& count, const Fault& fault) {
  LogCheck(context, count, fault).run();
}

}  // namespace vermilion::service
