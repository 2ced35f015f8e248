#include "identity/authorisation.h"

#include "identity/signing.h"

namespace vermilion::identity {
namespace {

constexpr const char* kAuthorisations = "authorisations";

Authorisation authorisation_of(const model::Statement& statement) {
  const auto& subject = statement.subject;
  return {require_string(subject, "id"),
          require_string(subject, "account"),
          require_string(subject, "unit"),
          string_or_empty(subject, "document"),
          string_or_empty(subject, "form"),
          require_string(subject, "purpose"),
          parse_date(require_string(subject, "from")),
          parse_date(require_string(subject, "to")),
          statement.signer.account,
          false};
}

std::optional<Authorisation> read_authorisation(const store::Snapshot& evidence,
                                                const std::string& id) {
  std::optional<Authorisation> found;
  for (const auto& [name, statement] : filed_statements(evidence, authorisation_folder(id))) {
    if (statement.kind == "authorisation") found = authorisation_of(statement);
    if (found && statement.kind == "withdrawal") found->ended = true;
  }
  return found;
}

}  // namespace

std::string authorisation_folder(const std::string& id) {
  return std::string(kAuthorisations) + "/" + id;
}

Json authorisation_subject(const Authorisation& one) {
  Json subject = {{"type", "opening"},     {"id", one.id},           {"account", one.account},
                  {"unit", one.unit},      {"purpose", one.purpose}, {"from", iso_date(one.from)},
                  {"to", iso_date(one.to)}};
  if (!one.document.empty()) subject["document"] = one.document;
  if (!one.form.empty()) subject["form"] = one.form;
  return subject;
}

std::vector<Authorisation> all_authorisations(const store::Snapshot& evidence) {
  std::vector<Authorisation> all;
  for (const auto& entry : evidence.list(kAuthorisations))
    if (auto one = read_authorisation(evidence, entry.name)) all.push_back(std::move(*one));
  return all;
}

std::optional<Authorisation> find_authorisation(const store::Snapshot& evidence,
                                                const Opening& opening, Date day) {
  for (auto& one : all_authorisations(evidence)) {
    const bool same = one.account == opening.account && one.document == opening.document &&
                      one.form == opening.form && one.purpose == opening.purpose;
    if (same && !one.ended && one.from <= day && day <= one.to) return one;
  }
  return std::nullopt;
}

std::optional<evidence::DutyClash> authorisation_clash(const model::Statement& statement) {
  using evidence::Duty;
  const auto signers = evidence::persons_of(statement.signer);
  const auto& subject = statement.subject;
  return string_or_empty(subject, "type") == "audit"
             ? evidence::duty_clash(Duty::scope_approver, signers, Duty::auditor,
                                    {require_string(subject, "auditor")})
             : evidence::duty_clash(Duty::authoriser, signers, Duty::opener,
                                    {require_string(subject, "account")});
}

}  // namespace vermilion::identity
