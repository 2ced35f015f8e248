// pack build
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/run.h"
#include "service/review.h"

namespace vermilion::cli {
namespace {

void print_pack(const Json& a) {
  fmt::print("{} 年度  {}\n{}\n", a["year"].get<int>(), text_of(a["as_of"]), text_of(a["digest"]));
  for (const auto& gap : a["gaps"])
    fmt::print("缺 gap  {}  {}：{}\n", text_of(gap["item"]), text_of(gap["title"]),
               text_of(gap["what"]));
  for (const auto& source : a["sources"])
    fmt::print("  {}  {}\n", text_of(source["number"]), text_of(source["digest"]));
}

struct PackOptions {
  int year = 0;
  std::string pdf, markdown;
};

}  // namespace

void add_pack_commands(CLI::App& app, Run& run) {
  auto* pack = app.add_subcommand("pack", "管理審查會議資料 / management review pack")
                   ->require_subcommand(1);
  auto o = std::make_shared<PackOptions>();
  auto* build = pack->add_subcommand("build", "由現有證據彙編 / build from live evidence");
  build->add_option("--year", o->year, "民國年 / ROC year")->required();
  build->add_option("-o,--output", o->pdf, "PDF")->required();
  build->add_option("--markdown", o->markdown);
  build->callback([&run, o] {
    const auto built = service::build_pack(run.context(), o->year);
    run.write_output(o->pdf, built.pdf);
    if (!o->markdown.empty()) run.write_output(o->markdown, built.markdown);
    run.answer(built.answer, print_pack);
  });
}

}  // namespace vermilion::cli
