// The agency's directory (LDAP, Active Directory): whether that is a person's password there, and his groups.
//
// Rule     Always TLS 1.2 or later with the server's certificate checked. Referrals are not followed. An empty password is refused
//          without asking: a directory takes it for an anonymous bind, which succeeds (RFC 4513 section 5.1.2).
// Text     What a person typed stands in filters and names only as escaped().
// Limits   5 seconds for a connection and for each answer.
// Errors   unavailable "directory-unavailable".
// Threads  One Directory, one thread; it makes its connections when they are needed.
#pragma once
#include <set>
#include <string>
#include <string_view>

#include "store/sign_in_settings.h"

namespace vermilion::identity {

// RFC 4515: a value in a search filter. RFC 4514: a value in a distinguished name.
[[nodiscard]] std::string escaped_for_filter(std::string_view value);
[[nodiscard]] std::string escaped_for_name(std::string_view value);
// The name as its directory writes it, however it is spaced; "" when it is none.
[[nodiscard]] std::string tidy_name(const std::string& name);

class Directory {
 public:
  Directory(store::DirectorySettings settings, std::string bind_password);

  // The distinguished name of the one entry that fits; "" when there is none, or more than one.
  [[nodiscard]] std::string find(const std::string& typed);
  [[nodiscard]] std::set<std::string> groups_of(const std::string& name);
  [[nodiscard]] bool proves(const std::string& name, const std::string& password);
  // A name nobody has, for doing the same work for nobody.
  [[nodiscard]] std::string nobody() const;

 private:
  store::DirectorySettings settings_;
  std::string bind_password_;
};

}  // namespace vermilion::identity
