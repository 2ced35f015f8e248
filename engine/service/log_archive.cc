#include "service/log_archive.h"

#include <fmt/format.h>

#include <filesystem>
#include <regex>

#include "base/error.h"
#include "crypto/digest.h"
#include "log/archive.h"
#include "log/disk_tiles.h"
#include "records/forms.h"
#include "retention/holds.h"
#include "service/backup_targets.h"
#include "service/log_range.h"
#include "service/records.h"

namespace vermilion::service {
namespace {

namespace fs = std::filesystem;
using identity::AccessPeriod;

constexpr int kRocZero = 1911;
constexpr int kTries = 5;
constexpr const char* kNotPurged =
    "歸檔不是處分：日誌只依核准的處分移除，其餘資料依保存年限處理；本次未清理任何資料";

[[noreturn]] void bad_half(const std::string& half) {
  throw Error(Failure::invalid, "bad-half",
              {"半年寫成「民國年-1」或「民國年-2」，例如 115-1，不是 " + half,
               "a half-year is written <ROC year>-1 or -2, such as 115-1, not " + half});
}

void require_over(Context& context, const AccessPeriod& half) {
  if (half.to < context.today()) return;
  throw Error(
      Failure::conflict, "half-not-over",
      {fmt::format("{}尚未結束；{} 之後再歸檔", identity::period_label(half), roc_date(half.to)),
       fmt::format("that half-year is not over; archive it after {}", iso_date(half.to))});
}

// A copy beside the original goes when the original goes.
void require_elsewhere(const Path& store, const Path& target) {
  const auto relative =
      fs::weakly_canonical(target).lexically_relative(fs::weakly_canonical(store));
  if (relative.empty() || *relative.begin() == "..") return;
  throw Error(Failure::invalid, "target-inside-store",
              {"歸檔目的地不得在資料庫資料夾之內；請另選一處",
               "the archive may not lie inside the store; choose another folder"});
}

struct Archived {
  Path folder;
  log::Checkpoint checkpoint;
};

// Another process may append while we copy; then the next checkpoint is taken.
Archived copy_once(Context& context, const Path& parent, const std::string& half) {
  const auto& store = context.store();
  const auto& settings = store.settings();
  const auto note = context.disk().read_all(store.path() / "log" / "checkpoint");
  const auto head = log::parse_checkpoint(log::open_note(note, settings.verifier_key));
  const auto folder = parent / fmt::format("{}-{}-{:012}", settings.id, half, head.size);
  log::DiskTileFiles from(context.disk(), store.path() / "log");
  log::DiskTileFiles to(context.disk(), folder);
  log::copy_log(from, to, head.size, note);
  return {folder, head};
}

Archived copy_all(Context& context, const Path& parent, const std::string& half) {
  for (int tries = 1;; ++tries) {
    try {
      return copy_once(context, parent, half);
    } catch (const Error& error) {
      if (error.code() != "log-moved-on" || tries == kTries) throw;
    }
  }
}

// What counts is what can be read there, not what was written.
void read_back(Context& context, const Archived& archived, const Json& range) {
  const auto& settings = context.store().settings();
  log::DiskTileFiles files(context.disk(), archived.folder);
  log::TileLog copy(files, settings.log_origin, settings.verifier_key);
  std::string damaged;
  (void)copy.check([&](const std::string& where, const std::string&) { damaged = where; });
  const auto first = range["first"].get<std::uint64_t>();
  const auto last = range["last"].get<std::uint64_t>();
  if (damaged.empty() && copy.checkpoint().root == archived.checkpoint.root &&
      range["entries_digest"] == log::entries_digest(copy, first, last + 1))
    return;
  throw Error(Failure::corrupt, "archive-damaged",
              {fmt::format("歸檔讀回後與查核點不符：{} {}；請換一處媒體再執行一次",
                           archived.folder.string(), damaged),
               fmt::format("read back, the archive is not what the checkpoint says: {} {}; use "
                           "another medium",
                           archived.folder.string(), damaged)});
}

Json manifest_of(Context& context, const AccessPeriod& half, const Archived& archived,
                 const Json& range) {
  const auto& settings = context.store().settings();
  Json manifest = range;
  manifest["format"] = "vermilion-log-archive-1";
  manifest["store"] = settings.id;
  manifest["half"] = half_name(half);
  manifest["from"] = iso_date(half.from);
  manifest["to"] = iso_date(half.to);
  manifest["made"] = rfc3339(context.store().clock().now());
  manifest["checkpoint_size"] = archived.checkpoint.size;
  manifest["checkpoint_root"] = base64(archived.checkpoint.root);
  manifest["verifier_key"] = settings.verifier_key;
  return manifest;
}

std::size_t running_holds(Context& context) {
  std::size_t running = 0;
  for (const auto& hold : retention::all_holds(context.store().evidence()))
    running += hold.released ? 0 : 1;
  return running;
}

Json archive_values(Context& context, const Json& manifest, const Archived& archived) {
  Json values;
  for (const char* name : {"half", "from", "to", "first", "last", "entries", "entries_digest",
                           "checkpoint_size", "checkpoint_root"})
    values[name] = manifest.at(name);
  values["archived_to"] = archived.folder.string();
  values["archive_digest"] = crypto::digest_text(canonical(manifest));
  values["verified_restore"] = true;
  values["hold_checked"] = true;
  values["holds"] = running_holds(context);
  values["purged"] = false;
  values["purge_note"] = kNotPurged;
  return values;
}

Json archive_half(Context& context, const AccessPeriod& half, const Path& target) {
  const auto range = log_range(context, half.from, half.to);
  const auto archived = copy_all(context, target / "log-archives", half_name(half));
  read_back(context, archived, range);
  const auto manifest = manifest_of(context, half, archived, range);
  context.disk().replace(archived.folder / "archive.json", canonical(manifest));
  return archive_values(context, manifest, archived);
}

// Done is told, and logged, once the record is filed: without it nobody has signed for the archive.
Json archive_and_file(Context& context, const AccessPeriod& half, const Path& target) {
  Json answer;
  const auto subject = archive_subject(half);
  context.log("log-archive", subject, "begun");
  logged(context, "log-archive", subject, [&] {
    RecordRequest record;
    record.form = kArchiveForm;
    record.values = archive_half(context, half, target);
    const auto filed = create_record(context, record);
    answer = record.values;
    answer["record"] = {{"id", filed["id"]}, {"number", filed["number"]}};
    context.log("log-archive", subject);
  });
  return answer;
}

// Before the work: without form and role there would be an archive and no record of it.
void require_filer(Context& context) {
  const auto form = records::require_form(context.store().evidence(), kArchiveForm).form;
  (void)context.acting_as(form.signers.front().role);
}

}  // namespace

AccessPeriod parse_half(const std::string& half) {
  static const std::regex shape("([1-9][0-9]{0,2})-([12])");
  std::smatch parts;
  if (!std::regex_match(half, parts, shape)) bad_half(half);
  const std::chrono::year year(kRocZero + std::stoi(parts[1]));
  if (parts[2] == "1") return {year / 1 / 1, year / 6 / 30};
  return {year / 7 / 1, year / 12 / 31};
}

std::string half_name(const AccessPeriod& half) {
  return fmt::format("{}-{}", int(half.from.year()) - kRocZero,
                     half.from.month() == std::chrono::January ? 1 : 2);
}

std::string archive_subject(const AccessPeriod& half) { return "half " + half_name(half); }

Json archive_log(Context& context, const LogArchiveRequest& request) {
  Json answer;
  recorded(context, "log-archive", "log", [&] {
    (void)context.session();
    require_backup_right(context);
    const auto half = parse_half(request.half);
    require_over(context, half);
    const auto target = fs::absolute(request.target).lexically_normal();
    require_elsewhere(context.store().path(), target);
    require_filer(context);
    answer = archive_and_file(context, half, target);
  });
  return answer;
}

}  // namespace vermilion::service
