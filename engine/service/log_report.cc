// The eight subjects of a system audit record (肆/八/(九)/4), each read off the log of a period.
#include <fmt/format.h>

#include <functional>
#include <limits>
#include <map>
#include <set>

#include "base/error.h"
#include "identity/access_rows.h"
#include "identity/login_lock.h"
#include "identity/people.h"
#include "service/audit_access.h"
#include "service/auditing.h"
#include "service/disk_use.h"
#include "store/clock_step.h"

namespace vermilion::service {
namespace {

using store::LogRow;
using Kinds = std::set<std::string>;

constexpr std::size_t kManyFailures = 3;

bool is_login(const LogRow& row) {
  return row.kind == identity::kLoginKind || row.kind == identity::kLockedOutKind;
}
bool failed(const LogRow& row) { return row.outcome != "done"; }

struct Period {
  Date from;
  Date to;
  Instant begin;
  Instant end;
};

class Report {
 public:
  Report(Context& context, const Period& period, std::size_t limit)
      : context_(context),
        period_(period),
        limit_(limit),
        persons_(identity::all_persons(context.store().evidence())) {
    store::LogFilter filter;
    filter.from = period.begin;
    filter.to = period.end;
    filter.limit = std::numeric_limits<std::size_t>::max();
    rows_ = context.store().catalogue().log(filter);
    find_privileged();
  }

  Json json() {
    add_accounts();
    add_logins();
    add_privileged();
    add_disk();
    add_failures();
    add_transactions();
    add_sensitive();
    add_exceptions();
    return {{"from", iso_date(period_.from)},
            {"to", iso_date(period_.to)},
            {"entries", rows_.size()},
            {"subjects", std::move(subjects_)}};
  }

 private:
  using Belongs = std::function<bool(const LogRow&)>;

  void add(const Said& name, Json facts, const Belongs& belongs) {
    const auto number = subjects_.size() + 1;
    std::vector<const LogRow*> found;
    for (const auto& row : rows_)
      if (belongs(row)) found.push_back(&row);
    const auto left_out = found.size() > limit_ ? found.size() - limit_ : 0;
    Json entries = Json::array();
    for (auto i = left_out; i < found.size(); ++i) entries.push_back(log_row_json(*found[i]));
    subjects_.push_back({{"number", number},
                         {"clause", fmt::format("肆/八/(九)/4/({})", number)},
                         {"zh", name.zh},
                         {"en", name.en},
                         {"facts", std::move(facts)},
                         {"count", found.size()},
                         {"cut", left_out > 0},
                         {"entries", std::move(entries)}});
  }

  static Json fact(const std::string& zh, const std::string& en) {
    return {{"zh", zh}, {"en", en}};
  }

  void add_accounts() {
    std::size_t disabled = 0;
    for (const auto& person : persons_)
      disabled += person.disabled && *person.disabled <= period_.to ? 1 : 0;
    Json facts = Json::array();
    facts.push_back(
        fact(fmt::format("帳號 {} 個，其中停用 {} 個", persons_.size(), disabled),
             fmt::format("{} accounts, {} of them disabled", persons_.size(), disabled)));
    add({"使用者帳號控管狀況", "control of user accounts"}, std::move(facts),
        [](const LogRow& row) {
          static const Kinds kinds = {"person",
                                      "role",
                                      "certificate",
                                      "certificate-request",
                                      "certificate-request-dropped",
                                      "delegation",
                                      "revocation",
                                      "trust",
                                      "seal",
                                      "certificate-status"};
          return kinds.contains(row.kind) ||
                 (row.subject.starts_with("account") && !is_login(row)) ||
                 row.subject.starts_with("access-review");
        });
  }

  struct Logins {
    std::size_t done = 0;
    std::size_t failed = 0;
    std::set<std::string> sources;
  };

  // Failures that repeat, and one account from several places: what a misused or shared account looks like.
  void add_logins() {
    std::map<std::string, Logins> by_account;
    for (const auto& row : rows_) {
      if (!is_login(row)) continue;
      auto& logins = by_account[row.actor];
      ++(failed(row) ? logins.failed : logins.done);
      logins.sources.insert(row.from);
    }
    Json facts = Json::array();
    for (const auto& [account, l] : by_account) {
      const bool odd = l.failed >= kManyFailures || l.sources.size() > 1;
      facts.push_back(
          fact(fmt::format("{}：成功 {}、失敗 {}、來源 {} 處{}", account, l.done, l.failed,
                           l.sources.size(), odd ? "，請查明" : ""),
               fmt::format("{}: {} done, {} failed, from {} places{}", account, l.done, l.failed,
                           l.sources.size(), odd ? ", to be looked into" : "")));
    }
    add({"系統登入模式（不正常使用、重新使用）", "log-in patterns: abnormal or reused accounts"},
        std::move(facts), is_login);
  }

  // Whoever held such a role on any day of the period.
  void find_privileged() {
    for (const auto& role : context_.rules().roles())
      if (identity::is_privileged(role)) privileged_roles_[role.id] = {role.zh, role.en};
    for (const auto& person : persons_) {
      for (const auto& held : person.roles) {
        const bool then = held.from <= period_.to && (!held.to || *held.to >= period_.from);
        if (then && privileged_roles_.contains(held.role)) privileged_.insert(person.account);
      }
    }
  }

