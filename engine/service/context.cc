#include "service/context.h"

#include <fmt/format.h>

#include "base/error.h"
#include "identity/delegation.h"
#include "identity/people.h"
#include "service/login.h"
#include "service/read_only_store.h"
#include "service/signing.h"
#include "service/timestamps.h"

namespace vermilion::service {
namespace {

const std::string kLocal = "local";

[[noreturn]] void no_right(const std::string& right) {
  throw Error(
      Failure::forbidden, "no-right",
      {fmt::format("您沒有「{}」的權限；請系統管理人員授予角色", right),
       fmt::format("you do not have the right '{}'; ask an administrator for the role", right)});
}

[[noreturn]] void no_role(const identity::Role& role) {
  throw Error(Failure::forbidden, "no-role",
              {fmt::format("這一步由「{}」辦理；您沒有這個角色", role.zh),
               fmt::format("this step is for the role '{}', which you do not hold", role.en)});
}

// The console asks git for nothing here: it must be able to mend a store that cannot be read (rebuild).
std::optional<identity::AuditLimit> limit_of(store::Store& store, const std::string& account,
                                             Date day) {
  if (account.empty()) return std::nullopt;
  return identity::audit_limit(store.evidence(), account, day);
}

}  // namespace

Context::Context(Disk& disk, const Clock& clock, const Path& path, Caller caller)
    : disk_(disk),
      caller_(std::move(caller)),
      store_(store::Store::open(disk, clock, path)),
      limit_(limit_of(*store_, caller_.credentials.account, today())) {
  if (limit_) read_only_ = read_only(*store_);
}

Context::~Context() = default;

void Context::settle() { store_->settle(); }

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
  session_ = open_session();
  std::erase_if(session_->person.roles, [this](const model::RoleInterval& held) {
    return caller_.closed_roles.contains(held.role);
  });
  return *session_;
}

// A web session has signed in, and logged it, before; only a secret is proved, and logged, again.
identity::Session Context::open_session() {
  const auto& credentials = caller_.credentials;
  const bool secret = !credentials.passphrase.empty() || !credentials.key_file.empty() ||
                      !credentials.token.empty();
  if (caller_.signed_in && !secret) return identity::resume_session(*store_, credentials.account);
  return prove_key(*this, credentials);
}

crypto::Signer& Context::signer() {
  (void)session();
  if (!session_->signer) {
    throw Error(Failure::forbidden, "passphrase-needed",
                {"簽署要輸入簽章通行短語", "a signature needs the signing passphrase"});
  }
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

model::Person Context::principal(const std::string& account, const std::string& right) {
  if (!identity::find_delegation(store_->evidence(), account, actor(), right, today())) {
    throw Error(
        Failure::forbidden, "no-delegation",
        {fmt::format("「{}」今天沒有把這項權限委託給您；請先由本人建立代理（delegation add）",
                     account),
         fmt::format("'{}' has not delegated this to you for today; ask for 'delegation add'",
                     account)});
  }
  return identity::require_person(store_->evidence(), account);
}

model::SignerFields Context::acting(const std::string& right, const std::string& unit,
                                    const std::string& on_behalf_of) {
  const auto& own = session();
  if (limit_) refuse_to_write();
  model::SignerFields fields{
      own.person.account, own.profile.name, own.profile.unit, own.profile.title, "", {}};
  auto holder = own.person;
  if (!on_behalf_of.empty()) {
    holder = principal(on_behalf_of, right);
    fields.on_behalf_of = on_behalf_of;
  }
  fields.role = rules().role_with(holder, right, today(), unit);
  if (fields.role.empty()) no_right(right);
  return fields;
}

model::SignerFields Context::acting_as(const std::string& role, const std::string& on_behalf_of) {
  const auto& own = session();
  if (limit_) refuse_to_write();
  model::SignerFields fields{
      own.person.account, own.profile.name, own.profile.unit, own.profile.title, "", {}};
  auto holder = own.person;
  if (!on_behalf_of.empty()) {
    holder = principal(on_behalf_of, "record.sign");
    fields.on_behalf_of = on_behalf_of;
  }
  for (const auto& held : rules().roles()) {
    if ((role.empty() || held.id == role) && model::holds(holder, held.id, today())) {
      fields.role = held.id;
      return fields;
    }
  }
  if (!role.empty()) no_role(rules().require_role(role));
  return fields;
}

// In an audit's scope may lie the log and records, with their registers; no other right comes with it.
bool Context::may(const std::string& right) {
  const auto* asker = person();
  if (!asker) return false;
  if (limit_) return right == "log.read" && limit_->reads_log();
  return !rules().role_with(*asker, right, today()).empty();
}

void Context::require_right(const std::string& right) {
  (void)session();
  if (!may(right)) no_right(right);
}

void require_right(Context& context, const std::string& right, const std::string& kind,
                   const std::string& subject) {
  recorded(context, kind, subject, [&] { context.require_right(right); });
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

void logged(Context& context, const std::string& kind, const std::string& subject,
            const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    context.log(kind, subject, "failed:" + error.code());
    throw;
  }
}

store::Receipt sign_and_commit(Context& context, const identity::Prepared& prepared) {
  const auto& caller = context.caller();
  if (caller.signs_elsewhere) throw SignatureAwaited{prepared, {}, {}};
  if (caller.only_prepare) throw OnlyPrepared{prepared.bytes};
  if (const auto& before = caller.signed_before)
    return commit_stamped(context,
                          {identity::prepared_before(prepared, before->statement), before->cms});
  identity::Signed own{prepared, context.signer().sign(prepared.bytes, prepared.statement.at)};
  if (!prepared.pdf.empty()) own.pdf_cms = context.signer().sign_pdf(prepared.pdf.covered());
  return commit_stamped(context, std::move(own));
}

std::string reasoned(const std::string& subject, const std::string& because) {
  return because.empty() ? subject : subject + " " + because;
}

std::string zone_of(Context& context) { return context.store().settings().time_zone; }

}  // namespace vermilion::service
