#include "identity/password_link.h"

#include "crypto/base64url.h"
#include "crypto/digest.h"
#include "crypto/random.h"
#include "identity/password_policy.h"

namespace vermilion::identity {
namespace {

constexpr std::size_t kTokenBytes = 32;

std::string link_digest(const std::string& token) { return hex(crypto::sha256(token)); }

}  // namespace

FreshLink with_password_link(const LoginSecrets& secrets, Instant now,
                             const PasswordRules& passwords, const LoginRules& rules) {
  FreshLink fresh;
  fresh.token = crypto::base64url(crypto::random_bytes(kTokenBytes));
  // In the place of the old password stands one that nobody is told.
  fresh.secrets = with_temporary_password(secrets, random_password(), now, passwords);
  fresh.secrets.link = PasswordLink{link_digest(fresh.token), now + rules.link};
  return fresh;
}

// Digests are compared, not tokens: how far they agree tells nothing of the token.
bool link_opens(const LoginSecrets& secrets, const std::string& token, Instant now) {
  return secrets.link && now < secrets.link->until && secrets.link->digest == link_digest(token);
}

}  // namespace vermilion::identity
