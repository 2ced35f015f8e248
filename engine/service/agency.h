// Signing in with the account that a person has in his agency: OpenID Connect, or the agency's directory.
//
// Rule     Who comes in is the account that an administrator linked to that identity (identity/links.h). He has the roles that were granted
//          here, less those that vermilion.yaml opens only to members of groups he is not in: a group never gives a role
//          (docs-src/adr/0014-groups-bound-roles.md).
// Login    Counted, logged and locked as every attempt is (service/attempt.h). Of a wrong password, a name unknown to the directory, an
//          identity without a link and a locked account the person learns the same, after the same steps; the directory is asked about a
//          password only for an account that is linked and not locked.
// Afresh   A signature needs a proof of the last five minutes beside the key's own secret: sign in at the service again (auth_time), or the
//          directory's password once more.
// Errors   forbidden "login-failed"; unavailable "directory-unavailable", "oidc-unavailable"; not_found "no-such-way".
// Source   OpenID Connect Core 1.0, RFC 7636, RFC 9207; docs-src/manual/11-single-sign-on.en.md.
#pragma once
#include <optional>
#include <set>
#include <string>

#include "base/json.h"
#include "service/login.h"

namespace vermilion::service {

struct SignInWays {
  bool local = true;
  bool oidc = false;
  bool directory = false;
};
[[nodiscard]] SignInWays sign_in_ways(Context& context);
// {local, oidc: issuer | null, directory: url | null, roles: {role: [group]}}: for the status. No secret.
[[nodiscard]] Json sign_in_status(Context& context);

struct AgencyProof {
  std::string account;
  std::string way;   // identity::kByOidc, kByDirectory
  std::string link;  // while this link stands, so does what was proved
  std::string name;  // in the directory, to prove it again
  std::set<std::string> closed_roles;
  std::optional<Instant> proved;  // when he proved himself to whoever knows him; nothing: not known
};

// What has to be remembered between the way out and the way back, and is used once.
struct OidcWait {
  std::string state;
  std::string nonce;
  std::string verifier;          // PKCE
  std::optional<Instant> since;  // he has to prove himself anew
  std::string account = {};      // and has to be this one
};
struct OidcStart {
  std::string url;  // where the browser goes
  OidcWait wait;
};
// `again`: the account that has to prove itself anew, or "".
[[nodiscard]] OidcStart begin_oidc(Context& context, const std::string& again);
struct OidcReturn {
  std::string code;
  std::string issuer;  // RFC 9207, if the service says it
};
[[nodiscard]] AgencyProof finish_oidc(Context& context, const OidcWait& wait,
                                      const OidcReturn& came);

// `tried.account` is the person's name in the directory. A second factor set up here is asked for as well.
[[nodiscard]] AgencyProof sign_in_by_directory(Context& context, const SignIn& tried);
// Whoever signed in so, once more.
[[nodiscard]] AgencyProof prove_by_directory(Context& context, const std::string& account,
                                             const std::string& name, const std::string& password);

// Whether the account still has this link, and its way is still open.
[[nodiscard]] bool link_stands(Context& context, const std::string& account, const std::string& way,
                               const std::string& link);

// For administrators: {account, way, act, log_index}. `subject`: the OIDC "sub", or a distinguished name.
[[nodiscard]] Json link_account(Context& context, const std::string& account,
                                const std::string& way, const std::string& subject);
[[nodiscard]] Json unlink_account(Context& context, const std::string& account,
                                  const std::string& way);
[[nodiscard]] Json list_links(Context& context);  // [{account, way, from, linked_by}]

}  // namespace vermilion::service
