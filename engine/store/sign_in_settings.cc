#include "store/sign_in_settings.h"

#include <yaml-cpp/yaml.h>

#include "base/error.h"

namespace vermilion::store {
namespace {

std::string sign_in_text(const YAML::Node& node, const char* key, const std::string& otherwise) {
  return node[key] ? node[key].as<std::string>() : otherwise;
}

std::string needed(const YAML::Node& node, const char* key) {
  const auto text = sign_in_text(node, key, "");
  if (text.empty()) throw YAML::Exception(node.Mark(), std::string(key) + " is missing");
  return text;
}

std::string needed_url(const YAML::Node& node, const char* key,
                       std::initializer_list<const char*> schemes) {
  auto url = needed(node, key);
  for (const auto* scheme : schemes)
    if (url.starts_with(scheme)) return url;
  throw YAML::Exception(node.Mark(), std::string(key) + " must begin with " + *schemes.begin());
}

// A misspelt key would be a limit that does not hold.
void only(const YAML::Node& node, std::initializer_list<const char*> keys) {
  for (const auto& member : node) {
    const auto name = member.first.as<std::string>();
    if (std::find(keys.begin(), keys.end(), name) == keys.end())
      throw YAML::Exception(member.first.Mark(), "unknown: " + name);
  }
}

OidcSettings oidc_from(const YAML::Node& node) {
  only(node,
       {"issuer", "client_id", "client_secret_file", "redirect", "ca", "scope", "groups_claim"});
  OidcSettings oidc;
  oidc.issuer = needed_url(node, "issuer", {"https://"});
  oidc.client = needed(node, "client_id");
  oidc.secret_file = sign_in_text(node, "client_secret_file", "");
  oidc.redirect = needed_url(node, "redirect", {"https://"});
  oidc.authorities = sign_in_text(node, "ca", "");
  oidc.scope = sign_in_text(node, "scope", oidc.scope);
  oidc.groups_claim = sign_in_text(node, "groups_claim", oidc.groups_claim);
  return oidc;
}

void groups_from(const YAML::Node& node, DirectorySettings& directory) {
  only(node, {"base", "filter", "name"});
  directory.groups_base = needed(node, "base");
  directory.groups_filter = sign_in_text(node, "filter", directory.groups_filter);
  directory.group_name = sign_in_text(node, "name", directory.group_name);
}

DirectorySettings directory_from(const YAML::Node& node) {
  only(node,
       {"url", "ca", "bind_dn", "bind_password_file", "base", "filter", "template", "groups"});
  DirectorySettings directory;
  directory.url = needed_url(node, "url", {"ldaps://", "ldap://"});
  directory.authorities = sign_in_text(node, "ca", "");
  directory.bind_dn = sign_in_text(node, "bind_dn", "");
  if (!directory.bind_dn.empty()) directory.bind_password_file = needed(node, "bind_password_file");
  directory.filter = sign_in_text(node, "filter", "");
  directory.dn_template = sign_in_text(node, "template", "");
  if (directory.filter.empty() == directory.dn_template.empty())
    throw YAML::Exception(node.Mark(), "one of filter and template");
  if (!directory.filter.empty()) directory.base = needed(node, "base");
  if (node["groups"]) groups_from(node["groups"], directory);
  if (directory.bind_dn.empty() && !(directory.filter.empty() && directory.groups_base.empty()))
    throw YAML::Exception(node.Mark(), "a search needs bind_dn");
  return directory;
}

SignInSettings sign_in_from(const YAML::Node& node) {
  only(node, {"local", "oidc", "directory", "roles"});
  SignInSettings settings;
  if (node["local"]) settings.local = node["local"].as<bool>();
  if (node["oidc"]) settings.oidc = oidc_from(node["oidc"]);
  if (node["directory"]) settings.directory = directory_from(node["directory"]);
  for (const auto& role : node["roles"]) {
    const auto groups = role.second.as<std::vector<std::string>>();
    settings.roles[role.first.as<std::string>()] = {groups.begin(), groups.end()};
  }
  if (!settings.local && !settings.oidc && !settings.directory)
    throw YAML::Exception(node.Mark(), "nobody could sign in");
  return settings;
}

}  // namespace

SignInSettings load_sign_in_settings(Disk& disk, const Path& store) {
  try {
    const auto node = YAML::Load(disk.read_all(store / "vermilion.yaml"))["sign_in"];
    return node ? sign_in_from(node) : SignInSettings{};
  } catch (const YAML::Exception& error) {
    throw Error(
        Failure::invalid, "bad-settings",
        {std::string("vermilion.yaml 的 sign_in 無法讀取，請對照手冊第 11 章修正：") + error.what(),
         std::string("sign_in in vermilion.yaml cannot be read; correct it by chapter 11 "
                     "of the manual: ") +
             error.what()});
  }
}

std::string load_secret(Disk& disk, const Path& file) {
  if (file.empty()) return "";
  const auto text = disk.read_all(file);
  return text.substr(0, text.find_first_of("\r\n"));
}

}  // namespace vermilion::store
