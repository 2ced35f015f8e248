#include "service/backups.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"
#include "base/text.h"
#include "crypto/certificate.h"
#include "crypto/envelope.h"
#include "service/backup_targets.h"
#include "service/searching.h"
#include "store/backup.h"
#include "store/restore.h"

namespace vermilion::service {
namespace {

constexpr int kMostDays = 3650;
constexpr const char* kConfirmed = "settings/destructions-confirmed.json";

std::optional<store::RecoverySettings> recovery_settings(Context& context) {
  return store::find_recovery_settings(context.store().evidence());
}

store::RecoverySettings wanted_settings(Context& context, const Bytes& pem, int days) {
  auto settings = recovery_settings(context).value_or(store::RecoverySettings());
  if (!pem.empty()) {
    const auto certificate = crypto::Certificate::from_pem(pem);
    crypto::require_fit_for_envelopes(certificate);
    settings.certificate = certificate.pem();
  }
  if (days != 0) settings.days = days;
  return settings;
}

void require_settings(const store::RecoverySettings& settings) {
  if (settings.certificate.empty()) {
    throw Error(
        Failure::invalid, "no-recovery-certificate",
        {"尚未設定復原憑證：第一次備份請加 --recovery "
         "憑證.pem，其私鑰離線保存；沒有它，備份無法還原",
         "no recovery certificate is set: give --recovery CERT.pem with the first backup and keep "
         "its private key offline; without it a backup cannot be restored"});
  }
  if (settings.days >= 1 && settings.days <= kMostDays) return;
  throw Error(Failure::invalid, "bad-recovery-days",
              {fmt::format("復原用複本的保存日數為 1 到 {}", kMostDays),
               fmt::format("recovery copies are kept for 1 to {} days", kMostDays)});
}

Json backup_json(const Path& target, const store::BackupResult& result) {
  const auto& manifest = result.manifest;
  const auto head = manifest.evidence.find("refs/heads/main");
  return {{"target", target.string()},
          {"number", manifest.number},
          {"at", rfc3339(manifest.at)},
          {"head", head == manifest.evidence.end() ? Json(nullptr) : Json(head->second.hex())},
          {"log_size", manifest.log_size},
          {"copied_files", result.copied_files},
          {"copied_bytes", result.copied_bytes},
          {"recovery_expires", manifest.recovery.expires}};
}

Json log_to(Context& context, const Path& target) {
  auto& store = context.store();
  try {
    const auto done = store::back_up_log(context.disk(), store.clock(), store.path(), target);
    return {{"target", target.string()}, {"outcome", "done"}, {"log_size", done.log_size}};
  } catch (const Error& error) {
    return {{"target", target.string()},
            {"outcome", "failed:" + error.code()},
            {"zh", error.said().zh},
            {"en", error.said().en}};
  }
}

// Logged first, so that the copy holds the entry of its own making; a failure is one more.
Json log_to_all(Context& context) {
  Json told = Json::array();
  const auto targets = backup_targets(context);
  if (!targets.empty()) context.log("log-backup", "log", "begun");
  for (std::size_t i = 0; i < targets.size(); ++i) {
    told.push_back(log_to(context, targets[i].path));
    context.log("log-backup", fmt::format("target {}", i + 1),
                told.back()["outcome"].get<std::string>());
  }
  return told;
}

}  // namespace

void require_backup_right(Context& context) {
  if (context.person() && !context.may("store.maintain")) context.require_right("store.backup");
}

// Remembered on main, as an act of its own.
void set_recovery(Context& context, const Bytes& certificate, int days) {
  recorded(context, "settings", "recovery", [&] { require_backup_right(context); });
  const auto settings = wanted_settings(context, certificate, days);
  require_settings(settings);
  const auto bytes = store::recovery_settings_bytes(settings);
  if (context.store().evidence().read(store::kRecoverySettings) == bytes) return;
  auto act = context.act("settings", "recovery");
  act.decide = [&](const store::Now&, store::Changes& changes) {
    changes.put(store::kRecoverySettings, bytes);
  };
  context.store().commit(act);
}

Json back_up(Context& context, const BackupRequest& request) {
  Json answer;
  recorded(context, "backup", "backup", [&] {
    require_backup_right(context);
    auto& store = context.store();
    const auto target = std::filesystem::absolute(request.target).lexically_normal();
    const auto number = store::next_backup(context.disk(), store.path(), target);
    set_recovery(context, request.recovery_certificate, request.recovery_days);
    const auto subject = fmt::format("backup {}", number);
    context.log("backup", subject, "begun");
    logged(context, "backup", subject, [&] {
      const auto result = store::back_up(context.disk(), store.clock(), store.path(), target);
      remember_target(context, {target, result.manifest.at});
      answer = backup_json(target, result);
    });
    context.log("backup", subject);
  });
  return answer;
}

Json restore(Disk& disk, const Clock& clock, const RestoreRequest& request) {
  const auto path = std::filesystem::absolute(request.store).lexically_normal();
  const auto target = std::filesystem::absolute(request.target).lexically_normal();
  const auto result = store::restore_store(
      disk, clock,
      {target, path, request.keys.recovery_key, request.keys.recovery_passphrase,
       request.keys.master_key_file, request.checkpoint, request.lists, request.unknown_destructions});
  Context restored(disk, clock, path, Caller());
  rebuild_search(restored);
  const auto& manifest = result.manifest;
  const auto lost =
      result.known_checkpoint > manifest.log_size ? result.known_checkpoint - manifest.log_size : 0;
  return {{"store", manifest.store},
          {"path", path.string()},
          {"backup", manifest.number},
          {"at", rfc3339(manifest.at)},
          {"head", restored.store().evidence().commit().value().hex()},
          {"backup_head", manifest.evidence.at("refs/heads/main").hex()},
          {"log_size", restored.store().log().checkpoint().size},
          {"bytes", result.bytes},
          {"lost_entries", lost},
          {"applied", result.applied},
          {"unknown_destructions", result.unknown_destructions}};
}

Json daily_log_backup(Context& context) {
  recorded(context, "log-backup", "log", [&] { require_backup_right(context); });
  return log_to_all(context);
}

bool log_backup_is_due(Context& context) {
  auto& store = context.store();
  if (backup_targets(context).empty()) return false;
  store::LogFilter today;
  today.kind = "log-backup";
  today.from = start_of_day(context.today(), store.settings().time_zone);
  std::optional<Instant> tried;
  bool failed = false;
  for (const auto& row : store.catalogue().log(today)) {
    if (row.outcome == "begun") {
      tried = row.at;
      failed = false;
    }
    failed = failed || row.outcome.starts_with("failed:");
  }
  return !tried || (failed && store.clock().now() - *tried >= std::chrono::hours(1));
}

void publish_destructions(Context& context) { (void)log_to_all(context); }

Json recovery_horizon(Context& context) {
  std::optional<Instant> newest;
  for (const auto& target : backup_targets(context)) {
    if (!newest || target.copied > *newest) newest = target.copied;
  }
  if (!newest) {
    return {{"zh", "未設定復原備份；本系統以外所留的副本不在此證明之內"},
            {"en",
             "no recovery copy is configured; copies kept outside this system are not "
             "covered by this certificate"}};
  }
  const auto days = recovery_settings(context).value_or(store::RecoverySettings()).days;
  const auto expires = store::expiry_date(*newest, days);
  return {
      {"zh", fmt::format("最後一份可能開啟此內容的復原用複本於 {} 到期，並於其後第一次備份時刪除",
                         roc_date(parse_date(expires)))},
      {"en", fmt::format("the last recovery copy that may open it expires on {} and is removed by "
                         "the first backup after that",
                         expires)},
      {"expires", expires}};
}

Json unknown_destructions(Context& context) {
  const auto bytes = context.store().evidence().read(store::kUnknownDestructions);
  return bytes ? parse_json(*bytes) : Json(nullptr);
}

Json confirm_destructions(Context& context, const std::string& reason) {
  Json answer;
  recorded(context, "destructions-confirmed", "store", [&] {
    (void)context.session();
    context.require_right("store.maintain");
    const auto words = require_text(reason, "理由");
    auto act = context.act("destructions-confirmed", "store");
    act.decide = [&](const store::Now& now, store::Changes& changes) {
      const auto was = now.evidence.read(store::kUnknownDestructions);
      if (!was) {
        throw Error(Failure::conflict, "nothing-to-confirm",
                    {"沒有待確認的還原", "there is no restore to confirm"});
      }
      changes.remove(store::kUnknownDestructions);
      changes.put(kConfirmed, canonical({{"restore", parse_json(*was)},
                                         {"account", context.actor()},
                                         {"at", rfc3339(now.at)},
                                         {"reason", words}}));
    };
    const auto receipt = context.store().commit(act);
    answer = {{"confirmed", true}, {"act", receipt.act}, {"log_index", receipt.log_index}};
  });
  return answer;
}

}  // namespace vermilion::service
