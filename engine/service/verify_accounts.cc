#include "service/verify_accounts.h"

#include <algorithm>
#include <map>

#include "identity/account_rules.h"
#include "identity/lifecycle.h"
#include "identity/people.h"
#include "model/members.h"

namespace vermilion::service {
namespace {

using Statements = std::vector<evidence::FiledStatement>;

Json days(const std::optional<Date>& day) { return day ? Json(iso_date(*day)) : Json(nullptr); }

class AccountCheck {
 public:
  AccountCheck(Context& context, const AccountChecks& checks)
      : context_(context),
        checks_(checks),
        evidence_(context.store().evidence()),
        rules_(identity::account_rules(evidence_)) {}

  void check(const model::Person& person) {
    checks_.count();
    person_ = &person;
    statements_ = identity::filed_statements(evidence_, identity::lifecycle_folder(person.account));
    if (person.authorised) check_opened();
    if (person.authorised && identity::lacks_expiry(rules_, person))
      bad("委外或臨時人員的帳號沒有最後可用日",
          "the account of a vendor or of temporary staff has no last day");
    check_told();
    check_moves();
    if (person.shared) check_shared();
    if (person.left) check_closed();
  }

  // No account twice, and none that is nobody's.
  void check_identities() {
    std::map<std::string, std::string> seen;
    for (const auto& entry : evidence_.list("identities")) {
      const auto path = "identities/" + entry.name;
      const auto account = evidence_.require(path);
      const auto [first, is_new] = seen.emplace(account, path);
      if (!is_new || !identity::find_person(evidence_, account))
        checks_.fault(path, {"每人一個帳號的登記不符：帳號「" + account + "」重複或不存在",
                             "the register of one account for each person does not hold: '" +
                                 account + "' stands twice, or is no account"});
    }
  }

 private:
  void bad(const std::string& zh, const std::string& en) {
    checks_.fault(model::person_path(person_->account), {zh, en});
  }

  // The last statement of that change.
  const evidence::FiledStatement* find(const std::string& change) const {
    const auto found = std::find_if(statements_.rbegin(), statements_.rend(), [&](const auto& f) {
      return string_or_empty(f.statement.subject, "change") == change;
    });
    return found == statements_.rend() ? nullptr : &*found;
  }

  void check_opened() {
    if (person_->added_by == identity::kFounder) return check_founder();
    const auto* join = find("join");
    if (!join)
      return bad("帳號可用，卻沒有核准的聲明",
                 "the account is open without a statement that opens it");
    const auto& subject = join->statement.subject;
    const auto now = identity::joined_as(*person_);
    for (const auto* member : {"added_by", "shared"}) {
      if (model::member_or(subject, member, Json()) != now.at(member))
        bad("帳號的建立者或共用資料與核准的聲明不符",
            "who added the account, or what it says of a shared one, is not as authorised");
    }
    const auto persons = evidence::persons_of(join->statement.signer);
    if (persons.contains(person_->account))
      bad("帳號由本人核准", "the account was authorised by its holder");
    if (persons.contains(person_->added_by) && !was_alone(*join))
      bad("帳號由建立者核准，當時另有核准人",
          "the account was authorised by who added it, while others could");
  }

  // As it stood before the authorisation.
  bool was_alone(const evidence::FiledStatement& join) {
    const auto path =
        identity::lifecycle_folder(person_->account) + "/" + join.name + ".statement.json";
    const auto rows = context_.store().catalogue().history(path);
    if (rows.empty()) return false;
    const auto then = context_.store().evidence_of(rows.front().act.commit);
    const auto day = date_at(join.statement.at, context_.store().settings().time_zone);
    return !identity::others_could_authorise(then, *person_, day);
  }

  // Only one is opened by being made: the first.
  void check_founder() {
    store::LogFilter first;
    first.kind = "person";
    first.keep = store::LogFilter::Keep::oldest;
    first.limit = 1;
    const auto rows = context_.store().catalogue().log(first);
    if (rows.empty() || rows.front().subject != "account " + person_->account)
      bad("不是創始帳號，卻未經核准", "it is not the founding account, and nobody authorised it");
  }

  // Last days stand as they were last signed for. An account that waits may have been added with any.
  void check_told() {
    Json expires, last_day;
    for (const auto& filed : statements_) {
      const auto& subject = filed.statement.subject;
      const auto change = string_or_empty(subject, "change");
      if (change == "join" || change == "extend")
        expires = model::member_or(subject, "expires", Json());
      if (change == "leave") last_day = model::member_or(subject, "last_day", Json());
    }
    if (person_->authorised && days(person_->expires) != expires)
      bad("最後可用日與簽署的聲明不符", "the account's last day is not as it was signed for");
    if (days(person_->last_day) != last_day)
      bad("最後在職日與離職通報不符", "the leaver's last day is not as it was signed for");
  }

  void check_moves() {
    const auto profile = identity::filed_profile(context_.store(), *person_);
    if (profile.name == person_->account) return;  // destroyed
    Json told = Json::array();
    for (const auto& filed : statements_) {
      const auto& subject = filed.statement.subject;
      if (string_or_empty(subject, "change") == "move")
        told.push_back({{"unit", string_or_empty(subject, "unit")},
                        {"title", string_or_empty(subject, "title")},
                        {"from", string_or_empty(subject, "from")}});
    }
    if (model::to_json(profile).at("moves") != told)
      bad("單位職稱的異動與簽署的聲明不符", "moves are not as they were signed for");
  }

  void check_shared() {
    if (!person_->certificates.empty())
      bad("共用帳號持有憑證", "a shared account holds a certificate");
    if (!identity::find_person(evidence_, person_->shared->custodian))
      bad("共用帳號的保管人不存在", "the custodian of a shared account is no account");
  }

  void check_closed() {
    if (!find("close")) bad("離職核章沒有簽署的聲明", "no statement closes this leaver's account");
    const auto& all = person_->certificates;
    if (std::any_of(all.begin(), all.end(), [](const auto& entry) { return !entry.revoked; }))
      bad("離職已核章，憑證卻未廢止", "the account is closed, but a certificate is not revoked");
    const auto open = [&](const auto& role) { return !role.to || *person_->left <= *role.to; };
    if (std::any_of(person_->roles.begin(), person_->roles.end(), open))
      bad("離職已核章，角色卻未終止", "the account is closed, but a role has not ended");
  }

  Context& context_;
  const AccountChecks& checks_;
  store::Snapshot evidence_;
  identity::AccountRules rules_;
  const model::Person* person_ = nullptr;
  Statements statements_;
};

}  // namespace

void check_accounts(Context& context, const AccountChecks& checks) {
  AccountCheck check(context, checks);
  for (const auto& person : identity::all_persons(context.store().evidence())) {
    if (!checks.wanted(person.account)) continue;
    attempt(model::person_path(person.account), checks.fault, [&] { check.check(person); });
  }
  check.check_identities();
}

}  // namespace vermilion::service
