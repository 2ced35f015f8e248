#include "identity/lifecycle.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/date.h"
#include "base/error.h"
#include "evidence/duties.h"
#include "identity/account_rules.h"
#include "identity/delegation.h"
#include "identity/passkeys.h"
#include "identity/people.h"
#include "identity/revocation.h"
#include "identity/rules.h"

namespace vermilion::identity {
namespace {

using model::Person;

[[noreturn]] void account_conflict(const std::string& code, const std::string& zh,
                                   const std::string& en) {
  throw Error(Failure::conflict, code, {zh, en});
}

Date day_before(Date day) { return Date(std::chrono::sys_days(day) - std::chrono::days(1)); }

Json day_or_null(const std::optional<Date>& day) {
  return day ? Json(iso_date(*day)) : Json(nullptr);
}

void require_apart(evidence::Duty first, const std::string& one,
                   const model::SignerFields& signer) {
  const auto clash = evidence::duty_clash(first, {one}, evidence::Duty::account_authoriser,
                                          evidence::persons_of(signer));
  if (clash) throw Error(Failure::forbidden, clash->code, clash->said);
}

void require_not_past(Date day, Date today) {
  if (today <= day) return;
  throw Error(Failure::invalid, "bad-interval",
              {"日期已過，請改用今天或之後的日期", "the day is past; choose today or a later one"});
}

using Change = std::function<void(const store::Now&, store::Changes&, Person&)>;

// One change of one person, by a statement: `change` refuses or changes, under the writer's lock.
Prepared prepare_change(store::Store& store, const std::string& account, model::Statement statement,
                        store::Act act, Change change) {
  statement.subject["type"] = "account";
  statement.subject["account"] = account;
  act.subject = "account " + account;
  act.message =
      fmt::format("{} {} {}", act.kind, act.subject, require_string(statement.subject, "change"));
  return prepare(
      store, std::move(statement), std::move(act),
      [account, change = std::move(change)](const store::Now& now, store::Changes& changes) {
        auto person = require_person(now.evidence, account);
        require_not_left(person);
        change(now, changes, person);
        put_person(changes, person);
        return lifecycle_folder(account);
      });
}

// Of one unit, or all of them; a role that would begin later does not.
void end_roles(Person& person, Date last_day,
               const std::optional<std::string>& unit = std::nullopt) {
  const auto meant = [&](const model::RoleInterval& role) { return !unit || role.unit == *unit; };
  std::erase_if(person.roles,
                [&](const auto& role) { return meant(role) && last_day < role.from; });
  for (auto& role : person.roles) {
    if (meant(role) && (!role.to || last_day < *role.to)) role.to = last_day;
  }
}

// What a leaver still answers for.
std::vector<std::string> charges_of(const store::Snapshot& evidence, const std::string& account,
                                    Date today) {
  std::vector<std::string> charges;
  for (const auto& other : all_persons(evidence)) {
    if (other.shared && other.shared->custodian == account && !model::is_barred(other, today))
      charges.push_back("account " + other.account);
  }
  for (const auto& delegation : delegations_by(evidence, account)) {
    if (!delegation.ended && today <= delegation.to)
      charges.push_back("delegation " + delegation.id);
  }
  return charges;
}

void require_nothing_open(const store::Snapshot& evidence, const Person& person, Date today) {
  const bool role_open =
      std::any_of(person.roles.begin(), person.roles.end(),
                  [&](const auto& role) { return !role.to || today <= *role.to; });
  if (!person.last_day || today <= *person.last_day || role_open) {
    account_conflict("account-open",
                     fmt::format("帳號「{}」或其角色今天仍有效；通報離職並過最後在職日後才能核章",
                                 person.account),
                     fmt::format("account '{}' or one of its roles is still in force today; it is "
                                 "closed only after the last day",
                                 person.account));
  }
  for (const auto& charge : charges_of(evidence, person.account, today)) {
    account_conflict(
        "account-in-charge", fmt::format("離職人員仍負責「{}」；請先移交或結束", charge),
        fmt::format("the leaver still answers for '{}'; hand it over or end it first", charge));
  }
}

std::vector<std::string> open_certificates(const Person& person) {
  std::vector<std::string> open;
  for (const auto& entry : person.certificates) {
    if (!entry.revoked) open.push_back("sha256:" + entry.sha256);
  }
  return open;
}

[[noreturn]] void account_changed(const std::string& account) {
  account_conflict("account-changed",
                   fmt::format("帳號「{}」在您簽署時有變動；請重新檢視再簽", account),
                   fmt::format("account '{}' changed while you signed; look at it again", account));
}

}  // namespace

std::string lifecycle_folder(const std::string& account) {
  return "people/" + account + "/lifecycle";
}

void require_not_left(const Person& person) {
  if (!person.left) return;
  account_conflict(
      "account-left", fmt::format("帳號「{}」已辦妥離職，不得再啟用或變更", person.account),
      fmt::format("the holder of '{}' has left; the account is neither opened nor changed any more",
                  person.account));
}

bool others_could_authorise(const store::Snapshot& evidence, const Person& person, Date day) {
  const Rules rules(evidence);
  const auto persons = all_persons(evidence);
  return std::any_of(persons.begin(), persons.end(), [&](const Person& other) {
    return other.account != person.account && other.account != person.added_by &&
           !rules.role_with(other, kAuthoriseRight, day).empty();
  });
}

Json joined_as(const Person& person) {
  const auto whole = model::to_json(person);
  Json roles = Json::array();
  for (const auto& role : whole.at("roles")) {
    roles.push_back({{"role", role.at("role")},
                     {"unit", role.at("unit")},
                     {"from", role.at("from")},
                     {"to", role.at("to")}});
  }
  return {{"added_by", whole.at("added_by")},
          {"expires", whole.at("expires")},
          {"shared", whole.at("shared")},
          {"roles", roles}};
}

Prepared prepare_authorisation(store::Store& store, const std::string& account,
                               const model::SignerFields& signer, const store::Act& act) {
  const auto alone = [zone = store.settings().time_zone](const store::Snapshot& evidence,
                                                         const Person& person, Instant at) {
    return !others_could_authorise(evidence, person, date_at(at, zone));
  };
  const auto evidence = store.evidence();
  const auto asked = require_person(evidence, account);
  const auto shown = joined_as(asked);
  const bool said = alone(evidence, asked, store.clock().now());
  Json subject = shown;
  subject["change"] = "join";
  subject["alone"] = said;
  return prepare_change(
      store, account, {"approval", "帳號核准", subject, signer}, act,
      [=](const store::Now& now, store::Changes&, Person& person) {
        if (person.authorised) {
          account_conflict("account-authorised", fmt::format("帳號「{}」已核准", person.account),
                           fmt::format("account '{}' is authorised already", person.account));
        }
        if (joined_as(person) != shown) account_changed(person.account);
        require_expiry(account_rules(now.evidence), person);
        require_apart(evidence::Duty::account_holder, person.account, signer);
        if (!said || !alone(now.evidence, person, now.at))
          require_apart(evidence::Duty::account_adder, person.added_by, signer);
        person.authorised = now.at;
      });
}

Prepared prepare_extension(store::Store& store, const std::string& account, Date expires,
                           const model::SignerFields& signer, const store::Act& act) {
  const Json subject = {{"change", "extend"}, {"expires", iso_date(expires)}};
  return prepare_change(store, account, {"approval", "帳號展期", subject, signer}, act,
                        [expires, signer, zone = store.settings().time_zone](
                            const store::Now& now, store::Changes&, Person& person) {
                          require_apart(evidence::Duty::account_holder, person.account, signer);
                          require_not_past(expires, date_at(now.at, zone));
                          person.expires = expires;
                        });
}

Prepared prepare_reopening(store::Store& store, const std::string& account,
                           const model::SignerFields& signer, const store::Act& act) {
  const auto disabled = require_person(store.evidence(), account).disabled;
  const Json subject = {{"change", "reopen"}, {"disabled", day_or_null(disabled)}};
  return prepare_change(
      store, account, {"approval", "帳號恢復", subject, signer}, act,
      [disabled, signer](const store::Now& now, store::Changes& changes, Person& person) {
        require_apart(evidence::Duty::account_holder, person.account, signer);
        if (!person.disabled) {
          account_conflict("account-in-use",
                           fmt::format("帳號「{}」沒有停用，不必恢復", person.account),
                           fmt::format("account '{}' is not disabled", person.account));
        }
        if (person.disabled != disabled) account_changed(person.account);
        // What it was disabled for may be a lost device.
        revoke_passkeys(now, person.account, changes);
        person.disabled.reset();
      });
}

Prepared prepare_move(store::Store& store, const Move& wanted, const model::SignerFields& signer,
                      const store::Act& act) {
  const auto& post = wanted.post;
  const Json subject = {{"change", "move"},
                        {"from", iso_date(post.from)},
                        {"unit", post.unit},
                        {"title", post.title}};
  return prepare_change(
      store, wanted.account, {"approval", "職務異動", subject, signer}, act,
      [&store, post, signer](const store::Now& now, store::Changes& changes, Person& person) {
        require_apart(evidence::Duty::account_holder, person.account, signer);
        auto profile = filed_profile(store, person);
        const auto last = day_before(post.from);
        const auto before = model::profile_on(profile, last).unit;
        if (!before.empty() && before != post.unit) end_roles(person, last, before);
        profile.moves.push_back(post);
        put_profile(changes, person, profile, date_at(now.at, store.settings().time_zone));
      });
}

Prepared prepare_leave(store::Store& store, const std::string& account, Date last_day,
                       const model::SignerFields& signer, const store::Act& act) {
  const Json subject = {{"change", "leave"}, {"last_day", iso_date(last_day)}};
  const auto persons = evidence::persons_of(signer);
  // Who tells of his own leaving must still be in office when he signs; of others it may be told late.
  const bool own = std::find(persons.begin(), persons.end(), account) != persons.end();
  return prepare_change(store, account, {"notification", "離職通報", subject, signer}, act,
                        [last_day, own, zone = store.settings().time_zone](
                            const store::Now& now, store::Changes&, Person& person) {
                          if (own) require_not_past(last_day, date_at(now.at, zone));
                          end_roles(person, last_day);
                          person.last_day = last_day;
                        });
}

Prepared prepare_close(store::Store& store, const std::string& account,
                       const model::SignerFields& signer, const store::Act& act) {
  const auto open = open_certificates(require_person(store.evidence(), account));
  const Json subject = {{"change", "close"}, {"certificates", open}};
  const auto zone = store.settings().time_zone;
  return prepare_change(
      store, account, {"approval", "離職帳號撤銷核章", subject, signer}, act,
      [&store, signer, zone, open](const store::Now& now, store::Changes& changes, Person& person) {
        const Date today = date_at(now.at, zone);
        require_apart(evidence::Duty::account_holder, person.account, signer);
        require_nothing_open(now.evidence, person, today);
        if (open_certificates(person) != open) account_changed(person.account);
        revoke_all(store, changes, now, person);
        revoke_passkeys(now, person.account, changes);
        person.left = today;
      });
}

}  // namespace vermilion::identity
