// Which account of the agency's own (OIDC subject, directory name) belongs to which account here.
//
// Shape    links/<first two>/<digest>.json on main: {account, from, linked_by, way}; schemas/identity-link.schema.json. The digest is a
//          keyed one (hex of HMAC-SHA-256): an agency's account tells the person's name, which never stands in git.
// Rule     An outside identity belongs to one account at most, an account has one of each way at most. A link gives no right: it only says
//          who comes in.
// Errors   conflict "identity-linked", "account-linked"; not_found "no-link", "no-person"; invalid "bad-identity"; forbidden
//          "links-own-account".
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/store.h"

namespace vermilion::identity {

constexpr const char* kByOidc = "oidc";
constexpr const char* kByDirectory = "directory";

struct OutsideIdentity {
  std::string way;      // kByOidc, kByDirectory
  std::string issuer;   // of the OIDC service; "" for the directory
  std::string subject;  // or distinguished name
};
[[nodiscard]] std::string identity_digest(const store::Store& store, const OutsideIdentity& who);

struct IdentityLink {
  std::string digest;
  std::string account;
  std::string way;
  Instant from;
  std::string linked_by;
};
[[nodiscard]] std::optional<IdentityLink> find_link(const store::Snapshot& evidence,
                                                    const std::string& digest);
[[nodiscard]] std::vector<IdentityLink> all_links(const store::Snapshot& evidence);

// `act` is the administrator's.
store::Receipt link_identity(store::Store& store, const std::string& account,
                             const OutsideIdentity& who, store::Act act);
store::Receipt unlink_identity(store::Store& store, const std::string& account,
                               const std::string& way, store::Act act);

}  // namespace vermilion::identity
