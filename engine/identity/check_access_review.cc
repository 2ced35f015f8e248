// The verifier's look at one access review: what was refused when it was signed must not stand there.
#include <fmt/format.h>

#include "base/error.h"
#include "identity/access_review.h"

namespace vermilion::identity {
namespace {

constexpr auto kListPatience = std::chrono::minutes(15);

class AccessReviewCheck {
 public:
  AccessReviewCheck(store::Store& store, const AccessReview& review, const Fault& fault)
      : store_(store),
        evidence_(store.evidence()),
        review_(review),
        fault_(fault),
        folder_(access_review_folder(review.id)),
        so_far_(review) {
    so_far_.statements.clear();
    read_statements(so_far_);
  }

  void run() {
    check_list();
    for (const auto& filed : review_.statements) {
      check_step(filed);
      so_far_.statements.push_back(filed);
      read_statements(so_far_);
    }
    if (review_.stage >= AccessStage::proposed) check_decided();
  }

 private:
  void check_list();
  void check_step(const evidence::FiledStatement& filed);
  void check_decisions(const evidence::FiledStatement& filed);
  void check_approval(const evidence::FiledStatement& filed);
  void check_completion(const evidence::FiledStatement& filed);
  void check_decided();

  void expect(bool right, const std::string& where, const char* zh, const char* en) const {
    if (!right) fault_(where, {zh, en});
  }
  // The list, and what the decisions were before this statement, are those it names.
  void check_named(const evidence::FiledStatement& filed) const {
    const auto& subject = filed.statement.subject;
    const bool decided =
        filed.statement.kind == "review" ||
        string_or_empty(subject, "decided") == evidence::content_digest(decided_bytes(so_far_));
    expect(string_or_empty(subject, "type") == kAccessReview &&
               string_or_empty(subject, "id") == review_.id &&
               string_or_empty(subject, "list") == review_.list && decided,
           place(filed), "聲明與審查的名單或決定不符",
           "the statement does not fit the list or the decisions of the review");
  }
  [[nodiscard]] bool stands_in(const store::Snapshot& evidence, std::size_t row,
                               const evidence::FiledStatement& filed) const {
    const auto at = filed.statement.at;
    return still_stands(evidence, review_.rows.at(row - 1), so_far_.decisions.at(row), at,
                        date_at(at, store_.settings().time_zone));
  }
  [[nodiscard]] std::string place(const evidence::FiledStatement& filed) const {
    return folder_ + "/" + filed.name + ".statement.json";
  }

