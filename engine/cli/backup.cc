// backup, restore, drill; destructions confirm
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "cli/run.h"
#include "service/backups.h"

namespace vermilion::cli {
namespace {

double megabytes(const Json& bytes) { return bytes.get<double>() / 1e6; }

void print_backup(const Json& a) {
  fmt::print(
      "✓ 備份 backup {}  {}\n  新增 new: {} 個檔案 files, {:.2f} MB\n  日誌至第 log to {} 筆\n  "
      "復原用複本保存至 recovery copy kept until {}\n",
      a["number"].get<std::uint64_t>(), text_of(a["target"]),
      a["copied_files"].get<std::uint64_t>(), megabytes(a["copied_bytes"]),
      a["log_size"].get<std::uint64_t>(), text_of(a["recovery_expires"]));
}

void print_log_backup(const Json& list) {
  for (const auto& one : list)
    fmt::print("{}  {}\n", text_of(one["target"]), text_of(one["outcome"]));
}

void print_restored(const Json& a) {
  fmt::print("✓ 已由備份 {0} 還原至 {1} restored backup {0}（{2}）\n  {3:.2f} MB\n",
             a["backup"].get<std::uint64_t>(), text_of(a["path"]), text_of(a["at"]),
             megabytes(a["bytes"]));
  if (const auto lost = a["lost_entries"].get<std::uint64_t>(); lost > 0)
    fmt::print("  備份之後的日誌 {0} 筆不在其中 {0} log entries after the backup are not in it\n",
               lost);
  for (const auto& disposal : a["applied"])
    fmt::print("  備份之後的銷毀案已再執行 destroyed again: {}\n", text_of(disposal));
  if (a["unknown_destructions"].get<bool>())
    fmt::print(
        "! 銷毀清單不明：已銷毀的內容可能復活；確認後執行 vermilion destructions confirm\n"
        "! destructions are not known: what was destroyed may have come back\n");
}

void print_drill(const Json& a) {
  fmt::print(
      "{} {}  紀錄 record {}\n  檢查 checked {}，問題 problems {}；開啟 opened {}；"
      "已銷毀 destroyed {}，仍能開啟 still opening {}；{} 秒 s, {} MB/s\n",
      a["ok"].get<bool>() ? "✓" : "✗", text_of(a["result"]), text_of(a["record"]["number"]),
      a["checked"].dump(), a["problems"].dump(), a["opened"].dump(), a["destroyed_tried"].dump(),
      a["destroyed_opened"].dump(), a["seconds"].dump(), a["megabytes_per_second"].dump());
}

struct KeyOptions {
  std::string recovery, passphrase_file, master;
};

void add_keys(CLI::App& command, KeyOptions& o) {
  command
      .add_option("--recovery-key", o.recovery,
                  "復原憑證的私鑰（PEM） / private key of the recovery certificate")
      ->envname("VERMILION_RECOVERY_KEY")
      ->required();
  command.add_option("--recovery-passphrase-file", o.passphrase_file)
      ->envname("VERMILION_RECOVERY_PASSPHRASE_FILE");
  command.add_option("--master-key", o.master,
                     "主金鑰檔，省略為備份時的路徑 / master key file, omitted: where it was");
}

service::RecoveryKeys keys_of(Run& run, const KeyOptions& o) {
  return {run.read_input(o.recovery),
          o.passphrase_file.empty() ? "" : run.read_secret(o.passphrase_file), o.master};
}

struct BackupOptions {
  std::string target, recovery;
  int days = 0;
  bool log_only = false;
};

void back_up(Run& run, const BackupOptions& o) {
  if (o.log_only) return run.answer(service::daily_log_backup(run.context()), print_log_backup);
  service::BackupRequest request;
  request.target = o.target;
  request.recovery_days = o.days;
  if (!o.recovery.empty()) request.recovery_certificate = run.read_input(o.recovery);
  run.answer(service::back_up(run.context(), request), print_backup);
}

void add_backup(CLI::App& app, Run& run) {
  auto o = std::make_shared<BackupOptions>();
  auto* command = app.add_subcommand("backup", "備份，只寫新增的部分 / back up what is new");
  auto* log_only = command->add_flag("--log-only", o->log_only,
                                     "只把日誌與銷毀清單送往所有目的地（每日） / log and lists of "
                                     "destructions to every target (daily)");
  auto* target = command->add_option("target", o->target, "目的地資料夾 / folder elsewhere");
  command->add_option("--recovery", o->recovery,
                      "復原憑證（PEM），第一次備份時指定 / recovery certificate, the first time");
  command->add_option("--recovery-days", o->days,
                      "復原用複本保存日數 / days that recovery copies are kept");
  command->callback([&run, o, target, log_only] {
    if (target->count() + log_only->count() != 1) throw CLI::RequiredError("target | --log-only");
    back_up(run, *o);
  });
}

struct RestoreOptions {
  KeyOptions keys;
  std::string target, store, checkpoint, lists;
  bool unknown = false;
};

void add_restore(CLI::App& app, Run& run) {
  auto o = std::make_shared<RestoreOptions>();
  auto* command = app.add_subcommand("restore", "由備份還原 / restore from a backup");
  command->add_option("target", o->target, "備份所在 / where the backup is")->required();
  command->add_option("store", o->store, "還原至新資料夾 / a new folder")->required();
  add_keys(*command, o->keys);
  command->add_option("--checkpoint", o->checkpoint,
                      "由見證者等處取得的查核點 / a checkpoint known from elsewhere");
  command->add_option("--lists", o->lists,
                      "他處所留的銷毀清單資料夾 / folder of lists of destructions kept elsewhere");
  command->add_flag(
      "--unknown-destructions", o->unknown,
      "沒有夠新的銷毀清單也還原，會留下警示 / without lists as new; leaves a warning");
  command->callback([&run, o] {
    const service::RestoreRequest request{
        o->target, o->store, keys_of(run, o->keys),
        o->checkpoint.empty() ? Bytes() : run.read_input(o->checkpoint), o->lists, o->unknown};
    run.answer(service::restore(run.disk(), run.clock(), request), print_restored);
  });
}

struct DrillOptions {
  KeyOptions keys;
  std::string target, scratch;
  std::size_t sample = 20;
};

void add_drill(CLI::App& app, Run& run) {
  auto o = std::make_shared<DrillOptions>();
  auto* command = app.add_subcommand(
      "drill", "復原演練並留下紀錄 / restore elsewhere, verify, and file the record of it");
  command->add_option("target", o->target)->required();
  add_keys(*command, o->keys);
  command->add_option("--scratch", o->scratch, "暫存處，省略為系統的 / folder for the trial");
  command->add_option("--sample", o->sample, "開啟幾筆紀錄 / how many records to open")
      ->capture_default_str();
  command->callback([&run, o] {
    const Path scratch =
        o->scratch.empty() ? std::filesystem::temp_directory_path() : Path(o->scratch);
    const auto found =
        service::drill(run.context(), {o->target, scratch, keys_of(run, o->keys), o->sample});
    run.answer(found, print_drill);
    if (!found["ok"].get<bool>()) run.exit_with(1);
  });
}

}  // namespace

void add_backup_commands(CLI::App& app, Run& run) {
  add_backup(app, run);
  add_restore(app, run);
  add_drill(app, run);
  auto* destructions =
      app.add_subcommand("destructions", "還原後的銷毀狀況 / destructions after a restore");
  destructions->require_subcommand(1);
  destructions->fallthrough();
  auto reason = std::make_shared<std::string>();
  auto* confirm = destructions->add_subcommand(
      "confirm", "查明後撤下警示（系統管理） / take the warning away once it is cleared up");
  confirm->fallthrough();
  confirm->add_option("--reason", *reason, "如何查明 / how it was cleared up")->required();
  confirm->callback([&run, reason] {
    run.answer(service::confirm_destructions(run.context(), *reason), print_members);
  });
}

}  // namespace vermilion::cli
