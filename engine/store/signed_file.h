// JSON that stands outside the store and must be believed there: signed by the store's sealing key.
//
// Shape    X.json, canonical, and X.json.sig, an armoured SSHSIG in the namespace "git", checked by stock
//            ssh-keygen -Y verify -f allowed_signers -I store@<id> -n git -s X.json.sig < X.json
// Crash    The signature is written first: where X.json is, both are.
// Errors   corrupt ("backup-unsigned") naming the file.
#pragma once
#include "base/disk.h"
#include "base/json.h"
#include "crypto/key.h"

namespace vermilion::store {

void write_signed(Disk& disk, const Path& file, const Json& content,
                  const crypto::PrivateKey& sealing);
[[nodiscard]] Json read_signed(Disk& disk, const Path& file, const crypto::PublicKey& sealing);
[[noreturn]] void unsigned_file(const Path& file);

}  // namespace vermilion::store
