#include "identity/engagement.h"

#include <algorithm>

#include "identity/people.h"
#include "identity/rules.h"
#include "identity/signing.h"
#include "model/members.h"

namespace vermilion::identity {
namespace {

constexpr const char* kAudits = "audits";

std::set<std::string> names_in(const Json& subject, const char* key) {
  const auto list = model::member_or(subject, key, std::vector<std::string>());
  return {list.begin(), list.end()};
}

std::optional<Date> day_in(const Json& subject, const char* key) {
  const auto text = string_or_empty(subject, key);
  return text.empty() ? std::nullopt : std::optional(parse_date(text));
}

Engagement engagement_of(const model::Statement& statement) {
  const auto& subject = statement.subject;
  return {require_string(subject, "id"),
          require_string(subject, "auditor"),
          parse_date(require_string(subject, "from")),
          parse_date(require_string(subject, "to")),
          {names_in(subject, "documents"), names_in(subject, "units"), names_in(subject, "forms"),
           day_in(subject, "records_from"), day_in(subject, "records_to"),
           names_in(subject, "log_kinds")},
          statement.signer.account,
          statement.at,
          false};
}

std::optional<Engagement> read_engagement(const store::Snapshot& evidence, const std::string& id) {
  std::optional<Engagement> found;
  for (const auto& [name, statement] : filed_statements(evidence, engagement_folder(id))) {
    if (statement.kind == "authorisation") found = engagement_of(statement);
    if (found && statement.kind == "withdrawal") found->ended = true;
  }
  return found;
}

// Whoever was given a role that reads within a scope stays bound before it begins and after it ends: an ending must not widen what he sees.
// Another role in force means that he has become staff.
bool always_bound(const store::Snapshot& evidence, const std::string& account, Date day) {
  const auto person = find_person(evidence, account);
  if (!person) return false;
  const Rules rules(evidence);
  const auto binds = [&](const model::RoleInterval& held) {
    return rules.require_role(held.role).rights.contains(kScopedRight);
  };
  const auto in_force = [&](const model::RoleInterval& held) {
    return held.from <= day && (!held.to || day <= *held.to);
  };
  const auto& roles = person->roles;
  if (std::any_of(roles.begin(), roles.end(),
                  [&](const auto& held) { return in_force(held) && binds(held); }))
    return true;
  return std::any_of(roles.begin(), roles.end(), binds) &&
         std::none_of(roles.begin(), roles.end(), in_force);
}

bool is_whole(const AuditScope& scope, const std::string& id, const std::string& owner_unit) {
  return scope.units.contains(owner_unit) || scope.documents.contains(id);
}

}  // namespace

bool lies_in(const std::string& clause, const std::vector<std::string>& clauses) {
  if (clauses.empty()) return true;
  return std::any_of(clauses.begin(), clauses.end(), [&](const std::string& outer) {
    return clause == outer || clause.starts_with(outer + "/");
  });
}

bool AuditLimit::covers_document(const std::string& id, const std::string& owner_unit) const {
  return std::any_of(scopes_.begin(), scopes_.end(), [&](const AuditScope& scope) {
    const auto part = scope.documents.lower_bound(id + "#");
    return is_whole(scope, id, owner_unit) ||
           (part != scope.documents.end() && part->starts_with(id + "#"));
  });
}

std::vector<std::string> AuditLimit::clauses_of(const std::string& id,
                                                const std::string& owner_unit) const {
  std::vector<std::string> clauses;
  for (const auto& scope : scopes_) {
    if (is_whole(scope, id, owner_unit)) return {};
    for (const auto& name : scope.documents)
      if (name.starts_with(id + "#")) clauses.push_back(name.substr(id.size() + 1));
  }
  return clauses;
}

bool AuditLimit::covers_record(const std::string& form, Date date) const {
  return std::any_of(scopes_.begin(), scopes_.end(), [&](const AuditScope& scope) {
    return scope.forms.contains(form) && (!scope.records_from || *scope.records_from <= date) &&
           (!scope.records_to || date <= *scope.records_to);
  });
}

bool AuditLimit::covers_form(const std::string& form) const {
  return std::any_of(scopes_.begin(), scopes_.end(),
                     [&](const AuditScope& scope) { return scope.forms.contains(form); });
}

bool AuditLimit::covers_log(const std::string& kind) const {
  return std::any_of(scopes_.begin(), scopes_.end(),
                     [&](const AuditScope& scope) { return scope.log_kinds.contains(kind); });
}

bool AuditLimit::reads_log() const {
  return std::any_of(scopes_.begin(), scopes_.end(),
                     [](const AuditScope& scope) { return !scope.log_kinds.empty(); });
}

std::string engagement_folder(const std::string& id) { return std::string(kAudits) + "/" + id; }

Json scope_json(const AuditScope& scope) {
  Json json = {{"documents", scope.documents},
               {"units", scope.units},
               {"forms", scope.forms},
               {"log_kinds", scope.log_kinds}};
  if (scope.records_from) json["records_from"] = iso_date(*scope.records_from);
  if (scope.records_to) json["records_to"] = iso_date(*scope.records_to);
  return json;
}

std::vector<Engagement> all_engagements(const store::Snapshot& evidence) {
  std::vector<Engagement> all;
  for (const auto& entry : evidence.list(kAudits))
    if (auto one = read_engagement(evidence, entry.name)) all.push_back(std::move(*one));
  return all;
}

bool runs_on(const Engagement& engagement, Date day) {
  return !engagement.ended && engagement.from <= day && day <= engagement.to;
}

std::optional<AuditLimit> audit_limit(const store::Snapshot& evidence, const std::string& account,
                                      Date day) {
  std::vector<AuditScope> scopes;
  for (const auto& one : all_engagements(evidence))
    if (one.auditor == account && runs_on(one, day)) scopes.push_back(one.scope);
  if (scopes.empty() && !always_bound(evidence, account, day)) return std::nullopt;
  return AuditLimit(std::move(scopes));
}

}  // namespace vermilion::identity
