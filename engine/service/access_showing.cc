// An access review as it is read: the rows one may see, who decided them, and what still stands.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "identity/access_review.h"
#include "identity/people.h"
#include "records/registers.h"
#include "service/access_review.h"
#include "service/audit_access.h"
#include "service/signed_steps.h"

namespace vermilion::service {
namespace {

using identity::AccessReview;
using identity::AccessRow;
using identity::AccessStage;

constexpr const char* kCsvHeads[] = {"列 row",           "種類 kind",     "帳號 account",
                                     "姓名 name",        "單位 unit",     "權限 what",
                                     "範圍 scope",       "起 from",       "迄 to",
                                     "授予 by",          "標記 flags",    "最近登入 last sign-in",
                                     "審查人 reviewers", "決定 decision", "理由 reason",
                                     "新迄日 until",     "決定人 by"};

std::string kind_label(const std::string& kind) {
  if (kind == "account") return "帳號";
  if (kind == "role") return "角色";
  if (kind == "delegation") return "代理";
  if (kind == "authorisation") return "調閱授權";
  return kind == "audit" ? "稽核" : "金鑰";
}

std::string flag_label(const std::string& flag) {
  if (flag == "idle") return "久未使用";
  if (flag == "shared") return "共用";
  return flag == "leaver" ? "離職" : "特別權限";
}

std::string custody_label(const std::string& custody) {
  if (custody == "server") return "伺服器保管";
  if (custody == "browser") return "瀏覽器";
  return custody == "token" ? "憑證載具" : "自持金鑰檔";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += (all.empty() ? "" : "、") + text;
  return all;
}

class Showing {
 public:
  Showing(Context& context)
      : context_(context),
        evidence_(context.evidence()),
        reviewing_(identity::reviewing_on(evidence_, context.today())),
        whole_(sees_whole()) {}

  [[nodiscard]] bool whole() const { return whole_; }

  Json summary(const AccessReview& review) {
    const auto undecided = review.rows.size() - review.decisions.size();
    std::size_t mine = 0;
    for (std::size_t row = 1; row <= review.rows.size(); ++row)
      mine += is_mine(review, row) && !review.decisions.contains(row) ? 1 : 0;
    return {{"id", review.id},
            {"label", identity::period_label(review.period)},
            {"from", iso_date(review.period.from)},
            {"to", iso_date(review.period.to)},
            {"due", iso_date(review.due)},
            {"stage", identity::stage_name(review.stage)},
            {"stage_label", identity::stage_label(review.stage)},
            {"overdue", identity::is_overdue(review, context_.today())},
            {"rows", review.rows.size()},
            {"undecided", undecided},
            {"mine", mine}};
  }

  // Whose step it is, as the list of what waits names it; "" when it is not the caller's.
  std::string turn(const AccessReview& review) {
    if (summary(review)["mine"] != 0) return "access-decision";
    if (review.stage == AccessStage::decided && context_.may(identity::kProposeRight))
      return "access-proposal";
    if (review.stage == AccessStage::proposed && context_.may(identity::kApproveRight))
      return "access-approval";
    if (review.stage != AccessStage::approved) return "";
    const auto standing = identity::standing_rows(context_.store(), evidence_, review,
                                                  context_.store().clock().now());
    const bool his = std::any_of(standing.begin(), standing.end(), [&](auto row) {
      return may_end_row(context_, review.rows[row - 1]);
    });
    const bool finishes = standing.empty() && context_.may("role.grant");
    return his || finishes ? "access-execution" : "";
  }

  Json rows(const AccessReview& review) {
    Json list = Json::array();
    for (std::size_t row = 1; row <= review.rows.size(); ++row) {
      const bool mine = is_mine(review, row);
      const bool own = identity::holders_of(review.rows[row - 1]).contains(context_.actor());
      if (whole_ || mine || own || ends_here(review, row))
        list.push_back(row_json(review, row, mine));
    }
    return list;
  }

  Json signatures(const AccessReview& review) {
    Json list = Json::array();
    for (const auto& filed : review.statements) list.push_back(signed_step_json(filed));
    return list;
  }

 private:
  [[nodiscard]] bool sees_whole() {
    return context_.may(identity::kProposeRight) || context_.may(identity::kApproveRight) ||
           context_.may("role.grant") || context_.may("log.read");
  }

  // Whoever is to end it has to see it.
  [[nodiscard]] bool ends_here(const AccessReview& review, std::size_t row) const {
    const auto found = review.decisions.find(row);
    return review.stage >= AccessStage::approved && found != review.decisions.end() &&
           identity::ends_something(found->second) && may_end_row(context_, review.rows[row - 1]);
  }

  [[nodiscard]] bool is_mine(const AccessReview& review, std::size_t row) const {
    return review.stage < AccessStage::approved && reviewing_.contains(context_.actor()) &&
           !identity::cannot_decide(review.rows[row - 1], {context_.actor()}, reviewing_);
  }

  const model::Profile& profile(const std::string& account) {
    const auto found = profiles_.find(account);
    if (found != profiles_.end()) return found->second;
    const auto person = identity::find_person(evidence_, account);
    return profiles_
        .emplace(account, person ? identity::profile_of(context_.store(), *person)
                                 : model::Profile{account, "", "", ""})
        .first->second;
  }

