#include "store/backup_manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/date.h"
#include "base/error.h"
#include "crypto/ssh_signature.h"

namespace vermilion::store {
namespace {

constexpr const char* kManifestFormat = "vermilion-backup-1";
constexpr std::size_t kManifestDigits = 10;

Json refs_json(const RefMap& refs) {
  Json json = Json::object();
  for (const auto& [name, id] : refs) json[name] = id.hex();
  return json;
}

RefMap parse_refs(const Json& json) {
  RefMap refs;
  for (const auto& [name, id] : json.items())
    refs.emplace(name, git::ObjectId::from_hex(id.get<std::string>()).value());
  return refs;
}

Json files_json(const FileDigests& files) {
  Json json = Json::array();
  for (const auto& [path, digest] : files)
    json.push_back({{"path", path}, {"size", digest.size}, {"sha256", digest.sha256}});
  return json;
}

// A path leads nowhere but below TARGET.
std::string require_path(const std::string& path) {
  const Path relative(path);
  const bool below = !path.empty() && relative.is_relative() &&
                     std::none_of(relative.begin(), relative.end(),
                                  [](const Path& part) { return part == ".." || part == "."; });
  if (below) return path;
  throw Error(Failure::corrupt, "bad-manifest",
              {"備份清單中的路徑無效：" + path, "a path in the manifest is invalid: " + path});
}

FileDigests parse_files(const Json& json) {
  FileDigests files;
  for (const auto& one : json)
    files.emplace(require_path(require_string(one, "path")),
                  FileDigest{one.at("size"), require_string(one, "sha256")});
  return files;
}

Json recovery_json(const RecoveryChain& chain) {
  return {{"certificate", chain.certificate},
          {"begun", rfc3339(chain.begun)},
          {"expires", chain.expires},
          {"files", chain.files},
          {"pieces", chain.pieces}};
}

RecoveryChain parse_recovery(const Json& json) {
  return {require_string(json, "certificate"), parse_instant(require_string(json, "begun")),
          require_string(json, "expires"), json.at("files").get<std::vector<std::string>>(),
          json.at("pieces").get<std::vector<std::string>>()};
}

BackupManifest parse_members(const Json& json) {
  BackupManifest manifest;
  manifest.number = json.at("number");
  manifest.store = require_string(json, "store");
  manifest.at = parse_instant(require_string(json, "at"));
  manifest.settings = require_string(json, "settings");
  manifest.allowed_signers = require_string(json, "allowed_signers");
  manifest.checkpoint = require_string(json, "checkpoint");
  manifest.log_size = json.at("log_size");
  manifest.evidence = parse_refs(json.at("evidence"));
  manifest.drafts = parse_refs(json.at("drafts"));
  manifest.files = parse_files(json.at("files"));
  manifest.recovery = parse_recovery(json.at("recovery"));
  manifest.followed = json.at("followed").get<std::set<std::string>>();
  return manifest;
}

// The signer named inside, before anything else of it is believed.
crypto::PublicKey stated_signer(Disk& disk, const Path& file) {
  try {
    const auto json = parse_canonical(disk.read_all(file));
    return crypto::allowed_signer_key(require_string(json, "allowed_signers"));
  } catch (const Error& error) {
    if (error.failure() == Failure::unavailable) throw;
    unsigned_file(file);
  }
}

}  // namespace

Json manifest_json(const BackupManifest& manifest) {
  return {{"format", kManifestFormat},
          {"number", manifest.number},
          {"store", manifest.store},
          {"at", rfc3339(manifest.at)},
          {"settings", manifest.settings},
          {"allowed_signers", manifest.allowed_signers},
          {"checkpoint", manifest.checkpoint},
          {"log_size", manifest.log_size},
          {"evidence", refs_json(manifest.evidence)},
          {"drafts", refs_json(manifest.drafts)},
          {"files", files_json(manifest.files)},
          {"recovery", recovery_json(manifest.recovery)},
          {"followed", manifest.followed}};
}

BackupManifest parse_manifest(const Json& json) {
  try {
    if (require_string(json, "format") == kManifestFormat) return parse_members(json);
  } catch (const Json::exception&) {
  } catch (const std::bad_optional_access&) {
  }
  throw Error(Failure::corrupt, "bad-manifest",
              {"備份清單的格式不是本版所能讀取，請用寫出它的版本還原",
               "the manifest is not of a shape this version reads; restore with the version that "
               "wrote it"});
}

Path manifest_file(const Path& target, std::uint64_t number) {
  return target / "backups" / fmt::format("{:0{}}.json", number, kManifestDigits);
}

std::vector<std::uint64_t> manifest_numbers(Disk& disk, const Path& target) {
  std::vector<std::uint64_t> numbers;
  if (!disk.exists(target / "backups")) return numbers;
  for (const auto& name : disk.list(target / "backups")) {
    std::uint64_t number = 0;
    const char* end = name.data() + std::min(name.size(), kManifestDigits);
    const auto read = std::from_chars(name.data(), end, number);
    if (name.ends_with(".json") && read.ptr == end && number > 0) numbers.push_back(number);
  }
  return numbers;
}

BackupManifest newest_manifest(Disk& disk, const Path& target) {
  const auto numbers = manifest_numbers(disk, target);
  if (numbers.empty()) {
    throw Error(Failure::not_found, "no-backup",
                {"這裡沒有完成的備份：" + target.string(),
                 "there is no completed backup here: " + target.string()});
  }
  const auto file = manifest_file(target, numbers.back());
  auto manifest = parse_manifest(read_signed(disk, file, stated_signer(disk, file)));
  if (manifest.number != numbers.back()) unsigned_file(file);
  return manifest;
}

}  // namespace vermilion::store
