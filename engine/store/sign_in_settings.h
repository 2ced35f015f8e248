// What STORE/vermilion.yaml says of signing in with the agency's own accounts. No secrets: those are in files that it names.
//
// Shape    YAML, optional; docs-src/formats/store.md:
//            sign_in: {local, oidc: {issuer, client_id, client_secret_file, redirect, ca, scope, groups_claim},
//                      directory: {url, ca, bind_dn, bind_password_file, base, filter | template, groups: {base, filter, name}},
//                      roles: {ROLE: [GROUP]}}
// Rule     Nothing travels in the open: issuer and redirect are https, a directory is ldaps:// or ldap:// with StartTLS.
// Errors   invalid "bad-settings".
#pragma once
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/disk.h"

namespace vermilion::store {

struct OidcSettings {
  std::string issuer;
  std::string client;
  Path secret_file;              // "" : a public client
  std::string redirect;          // as registered there: https://HOST/login/agency/return
  Path authorities;              // PEM; "" : those of the system
  std::string scope = "openid";  // and what more the service wants for telling groups
  std::string groups_claim = "groups";
};

struct DirectorySettings {
  std::string url;
  Path authorities;
  std::string bind_dn;  // "" : nothing is searched; `dn_template` and no groups
  Path bind_password_file;
  std::string base;
  std::string filter;       // "(uid={name})"
  std::string dn_template;  // "uid={name},ou=people,dc=example"; one of the two
  std::string groups_base;  // "" : no groups
  std::string groups_filter = "(member={dn})";
  std::string group_name = "cn";
};

struct SignInSettings {
  bool local = true;  // by the password kept here
  std::optional<OidcSettings> oidc;
  std::optional<DirectorySettings> directory;
  // Roles that whoever comes by the agency's account may use only when he is in one of these groups.
  std::map<std::string, std::set<std::string>> roles;
};

[[nodiscard]] SignInSettings load_sign_in_settings(Disk& disk, const Path& store);

// The first line of a secret's file; "" when no file is named.
[[nodiscard]] std::string load_secret(Disk& disk, const Path& file);

}  // namespace vermilion::store
