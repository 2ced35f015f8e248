// An access review on paper (使用者存取權限檢討表): the list with what was decided, the proposals, what was carried out, the signatures.
//
// Shape    The rows are those of show_access_review: whoever does not see the whole list gets a sheet that says so.
#include <fmt/format.h>

#include <map>

#include "crypto/digest.h"
#include "identity/access_review.h"
#include "markup/blocks.h"
#include "render/copies.h"
#include "render/pdf.h"
#include "service/access_review.h"
#include "service/opening.h"
#include "service/renditions.h"

namespace vermilion::service {
namespace {

using identity::AccessReview;
using markup::add_bold_line;
using markup::Block;
using markup::Cell;
using markup::headed;
using markup::heading_of;
using markup::lines;
using markup::numbered_list;
using markup::paragraph_of;
using markup::table_of;

// What an account row is about stands beside it; the others say it.
std::string what_of(const Json& row) {
  return row["kind"] == "account" ? "" : require_string(row, "what_label");
}

std::string listed(const Json& texts) {
  std::string all;
  for (const auto& text : texts) all += (all.empty() ? "" : "、") + text.get<std::string>();
  return all;
}

// A day in both calendars, as two lines of a narrow column: 自 115年7月1日, 2026-07-01. None for "".
std::vector<std::string> day_lines(const std::string& word, const std::string& iso) {
  if (iso.empty()) return {};
  return {word + short_roc_date(parse_date(iso)), iso};
}

class Sheet {
 public:
  Sheet(Context& context, const AccessReview& review, const Json& shown)
      : context_(context),
        review_(review),
        shown_(shown),
        zone_(context.store().settings().time_zone) {
    for (const auto& filed : review.statements)
      signed_on_[filed.name] = iso_date(date_at(filed.statement.at, zone_));
  }

  markup::Document document() {
    markup::Document document;
    auto& blocks = document.blocks;
    blocks = {heading_of(1, title()), facts()};
    if (shown_["whole"] == false)
      blocks.push_back(
          paragraph_of("本件只列由匯出人審查、執行，或與其本人有關的列，不是全部名單。"));
    blocks.push_back(heading_of(2, "名單與決定"));
    blocks.push_back(list());
    blocks.push_back(heading_of(2, "改善建議"));
    const auto& proposals = shown_["proposals"];
    blocks.push_back(proposals.empty() ? paragraph_of("尚未提出。")
                                       : numbered_list(proposals.get<std::vector<std::string>>()));
    blocks.push_back(heading_of(2, "執行"));
    blocks.push_back(carried_out());
    return document;
  }

  [[nodiscard]] std::string title() const {
    return require_string(shown_, "label") + "使用者存取權限檢討表";
  }

 private:
  [[nodiscard]] std::string both(const std::string& iso) const {
    return in_both_calendars(parse_date(iso));
  }

  Block facts() {
    auto table = table_of({"項目", "內容"});
    const auto add = [&](const char* what, const std::string& text) {
      if (!text.empty()) table.rows.push_back({lines({what}), lines({text})});
    };
    add("檢討期間",
        both(require_string(shown_, "from")) + " 至 " + both(require_string(shown_, "to")));
    add("應核准期限", both(require_string(shown_, "due")));
    add("名單產製", moment(context_, review_.made.at));
    add("階段",
        require_string(shown_, "stage_label") + (shown_["overdue"] == true ? "（逾期）" : ""));
    add("列數", counts());
    add("決定", decisions());
    add("名單摘要", review_.list);
    if (review_.decisions.size() == review_.rows.size())
      add("決定摘要", crypto::digest_text(identity::decided_bytes(review_)));
    return table;
  }

  // 共 12 列　帳號 4　角色 6 …　其中特別權限 3
  std::string counts() {
    std::map<std::string, int> kinds;
    int privileged = 0;
    for (const auto& row : shown_["list"]) {
      ++kinds[require_string(row, "kind_label")];
      for (const auto& flag : row["flags"]) privileged += flag == "privileged" ? 1 : 0;
    }
    std::string text = fmt::format("共 {} 列", shown_["list"].size());
    for (const auto& [label, count] : kinds) text += fmt::format("　{} {}", label, count);
    return text + fmt::format("　其中特別權限 {}", privileged);
  }

  std::string decisions() {
    std::map<identity::AccessVerdict, std::size_t> of;
    for (const auto& [row, decision] : review_.decisions) ++of[decision.verdict];
    std::string text;
    for (const auto verdict : {identity::AccessVerdict::keep, identity::AccessVerdict::change,
                               identity::AccessVerdict::revoke})
      text += fmt::format("{} {}　", identity::verdict_label(verdict), of[verdict]);
    return text + fmt::format("未決定 {}", review_.rows.size() - review_.decisions.size());
  }

