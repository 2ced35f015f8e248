#include "store/recovery_copy.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "crypto/certificate.h"
#include "crypto/digest.h"
#include "crypto/envelope.h"
#include "store/key_files.h"
#include "store/tar.h"

namespace vermilion::store {
namespace {

constexpr std::size_t kPieceSize = 64 << 10;
constexpr std::string_view kPieces = "vault/vault.db.pieces/";
constexpr const char* kRecoveryFolder = "recovery";

std::string copy_name(std::uint64_t number, Instant at) {
  auto when = rfc3339(at);
  std::erase_if(when, [](char c) { return c == '-' || c == ':'; });
  return fmt::format("{}/{:010}-{}.tar.cms", kRecoveryFolder, number, when);
}

// Of "0000000012-20261128T110000Z.tar.cms"; nothing for what is no copy.
std::optional<Instant> made_at(const std::string& name) {
  if (name.size() != 35 || !name.ends_with(".tar.cms")) return std::nullopt;
  const auto t = name.substr(11, 16);
  try {
    return parse_instant(fmt::format("{}-{}-{}T{}:{}:{}Z", t.substr(0, 4), t.substr(4, 2),
                                     t.substr(6, 2), t.substr(9, 2), t.substr(11, 2),
                                     t.substr(13, 2)));
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::size_t piece_count(Parts& parts) {
  const auto size = parts.disk.open(parts.path / kVaultFile, Open::existing)->size();
  return static_cast<std::size_t>((size + kPieceSize - 1) / kPieceSize);
}

// Writes one copy: the tar goes through the envelope into a file of which only the digest is kept.
class CopyFile {
 public:
  CopyFile(Parts& parts, const Path& file, const crypto::Certificate& recipient)
      : parts_(parts),
        file_(parts.disk.open(file.string() + ".vermilion-new", Open::create)),
        envelope_(recipient, [this](std::string_view bytes) { write(bytes); }),
        tar_([this](std::string_view bytes) { envelope_.add(bytes); }, parts.clock.now()) {
    file_->truncate(0);
  }

  void add_keys() {
    for (const auto which : kStoreKeys) add(store_key_name(which));
    for (const auto& name : parts_.keks.names()) add(KeyEncryptionKeys::file_name(name));
    add("accounts.db");
  }

  // Pieces that are not as in `known`, which they replace.
  void add_pieces(std::vector<std::string>& known) {
    const auto vault = parts_.disk.open(parts_.path / kVaultFile, Open::existing);
    known.resize(piece_count(parts_));
    for (std::size_t i = 0; i < known.size(); ++i) {
      const auto piece = vault->read(i * kPieceSize, kPieceSize);
      auto digest = hex(crypto::sha256(piece));
      if (known[i] == digest) continue;
      tar_.add(fmt::format("{}{:08}", kPieces, i), piece);
      known[i] = std::move(digest);
    }
  }

  FileDigest finish() {
    tar_.finish();
    envelope_.finish();
    file_->sync();
    return {size_, hex(digest_.finish())};
  }

 private:
  void add(const std::string& name) { tar_.add(name, parts_.disk.read_all(parts_.path / name)); }
  void write(std::string_view bytes) {
    file_->write(size_, bytes);
    size_ += bytes.size();
    digest_.add(bytes);
  }

  Parts& parts_;
  std::unique_ptr<File> file_;
  std::uint64_t size_ = 0;
  crypto::Sha256 digest_;
  crypto::EnvelopeWriter envelope_;
  TarWriter tar_;
};

void overwrite_and_remove(Disk& disk, const Path& path) {
  {
    const auto file = disk.open(path, Open::existing);
    const Bytes zeros(kPieceSize, '\0');
    for (std::uint64_t at = 0, size = file->size(); at < size; at += kPieceSize)
      file->write(at,
                  std::string_view(zeros).substr(
                      0, static_cast<std::size_t>(std::min<std::uint64_t>(kPieceSize, size - at))));
    file->sync();
  }
  disk.remove(path);
}

bool is_key_name(const std::string& name) {
  return name == "accounts.db" || name.starts_with("store-keys/") || name.starts_with("vault/kek/");
}

// Where a piece stands in vault.db; nothing for the name of anything else.
std::optional<std::uint64_t> piece_offset(const std::string& name) {
  if (!name.starts_with(kPieces)) return std::nullopt;
  return std::stoull(name.substr(kPieces.size())) * kPieceSize;
}

void unpack(Disk& disk, std::string_view tar, const Path& store, File& vault) {
  read_tar(tar, [&](const std::string& name, std::string_view content) {
    if (const auto offset = piece_offset(name)) {
      vault.write(*offset, content);
    } else if (is_key_name(name) && name.find("..") == std::string::npos) {
      disk.replace(store / name, content, kOwnerOnly);
    }
  });
}

}  // namespace

Bytes recovery_settings_bytes(const RecoverySettings& settings) {
  return canonical({{"certificate", settings.certificate}, {"days", settings.days}});
}

std::optional<RecoverySettings> find_recovery_settings(const Snapshot& main) {
  const auto bytes = main.read(kRecoverySettings);
  if (!bytes) return std::nullopt;
  const auto json = parse_canonical(*bytes);
  return RecoverySettings{require_string(json, "certificate"), json.at("days")};
}

std::string expiry_date(Instant made, int days) {
  return iso_date(Date(std::chrono::ceil<std::chrono::days>(made) + std::chrono::days(days)));
}

bool may_follow(Parts& parts, const RecoveryChain& chain, const RecoverySettings& settings) {
  const auto age = parts.clock.now() - chain.begun;
  return !chain.files.empty() && chain.certificate == settings.certificate &&
         age < std::chrono::hours(12) * settings.days && age >= std::chrono::seconds(0) &&
         piece_count(parts) >= chain.pieces.size();
}

MadeCopy make_recovery_copy(Parts& parts, const Path& target, std::uint64_t number,
                            RecoveryChain chain, const RecoverySettings& settings) {
  const auto now = parts.clock.now();
  parts.disk.make_directories(target / kRecoveryFolder);
  if (chain.files.empty()) chain = {settings.certificate, now, "", {}, {}};
  MadeCopy made{.chain = std::move(chain), .path = copy_name(number, now), .digest = {}};
  CopyFile copy(parts, target / made.path, crypto::Certificate::from_pem(settings.certificate));
  copy.add_keys();
  copy.add_pieces(made.chain.pieces);
  made.digest = copy.finish();
  const Path file = target / made.path;
  parts.disk.rename(file.string() + ".vermilion-new", file);
  parts.disk.sync_directory(target / kRecoveryFolder);
  made.chain.files.push_back(made.path);
  made.chain.expires = expiry_date(now, settings.days);
  return made;
}

void remove_expired_copies(Disk& disk, const Path& target, const RecoveryChain& chain, Instant now,
                           int days) {
  for (const auto& name : disk.list(target / kRecoveryFolder)) {
    const auto path = fmt::format("{}/{}", kRecoveryFolder, name);
    const bool used = std::find(chain.files.begin(), chain.files.end(), path) != chain.files.end();
    const auto made = made_at(name);
    const bool unfinished = name.ends_with(".vermilion-new");
    const bool expired = made && now >= *made + std::chrono::days(days);
    if (unfinished || (!used && expired)) overwrite_and_remove(disk, target / path);
  }
  disk.sync_directory(target / kRecoveryFolder);
}

void unpack_recovery_chain(Disk& disk, const Path& target, const BackupManifest& manifest,
                           const crypto::PrivateKey& key, const Path& store) {
  const auto recipient = crypto::Certificate::from_pem(manifest.recovery.certificate);
  const auto file = disk.open(store / kVaultFile, Open::create);
  if (::chmod((store / kVaultFile).c_str(), kOwnerOnly) != 0) throw Bug("chmod of one's own file");
  for (const auto& path : manifest.recovery.files) {
    const auto tar = crypto::open_envelope(disk.read_all(target / path), key, recipient);
    unpack(disk, tar, store, *file);
  }
  file->sync();
}

}  // namespace vermilion::store
