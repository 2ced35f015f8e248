#include "service/verify_statements.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "crypto/digest.h"
#include "evidence/verification.h"
#include "identity/authorisation.h"
#include "identity/delegation.h"
#include "identity/people.h"
#include "service/statement_rights.h"
#include "service/timestamps.h"

namespace vermilion::service {
namespace {

constexpr std::string_view kSuffix = ".statement.json";
constexpr auto kPatience = std::chrono::minutes(15);

class StatementCheck {
 public:
  StatementCheck(Context& context, const StatementChecks& checks)
      : context_(context),
        checks_(checks),
        evidence_(context.store().evidence()),
        zone_(context.store().settings().time_zone) {}

  void run() {
    const auto check_stamp = timestamp_checker(context_, checks_.fault);
    const auto check = [&](const std::string& path, const Bytes& bytes) {
      check_stamp(path, bytes);
      if (!path.ends_with(kSuffix)) return;
      attempt(path, checks_.fault, [&] { check_statement(path, bytes); });
    };
    if (!checks_.changed) return evidence_.each_file("", check);
    for (const auto& path : *checks_.changed) {
      const auto bytes = evidence_.read(path);
      if (bytes) check(path, *bytes);
      const bool stamp = path.ends_with(".tsr") || path.ends_with(".tsr-missing.json");
      if (!bytes && stamp) bad(path, identity::stamp_gone());
    }
  }

 private:
  void bad(const std::string& where, const Said& said) { checks_.fault(where, said); }

  // The act that filed a path, or nothing (then the catalogue itself is at fault and says so elsewhere).
  std::optional<store::ActRow> filed_by(const std::string& path) {
    const auto rows = context_.store().catalogue().history(path);
    return rows.empty() ? std::nullopt : std::optional(rows.front().act);
  }

  // Rights, roles and delegations as they stood when the statement was filed: what came later, however dated, counts neither
  // for nor against it.
  void check_right(const std::string& where, const model::Statement& s,
                   const store::Snapshot& then) {
    const Date day = date_at(s.at, zone_);
    const identity::Rules rules(then);
    const auto holder =
        identity::find_person(then, s.signer.on_behalf_of.value_or(s.signer.account));
    const bool for_unit = s.kind == "countersignature" || s.kind == "authorisation";
    const auto unit = for_unit ? string_or_empty(s.subject, "unit") : "";
    for (const auto& right : rights_of(s)) {
      if (!holder || rules.role_with(*holder, right, day, unit).empty()) {
        bad(where, {fmt::format("簽署人當日沒有「{}」的權限", right),
                    fmt::format("the signer did not hold the right '{}' on that day", right)});
      }
      if (s.signer.on_behalf_of &&
          !identity::find_delegation(then, *s.signer.on_behalf_of, s.signer.account, right, day)) {
        bad(where, {"當日沒有這項代理", "there was no such delegation on that day"});
      }
    }
    if (!s.signer.role.empty() && (!holder || !model::holds(*holder, s.signer.role, day, unit))) {
      bad(where, {"簽署人當日沒有這個角色", "the signer did not hold that role on that day"});
    }
  }

  // As the service asked when it was filed.
  void check_delegation(const std::string& where, const model::Statement& s,
                        const store::Snapshot& then) {
    if (s.kind != "delegation") return;
    const identity::Delegation filed{require_string(s.subject, "id"),
                                     s.signer.account,
                                     require_string(s.subject, "delegate"),
                                     rights_of(s),
                                     parse_date(require_string(s.subject, "from")),
                                     parse_date(require_string(s.subject, "to"))};
    if (const auto refusal = identity::cannot_delegate(then, filed)) bad(where, refusal->said);
  }

  // Nobody approves his own audit, nor authorises himself.
  void check_authorisation(const std::string& where, const model::Statement& s) {
    if (s.kind != "authorisation") return;
    if (const auto clash = identity::authorisation_clash(s)) bad(where, clash->said);
  }

