// A private key on a PKCS#11 token: a smart card, a USB token, an HSM. It never leaves the token, which signs.
//
// URI      RFC 7512: "pkcs11:token=…;object=…"; "?module-path=/usr/lib/….so" names the token's module, without it p11-kit's proxy
//          finds those that are configured on the machine.
// Needs    libengine-pkcs11-openssl; OpenSSL 3.0 has no provider for tokens in Debian 12.
// Errors   forbidden "wrong-passphrase": a wrong PIN, no such token or no such key, which the module does not tell apart;
//          unavailable "no-token-support" when engine or module is not there; invalid "bad-key" for a key we do not accept.
// Login    A module keeps a person logged in for the life of the process: a wrong PIN after a right one goes unnoticed. So only the
//          command line opens tokens, one a process.
// Threads  One at a time.
#pragma once
#include <string>

#include "crypto/key.h"

namespace vermilion::crypto {

// The key lives as long as the value; what der() and pem() write of it cannot sign.
[[nodiscard]] PrivateKey open_token_key(const std::string& uri, const std::string& pin);

}  // namespace vermilion::crypto
