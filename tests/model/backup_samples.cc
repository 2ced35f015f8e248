// Of backups: what stands at a target, what main and the store keep of it, and the answers.
#include "samples.h"

namespace samples {
namespace {

using vermilion::Json;

const std::string kStore = "v-3f9c1a2b";
const std::string kAt = "2026-11-28T11:00:00Z";
const std::string kDigest(64, 'a');
const std::string kPem = "-----BEGIN CERTIFICATE-----\n…\n-----END CERTIFICATE-----\n";
const std::string kNote = "v-3f9c1a2b.vermilion/log\n57\n…\n";

Json manifest() {
  return {{"format", "vermilion-backup-1"},
          {"number", 12},
          {"store", kStore},
          {"at", kAt},
          {"settings", "store: \"v-3f9c1a2b\"\n"},
          {"allowed_signers", "store@v-3f9c1a2b namespaces=\"git\" ecdsa-sha2-nistp256 AAAA\n"},
          {"checkpoint", kNote},
          {"log_size", 57},
          {"evidence", {{"refs/heads/main", kCommit}}},
          {"drafts", {{"refs/heads/ISMS-01-002/1.2", kCommit}}},
          {"files", {{{"path", "payloads/segment-0001"}, {"size", 4096}, {"sha256", kDigest}}}},
          {"recovery",
           {{"certificate", kPem},
            {"begun", kAt},
            {"expires", "2026-12-29"},
            {"files", Texts{"recovery/0000000012-20261128T110000Z.tar.cms"}},
            {"pieces", Texts{kDigest}}}},
          {"followed", Texts{kUlid}}};
}

Json log_archive() {
  return {{"format", "vermilion-log-archive-1"},
          {"store", kStore},
          {"half", "115-2"},
          {"from", "2026-07-01"},
          {"to", "2026-12-31"},
          {"made", kAt},
          {"first", 2},
          {"last", 56},
          {"entries", 55},
          {"entries_digest", digest('5')},
          {"checkpoint_size", 57},
          {"checkpoint_root", std::string(43, 'A') + "="},
          {"verifier_key", "v-3f9c1a2b.vermilion/log+1a2b3c4d+AbCd"}};
}

Json destroyed() {
  return {{"format", "vermilion-destroyed-1"},
          {"store", kStore},
          {"number", 1},
          {"disposal", kUlid},
          {"records", Texts{kUlid}},
          {"payloads", Texts{kUlid}},
          {"keys", Texts{"room-3y-2022-1"}},
          {"log",
           {{"index", 56},
            {"size", 57},
            {"entry", "{\"actor\":\"hsu10\"}"},
            {"proof", Texts{kDigest}},
            {"checkpoint", kNote}}}};
}

Json unknown() {
  return {{"backup", 12}, {"restored", kAt}, {"known_to", 57}, {"newest_checkpoint", 60}};
}

Json restored() {
  return {{"store", kStore},
          {"path", "/srv/restored"},
          {"backup", 12},
          {"at", kAt},
          {"head", kCommit},
          {"backup_head", kCommit},
          {"log_size", 58},
          {"bytes", 4180000},
          {"lost_entries", 3},
          {"applied", Texts{kUlid}},
          {"unknown_destructions", false}};
}

Json backed_up() {
  return {{"target", "/mnt/backup"},
          {"number", 12},
          {"at", kAt},
          {"head", kCommit},
          {"log_size", 57},
          {"copied_files", 5},
          {"copied_bytes", 160000},
          {"recovery_expires", "2026-12-29"}};
}

}  // namespace

std::vector<Sample> backups() {
  return {
      {"backup-manifest",
       "one",
       manifest(),
       {"/evidence/refs~1heads~1main", "/drafts/refs~1heads~1ISMS-01-002~11.2"}},
      {"destroyed-list", "one", destroyed(), {}},
      {"destroyed-files", "one", {{"disposals/" + kUlid + "/batch.json", "e30="}}, {}},
      {"recovery-settings", "a month", {{"certificate", kPem}, {"days", 30}}, {}},
      {"backup-targets",
       "one",
       {{"targets", Json::array({{{"path", "/mnt/backup"}, {"copied", kAt}}})}},
       {}},
      {"backup-target", "one", {{"format", "vermilion-backup-target-1"}, {"store", kStore}}, {}},
      {"log-archive-manifest", "one", log_archive(), {}},
      {"unknown-destructions", "one", unknown(), {}},
      {"destructions-confirmed",
       "one",
       {{"restore", unknown()}, {"account", "wu06"}, {"at", kAt}, {"reason", "與見證者核對"}},
       {}},
      {"backup", "one", backed_up(), {}},
      {"restore", "one", restored(), {}}};
}

}  // namespace samples
