// document submit, review, countersign, approve, return, publish, withdraw
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/date.h"
#include "cli/remote.h"
#include "cli/run.h"
#include "service/documents.h"

namespace vermilion::cli {
namespace {

using Step = Json (*)(service::Context&, const service::StepRequest&);

Json step_remotely(Run& run, const std::string& step, const std::string& kind,
                   const service::StepRequest& request, const std::string& pdf,
                   const std::string& effective = "") {
  require_local(request.on_behalf_of, "--on-behalf-of");
  require_local(request.unit, "--unit");
  Json subject = {{"type", "revision"},
                  {"id", request.id},
                  {"decision", step == "return" ? Json(step) : Json()}};
  if (!request.version.empty()) subject["version"] = request.version;
  if (!effective.empty()) subject["effective"] = iso_date(parse_date(effective));
  return Remote(run).sign({{"documents", request.id, "review"},
                           {{"step", step},
                            {"version", request.version},
                            {"comment", request.comment},
                            {"effective", effective}},
                           kind,
                           subject,
                           pdf});
}

void print_round_step(const Json& a) {
  fmt::print("{} {} {}  日誌 log {}\n  {}\n", a["id"].get<std::string>(),
             a["version"].get<std::string>(), a["meaning"].get<std::string>(),
             a["log_index"].get<std::uint64_t>(), a["statement"].get<std::string>());
  print_unresolved(a);
}

void add_step(CLI::App& document, Run& run, const char* name, const char* kind, const char* help,
              Step step) {
  auto request = std::make_shared<service::StepRequest>();
  auto* command = document.add_subcommand(name, help);
  command->add_option("id", request->id)->required();
  command->add_option("--version", request->version,
                      "省略則為進行中的草案 / omit for the open draft");
  command->add_option("--on-behalf-of", request->on_behalf_of, "代理何人 / act for this principal");
  command->add_option("--unit", request->unit, "會簽單位 / the unit that countersigns");
  command->add_option("--comment,--reason", request->comment, "意見或理由 / opinion or reason");
  auto pdf = std::make_shared<std::string>();
  command->add_option("--save-pdf", *pdf,
                      "與 --server 並用：先存下送審本並核對摘要 / with --server: keep the review "
                      "copy, its digest checked");
  command->callback([&run, request, step, name, kind, pdf] {
    if (run.remote())
      return run.answer(step_remotely(run, name, kind, *request, *pdf), print_signed);
    run.answer(step(run.context(), *request), print_round_step);
  });
}

struct Publishing {
  std::string id, version, effective, reason;
};

}  // namespace

void add_round_commands(CLI::App& document, Run& run) {
  add_step(document, run, "submit", "submission", "送審 / submit for review",
           service::submit_document);
  add_step(document, run, "review", "review", "審查 / review", service::review_document);
  add_step(document, run, "countersign", "countersignature", "會簽 / countersign",
           service::countersign_document);
  add_step(document, run, "approve", "approval", "核准 / approve", service::approve_document);
  add_step(document, run, "return", "review", "退回 / send back", service::return_document);

  auto o = std::make_shared<Publishing>();
  auto* publish =
      document.add_subcommand("publish", "發布並定生效日 / publish with an effective date");
  publish->add_option("id", o->id)->required();
  publish->add_option("--version", o->version);
  publish->add_option("--effective", o->effective,
                      "生效日，省略則為今天 / effective date, today if omitted");
  publish->callback([&run, o] {
    if (run.remote()) {
      return run.answer(step_remotely(run, "publish", "publication",
                                      {o->id, o->version, "", "", "", ""}, "", o->effective),
                        print_signed);
    }
    run.answer(service::publish_document(run.context(), o->id, o->version, o->effective),
               print_round_step);
  });
  auto* withdraw = document.add_subcommand("withdraw", "廢止 / withdraw");
  withdraw->add_option("id", o->id)->required();
  withdraw->add_option("--effective", o->effective);
  withdraw->add_option("--reason", o->reason)->required();
  withdraw->callback([&run, o] {
    run.answer(service::withdraw_document(run.context(), o->id, o->effective, o->reason),
               [](const Json& a) {
                 fmt::print("{} 廢止 withdrawn，自 from {}\n", a["id"].get<std::string>(),
                            a["effective"].get<std::string>());
               });
  });
}

}  // namespace vermilion::cli
