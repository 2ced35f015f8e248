// SSH signatures for git commits and tags: made in process, verified by stock `git verify-commit`.
//
// Shape    Armoured SSHSIG, SHA-512, ecdsa-sha2-nistp256; namespace "git".
// Source   OpenSSH PROTOCOL.sshsig.
#pragma once
#include <string>
#include <string_view>

#include "crypto/key.h"

namespace vermilion::crypto {

[[nodiscard]] std::string ssh_signature(const PrivateKey& p256, std::string_view message);
[[nodiscard]] bool ssh_signature_verifies(const PublicKey& p256, std::string_view message,
                                          std::string_view armoured);
// One line of an allowed_signers file: `<principal> namespaces="git" ecdsa-sha2-nistp256 AAAA…` + newline.
[[nodiscard]] std::string allowed_signer_line(const std::string& principal, const PublicKey& p256);
// The key of such a line; throws invalid.
[[nodiscard]] PublicKey allowed_signer_key(std::string_view line);

}  // namespace vermilion::crypto
