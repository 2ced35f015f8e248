// Passkeys of an account: kept with its sign-in data, known again by a handle that only this store can read.
//
// Shape    Up to 10 in the account's LoginSecrets. The user handle that a device keeps is the account's name, filled up with NUL to 32 bytes
//          and wrapped (AES-KW) under a key of the store: 40 bytes that say nothing to whoever finds the device, the same at each enrolment,
//          and that nobody else can make. So a sign-in by passkey names an account without a list to search, and no account can be guessed.
// Threads  Pure functions over the store's keys.
// Errors   invalid "bad-passkey", "bad-passkey-name"; conflict "passkey-known", "too-many-passkeys"; not_found "no-passkey".
// Source   WebAuthn Level 2, sections 5.4.3 and 14.6.1.
#pragma once
#include <string_view>

#include "identity/login_secrets.h"

namespace vermilion::identity {

[[nodiscard]] Bytes passkey_handle(const store::Store& store, const std::string& account);
// Nothing when this store did not make it.
[[nodiscard]] std::optional<std::string> account_of_handle(const store::Store& store,
                                                           const Bytes& handle);

// 16 hexadecimal digits that stand for the credential in the log, on pages and in forms.
[[nodiscard]] std::string passkey_name(const crypto::PasskeyKey& key);

[[nodiscard]] LoginSecrets with_passkey(const LoginSecrets& secrets, const Passkey& passkey);
[[nodiscard]] LoginSecrets without_passkey(const LoginSecrets& secrets, const std::string& name);
// The one with that credential id that was made for that site, or nullptr. Points into `secrets`.
[[nodiscard]] Passkey* find_passkey(LoginSecrets& secrets, const Bytes& id,
                                    const std::string& site);

// Of an account that closes: takes all of its passkeys away, in the act that `changes` belongs to.
void revoke_passkeys(const store::Now& now, const std::string& account, store::Changes& changes);

}  // namespace vermilion::identity
