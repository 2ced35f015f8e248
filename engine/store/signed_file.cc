#include "store/signed_file.h"

#include "base/error.h"
#include "crypto/ssh_signature.h"

namespace vermilion::store {
namespace {

Path signature_of(const Path& file) { return file.string() + ".sig"; }

}  // namespace

void unsigned_file(const Path& file) {
  throw Error(
      Failure::corrupt, "backup-unsigned",
      {file.string() + "：不是這個資料庫所簽，或已遭更動；請改用另一份備份",
       file.string() + ": not signed by this store, or changed since; take another backup"});
}

void write_signed(Disk& disk, const Path& file, const Json& content,
                  const crypto::PrivateKey& sealing) {
  const auto bytes = canonical(content);
  disk.replace(signature_of(file), crypto::ssh_signature(sealing, bytes));
  disk.replace(file, bytes);
}

Json read_signed(Disk& disk, const Path& file, const crypto::PublicKey& sealing) {
  const auto bytes = disk.read_all(file);
  const bool whole =
      disk.exists(signature_of(file)) &&
      crypto::ssh_signature_verifies(sealing, bytes, disk.read_all(signature_of(file)));
  if (!whole) unsigned_file(file);
  return parse_canonical(bytes);
}

}  // namespace vermilion::store