  // The request beside it proves that the certified key was its holder's.
  void check_request(const std::string& where, const model::Statement& s) {
    const auto folder = where.substr(0, where.size() - kSuffix.size());
    const auto request = evidence_.read(folder + ".p10");
    if (!request || crypto::digest_text(*request) != string_or_empty(s.subject, "request")) {
      return bad(where, {"憑證申請不見或已變更", "its certificate request is gone or changed"});
    }
    (void)crypto::request_key(*request);
    if (crypto::request_account(*request) != string_or_empty(s.subject, "account")) {
      bad(where, {"憑證申請是別人的", "its certificate request is by somebody else"});
    }
  }

  void check_certificate_statement(const std::string& where, const model::Statement& s,
                                   const std::string& certificate, std::uint64_t log_index) {
    if (s.kind != "certificate" || string_or_empty(s.subject, "type") != "certificate") return;
    if (!s.subject.contains("proof")) check_request(where, s);
    if (string_or_empty(s.subject, "account") != s.signer.account) return;
    // A renewal is the holder's own, by the very certificate that it names.
    if (string_or_empty(s.subject, "renews") == "sha256:" + certificate) return;
    // Only the founding certificate may vouch for itself, and only one can be the first.
    store::LogFilter first;
    first.kind = "certificate";
    first.keep = store::LogFilter::Keep::oldest;
    first.limit = 1;
    const auto rows = context_.store().catalogue().log(first);
    if (rows.empty() || rows.front().index != log_index) {
      bad(where, {"憑證由持有人自己見證", "a certificate was witnessed by its own holder"});
    }
  }

  // A restore puts disposals that its backup did not know back on main; their own acts are lost, their signatures are not.
  bool is_put_back(const std::string& path, const store::ActRow& act) {
    if (act.actor != "local" || !path.starts_with("disposals/")) return false;
    store::LogFilter restores;
    restores.kind = "restore";
    restores.subject_prefix = "backup ";
    const auto rows = context_.store().catalogue().log(restores);
    return std::any_of(rows.begin(), rows.end(),
                       [&](const auto& row) { return row.index == act.log_index; });
  }

  void check_statement(const std::string& path, const Bytes& bytes) {
    checks_.count();
    const auto cms = evidence_.read(path + ".p7s");
    if (!cms) return bad(path, {"缺少簽章檔 .p7s", "the signature file .p7s is missing"});
    const auto act = filed_by(path);
    if (!act) return bad(path, {"目錄沒有這份聲明", "the catalogue does not know this statement"});
    const auto verified = evidence::verify_statement(bytes, *cms, context_.store().authority().root,
                                                     context_.store().settings().id, act->log_index,
                                                     identity::certificate_finder(context_.store()));
    if (verified.verdict != evidence::Verdict::good)
      return bad(path, evidence::verdict_said(verified.verdict));
    const auto& s = *verified.statement;
    const bool put_back = is_put_back(path, *act);
    if (!put_back && (s.at > act->at + kPatience || act->at > s.at + kPatience)) {
      bad(path, {"簽署時間與日誌時間相差超過 15 分鐘",
                 "the signing time is over 15 minutes from its log entry"});
    }
    // A witness signs in the executor's act.
    if (!put_back && act->actor != s.signer.account && s.kind != "witness")
      bad(path, {"歸檔人不是簽署人", "it was filed by another account"});
    const auto then = context_.store().evidence_of(act->commit);
    check_right(path, s, then);
    check_delegation(path, s, then);
    check_authorisation(path, s);
    check_certificate_statement(path, s, verified.certificate->sha256(), act->log_index);
  }

  Context& context_;
  const StatementChecks& checks_;
  const store::Snapshot evidence_;
  const std::string zone_;
};

}  // namespace

void check_statements(Context& context, const StatementChecks& checks) {
  StatementCheck(context, checks).run();
}

}  // namespace vermilion::service
