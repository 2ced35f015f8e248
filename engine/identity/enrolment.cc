#include "identity/enrolment.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/fold.h"
#include "crypto/digest.h"
#include "evidence/duties.h"
#include "identity/account_rules.h"
#include "identity/lifecycle.h"
#include "identity/login_secrets.h"
#include "identity/people.h"
#include "identity/rules.h"

namespace vermilion::identity {
namespace {

using model::Person;

// Changes one person under the writer's lock.
store::Receipt change_person(store::Store& store, const std::string& account, store::Act act,
                             const std::function<void(const store::Snapshot&, Person&)>& change) {
  act.decide = [&](const store::Now& now, store::Changes& changes) {
    auto person = require_person(now.evidence, account);
    require_not_left(person);
    change(now.evidence, person);
    put_person(changes, person);
  };
  return store.commit(act);
}

// Whoever he is, and whichever way it would change them.
void require_another(const std::string& actor, const std::string& account) {
  if (const auto clash = evidence::duty_clash(evidence::Duty::grantor, {actor},
                                              evidence::Duty::grantee, {account})) {
    throw Error(Failure::forbidden, clash->code, clash->said);
  }
}

// Who audits does not administer.
void refuse_apart(const Rules& rules, const Person& person, const model::RoleInterval& role) {
  const auto held = rules.role_apart(person, role);
  if (held.empty()) return;
  throw Error(
      Failure::forbidden, "roles-apart",
      {fmt::format("角色「{}」與這個帳號的「{}」不得由同一人兼任；請授予另一人", role.role, held),
       fmt::format("nobody holds '{}' and '{}' at the same time; grant it to another person",
                   role.role, held)});
}

// A person never signs with two certificates that one act made to follow each other.
void revoke_replaced(Person& holder, const std::vector<std::string>& replaced, Instant at) {
  for (auto& entry : holder.certificates) {
    const bool named = std::find(replaced.begin(), replaced.end(), entry.sha256) != replaced.end();
    if (named && !entry.revoked) entry.revoked = at;
  }
}

// What has been revoked meanwhile renews nothing.
void require_renewable(const Person& holder, const std::string& sha256) {
  for (const auto& entry : holder.certificates) {
    if (entry.sha256 == sha256 && !entry.revoked) return;
  }
  throw Error(Failure::forbidden, "certificate-revoked",
              {"原憑證已廢止或不屬於此人，不能換發；請由系統管理人員重新簽發",
               "the certificate is revoked or not this person's and renews nothing; ask an "
               "administrator to issue one"});
}

const char* meaning_of(const NewCertificate& request, bool first) {
  if (first) return "初始簽發";
  return request.renews.empty() ? "見證簽發" : "換發憑證";
}

void require_unused(const store::Snapshot& evidence, const std::string& account) {
  if (!evidence.read(model::person_path(account))) return;
  throw Error(
      Failure::conflict, "account-exists",
      {fmt::format("帳號「{}」已使用過；帳號不得重新配給他人", account),
       fmt::format("account '{}' was used before; accounts are never reassigned", account)});
}

// Who a person is, as a keyed digest: by his number, else by his mail. Nothing of either can be read from it.
std::string identity_of(store::Store& store, const model::Profile& profile) {
  const auto& known = profile.number.empty() ? profile.email : profile.number;
  if (known.empty()) return "";
  return hex(crypto::hmac_sha256(store.derived_key("person-identity"), compatibility_fold(known)));
}

// One account for each person (SC-01); a shared one is nobody's.
void put_identity(store::Store& store, const store::Snapshot& evidence, store::Changes& changes,
                  const NewPerson& request) {
  const auto identity = request.shared ? "" : identity_of(store, request.profile);
  if (identity.empty()) return;
  const auto path = "identities/" + identity;
  if (const auto held = evidence.read(path)) {
    throw Error(
        Failure::conflict, "person-has-account",
        {fmt::format("這個人已有帳號「{}」；每人只有一個帳號", *held),
         fmt::format("this person has the account '{}' already; everybody has one", *held)});
  }
  changes.put(path, request.account);
}

// One person who may use the store today, and who answers for it.
void require_custodian(const store::Now& now, const std::string& zone, const Person& shared) {
  const auto custodian = require_person(now.evidence, shared.shared->custodian);
  require_one_person(custodian);
  if (model::is_active(custodian, date_at(now.at, zone))) return;
  throw Error(Failure::conflict, "custodian-inactive",
              {fmt::format("保管人「{}」的帳號今天不可用；請改由其他人保管", custodian.account),
               fmt::format("the custodian '{}' has no account in force today; name another",
                           custodian.account)});
}

// Who vouches for himself must be the very first.
void require_no_certificates(const store::Snapshot& evidence) {
  for (const auto& person : all_persons(evidence)) {
    if (person.certificates.empty()) continue;
    throw Error(Failure::forbidden, "certifies-self",
                {"資料庫已有憑證，不再是初始簽發；請由另一人見證簽發",
                 "the store has certificates already; a second person must witness this one"});
  }
}

}  // namespace

// The request stands beside the certificate for ever: it must be by whom the certificate names.
void require_own_request(const NewCertificate& wanted) {
  const auto named = crypto::request_account(wanted.request);
  if (named == wanted.account) return;
  throw Error(Failure::invalid, "request-of-another",
              {fmt::format("憑證申請載明的帳號是「{0}」，不是「{1}」；請以帳號「{1}」重新產生申請",
                           named, wanted.account),
               fmt::format("the certificate request names account '{0}', not '{1}'; make it again "
                           "for account '{1}'",
                           named, wanted.account)});
}

store::SealedRef seal_certificate(store::Store& store, store::Changes& changes,
                                  const std::string& account,
                                  const crypto::Certificate& certificate, Instant at) {
  return changes.seal(sealed_for(account, "certificate", certificate.der(),
                                 date_at(at, store.settings().time_zone)));
}

store::Receipt add_person(store::Store& store, const NewPerson& request, const store::Act& wanted) {
  model::require_account_name(request.account);
  require_plain_name(account_rules(store.evidence()), request.account);
  store::Act act = wanted;
  act.decide = [&](const store::Now& now, store::Changes& changes) {
    require_unused(now.evidence, request.account);
    put_identity(store, now.evidence, changes, request);
    Person person;
    person.account = request.account;
    person.added_by = request.founding ? kFounder : wanted.actor;
    if (request.founding) person.authorised = now.at;
    person.expires = request.expires;
    person.shared = request.shared;
    if (person.shared) require_custodian(now, store.settings().time_zone, person);
    put_profile(changes, person, request.profile, date_at(now.at, store.settings().time_zone));
    put_person(changes, person);
    if (!request.password_hash.empty()) {
      changes.set_password(request.account,
                           secrets_text({request.password_hash, now.at, true, {}, std::nullopt}));
    }
  };
  return store.commit(act);
}

store::Receipt grant_role(store::Store& store, const std::string& account,
                          const model::RoleInterval& role, const store::Act& act) {
  const Rules rules(store.evidence());
  (void)rules.require_role(role.role);
  require_another(act.actor, account);
  if (role.to && *role.to < role.from) {
    throw Error(Failure::invalid, "bad-interval",
                {"迄日早於起日", "the last day is before the first"});
  }
  return change_person(store, account, act, [&](const store::Snapshot& evidence, Person& person) {
    if (!rules.require_role(role.role).rights.empty()) require_one_person(person);
    refuse_apart(rules, person, role);
    person.roles.push_back(role);
    require_expiry(account_rules(evidence), person);
  });
}

store::Receipt revoke_role(store::Store& store, const std::string& account, const std::string& role,
                           const std::string& unit, Date last_day, const store::Act& act) {
  require_another(act.actor, account);
  return change_person(store, account, act, [&](const store::Snapshot&, Person& person) {
    bool held = false;
    for (auto& interval : person.roles) {
      if (interval.role != role || (!unit.empty() && interval.unit != unit)) continue;
      if (interval.to && *interval.to <= last_day) continue;
      interval.to = last_day;
      held = true;
    }
    if (!held) {
      throw Error(Failure::not_found, "role-not-held",
                  {fmt::format("帳號「{}」沒有角色「{}」可以撤銷", account, role),
                   fmt::format("account '{}' holds no role '{}' to revoke", account, role)});
    }
  });
}

store::Receipt disable_person(store::Store& store, const std::string& account, Date from,
                              const store::Act& act) {
  require_another(act.actor, account);
  return change_person(store, account, act, [&](const store::Snapshot&, Person& person) {
    if (!person.disabled || from < *person.disabled) person.disabled = from;
  });
}

PreparedCertificate prepare_certificate(store::Store& store, const NewCertificate& request,
                                        const model::SignerFields& signer, const store::Act& wanted,
                                        bool first) {
  const auto evidence = store.evidence();
  const auto person = require_person(evidence, request.account);
  require_one_person(person);
  require_not_left(person);
  const auto clash =
      evidence::duty_clash(evidence::Duty::certificate_subject, {request.account},
                           evidence::Duty::certificate_witness, evidence::persons_of(signer));
  if (clash && !first && request.renews.empty())
    throw Error(Failure::forbidden, clash->code, clash->said);

  const auto key = crypto::request_key(request.request);
  require_own_request(request);
  auto certificate =
      crypto::issue_person(key, request.account, profile_of(store, person).name, request.validity,
                           store.issuing_key(), store.authority().issuer);
  const auto sha256 = certificate.sha256();

  model::Statement statement;
  statement.kind = "certificate";
  statement.meaning = meaning_of(request, first);
  statement.subject = {{"type", "certificate"},
                       {"account", request.account},
                       {"certificate", "sha256:" + sha256},
                       {"request", crypto::digest_text(request.request)},
                       {"custody", crypto::custody_name(request.custody)},
                       {"not_before", rfc3339(certificate.not_before())},
                       {"not_after", rfc3339(certificate.not_after())}};
  for (const auto& old : request.replaces) statement.subject["replaces"].push_back("sha256:" + old);
  if (!request.renews.empty()) statement.subject["renews"] = "sha256:" + request.renews;
  statement.signer = signer;

  store::Act act = wanted;
  act.kind = "certificate";
  act.subject = fmt::format("certificate {} {}", sha256, request.account);
  act.message = act.subject;
  auto decide = [&store, request, sha256, first, certificate](const store::Now& now,
                                                              store::Changes& changes) {
    if (first) require_no_certificates(now.evidence);
    auto holder = require_person(now.evidence, request.account);
    require_not_left(holder);
    if (!request.renews.empty()) require_renewable(holder, request.renews);
    const auto sealed = seal_certificate(store, changes, request.account, certificate, now.at);
    revoke_replaced(holder, request.replaces, now.at);
    holder.certificates.push_back({sha256, sealed.payload, crypto::custody_name(request.custody),
                                   certificate.not_before(), certificate.not_after(),
                                   std::nullopt});
    put_person(changes, holder);
    if (request.server_key) {
      changes.keep_key(
          {request.account, sha256, request.server_key->salt, request.server_key->encrypted});
    }
    const auto folder = "people/" + request.account + "/certificates";
    changes.put(folder + "/" + sha256 + ".p10", request.request);
    return folder;
  };
  auto prepared = prepare(store, std::move(statement), std::move(act), std::move(decide));
  prepared.fixed_name = sha256;
  prepared.must_sign = request.renews;
  if (first) prepared.own_certificate = sha256;
  return {std::move(certificate), std::move(prepared)};
}

}  // namespace vermilion::identity
