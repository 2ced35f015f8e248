#include "store/sign_in_settings.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/settings_part.h"

namespace vermilion::store {
namespace {

std::string needed(const Yaml& node, const char* key) {
  const auto& text = node.needed(key).text();
  if (text.empty()) node[key].refuse("不可空白", "it must not be empty");
  return text;
}

std::string needed_url(const Yaml& node, const char* key,
                       std::initializer_list<const char*> schemes) {
  auto url = needed(node, key);
  for (const auto* scheme : schemes)
    if (url.starts_with(scheme)) return url;
  node.refuse(fmt::format("{} 須以 {} 開頭", key, *schemes.begin()),
              fmt::format("{} must begin with {}", key, *schemes.begin()));
}

// A misspelt key would be a limit that does not hold.
void only(const Yaml& node, std::initializer_list<const char*> keys) {
  for (const auto& member : node.members()) {
    const auto& name = member.name;
    if (std::find(keys.begin(), keys.end(), name) == keys.end())
      member.refuse(fmt::format("沒有「{}」這個設定", name), fmt::format("'{}' is unknown", name));
  }
}

OidcSettings oidc_from(const Yaml& node) {
  only(node,
       {"issuer", "client_id", "client_secret_file", "redirect", "ca", "scope", "groups_claim"});
  OidcSettings oidc;
  oidc.issuer = needed_url(node, "issuer", {"https://"});
  oidc.client = needed(node, "client_id");
  oidc.secret_file = node["client_secret_file"].text_or("");
  oidc.redirect = needed_url(node, "redirect", {"https://"});
  oidc.authorities = node["ca"].text_or("");
  oidc.scope = node["scope"].text_or(oidc.scope);
  oidc.groups_claim = node["groups_claim"].text_or(oidc.groups_claim);
  return oidc;
}

void groups_from(const Yaml& node, DirectorySettings& directory) {
  only(node, {"base", "filter", "name"});
  directory.groups_base = needed(node, "base");
  directory.groups_filter = node["filter"].text_or(directory.groups_filter);
  directory.group_name = node["name"].text_or(directory.group_name);
}

DirectorySettings directory_from(const Yaml& node) {
  only(node,
       {"url", "ca", "bind_dn", "bind_password_file", "base", "filter", "template", "groups"});
  DirectorySettings directory;
  directory.url = needed_url(node, "url", {"ldaps://", "ldap://"});
  directory.authorities = node["ca"].text_or("");
  directory.bind_dn = node["bind_dn"].text_or("");
  if (!directory.bind_dn.empty()) directory.bind_password_file = needed(node, "bind_password_file");
  directory.filter = node["filter"].text_or("");
  directory.dn_template = node["template"].text_or("");
  if (directory.filter.empty() == directory.dn_template.empty())
    node.refuse("filter 與 template 須擇一", "one of filter and template is needed");
  if (!directory.filter.empty()) directory.base = needed(node, "base");
  if (node["groups"]) groups_from(node["groups"], directory);
  if (directory.bind_dn.empty() && !(directory.filter.empty() && directory.groups_base.empty()))
    node.refuse("查詢目錄需要 bind_dn", "a search needs bind_dn");
  return directory;
}

SignInSettings sign_in_from(const Yaml& node) {
  only(node, {"local", "oidc", "directory", "roles"});
  SignInSettings settings;
  if (node["local"]) settings.local = node["local"].truth();
  if (node["oidc"]) settings.oidc = oidc_from(node["oidc"]);
  if (node["directory"]) settings.directory = directory_from(node["directory"]);
  for (const auto& role : node["roles"].members()) {
    if (!role.value.is_list()) role.refuse("應為群組的清單", "it must be a list of groups");
    const auto groups = role.value.texts();
    settings.roles[role.name] = {groups.begin(), groups.end()};
  }
  if (!settings.local && !settings.oidc && !settings.directory)
    node.refuse("這樣沒有人能登入", "nobody could sign in");
  return settings;
}

}  // namespace

SignInSettings load_sign_in_settings(Disk& disk, const Path& store) {
  return read_settings_part(disk, store, "sign_in", sign_in_from).value_or(SignInSettings{});
}

std::string load_secret(Disk& disk, const Path& file) {
  if (file.empty()) return "";
  const auto text = disk.read_all(file);
  return text.substr(0, text.find_first_of("\r\n"));
}

}  // namespace vermilion::store
