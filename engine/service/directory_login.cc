// By the agency's directory: find the name, find its account, ask the directory about the password.
#include "base/error.h"
#include "identity/directory.h"
#include "identity/links.h"
#include "identity/login_lock.h"
#include "identity/people.h"
#include "service/agency.h"
#include "service/agency_parts.h"
#include "service/attempt.h"

namespace vermilion::service {
namespace {

constexpr std::size_t kLongestTyped = 256;

struct Asked {
  identity::Directory directory;
  std::string name;     // in the directory; "" unknown
  std::string account;  // here; "" when none is linked
  std::string link;
};

identity::Directory directory_of(Context& context, const store::SignInSettings& settings) {
  if (!settings.directory) no_such_way();
  return {*settings.directory,
          store::load_secret(context.disk(), settings.directory->bind_password_file)};
}

// The account of that name, if it is linked.
void find_account(Context& context, Asked& asked) {
  asked.link = identity::identity_digest(context.store(), {identity::kByDirectory, "", asked.name});
  if (const auto link = identity::find_link(context.store().evidence(), asked.link))
    asked.account = link->account;
}

bool is_locked_out(Context& context, const std::string& account) {
  auto& store = context.store();
  return identity::login_lock(store.catalogue(), account, store.clock().now(),
                              identity::login_rules(store.evidence()))
      .locked;
}

// As many questions whoever it is: of nobody, and of who is locked, the directory is asked in the name of nobody.
AgencyProof judged_by_directory(Context& context, const store::SignInSettings& settings,
                                Asked& asked, const SignIn& tried, Judge judge) {
  const bool ask = !asked.account.empty() && !is_locked_out(context, asked.account);
  const auto name = asked.name.empty() ? asked.directory.nobody() : asked.name;
  const auto groups = asked.directory.groups_of(name);
  const bool right =
      asked.directory.proves(ask ? name : asked.directory.nobody(), tried.password) && ask;
  (void)attempt(context, asked.account, [&]() -> std::optional<Proof> {
    if (!right) return std::nullopt;
    return judge();
  });
  return {asked.account, identity::kByDirectory,         asked.link,
          name,          closed_roles(settings, groups), context.store().clock().now()};
}

// The same for whoever cannot be asked about, so that the log tells of it.
template <typename Ask>
AgencyProof logged_when_away(Context& context, Ask ask) {
  try {
    return ask();
  } catch (const Error& error) {
    if (error.code() == "directory-unavailable")
      context.log(identity::kLoginKind, "account", "failed:" + error.code());
    throw;
  }
}

}  // namespace

AgencyProof sign_in_by_directory(Context& context, const SignIn& tried) {
  return logged_when_away(context, [&] {
    const auto settings = sign_in_settings(context);
    Asked asked{directory_of(context, settings), "", "", ""};
    if (tried.account.size() <= kLongestTyped) asked.name = asked.directory.find(tried.account);
    find_account(context, asked);
    const SignIn known{asked.account, tried.password, tried.code};
    return judged_by_directory(context, settings, asked, tried,
                               [&] { return proof_with_code(context, known); });
  });
}

AgencyProof prove_by_directory(Context& context, const std::string& account,
                               const std::string& name, const std::string& password) {
  return logged_when_away(context, [&] {
    const auto settings = sign_in_settings(context);
    Asked asked{directory_of(context, settings), name, "", ""};
    find_account(context, asked);
    if (asked.account != account) asked.account.clear();
    return judged_by_directory(context, settings, asked, {account, password}, [&] {
      return Proof{identity::resume_session(context.store(), account)};
    });
  });
}

}  // namespace vermilion::service
