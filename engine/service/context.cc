#include "service/context.h"

#include <fmt/format.h>

#include "base/error.h"
#include "identity/delegation.h"
#include "identity/people.h"

namespace vermilion::service {
namespace {

const std::string kLocal = "local";

[[noreturn]] void no_right(const std::string& right) {
  throw Error(
      Failure::forbidden, "no-right",
      {fmt::format("您沒有「{}」的權限；請系統管理人員授予角色", right),
       fmt::format("you do not have the right '{}'; ask an administrator for the role", right)});
}

}  // namespace

Context::Context(Disk& disk, const Clock& clock, const Path& path, Caller caller)
    : disk_(disk), caller_(std::move(caller)), store_(store::Store::open(disk, clock, path)) {}

Context::~Context() = default;

const std::string& Context::actor() const {
  return caller_.credentials.account.empty() ? kLocal : caller_.credentials.account;
}

const identity::Session& Context::session() {
  if (session_) return *session_;
  if (caller_.credentials.account.empty()) {
    throw Error(Failure::forbidden, "sign-in-needed",
                {"這個動作要有帳號：請加 --as 帳號 與 --passphrase-file 檔案",
                 "this needs a person: add --as ACCOUNT and --passphrase-file FILE"});
  }
  try {
    session_ = identity::open_session(*store_, caller_.credentials);
  } catch (const Error& error) {
    if (error.code() == "login-failed") log_failed_login();
    throw;
  }
  log("login", "account " + actor());
  return *session_;
}

// Somebody may have typed his passphrase where the account goes: what is no account name is not logged.
void Context::log_failed_login() {
  auto entry = act("login", "account");
  entry.actor = kLocal;
  entry.outcome = "refused:login-failed";
  if (model::is_account_name(actor()) && identity::find_person(store_->evidence(), actor())) {
    entry.actor = actor();
    entry.subject += " " + actor();
  }
  store_->commit(entry);
}

crypto::Signer& Context::signer() {
  (void)session();
  return *session_->signer;
}

const model::Person* Context::person() {
  return caller_.credentials.account.empty() ? nullptr : &session().person;
}

const identity::Rules& Context::rules() {
  if (!rules_) rules_.emplace(store_->evidence());
  return *rules_;
}

Date Context::today() const { return date_at(store_->clock().now(), store_->settings().time_zone); }
Date Context::day() const { return caller_.at.value_or(today()); }

store::Snapshot Context::evidence() {
  return caller_.known_at ? store_->evidence_at(*caller_.known_at) : store_->evidence();
}

store::Act Context::act(const std::string& kind, const std::string& subject) const {
  return {kind, actor(), caller_.from, subject, "done", kind + " " + subject, {}};
}

void Context::log(const std::string& kind, const std::string& subject, const std::string& outcome) {
  auto entry = act(kind, subject);
  entry.outcome = outcome;
  store_->commit(entry);
}

model::SignerFields Context::acting(const std::string& right, const std::string& unit,
                                    const std::string& on_behalf_of) {
  const auto& own = session();
  model::SignerFields fields{
      own.person.account, own.profile.name, own.profile.unit, own.profile.title, "", {}};
  auto holder = own.person;
  if (!on_behalf_of.empty()) {
    if (!identity::find_delegation(store_->evidence(), on_behalf_of, own.person.account, right,
                                   today())) {
      throw Error(
          Failure::forbidden, "no-delegation",
          {fmt::format("「{}」今天沒有把這項權限委託給您；請先由本人建立代理（delegation add）",
                       on_behalf_of),
           fmt::format("'{}' has not delegated this to you for today; ask for 'delegation add'",
                       on_behalf_of)});
    }
    holder = identity::require_person(store_->evidence(), on_behalf_of);
    fields.on_behalf_of = on_behalf_of;
  }
  fields.role = rules().role_with(holder, right, today(), unit);
  if (fields.role.empty()) no_right(right);
  return fields;
}

void Context::require_right(const std::string& right) {
  if (rules().role_with(session().person, right, today()).empty()) no_right(right);
}

void recorded(Context& context, const std::string& kind, const std::string& subject,
              const std::function<void()>& act) {
  if (!context.local()) (void)context.session();
  try {
    act();
  } catch (const Error& error) {
    const bool refusal = error.failure() == Failure::forbidden ||
                         error.failure() == Failure::conflict ||
                         error.failure() == Failure::invalid;
    if (refusal) context.log(kind, subject, "refused:" + error.code());
    throw;
  }
}

store::Receipt sign_and_commit(Context& context, const identity::Prepared& prepared) {
  const auto cms = context.signer().sign(prepared.bytes, prepared.statement.at);
  return identity::commit_signed(context.store(), prepared, cms);
}

}  // namespace vermilion::service
