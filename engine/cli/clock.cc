// clock acknowledge
#include "service/clock.h"

#include <CLI/CLI.hpp>

#include "cli/run.h"

namespace vermilion::cli {

void add_clock_commands(CLI::App& app, Run& run) {
  struct Options {
    std::uint64_t step = 0;
    std::string reason;
  };
  auto o = std::make_shared<Options>();
  auto* clock = app.add_subcommand("clock", "主機時鐘 / the machine's clock");
  clock->require_subcommand(1);
  clock->fallthrough();
  auto* acknowledge =
      clock->add_subcommand("acknowledge", "簽署確認時鐘跳動 / sign for a step of the clock");
  acknowledge->add_option("step", o->step, "日誌序號，見 status / its log index, see status")
      ->required();
  acknowledge
      ->add_option("--reason", o->reason,
                   "為何跳動、現在的時間如何查證 / why, and how the time was checked")
      ->required();
  acknowledge->fallthrough();
  acknowledge->callback([&run, o] {
    run.answer(service::acknowledge_clock(run.context(), o->step, o->reason), print_members);
  });
}

}  // namespace vermilion::cli