  Block list() {
    auto table = table_of({"列", "何人", "權限", "起訖", "決定與理由", "審查人"});
    for (const auto& row : shown_["list"]) table.rows.push_back(row_cells(row));
    return table;
  }

  std::vector<Cell> row_cells(const Json& row) {
    return {lines({std::to_string(row["row"].get<std::size_t>())}),
            headed(require_string(row, "name"),
                   {require_string(row, "account"), require_string(row, "holder_unit")}),
            access(row),
            days(row),
            decision(row["decision"]),
            reviewer(row)};
  }

  [[nodiscard]] Cell access(const Json& row) const {
    const auto unit = string_or_empty(row, "unit");
    auto texts = last_sign_in(row);
    texts.insert(texts.begin(), {what_of(row), unit.empty() ? "" : "限 " + unit});
    auto cell = headed(require_string(row, "kind_label"), texts);
    const auto flags = listed(row["flag_labels"]);
    if (!flags.empty()) add_bold_line(cell, "【" + flags + "】");
    return cell;
  }

  [[nodiscard]] std::vector<std::string> last_sign_in(const Json& row) const {
    if (row["kind"] != "account") return {};
    const auto last = string_or_empty(row, "last_sign_in");
    if (last.empty()) return {"從未登入"};
    return day_lines("最近登入 ", iso_date(date_at(parse_instant(last), zone_)));
  }

  static Cell days(const Json& row) {
    auto texts = day_lines("自 ", string_or_empty(row, "from"));
    const auto to = day_lines("至 ", string_or_empty(row, "to"));
    texts.insert(texts.end(), to.begin(), to.end());
    return lines(texts);
  }

  static Cell decision(const Json& decided) {
    if (!decided.is_object()) return lines({"未決定"});
    auto texts = day_lines("至 ", string_or_empty(decided, "until"));
    texts.insert(texts.begin(), string_or_empty(decided, "reason"));
    return headed(require_string(decided, "label"), texts);
  }

  // Who decided and when; before that, who is asked to.
  Cell reviewer(const Json& row) {
    const auto& decided = row["decision"];
    if (!decided.is_object()) return lines({"待 " + listed(row["reviewers"])});
    const auto account = require_string(decided, "by");
    auto texts = day_lines("", signed_on_[require_string(decided, "statement")]);
    texts.insert(texts.begin(), account);
    return headed(signers_name(account), texts);
  }

  // As he signed it, whatever he is called today.
  [[nodiscard]] std::string signers_name(const std::string& account) const {
    for (const auto& filed : review_.statements)
      if (filed.statement.signer.account == account) return filed.statement.signer.name;
    return "";
  }

  Block carried_out() {
    auto table = table_of({"列", "何人", "權限", "決定", "情形"});
    for (const auto& row : shown_["list"]) {
      const auto& decided = row["decision"];
      if (!decided.is_object() || decided["stands"].is_null()) continue;
      table.rows.push_back({lines({std::to_string(row["row"].get<std::size_t>())}),
                            headed(require_string(row, "name"), {require_string(row, "account")}),
                            headed(require_string(row, "kind_label"), {what_of(row)}),
                            lines({require_string(decided, "label")}), lines({outcome(decided)})});
    }
    if (table.rows.size() == 1) return paragraph_of("沒有要調整或撤銷的列。");
    return table;
  }

  [[nodiscard]] std::string outcome(const Json& decided) const {
    if (review_.stage < identity::AccessStage::approved) return "待核准";
    return decided["stands"] == true ? "尚未結束" : "已結束";
  }

  Context& context_;
  const AccessReview& review_;
  const Json& shown_;
  const std::string zone_;
  std::map<std::string, std::string> signed_on_;
};

}  // namespace

Bytes access_review_pdf(Context& context, const std::string& id) {
  const auto shown = show_access_review(context, id);
  const auto evidence = context.evidence();
  const auto review = identity::require_access_review(evidence, require_string(shown, "id"));
  Sheet sheet(context, review, shown);
  const auto document = sheet.document();
  render::PdfRequest request;
  request.document = &document;
  request.id = review.id;
  request.title = sheet.title();
  request.organisation = context.store().settings().name;
  request.version = "1.0";
  request.classification = "限閱";
  request.sheet = true;
  request.notice = "正本為電子紀錄";
  request.date = date_at(review.made.at, context.store().settings().time_zone);
  for (const auto& filed : review.statements)
    request.approvals.push_back(approval_row(
        context, filed.statement,
        certificate_behind(evidence, identity::access_review_folder(review.id), filed)));
  request.content_digest = review.list;
  auto pdf = render::render_pdf(request);
  if (const auto note = export_note(context); !note.empty())
    pdf = render::labelled_copy(pdf, {"", "", note});
  context.log("export", std::string(identity::kAccessReview) + " " + review.id + " pdf");
  return pdf;
}

}  // namespace vermilion::service