  store::Store& store_;
  const store::Snapshot evidence_;
  const AccessReview& review_;
  const Fault& fault_;
  const std::string folder_;
  AccessReview so_far_;  // before the statement looked at
};

void AccessReviewCheck::check_list() {
  const auto where = folder_ + "/list.json";
  const auto history = store_.catalogue().history(where);
  if (history.size() != 1)
    return fault_(where, {"名單曾遭更動", "the list was changed after it was filed"});
  const auto& act = history.front().act;
  expect(review_.made.at <= act.at && act.at <= review_.made.at + kListPatience &&
             review_.made.log_size <= act.log_index,
         where, "名單的時間與歸檔不符", "the list was not made when it was filed");
  auto again = review_;
  again.rows = gather_access(store_, review_.made);
  for (std::size_t i = 0; i < again.rows.size() && i < review_.rows.size(); ++i)
    again.rows[i].reviewers = review_.rows[i].reviewers;
  const auto rules = access_rules(store_.evidence_of(act.commit));
  again.period =
      last_access_period(date_at(review_.made.at, store_.settings().time_zone), rules.months);
  again.due = review_due(again.period, rules);
  expect(evidence::content_digest(list_bytes(again)) == review_.list, where,
         "名單與當時的帳號、權限不符", "the list is not what accounts and rights were then");
}

void AccessReviewCheck::check_step(const evidence::FiledStatement& filed) {
  check_named(filed);
  const auto& kind = filed.statement.kind;
  if (kind == "review") return check_decisions(filed);
  if (kind == "approval") return check_approval(filed);
  if (kind == "notification") return check_completion(filed);
  const bool ready =
      so_far_.stage == AccessStage::decided || so_far_.stage == AccessStage::proposed;
  expect(kind == "submission" && ready, place(filed), "不應出現於此階段",
         "does not belong at this stage");
}

void AccessReviewCheck::check_decisions(const evidence::FiledStatement& filed) {
  expect(so_far_.stage < AccessStage::approved, place(filed), "核准後又有決定",
         "rows were decided after the approval");
  const auto history = store_.catalogue().history(place(filed));
  if (history.empty()) return fault_(place(filed), {"目錄沒有這份聲明", "the catalogue lacks it"});
  const auto reviewing = reviewing_on(store_.evidence_of(history.front().act.commit),
                                      date_at(filed.statement.at, store_.settings().time_zone));
  const auto persons = evidence::persons_of(filed.statement.signer);
  auto alone = so_far_;
  alone.statements = {filed};
  read_statements(alone);
  for (const auto& [row, decision] : alone.decisions) {
    if (row < 1 || row > review_.rows.size()) {
      fault_(place(filed), {"名單沒有這一列", "the list has no such row"});
    } else if (const auto refusal = cannot_decide(review_.rows[row - 1], persons, reviewing)) {
      fault_(place(filed), {fmt::format("第 {} 列：{}", row, refusal->said.zh),
                            fmt::format("row {}: {}", row, refusal->said.en)});
    }
  }
}

void AccessReviewCheck::check_approval(const evidence::FiledStatement& filed) {
  const auto* proposal = last_statement(so_far_, "submission");
  if (so_far_.stage != AccessStage::proposed || !proposal)
    return fault_(place(filed), {"沒有可核准的改善建議", "there was no proposal to approve"});
  const auto clash = evidence::duty_clash(
      evidence::Duty::access_proposer, evidence::persons_of(proposal->statement.signer),
      evidence::Duty::access_approver, evidence::persons_of(filed.statement.signer));
  if (clash) fault_(place(filed), clash->said);
  expect(string_or_empty(filed.statement.subject, "proposal") ==
             evidence::content_digest(model::statement_bytes(proposal->statement)),
         place(filed), "核准的不是最後的建議", "what was approved is not the last proposal");
}

void AccessReviewCheck::check_completion(const evidence::FiledStatement& filed) {
  expect(so_far_.stage == AccessStage::approved, place(filed), "不應出現於此階段",
         "does not belong at this stage");
  expect(filed.statement.subject.value("rows", Json::array()) == Json(ending_rows(so_far_)),
         place(filed), "執行的不是核准的列", "not the rows that were approved");
  const auto history = store_.catalogue().history(place(filed));
  if (history.empty()) return fault_(place(filed), {"目錄沒有這份聲明", "the catalogue lacks it"});
  const auto then = store_.evidence_of(history.front().act.commit);
  for (const auto row : ending_rows(so_far_)) {
    // Only an account can be opened again, by a signature of its own.
    const bool account = review_.rows.at(row - 1).kind == "account";
    if (!stands_in(then, row, filed) && (account || !stands_in(evidence_, row, filed))) continue;
    fault_(place(filed), {fmt::format("第 {} 列核准撤銷，卻仍有效", row),
                          fmt::format("row {} was to be ended and still stands", row)});
  }
}

void AccessReviewCheck::check_decided() {
  const auto where = folder_ + "/decided.json";
  const auto bytes = evidence_.read(where);
  expect(bytes && *bytes == decided_bytes(review_), where, "與簽署的決定不符",
         "it differs from the decisions that were signed");
}

}  // namespace

void check_access_review(store::Store& store, const AccessReview& review, const Fault& fault) {
  AccessReviewCheck(store, review, fault).run();
}

}  // namespace vermilion::identity
