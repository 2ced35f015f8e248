// A one-time link by which a person chooses his password: given to him instead of a temporary one.
//
// Shape    The token is 32 random bytes as 43 letters of base64url; of it only {digest, until} is kept, beside the password (login_secrets.h): the
//          hexadecimal SHA-256, and when it ends ("link_hours" of the profile).
// Rule     A link makes the password before it void, as a reset does, and goes when it is used or when any other password is set; so there is never
//          more than one. It opens nothing but the choice of a password: the second factor stays.
// Source   seed 肆/五/(三)/3/(2); system_checklist SC-22.
#pragma once
#include "identity/login_secrets.h"

namespace vermilion::identity {

struct FreshLink {
  LoginSecrets secrets;
  std::string token;  // for the person alone
};
[[nodiscard]] FreshLink with_password_link(const LoginSecrets& secrets, Instant now,
                                           const PasswordRules& passwords, const LoginRules& rules);

// Whether that is the token of a link that still stands.
[[nodiscard]] bool link_opens(const LoginSecrets& secrets, const std::string& token, Instant now);

}  // namespace vermilion::identity