  void add_privileged() {
    Json facts = Json::array();
    for (const auto& person : persons_) {
      for (const auto& held : person.roles) {
        const auto role = privileged_roles_.find(held.role);
        if (role == privileged_roles_.end() || !privileged_.contains(person.account)) continue;
        const auto until = held.to ? iso_date(*held.to) : "";
        facts.push_back(fact(fmt::format("{}　{}　{} 至 {}", person.account, role->second.zh,
                                         iso_date(held.from), until.empty() ? "今" : until),
                             fmt::format("{}: {}, {} to {}", person.account, role->second.en,
                                         iso_date(held.from), until.empty() ? "now" : until)));
      }
    }
    add({"特別權限帳號的使用與配置", "use and allocation of privileged accounts"}, std::move(facts),
        [&](const LogRow& row) {
          return row.kind == "role" || (privileged_.contains(row.actor) && !is_login(row));
        });
  }

  static std::uint64_t sum(const Json& use) {
    std::uint64_t bytes = 0;
    for (const auto& part : use.at("used")) bytes += part.get<std::uint64_t>();
    return bytes;
  }

  static Json disk_fact(const std::string& day, const Json& use) {
    constexpr double kMebibyte = 1 << 20;
    const auto used = static_cast<double>(sum(use)) / kMebibyte;
    const auto free = static_cast<double>(use.at("free").get<std::uint64_t>()) / kMebibyte;
    return fact(fmt::format("{}：使用 {:.1f} MiB，剩餘 {:.0f} MiB", day, used, free),
                fmt::format("{}: {:.1f} MiB used, {:.0f} MiB free", day, used, free));
  }

  // A measurement stands in the evidence for each day on which a checkpoint was committed.
  void add_disk() {
    Json facts = Json::array();
    const auto zone = context_.store().settings().time_zone;
    for (const auto& row : context_.store().catalogue().history(kDiskUse)) {
      if (row.act.at < period_.begin || row.act.at >= period_.end || !row.blob) continue;
      facts.push_back(
          disk_fact(iso_date(date_at(row.act.at, zone)),
                    parse_json(context_.store().evidence_of(row.act.commit).require(kDiskUse))));
    }
    facts.push_back(disk_fact(iso_date(context_.today()), disk_use(context_.store().path())));
    add({"硬碟空間需求及使用情形", "disk space needed and used"}, std::move(facts),
        [](const LogRow& row) { return row.kind == "checkpoint"; });
  }

  void add_failures() {
    std::map<std::string, std::size_t> reasons;
    for (const auto& row : rows_)
      if (failed(row)) ++reasons[row.outcome];
    Json facts = Json::array();
    for (const auto& [reason, count] : reasons)
      facts.push_back(
          fact(fmt::format("{}：{} 筆", reason, count), fmt::format("{}: {}", reason, count)));
    add({"系統存取失敗情形", "failed accesses"}, std::move(facts), failed);
  }

  void add_transactions() {
    add({"特定交易處理的追蹤", "transactions, by subject and commit"}, Json::array(),
        [](const LogRow& row) { return !row.commit.empty() || row.kind == "draft"; });
  }

  void add_sensitive() {
    add({"敏感性資源的使用情形", "use of sensitive resources"}, Json::array(),
        [](const LogRow& row) {
          static const Kinds kinds = {"read",        "export",  "print",
                                      "paper",       "search",  "log-read",
                                      "destruction", "witness", "disposal-approval"};
          return kinds.contains(row.kind);
        });
  }

  void add_exceptions() {
    add({"例外事件及資訊安全事項", "exceptions and matters of information security"}, Json::array(),
        [](const LogRow& row) {
          static const Kinds kinds = {"acknowledgement", "hold",       "release", "rebuild",
                                      "restore",         "drill",      "alarm",   "destruction",
                                      "maintain",        "log-backup", "backup",  "erasure",
                                      "log-archive"};
          return row.clock != "system" || kinds.contains(row.kind) ||
                 row.outcome.starts_with("failed:") || row.outcome == identity::kFailedOutcome ||
                 row.outcome == identity::kLocksOutcome || row.outcome == "refused:clock-step" ||
                 row.outcome == "refused:no-right";
        });
  }

  Context& context_;
  const Period period_;
  const std::size_t limit_;
  const std::vector<model::Person> persons_;
  std::vector<LogRow> rows_;
  std::map<std::string, Said> privileged_roles_;
  std::set<std::string> privileged_;
  Json subjects_ = Json::array();
};

Period period_of(Context& context, const ReportRequest& request) {
  const auto zone = context.store().settings().time_zone;
  const Date from = parse_date(request.from);
  const Date to = parse_date(request.to);
  if (to < from) {
    throw Error(Failure::invalid, "bad-period",
                {"迄日早於起日", "the last day is before the first"});
  }
  const Date after = std::chrono::sys_days(to) + std::chrono::days(1);
  return {from, to, start_of_day(from, zone), start_of_day(after, zone)};
}

}  // namespace

Json log_report(Context& context, const ReportRequest& request) {
  Json report;
  recorded(context, "log-read", "log", [&] {
    context.require_right("log.read");
    if (context.limit()) refuse_outside_scope();  // it counts the whole of a period
    report = Report(context, period_of(context, request), request.limit).json();
  });
  context.log("log-read", "log");
  return report;
}

}  // namespace vermilion::service
