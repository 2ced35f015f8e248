// access-review open | list | show | decide | propose | approve | execute | status; without an id, the newest review
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "cli/run.h"
#include "service/access_review.h"

namespace vermilion::cli {
namespace {

void print_review(const Json& r) {
  fmt::print("{}  {}  {}  應於 due {}{}  {} 列 rows，{} 未決定 undecided，{} 由您決定 yours\n",
             text_of(r["id"]), text_of(r["label"]), text_of(r["stage_label"]), text_of(r["due"]),
             r["overdue"].get<bool>() ? "（逾期 overdue）" : "", r["rows"].dump(),
             r["undecided"].dump(), r["mine"].dump());
}

std::string flags_of(const Json& row) {
  std::string flags;
  for (const auto& flag : row["flag_labels"]) flags += text_of(flag) + " ";
  return flags;
}

void print_access_list(const Json& shown) {
  print_review(shown);
  std::vector<std::vector<std::string>> rows;
  for (const auto& r : shown["list"]) {
    const Json decision = r["decision"].is_object() ? r["decision"] : Json::object();
    rows.push_back({r["row"].dump(), r["mine"].get<bool>() ? "*" : "", text_of(r["kind_label"]),
                    text_of(r["account"]), text_of(r["name"]), text_of(r["what_label"]),
                    text_of(r["unit"]), text_of(r["from"]) + "–" + text_of(r["to"]), flags_of(r),
                    text_of(r["last_sign_in"]), decision.value("label", ""),
                    decision.value("reason", "")});
  }
  print_table(rows);
  for (const auto& p : shown["proposals"]) fmt::print("建議 proposal：{}\n", text_of(p));
  for (const auto& s : shown["signatures"])
    fmt::print("  {}  {}  {}\n", text_of(s["meaning"]), text_of(s["signer"]), text_of(s["at"]));
}

void print_execution(const Json& a) {
  fmt::print("{}  {}  已結束 ended {}  尚待 left {}\n", text_of(a["id"]), text_of(a["stage"]),
             a["ended"].dump(), a["left"].dump());
}

struct Deciding {
  std::string id, file, decision, reason, until;
  std::vector<std::size_t> rows;
};

// [{row, decision, reason, until}], as `access-review decide --values FILE` reads it.
std::vector<service::RowDecision> decisions_in(const Bytes& bytes) {
  std::vector<service::RowDecision> decisions;
  for (const auto& one : parse_json(bytes)) {
    const auto row = one.find("row");
    if (row == one.end() || !row->is_number_unsigned())
      throw Error(Failure::invalid, "bad-json", {"缺少「row」", "'row' is missing"});
    decisions.push_back({row->get<std::size_t>(), require_string(one, "decision"),
                         string_or_empty(one, "reason"), string_or_empty(one, "until")});
  }
  return decisions;
}

void decide(Run& run, const Deciding& o) {
  std::vector<service::RowDecision> decisions;
  if (!o.file.empty()) decisions = decisions_in(run.read_input(o.file));
  for (const auto row : o.rows) decisions.push_back({row, o.decision, o.reason, o.until});
  run.answer(service::decide_access_rows(run.context(), o.id, decisions), print_members);
}

void add_deciding(CLI::App& review, Run& run) {
  auto o = std::make_shared<Deciding>();
  auto* command = review.add_subcommand(
      "decide",
      "逐列決定；沒有決定的列不會被撤銷 / decide rows; what is not decided is not revoked");
  command->add_option("id", o->id);
  command->add_option("--values", o->file,
                      "JSON：[{row, decision, reason, until}] / a JSON file of decisions");
  command->add_option("--row", o->rows, "列號，可重複 / a row, repeatable")
      ->allow_extra_args(false);
  command->add_option("--decision", o->decision,
                      "keep 保留、change 調整、revoke 撤銷 / keep, change or revoke");
  command->add_option("--reason", o->reason, "理由 / reason");
  command->add_option("--until", o->until, "調整後的迄日 / the new last day of a change");
  command->callback([&run, o] { decide(run, *o); });
}

void add_steps(CLI::App& review, Run& run, const std::shared_ptr<std::string>& id) {
  auto proposals = std::make_shared<std::vector<std::string>>();
  auto* propose =
      review.add_subcommand("propose", "監資處改善建議 / proposals of the control unit");
  propose->add_option("id", *id);
  propose->add_option("--text", *proposals, "一項建議，可重複 / one proposal, repeatable")
      ->allow_extra_args(false);
  propose->callback([&run, id, proposals] {
    run.answer(service::propose_improvements(run.context(), *id, *proposals), print_members);
  });
  auto* approve = review.add_subcommand("approve", "核准 / approve");
  approve->add_option("id", *id);
  approve->callback([&run, id] {
    run.answer(service::approve_access_review(run.context(), *id), print_members);
  });
  auto* execute = review.add_subcommand(
      "execute", "執行撤銷與調整；可重複 / end what was revoked; may be repeated");
  execute->add_option("id", *id);
  execute->callback([&run, id] {
    run.answer(service::execute_access_review(run.context(), *id), print_execution);
  });
}

void add_reading(CLI::App& review, Run& run, const std::shared_ptr<std::string>& id) {
  review.add_subcommand("list", "所有審查 / all reviews")->callback([&run] {
    run.answer(service::list_access_reviews(run.context()), [](const Json& list) {
      for (const auto& one : list) print_review(one);
    });
  });
  auto csv = std::make_shared<std::string>();
  auto pdf = std::make_shared<std::string>();
  auto* show = review.add_subcommand("show", "名單、決定與簽署 / list, decisions, signatures");
  show->add_option("id", *id);
  show->add_option("--csv", *csv, "名單存為 CSV / the list as CSV");
  show->add_option("--pdf", *pdf, "使用者存取權限檢討表 / the review on paper");
  show->callback([&run, id, csv, pdf] {
    if (!pdf->empty()) run.write_output(*pdf, service::access_review_pdf(run.context(), *id));
    if (!csv->empty()) run.write_output(*csv, service::access_review_csv(run.context(), *id));
    if (*csv != "-" && *pdf != "-") run.answer(service::show_access_review(run.context(), *id), print_access_list);
  });
  review.add_subcommand("status", "是否到期、逾期 / whether one is due or overdue")
      ->callback([&run] {
        run.answer(service::access_review_status(run.context()), [](const Json& a) {
          if (a.is_null()) fmt::print("沒有待辦的審查 / no review is due\n");
          if (!a.is_null()) print_members(a);
        });
      });
}

}  // namespace

void add_access_review_commands(CLI::App& app, Run& run) {
  auto* review = app.add_subcommand("access-review", "存取權限審查 / access reviews");
  review->require_subcommand(1);
  review->add_subcommand("open", "列出名單，開始審查 / make the list and open the review")
      ->callback([&run] { run.answer(service::open_access_review(run.context()), print_members); });
  auto id = std::make_shared<std::string>();
  add_deciding(*review, run);
  add_steps(*review, run, id);
  add_reading(*review, run, id);
  for (auto* command : review->get_subcommands({})) command->fallthrough();
  review->fallthrough();
}

}  // namespace vermilion::cli
