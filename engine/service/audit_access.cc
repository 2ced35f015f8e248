#include "service/audit_access.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "evidence/commitment.h"
#include "identity/authorisation.h"
#include "identity/people.h"
#include "records/forms.h"
#include "records/records.h"
#include "service/access.h"
#include "service/auditing.h"

namespace vermilion::service {
namespace {

using identity::Engagement;

constexpr const char* kAuditKind = "audit";
constexpr const char* kAuditRight = "audit.approve";

[[noreturn]] void bad_audit(Said said) {
  throw Error(Failure::invalid, "bad-audit", std::move(said));
}

std::set<std::string> set_of(const std::vector<std::string>& list) {
  return {list.begin(), list.end()};
}

std::optional<Date> day_or_open(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(parse_date(text));
}

// A number misspelt would be a scope without effect, found out on the first day of the audit.
void require_known(Context& context, const identity::AuditScope& scope) {
  const auto evidence = context.store().evidence();
  for (const auto& name : scope.documents)
    (void)require_document(context, evidence, name.substr(0, name.find('#')));
  for (const auto& form : scope.forms) (void)records::require_form(evidence, form);
  if (scope.documents.empty() && scope.units.empty() && scope.forms.empty() &&
      scope.log_kinds.empty()) {
    bad_audit({"範圍不得空白：請指明文件、單位、表單或日誌種類",
               "the scope is empty: name documents, units, forms or kinds of the log"});
  }
}

Engagement wanted_audit(Context& context, const AuditRequest& request) {
  Engagement wanted;
  wanted.id = evidence::fresh_ulid(context.store().clock().now());
  wanted.auditor = identity::require_person(context.store().evidence(), request.auditor).account;
  wanted.from = request.from.empty() ? context.today() : parse_date(request.from);
  wanted.to = parse_date(request.to);
  wanted.scope = {set_of(request.documents),       set_of(request.units),
                  set_of(request.forms),           day_or_open(request.records_from),
                  day_or_open(request.records_to), set_of(request.log_kinds)};
  wanted.approver = context.actor();
  if (wanted.to < wanted.from) bad_audit({"迄日早於起日", "the last day is before the first"});
  require_known(context, wanted.scope);
  return wanted;
}

Json audit_subject(const Engagement& one) {
  auto subject = identity::scope_json(one.scope);
  subject["type"] = kAuditKind;
  subject["id"] = one.id;
  subject["auditor"] = one.auditor;
  subject["from"] = iso_date(one.from);
  subject["to"] = iso_date(one.to);
  return subject;
}

Json audit_json(const Engagement& one) {
  return {{"id", one.id},
          {"auditor", one.auditor},
          {"from", iso_date(one.from)},
          {"to", iso_date(one.to)},
          {"scope", identity::scope_json(one.scope)},
          {"approver", one.approver},
          {"ended", one.ended}};
}

store::Receipt sign_audit(Context& context, const model::Statement& statement,
                          const std::string& id, const std::string& subject) {
  return sign_and_commit(
      context, identity::prepare(context.store(), statement, context.act(kAuditKind, subject),
                                 [id](const store::Now&, store::Changes&) {
                                   return identity::engagement_folder(id);
                                 }));
}

bool is_auditee(Context& context) {
  return !context.limit() && (context.may(kAuditRight) || context.may("log.read"));
}

Engagement require_audit(Context& context, const std::string& id) {
  for (const auto& one : identity::all_engagements(context.store().evidence())) {
    if (one.id == id && (one.auditor == context.actor() || is_auditee(context))) return one;
  }
  throw Error(Failure::not_found, "no-audit",
              {"沒有這件稽核；audit list 列出您可見的稽核",
               "there is no such audit; 'audit list' shows those you may see"});
}

bool record_covered(Context& context, const std::string& rest) {
  const auto space = rest.find(' ');
  if (space == std::string::npos) return true;  // "record nda-employee": of no record in particular
  const auto record = records::find_record(context.store().evidence(), rest.substr(0, space));
  return record && context.limit()->covers_record(record->form, record->date);
}

}  // namespace

Json approve_audit(Context& context, const AuditRequest& request) {
  Json answer;
  recorded(context, kAuditKind, kAuditKind, [&] {
    const auto signer = context.acting(kAuditRight);
    const auto wanted = wanted_audit(context, request);
    model::Statement statement;
    statement.kind = "authorisation";
    statement.meaning = "核定稽核範圍";
    statement.subject = audit_subject(wanted);
    statement.signer = signer;
    if (const auto clash = identity::authorisation_clash(statement))
      throw Error(Failure::forbidden, clash->code, clash->said);
    const auto receipt = sign_audit(context, statement, wanted.id,
                                    fmt::format("audit {} {}", wanted.id, wanted.auditor));
    answer = audit_json(wanted);
    answer["act"] = receipt.act;
    answer["log_index"] = receipt.log_index;
  });
  return answer;
}

Json end_audit(Context& context, const std::string& id, const std::string& because) {
  Json answer;
  recorded(context, kAuditKind, kAuditKind, [&] {
    const auto signer = context.acting(kAuditRight);
    const auto one = require_audit(context, id);
    model::Statement statement;
    statement.kind = "withdrawal";
    statement.meaning = "終止稽核";
    statement.subject = {{"type", kAuditKind}, {"id", one.id}};
    statement.signer = signer;
    const auto receipt =
        sign_audit(context, statement, one.id, reasoned("audit " + one.id, because));
    answer = {
        {"id", one.id}, {"ended", true}, {"act", receipt.act}, {"log_index", receipt.log_index}};
  });
  return answer;
}

Json list_audits(Context& context) {
  (void)context.session();
  const bool all = is_auditee(context);
  Json list = Json::array();
  for (const auto& one : identity::all_engagements(context.store().evidence()))
    if (all || one.auditor == context.actor()) list.push_back(audit_json(one));
  return list;
}

Json audit_trail(Context& context, const std::string& id) {
  Json rows = Json::array();
  recorded(context, "log-read", "log", [&] {
    const auto audit = require_audit(context, id);
    const auto& zone = context.store().settings().time_zone;
    store::LogFilter filter;
    filter.actor = audit.auditor;
    filter.from = start_of_day(audit.from, zone);
    filter.to = start_of_day(Date(std::chrono::sys_days(audit.to) + std::chrono::days(1)), zone);
    filter.limit = std::numeric_limits<std::size_t>::max();
    for (const auto& row : context.store().catalogue().log(filter))
      rows.push_back(log_row_json(row));
    context.log("log-read", "audit " + audit.id);
  });
  return rows;
}

void refuse_outside_scope() {
  throw Error(Failure::forbidden, "outside-scope",
              {"這不在核定的稽核範圍內；請向核定的主管申請",
               "this is outside the approved scope of the audit; ask the manager who approved it"});
}

void outside_scope(Context& context, const std::string& kind, const std::string& subject) {
  recorded(context, kind, subject, [] { refuse_outside_scope(); });
}

void require_directory(Context& context, const std::string& account) {
  (void)context.session();
  if (context.limit() && account != context.actor()) outside_scope(context, "read", "account");
}

bool in_audit_scope(Context& context, const store::LogRow& row) {
  if (!context.limit()) return true;
  if (!context.limit()->covers_log(row.kind)) return false;
  constexpr std::string_view document = "document ";
  constexpr std::string_view record = "record ";
  if (row.subject.starts_with(record))
    return record_covered(context, row.subject.substr(record.size()));
  if (!row.subject.starts_with(document)) return true;
  const auto rest = row.subject.substr(document.size());
  return metadata_of(context, context.store().evidence(), rest.substr(0, rest.find(' ')))
      .has_value();
}

}  // namespace vermilion::service
