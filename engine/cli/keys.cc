// key list|confirm|refuse: requests for the certificate of a key made in a browser; waiting: what waits for oneself.
#include "service/keys.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/error.h"
#include "cli/remote.h"
#include "service/records.h"

namespace vermilion::cli {
namespace {

void print_requests(const Json& list) {
  std::vector<std::vector<std::string>> rows = {{"帳號", "姓名", "單位", "提出", "逾期", "核對碼"}};
  for (const auto& r : list)
    rows.push_back({text_of(r["account"]), text_of(r["name"]), text_of(r["unit"]),
                    text_of(r["filed"]), text_of(r["expires"]), text_of(r["code"])});
  print_table(rows);
}

void print_waiting(const Json& list) {
  std::vector<std::vector<std::string>> rows = {{"事項", "編號", "版次", "名稱", "自"}};
  for (const auto& item : list)
    rows.push_back({printable(text_of(item["what"])), printable(text_of(item["id"])),
                    printable(text_of(item["version"])), printable(text_of(item["title"])),
                    printable(text_of(item["since"]))});
  print_table(rows);
}

std::string digits_of(std::string code) {
  std::erase_if(code, [](char c) { return c == ' ' || c == '-'; });
  return code;
}

Json request_of(const Json& requests, const std::string& account) {
  for (const auto& request : requests) {
    if (request["account"] == account) return request;
  }
  throw Error(Failure::not_found, "no-key-request",
              {"沒有這件金鑰申請，或已簽發、退回、逾期",
               "there is no such request for a key, or it was confirmed, refused, or is over"});
}

// What the holder reads from his own screen, against the code of the key that was filed: a key exchanged on the way shows.
void require_code(const Json& request, const std::string& spoken) {
  if (digits_of(text_of(request["code"])) == digits_of(spoken)) return;
  throw Error(Failure::invalid, "code-differs",
              {"核對碼與申請的金鑰不符，沒有簽發；請再與申請人以電話核對，仍不符時退回並反映",
               "the code is not that of the key in the request and nothing was issued; compare "
               "again by telephone, and refuse it and report if it still differs"});
}

struct KeyOptions {
  std::string account, code;
};
using SharedKey = std::shared_ptr<KeyOptions>;

Json key_requests(Run& run, Remote* remote) {
  return remote != nullptr ? remote->site().get({"key", "requests"})
                           : service::list_key_requests(run.context());
}

void confirm(Run& run, const KeyOptions& o) {
  if (!run.remote()) {
    const auto request = request_of(key_requests(run, nullptr), o.account);
    require_code(request, o.code);
    return run.answer(service::confirm_key(run.context(), o.account, text_of(request["digest"])),
                      print_members);
  }
  Remote remote(run);
  const auto request = request_of(key_requests(run, &remote), o.account);
  require_code(request, o.code);
  run.answer(remote.sign({{"key", "requests", o.account},
                          {{"compared", "yes"}, {"digest", text_of(request["digest"])}},
                          "certificate",
                          {{"account", o.account}}}),
             print_signed);
}

void refuse(Run& run, const KeyOptions& o) {
  if (!run.remote()) {
    const auto request = request_of(key_requests(run, nullptr), o.account);
    return run.answer(service::drop_key(run.context(), o.account, text_of(request["digest"])),
                      print_members);
  }
  Remote remote(run);
  const auto request = request_of(key_requests(run, &remote), o.account);
  remote.site().post({"key", "requests", o.account, "refusal"},
                     {{"digest", text_of(request["digest"])}});
  run.answer({{"account", o.account}}, print_members);
}

void add_requests(CLI::App& app, Run& run) {
  auto* key = app.add_subcommand("key", "瀏覽器金鑰的申請 / requests for keys in a browser");
  key->require_subcommand(1);
  key->add_subcommand("list", "等候核對的申請 / what waits to be made sure of")->callback([&run] {
    if (!run.remote()) return run.answer(key_requests(run, nullptr), print_requests);
    Remote remote(run);
    run.answer(key_requests(run, &remote), print_requests);
  });
  const auto o = std::make_shared<KeyOptions>();
  auto* confirming =
      key->add_subcommand("confirm", "電話核對後簽發 / issue, having compared the code");
  confirming->add_option("account", o->account)->required();
  confirming
      ->add_option("--code", o->code,
                   "申請人在電話中唸出的 24 位數 / the 24 digits that its holder read out")
      ->required();
  confirming->callback([&run, o] { confirm(run, *o); });
  auto* refusing = key->add_subcommand("refuse", "退回申請 / refuse");
  refusing->add_option("account", o->account)->required();
  refusing->callback([&run, o] { refuse(run, *o); });
  key->fallthrough();
  for (auto* command : key->get_subcommands({})) command->fallthrough();
}

}  // namespace

void add_key_commands(CLI::App& app, Run& run) {
  add_requests(app, run);
  auto* waiting = app.add_subcommand("waiting", "等我處理的事項 / what waits for oneself");
  waiting->fallthrough();
  waiting->callback([&run] {
    if (!run.remote()) return run.answer(service::waiting_for(run.context()), print_waiting);
    run.answer(Remote(run).site().waiting(), print_waiting);
  });
}

}  // namespace vermilion::cli
