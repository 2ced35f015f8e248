#include "identity/access_rows.h"

#include <algorithm>
#include <limits>

#include "base/error.h"
#include "identity/authorisation.h"
#include "identity/delegation.h"
#include "identity/engagement.h"
#include "identity/login_lock.h"
#include "identity/people.h"
#include "model/members.h"

namespace vermilion::identity {
namespace {

using model::Person;

constexpr const char* kIdle = "idle";
constexpr const char* kLeaver = "leaver";
constexpr const char* kPrivileged = "privileged";
constexpr const char* kShared = "shared";

Json day_json(const std::optional<Date>& day) { return day ? Json(iso_date(*day)) : Json(nullptr); }

std::optional<Date> listed_day(const Json& row, const char* key) {
  const auto text = string_or_empty(row, key);
  return text.empty() ? std::nullopt : std::optional(parse_date(text));
}

bool has_ended(const std::optional<Date>& last, Date day) { return last && *last < day; }

// The last sign-in among the entries seen.
std::optional<Instant> last_sign_in(const store::Catalogue& catalogue, const std::string& account,
                                    std::uint64_t log_size) {
  store::LogFilter filter;
  filter.kind = kLoginKind;
  filter.actor = account;
  for (const std::size_t limit : {std::size_t(50), std::numeric_limits<std::size_t>::max()}) {
    filter.limit = limit;
    const auto rows = catalogue.log(filter);
    const auto last = std::find_if(rows.rbegin(), rows.rend(), [&](const auto& row) {
      return row.outcome == "done" && row.index < log_size;
    });
    if (last != rows.rend()) return last->at;
    if (rows.size() < limit) break;
  }
  return std::nullopt;
}

store::Snapshot seen_evidence(store::Store& store, const AccessSight& sight) {
  const auto commit = git::ObjectId::from_hex(sight.commit);
  if (!commit)
    throw Error(Failure::corrupt, "bad-commit", {"不是提交代號", "that is no id of a commit"});
  return store.evidence_of(*commit);
}

class Gathering {
 public:
  Gathering(store::Store& store, const AccessSight& sight)
      : store_(store),
        sight_(sight),
        evidence_(seen_evidence(store, sight)),
        roles_(evidence_),
        rules_(access_rules(evidence_)),
        authorisations_(all_authorisations(evidence_)),
        engagements_(all_engagements(evidence_)),
        day_(date_at(sight.at, store.settings().time_zone)) {}

  std::vector<AccessRow> rows() {
    for (const auto& person : all_persons(evidence_)) add_person(person);
    return std::move(rows_);
  }

 private:
  void add_person(const Person& person) {
    closed_ = model::is_barred(person, day_);
    leaves_ = person.disabled || person.last_day;
    if (!closed_) add_account(person);
    for (const auto& role : person.roles)
      if (!has_ended(role.to, day_)) add_role(person, role);
    for (const auto& delegation : delegations_by(evidence_, person.account))
      if (!delegation.ended && day_ <= delegation.to) add_delegation(delegation);
    for (const auto& key : person.certificates)
      if (!key.revoked && sight_.at < key.not_after) add_key(person, key);
    for (const auto& one : authorisations_)
      if (one.account == person.account && !one.ended && day_ <= one.to) add_authorisation(one);
    for (const auto& one : engagements_)
      if (one.auditor == person.account && !one.ended && day_ <= one.to) add_audit(one);
  }

  AccessRow& add(const char* kind, const std::string& account) {
    rows_.push_back({});
    auto& row = rows_.back();
    row.kind = kind;
    row.account = account;
    if (leaves_) row.flags.insert(kLeaver);
    return row;
  }

  void add_account(const Person& person) {
    auto& row = add("account", person.account);
    row.to = person.expires;
    if (person.shared) row.flags.insert(kShared);
    row.last_sign_in = last_sign_in(store_.catalogue(), person.account, sight_.log_size);
    const auto made = store_.catalogue().history(model::person_path(person.account));
    if (made.empty()) return;
    row.from = date_at(made.front().act.at, store_.settings().time_zone);
    if (row.last_sign_in.value_or(made.front().act.at) + rules_.idle < sight_.at)
      row.flags.insert(kIdle);
  }

  void add_role(const Person& person, const model::RoleInterval& role) {
    auto& row = add("role", person.account);
    row.what = role.role;
    row.unit = role.unit;
    row.from = role.from;
    row.to = role.to;
    row.by = role.granted_by;
    if (is_privileged(roles_.require_role(role.role))) row.flags.insert(kPrivileged);
  }

  void add_delegation(const Delegation& delegation) {
    auto& row = add("delegation", delegation.principal);
    row.what = delegation.id;
    row.rights = delegation.rights;
    row.detail = delegation.delegate;
    row.from = delegation.from;
    row.to = delegation.to;
    row.by = delegation.principal;
  }

  void add_key(const Person& person, const model::CertificateEntry& key) {
    auto& row = add("key", person.account);
    const auto& zone = store_.settings().time_zone;
    row.what = key.sha256;
    row.detail = key.custody;
    row.from = date_at(key.not_before, zone);
    row.to = date_at(key.not_after, zone);
  }

