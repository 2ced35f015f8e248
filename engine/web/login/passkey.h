// What the pages that ask for a passkey share.
#pragma once
#include "service/passkeys.h"
#include "web/visit.h"

namespace vermilion::web {

// The site as the browser named it, or "" with an address, for which there are no passkeys.
[[nodiscard]] std::string passkey_site_name(const Visit& visit);
// What the form brought, for that purpose to the letter.
[[nodiscard]] service::PasskeyProof passkey_proof(Visit& visit, const std::string& purpose);
// {challenge, site, allow}: of somebody signed in; `allow` are his passkeys for this site, "" when he has none.
[[nodiscard]] Json passkey_asked(Visit& visit, const std::string& purpose);
// "add <session>": a purpose of this session alone.
[[nodiscard]] std::string session_purpose(const Visit& visit, const std::string& purpose);
// That it is still he: by passkey if the form brings one, else by password. Throws forbidden "login-failed".
void prove_afresh(Visit& visit, const std::string& purpose);

}  // namespace vermilion::web
