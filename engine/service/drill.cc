// The yearly proof that a backup is one: restored elsewhere, verified, opened, and what was destroyed tried in vain.
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <random>

#include "base/error.h"
#include "evidence/commitment.h"
#include "records/records.h"
#include "service/backup_targets.h"
#include "service/backups.h"
#include "service/record_access.h"
#include "service/records.h"
#include "service/stores.h"

namespace vermilion::service {
namespace {

constexpr const char* kForm = "recovery-drill";

// A folder of its own that takes all it holds with it.
class ScratchFolder {
 public:
  ScratchFolder(Disk& disk, const Path& parent, const std::string& name)
      : path_(std::filesystem::absolute(parent) / name) {
    disk.make_directories(path_);
    std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] Path store() const { return path_ / "store"; }

 private:
  Path path_;
};

// Counts by the steady clock: an operator's machine, not the store's time.
class Stopwatch {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
  }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

struct Opened {
  std::size_t records = 0;
  std::size_t destroyed = 0;
  std::size_t reopened = 0;  // what was destroyed and opens all the same
  std::vector<std::string> faults;
};

void open_record(Context& restored, const model::Record& record, Opened& opened) {
  try {
    for (const auto& part : record.parts) {
      if (restored.store().open_payload(part.payload).ciphertext == part.ciphertext) continue;
      opened.faults.push_back(record.id);
      return;
    }
    ++opened.records;
  } catch (const Error& error) {
    opened.faults.push_back(record.id + " " + error.code());
  }
}

void open_sample(Context& restored, std::size_t sample, Opened& opened) {
  const auto gone = destroyed_records(restored);
  std::vector<model::Record> kept;
  for (auto& record : records::all_records(restored.store().evidence())) {
    if (!gone.contains(record.id)) kept.push_back(std::move(record));
  }
  std::shuffle(kept.begin(), kept.end(), std::mt19937(std::random_device{}()));
  if (kept.size() > sample) kept.resize(sample);
  for (const auto& record : kept) open_record(restored, record, opened);
}

bool opens(Context& restored, const std::string& payload) {
  try {
    (void)restored.store().open_payload(payload);
    return true;
  } catch (const Error&) {
    return false;
  }
}

void try_destroyed(Context& restored, Opened& opened) {
  const auto evidence = restored.store().evidence();
  for (const auto& disposal : retention::all_disposals(evidence)) {
    if (disposal.stage < retention::Stage::executing) continue;
    std::vector<std::string> payloads;
    for (const auto& record : retention::condemned(evidence, disposal)) {
      ++opened.destroyed;
      payloads.insert(payloads.end(), record.payloads.begin(), record.payloads.end());
    }
    for (const auto& payload : payloads) opened.reopened += opens(restored, payload) ? 1U : 0U;
    for (const auto& place : restored.store().remains(payloads)) opened.faults.push_back(place);
  }
}

struct DrillFindings {
  Json restored;
  Json verification;
  Opened opened;
  double seconds = 0;
  double megabytes_per_second = 0;
  bool heads_equal = false;
};

// What the backup knew is what the restored store begins with: main moved only where disposals were put back on it.
bool is_equal_head(const Json& restored, const Json& source) {
  return restored["head"] == source || !restored["applied"].empty() ||
         restored["unknown_destructions"].get<bool>();
}

DrillFindings look(Context& context, const DrillRequest& request) {
  const ScratchFolder scratch(
      context.disk(), request.scratch,
      "vermilion-drill-" + evidence::fresh_ulid(context.store().clock().now()));
  DrillFindings found;
  const Stopwatch watch;
  found.restored = restore(context.disk(), context.store().clock(),
                           {request.target, scratch.store(), request.keys, "", "", false});
  const auto restoring = watch.seconds();
  found.megabytes_per_second = found.restored["bytes"].get<double>() / 1e6 / restoring;
  Context restored(context.disk(), context.store().clock(), scratch.store(), Caller());
  found.heads_equal = is_equal_head(found.restored, found.restored["backup_head"]);
  found.verification = verify_store(restored, {});
  open_sample(restored, request.sample, found.opened);
  try_destroyed(restored, found.opened);
  restored.settle();
  found.seconds = watch.seconds();
  return found;
}

bool passed(const DrillFindings& found) {
  return found.verification["ok"].get<bool>() && found.heads_equal && found.opened.reopened == 0 &&
         found.opened.faults.empty();
}

double rounded(double value) { return std::round(value * 10) / 10; }

Json values_of(const DrillFindings& found, Date day) {
  std::string issues;
  for (const auto& fault : found.opened.faults) issues += fault + "\n";
  for (const auto& problem : found.verification["problems"])
    issues += string_or_empty(problem, "where") + "\n";
  Json values = {{"scenario", "由備份還原至另一處，驗證並抽開紀錄"},
                 {"executed_on", iso_date(day)},
                 {"backup_number", found.restored["backup"]},
                 {"backup_at", found.restored["at"]},
                 {"seconds", rounded(found.seconds)},
                 {"megabytes_per_second", rounded(found.megabytes_per_second)},
                 {"lost_entries", found.restored["lost_entries"]},
                 {"heads_equal", found.heads_equal},
                 {"checked", found.verification["checked"]},
                 {"problems", found.verification["problems"].size()},
                 {"opened", found.opened.records},
                 {"destroyed_tried", found.opened.destroyed},
                 {"destroyed_opened", found.opened.reopened},
                 {"result", passed(found) ? "成功" : "失敗"}};
  if (!issues.empty()) values["issues"] = issues.substr(0, issues.size() - 1);
  return values;
}

}  // namespace

Json drill(Context& context, const DrillRequest& request) {
  Json answer;
  recorded(context, "drill", "backup", [&] {
    (void)context.session();
    require_backup_right(context);
    (void)show_form(context, kForm, "");  // before the work: without it there is no record to file
    const auto found = look(context, request);
    RecordRequest record;
    record.form = kForm;
    record.values = values_of(found, context.today());
    context.log("drill", fmt::format("backup {}", found.restored["backup"].get<std::uint64_t>()),
                passed(found) ? "done" : "failed:drill");
    const auto filed = create_record(context, record);
    answer = record.values;
    answer["record"] = {{"id", filed["id"]}, {"number", filed["number"]}};
    answer["ok"] = passed(found);
  });
  return answer;
}

}  // namespace vermilion::service
