// A person's passkeys: made, listed and removed by their owner; signing in with one; and the proof that a signature or a removal asks for.
//
// Rule     A passkey counts only with its owner verified by the device (PIN or fingerprint), for the site it was made for, over a challenge that
//          was given out for this very purpose and never came back before. It signs in by itself, or beside the password where the profile
//          says so (identity/login_rules.h); who has one no longer signs in by password alone. Whoever fails learns the same.
// Log      kind "passkey" on "account <account> passkey <16 hex>" with what was done; a counter that went back is "refused:passkey-counter",
//          before the failed attempt. Sign-ins and proofs as in service/login.h.
// Errors   forbidden "login-failed" for a proof of any kind that is none; invalid "bad-passkey", and as identity/passkeys.h.
// Source   system_checklist SC-23 to SC-25; docs-src/adr/0015-passkeys.md.
#pragma once
#include <optional>
#include <string>

#include "base/json.h"
#include "service/context.h"
#include "service/login.h"
#include "service/passkey_challenges.h"

namespace vermilion::service {

struct PasskeySite {
  std::string origin;  // "https://localhost:8443"
  std::string name;    // "localhost"
};
// Of a Host field. Nothing for an address: browsers make passkeys for names alone.
[[nodiscard]] std::optional<PasskeySite> passkey_site(const std::string& host);

// What a browser brought, and what it was asked for.
struct PasskeyProof {
  PasskeyChallenges& challenges;
  std::string purpose;
  PasskeySite site;
  Bytes credential;
  Bytes handle;  // names the account; may be missing where that is known
  Bytes client_data;
  Bytes data;
  Bytes signature;
};
// Whether one signs in by itself.
[[nodiscard]] bool passkey_alone(Context& context);
// `typed`: account and password, if they were; then they must be right and of the same person.
identity::Session sign_in_by_passkey(Context& context, const PasskeyProof& proof,
                                     const SignIn& typed);
// Of somebody signed in: that it is he, now.
identity::Session prove_by_passkey(Context& context, const PasskeyProof& proof,
                                   const std::string& account);

struct PasskeyRequest {
  PasskeyChallenges& challenges;
  std::string purpose;
  PasskeySite site;
  std::string name;
  Bytes client_data;
  Bytes data;
};
// {handle, exclude: [id]} in base64: what a browser needs to make one, beside site and challenge.
[[nodiscard]] Json offer_passkey(Context& context, const std::string& account);
// {account, passkey, act, log_index}. With the current password.
[[nodiscard]] Json add_passkey(Context& context, const SignIn& current,
                               const PasskeyRequest& request);
// [{passkey, id, name, site, added, used}], `id` in base64. `site` "": of every site.
[[nodiscard]] Json list_passkeys(Context& context, const std::string& account,
                                 const std::string& site = "");
// By its owner, who has just proved himself by password or passkey.
[[nodiscard]] Json remove_passkey(Context& context, const std::string& account,
                                  const std::string& passkey);

}  // namespace vermilion::service