  void add_authorisation(const Authorisation& one) {
    auto& row = add("authorisation", one.account);
    row.what = one.id;
    row.unit = one.unit;
    row.detail = one.document.empty() ? one.form : one.document;
    row.from = one.from;
    row.to = one.to;
    row.by = one.authoriser;
  }

  void add_audit(const Engagement& one) {
    auto& row = add("audit", one.auditor);
    row.what = one.id;
    row.from = one.from;
    row.to = one.to;
    row.by = one.approver;
  }

  store::Store& store_;
  const AccessSight& sight_;
  const store::Snapshot evidence_;
  const Rules roles_;
  const AccessRules rules_;
  const std::vector<Authorisation> authorisations_;
  const std::vector<Engagement> engagements_;
  const Date day_;
  bool closed_ = false;
  bool leaves_ = false;
  std::vector<AccessRow> rows_;
};

// Everybody who reviews on that day, with the units he does it for; "": for all of them.
using Reviewers = std::vector<std::pair<std::string, std::string>>;

Reviewers reviewers_on(const store::Snapshot& evidence, Date day) {
  const Rules rules(evidence);
  Reviewers all;
  for (const auto& person : all_persons(evidence)) {
    for (const auto& held : person.roles) {
      const bool reviews = rules.require_role(held.role).rights.contains(kReviewRight);
      if (reviews && held.from <= day && model::holds(person, held.role, day, held.unit) &&
          !has_ended(held.to, day))
        all.emplace_back(person.account, held.unit);
    }
  }
  return all;
}

std::vector<std::string> named(const Reviewers& all, const AccessRow& row,
                               const std::function<bool(const std::string& unit)>& fits) {
  const auto own = holders_of(row);
  std::set<std::string> accounts;
  for (const auto& [account, unit] : all)
    if (!own.contains(account) && fits(unit)) accounts.insert(account);
  return {accounts.begin(), accounts.end()};
}

}  // namespace

Json to_json(const AccessRow& row) {
  return {{"kind", row.kind},
          {"account", row.account},
          {"what", row.what},
          {"unit", row.unit},
          {"rights", row.rights},
          {"detail", row.detail},
          {"from", day_json(row.from)},
          {"to", day_json(row.to)},
          {"by", row.by},
          {"flags", row.flags},
          {"last_sign_in", row.last_sign_in ? Json(rfc3339(*row.last_sign_in)) : Json(nullptr)},
          {"reviewers", row.reviewers}};
}

AccessRow access_row_from(const Json& value) {
  using Texts = std::vector<std::string>;
  AccessRow row;
  row.kind = require_string(value, "kind");
  row.account = require_string(value, "account");
  row.what = require_string(value, "what");
  row.unit = require_string(value, "unit");
  row.rights = model::member_or(value, "rights", Texts());
  row.detail = require_string(value, "detail");
  row.from = listed_day(value, "from");
  row.to = listed_day(value, "to");
  row.by = require_string(value, "by");
  const auto flags = model::member_or(value, "flags", Texts());
  row.flags = {flags.begin(), flags.end()};
  if (const auto at = string_or_empty(value, "last_sign_in"); !at.empty())
    row.last_sign_in = parse_instant(at);
  row.reviewers = model::member_or(value, "reviewers", Texts());
  return row;
}

std::set<std::string> holders_of(const AccessRow& row) {
  std::set<std::string> holders{row.account};
  if (row.kind == "delegation") holders.insert(row.detail);
  return holders;
}

std::vector<AccessRow> gather_access(store::Store& store, const AccessSight& sight) {
  return Gathering(store, sight).rows();
}

void assign_reviewers(store::Store& store, const store::Snapshot& evidence, Date day,
                      std::vector<AccessRow>& rows) {
  const auto all = reviewers_on(evidence, day);
  std::string account, unit;
  for (auto& row : rows) {
    if (row.account != account) {
      account = row.account;
      unit = profile_of(store, require_person(evidence, account), day).unit;
    }
    if (!row.flags.contains(kPrivileged))
      row.reviewers = named(all, row, [&](const auto& of) { return !of.empty() && of == unit; });
    if (row.reviewers.empty())
      row.reviewers = named(all, row, [](const auto& of) { return of.empty(); });
    if (row.reviewers.empty()) row.reviewers = named(all, row, [](const auto&) { return true; });
  }
}

std::set<std::string> reviewing_on(const store::Snapshot& evidence, Date day) {
  std::set<std::string> accounts;
  for (const auto& [account, unit] : reviewers_on(evidence, day)) accounts.insert(account);
  return accounts;
}

bool is_privileged(const Role& role) {
  constexpr const char* rights[] = {"person.add",        "person.disable", "role.grant",
                                    "certificate.issue", "store.maintain", "disposal.execute"};
  return std::any_of(std::begin(rights), std::end(rights),
                     [&](const char* right) { return role.rights.contains(right); });
}

}  // namespace vermilion::identity
