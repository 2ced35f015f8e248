// Links, ways and roles; oidc.cc and directory_login.cc have the sign-ins themselves.
#include "service/agency.h"

#include "base/error.h"
#include "identity/directory.h"
#include "identity/links.h"
#include "service/agency_parts.h"
#include "service/notices.h"

namespace vermilion::service {
namespace {

constexpr const char* kLinkKind = "identity";
constexpr const char* kLinks = "person.add";

// What the link is made of: as the settings of today name the service.
identity::OutsideIdentity identity_of(Context& context, const std::string& way,
                                      const std::string& subject) {
  const auto settings = sign_in_settings(context);
  if (way == identity::kByOidc && settings.oidc) return {way, settings.oidc->issuer, subject};
  if (way == identity::kByDirectory && settings.directory)
    return {way, "", identity::tidy_name(subject)};
  no_such_way();
}

Json link_act(Context& context, const std::string& account, const std::string& way,
              const std::string& what,
              const std::function<store::Receipt(const store::Act&)>& act) {
  if (way != identity::kByOidc && way != identity::kByDirectory) no_such_way();
  Json answer;
  const auto subject = "account " + account + " " + way + " " + what;
  recorded(context, kLinkKind, subject, [&] {
    context.require_right(kLinks);
    const auto receipt = act(context.act(kLinkKind, subject));
    answer = {
        {"account", account}, {"way", way}, {"act", receipt.act}, {"log_index", receipt.log_index}};
  });
  (void)notify_person(context, account,
                      {"系統管理人員變更了您的帳號與機關帳號的連結。若您不知情，請立即通知。",
                       "An administrator changed which agency account signs in as you. If you know "
                       "nothing of it, say so at once."},
                      "identity-link");
  return answer;
}

}  // namespace

void no_such_way() {
  throw Error(Failure::not_found, "no-such-way",
              {"vermilion.yaml 沒有設定這種登入方式；請對照手冊第 11 章",
               "vermilion.yaml sets up no such way to sign in; see chapter 11 of the manual"});
}

store::SignInSettings sign_in_settings(Context& context) {
  return store::load_sign_in_settings(context.disk(), context.store().path());
}

std::set<std::string> closed_roles(const store::SignInSettings& settings,
                                   const std::set<std::string>& groups) {
  std::set<std::string> closed;
  for (const auto& [role, openers] : settings.roles) {
    const bool open = std::any_of(openers.begin(), openers.end(),
                                  [&](const auto& group) { return groups.contains(group); });
    if (!open) closed.insert(role);
  }
  return closed;
}

SignInWays sign_in_ways(Context& context) {
  const auto settings = sign_in_settings(context);
  return {settings.local, settings.oidc.has_value(), settings.directory.has_value()};
}

Json sign_in_status(Context& context) {
  const auto settings = sign_in_settings(context);
  Json roles = Json::object();
  for (const auto& [role, groups] : settings.roles) roles[role] = groups;
  return {{"local", settings.local},
          {"oidc", settings.oidc ? Json(settings.oidc->issuer) : Json(nullptr)},
          {"directory", settings.directory ? Json(settings.directory->url) : Json(nullptr)},
          {"roles", roles}};
}

bool link_stands(Context& context, const std::string& account, const std::string& way,
                 const std::string& link) {
  const auto ways = sign_in_ways(context);
  if (way == identity::kByOidc ? !ways.oidc : !ways.directory) return false;
  const auto found = identity::find_link(context.store().evidence(), link);
  return found && found->account == account;
}

Json link_account(Context& context, const std::string& account, const std::string& way,
                  const std::string& subject) {
  return link_act(context, account, way, "linked", [&](const store::Act& act) {
    return identity::link_identity(context.store(), account, identity_of(context, way, subject),
                                   act);
  });
}

Json unlink_account(Context& context, const std::string& account, const std::string& way) {
  return link_act(context, account, way, "unlinked", [&](const store::Act& act) {
    return identity::unlink_identity(context.store(), account, way, act);
  });
}

Json list_links(Context& context) {
  recorded(context, kLinkKind, "links", [&] { context.require_right(kLinks); });
  Json list = Json::array();
  for (const auto& link : identity::all_links(context.store().evidence())) {
    list.push_back({{"account", link.account},
                    {"way", link.way},
                    {"from", rfc3339(link.from)},
                    {"linked_by", link.linked_by}});
  }
  return list;
}

}  // namespace vermilion::service
