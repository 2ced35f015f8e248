// SSH signatures for git commits and tags: made in process, verified by stock `git verify-commit`.
//
// Shape    Armoured SSHSIG, SHA-512, ecdsa-sha2-nistp256; namespace "git".
// Source   OpenSSH PROTOCOL.sshsig.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "crypto/key.h"

namespace vermilion::crypto {

// For who signs often with one key: what is the same every time is done once.
// Threads  One at a time.
class SshSigner {
 public:
  explicit SshSigner(PrivateKey p256);
  ~SshSigner();
  SshSigner(SshSigner&&) noexcept;
  SshSigner& operator=(SshSigner&&) noexcept;
  [[nodiscard]] std::string sign(std::string_view message) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

[[nodiscard]] std::string ssh_signature(const PrivateKey& p256, std::string_view message);
[[nodiscard]] bool ssh_signature_verifies(const PublicKey& p256, std::string_view message,
                                          std::string_view armoured);
// One line of an allowed_signers file: `<principal> namespaces="git" ecdsa-sha2-nistp256 AAAA…` + newline.
[[nodiscard]] std::string allowed_signer_line(const std::string& principal, const PublicKey& p256);
// The key of such a line; throws invalid.
[[nodiscard]] PublicKey allowed_signer_key(std::string_view line);

}  // namespace vermilion::crypto