  std::string what_label(const AccessRow& row) {
    if (row.kind == "account") return row.account;
    if (row.kind == "role") {
      for (const auto& role : context_.rules().roles())
        if (role.id == row.what) return role.zh;
      return row.what;
    }
    if (row.kind == "authorisation") return row.detail;
    if (row.kind == "audit") return row.what;
    if (row.kind == "key") return custody_label(row.detail) + " " + row.what.substr(0, 12);
    return fmt::format("{} → {}：{}", profile(row.account).name, profile(row.detail).name,
                       joined(row.rights));
  }

  Json row_json(const AccessReview& review, std::size_t number, bool mine) {
    const auto& row = review.rows[number - 1];
    auto json = identity::to_json(row);
    json["row"] = number;
    json["kind_label"] = kind_label(row.kind);
    json["what_label"] = what_label(row);
    json["name"] = profile(row.account).name;
    json["holder_unit"] = profile(row.account).unit;
    json["flag_labels"] = Json::array();
    for (const auto& flag : row.flags) json["flag_labels"].push_back(flag_label(flag));
    json["mine"] = mine;
    json["decision"] = decision_json(review, number);
    return json;
  }

  Json decision_json(const AccessReview& review, std::size_t number) {
    const auto found = review.decisions.find(number);
    if (found == review.decisions.end()) return nullptr;
    const auto& decision = found->second;
    const auto now = context_.store().clock().now();
    const bool ends = identity::ends_something(decision);
    const bool stands =
        ends && review.stage == AccessStage::approved &&
        identity::still_stands(evidence_, review.rows[number - 1], decision, now, context_.today());
    return {{"decision", identity::verdict_name(decision.verdict)},
            {"label", identity::verdict_label(decision.verdict)},
            {"reason", decision.reason},
            {"until", decision.until ? Json(iso_date(*decision.until)) : Json(nullptr)},
            {"by", decision.by},
            {"statement", decision.statement},
            {"yours", ends && may_end_row(context_, review.rows[number - 1])},
            {"stands", ends ? Json(stands) : Json(nullptr)}};
  }

  Context& context_;
  const store::Snapshot evidence_;
  const std::set<std::string> reviewing_;
  const bool whole_;
  std::map<std::string, model::Profile> profiles_;
};

// The list is about everybody: it cannot be cut down to the scope of an audit.
void require_unbound(Context& context) {
  if (context.limit()) outside_scope(context, identity::kAccessReview, identity::kAccessReview);
}

std::vector<std::string> access_csv_row(const Json& row) {
  using Texts = std::vector<std::string>;
  const Json decision = row["decision"].is_object() ? row["decision"] : Json::object();
  return {std::to_string(row["row"].get<std::size_t>()),
          require_string(row, "kind_label"),
          require_string(row, "account"),
          require_string(row, "name"),
          require_string(row, "holder_unit"),
          require_string(row, "what_label"),
          require_string(row, "unit"),
          string_or_empty(row, "from"),
          string_or_empty(row, "to"),
          require_string(row, "by"),
          joined(row["flag_labels"].get<Texts>()),
          string_or_empty(row, "last_sign_in"),
          joined(row["reviewers"].get<Texts>()),
          string_or_empty(decision, "label"),
          string_or_empty(decision, "reason"),
          string_or_empty(decision, "until"),
          string_or_empty(decision, "by")};
}

}  // namespace

Json access_review_waiting(Context& context) {
  Json list = Json::array();
  if (context.limit()) return list;
  Showing showing(context);
  for (const auto& review : identity::open_access_reviews(context.store().evidence())) {
    const auto what = showing.turn(review);
    if (what.empty()) continue;
    const auto late = identity::is_overdue(review, context.today()) ? "　已逾期" : "";
    const auto since =
        review.statements.empty() ? review.made.at : review.statements.back().statement.at;
    list.push_back({{"what", what},
                    {"id", review.id},
                    {"title", identity::period_label(review.period) + "存取權限審查" + late},
                    {"since", rfc3339(since)}});
  }
  return list;
}

Json list_access_reviews(Context& context) {
  require_unbound(context);
  Showing showing(context);
  Json list = Json::array();
  for (const auto& review : identity::all_access_reviews(context.evidence()))
    list.push_back(showing.summary(review));
  std::reverse(list.begin(), list.end());
  return list;
}

Json show_access_review(Context& context, const std::string& id) {
  require_unbound(context);
  Showing showing(context);
  const auto review =
      identity::require_access_review(context.evidence(), access_review_id(context, id));
  auto answer = showing.summary(review);
  answer["whole"] = showing.whole();
  answer["list"] = showing.rows(review);
  answer["proposals"] = review.proposals;
  answer["signatures"] = showing.signatures(review);
  return answer;
}

Bytes access_review_csv(Context& context, const std::string& id) {
  const auto shown = show_access_review(context, id);
  records::Table table = {{std::begin(kCsvHeads), std::end(kCsvHeads)}};
  for (const auto& row : shown["list"]) table.push_back(access_csv_row(row));
  context.log("export", std::string(identity::kAccessReview) + " " + require_string(shown, "id"));
  return records::to_csv(table);
}

}  // namespace vermilion::service
