// form list | show | check | publish
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/run.h"
#include "service/blank_form.h"
#include "service/records.h"

namespace vermilion::cli {
namespace {

service::FormSource read_folder(Run& run, const std::string& folder) {
  return {run.read_input(folder + "/form.yaml"), run.read_input(folder + "/schema.json"),
          run.read_input(folder + "/text.md")};
}

void print_forms(const Json& forms) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& form : forms) {
    rows.push_back({text_of(form["id"]), text_of(form["version"]), text_of(form["title"]),
                    text_of(form["classification"]), text_of(form["retention"]),
                    form["may_file"].get<bool>() ? "可填報" : ""});
  }
  print_table(rows);
}

void print_form(const Json& form) {
  fmt::print("{} {} {}  {}  {}\n\n{}\n", text_of(form["id"]), text_of(form["version"]),
             text_of(form["title"]), text_of(form["classification"]), text_of(form["text_digest"]),
             text_of(form["text"]));
  for (const auto& field : form["fields"]) {
    fmt::print("{}{}  {} {}\n", text_of(field["name"]), field["required"].get<bool>() ? " *" : "",
               text_of(field["title"]), text_of(field["type"]));
  }
}

}  // namespace

void add_form_commands(CLI::App& app, Run& run) {
  auto* form = app.add_subcommand("form", "表單 / forms")->require_subcommand(1);
  form->add_subcommand("list", "現行表單 / forms in force")->callback([&run] {
    run.answer(service::list_forms(run.context()), print_forms);
  });
  auto id = std::make_shared<std::string>();
  auto version = std::make_shared<std::string>();
  auto* show = form->add_subcommand("show", "一份表單的內文與欄位 / text and fields of a form");
  show->add_option("id", *id)->required();
  show->add_option("--version", *version);
  show->callback([&run, id, version] {
    run.answer(service::show_form(run.context(), *id, *version), print_form);
  });
  auto pdf = std::make_shared<std::string>();
  auto* blank = form->add_subcommand("blank", "空白表單 PDF，供紙本填寫 / the form to be filled in by hand");
  blank->add_option("id", *id)->required();
  blank->add_option("--version", *version);
  blank->add_option("--pdf", *pdf)->required();
  blank->callback([&run, id, version, pdf] {
    run.write_output(*pdf, service::blank_form_pdf(run.context(), *id, *version));
  });
  auto folder = std::make_shared<std::string>();
  auto* check = form->add_subcommand("check", "檢查表單資料夾 / check a form's folder");
  check->add_option("folder", *folder)->required();
  check->callback([&run, folder] {
    run.answer(service::check_form(run.context(), read_folder(run, *folder)), print_members);
  });
  auto* publish = form->add_subcommand("publish", "發布表單的新版次 / publish a version of a form");
  publish->add_option("folder", *folder)->required();
  publish->callback([&run, folder] {
    run.answer(service::publish_form(run.context(), read_folder(run, *folder)), print_members);
  });
}

}  // namespace vermilion::cli
