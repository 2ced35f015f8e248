// What a person's sign-in is checked against: one text in accounts.db for each account.
//
// Shape    Canonical JSON {phc, set, temporary, former: [phc], factor: null | {secret, last_step, recovery: [digest]}, passkeys: […],
//          link: {digest, until}};
//          schemas/login-secrets.schema.json. A bare PHC string, as stores before had it, reads as an own password of unknown age.
// Secrets  Passwords as Argon2id hashes. `secret` of the second factor is encrypted under the key that the store derives for it; of recovery
//          codes there is a keyed digest, and it goes when the code is used.
// Errors   corrupt "login-secrets-broken".
// Source   docs-src/formats/store.md; system_checklist SC-18, SC-20.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "crypto/passkey.h"
#include "identity/login_rules.h"
#include "store/store.h"

namespace vermilion::identity {

struct SecondFactor {
  Bytes secret;                 // as crypto::encrypt_secret left it
  std::uint64_t last_step = 0;  // of the last code that was taken: it and those before are used up
  std::vector<std::string> recovery;  // hex of HMAC-SHA-256
};

// A public key whose private half lies in a device of the person's (identity/passkeys.h).
struct Passkey {
  crypto::PasskeyKey key;
  std::string site;  // that it was made for: no other one can use it
  std::string name;  // as its owner tells it from his others
  Instant added;
  std::optional<Instant> used;
};

// A link by which he may choose his password, once (identity/password_link.h).
struct PasswordLink {
  std::string digest;  // hex of SHA-256 of its token
  Instant until;
};

struct LoginSecrets {
  std::string phc;
  std::optional<Instant> set;  // nothing: before stores knew
  bool temporary = false;  // given out by an administrator: good for the change of password alone
  std::vector<std::string> former;  // own ones before, newest first
  std::optional<SecondFactor> factor;
  std::vector<Passkey> passkeys = {};
  std::optional<PasswordLink> link = {};
};

[[nodiscard]] std::string secrets_text(const LoginSecrets& secrets);
[[nodiscard]] LoginSecrets parse_secrets(const std::string& text);
[[nodiscard]] std::optional<LoginSecrets> find_secrets(store::Store& store,
                                                       const std::string& account);
// Within an act: what decides by them judges what the act before it left, be it durable already or not.
[[nodiscard]] std::optional<LoginSecrets> find_secrets(const store::Now& now,
                                                       const std::string& account);

// Why the password has to be changed before anything else: "temporary", "expired", or "".
[[nodiscard]] std::string change_reason(const LoginSecrets& secrets, Instant now,
                                        const PasswordRules& rules);
// Names this very password without telling anything of it: sessions that began with another one are over.
[[nodiscard]] std::string password_mark(const LoginSecrets& secrets);

// The secrets with a new own password, judged by the policy, the last ones and the minimum age; second factor and all else stay, a link goes. Throws
// invalid as password_policy.h and "password-reused", conflict "password-too-new".
[[nodiscard]] LoginSecrets with_own_password(const LoginSecrets& secrets,
                                             const std::string& account, const std::string& typed,
                                             Instant now, const PasswordRules& rules);
// With one given out by an administrator.
[[nodiscard]] LoginSecrets with_temporary_password(const LoginSecrets& secrets,
                                                   const std::string& password, Instant now,
                                                   const PasswordRules& rules);

}  // namespace vermilion::identity
