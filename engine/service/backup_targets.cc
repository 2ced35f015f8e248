#include "service/backup_targets.h"

#include <algorithm>

#include "base/json.h"

namespace vermilion::service {
namespace {

Path targets_file(Context& context) { return context.store().path() / "backup.json"; }

}  // namespace

std::vector<BackupTarget> backup_targets(Context& context) {
  std::vector<BackupTarget> targets;
  if (!context.disk().exists(targets_file(context))) return targets;
  const auto json = parse_json(context.disk().read_all(targets_file(context)));
  for (const auto& one : json.at("targets"))
    targets.push_back({require_string(one, "path"), parse_instant(require_string(one, "copied"))});
  return targets;
}

void remember_target(Context& context, const BackupTarget& target) {
  auto targets = backup_targets(context);
  const auto same = [&](const BackupTarget& one) { return one.path == target.path; };
  targets.erase(std::remove_if(targets.begin(), targets.end(), same), targets.end());
  targets.push_back(target);
  Json rows = Json::array();
  for (const auto& one : targets)
    rows.push_back({{"path", one.path.string()}, {"copied", rfc3339(one.copied)}});
  context.disk().replace(targets_file(context), canonical({{"targets", rows}}), 0600);
}

}  // namespace vermilion::service
